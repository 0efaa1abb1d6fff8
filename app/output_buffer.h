// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/integer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>

namespace interleave {

// Bytes on their way to a file descriptor, written in blocks and never for the sake of a line.
class OutputBuffer {
public:
    static constexpr std::size_t capacity = std::size_t{64} << 10;

    // `failed` is called once, when bytes could not be written; later ones are dropped.
    explicit OutputBuffer(int descriptor, std::function<void()> failed = {});
    ~OutputBuffer() { flush(); }
    OutputBuffer(const OutputBuffer&) = delete;
    OutputBuffer& operator=(const OutputBuffer&) = delete;

    void append(std::string_view bytes)
    {
        if (bytes.size() > capacity - m_used)
            return appendBeyond(bytes);
        std::memcpy(m_bytes.data() + m_used, bytes.data(), bytes.size());
        m_used += bytes.size();
    }
    void append(const Integer& number, std::size_t width = 0); // right-aligned
    void append(std::uint64_t number, std::size_t width = 0);
    void appendSpaces(std::size_t count);
    void flush();

    // 0, or the errno of the write that failed.
    [[nodiscard]] int error() const { return m_error; }

private:
    void appendBeyond(std::string_view bytes);
    void appendAligned(std::string_view bytes, std::size_t width);
    void write(std::string_view bytes);

    int m_descriptor;
    std::function<void()> m_failed;
    std::array<char, capacity> m_bytes;
    std::size_t m_used = 0;
    int m_error = 0;
};

} // namespace interleave
