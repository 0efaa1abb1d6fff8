// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace interleave {

// Either the value a function was asked for or the reason why there is none. The shape of C++23's std::expected, which
// g++ 12 offers in C++23 mode only. Reading the side that is not there is a programming error and asserts.
template <typename T, typename E>
class [[nodiscard]] Result {
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : m_content(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool hasValue() const { return m_content.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    [[nodiscard]] T& value() & { return *checkedValue(); }
    [[nodiscard]] const T& value() const& { return *std::get_if<0>(&m_content); }
    [[nodiscard]] T&& value() && { return std::move(*checkedValue()); }
    [[nodiscard]] const E& error() const
    {
        assert(!hasValue());
        return *std::get_if<1>(&m_content);
    }

    T* operator->() { return checkedValue(); }
    const T* operator->() const { return std::get_if<0>(&m_content); }
    T& operator*() & { return *checkedValue(); }
    const T& operator*() const& { return *std::get_if<0>(&m_content); }

private:
    T* checkedValue()
    {
        assert(hasValue());
        return std::get_if<0>(&m_content);
    }

    std::variant<T, E> m_content;
};

} // namespace interleave
