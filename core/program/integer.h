// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interleave {

// A whole number without bounds, as registers and cells hold it. It is a plain int64 for as long as that holds it, and
// a number of arbitrary length only beyond; the arithmetic of small ones is inline.
class Integer {
public:
    Integer() noexcept = default;
    Integer(std::int64_t value) noexcept : m_small(value) {}
    Integer(const Integer& other) : m_small(other.m_small), m_big(other.m_big ? copied(*other.m_big) : nullptr) {}
    Integer(Integer&& other) noexcept : m_small(other.m_small), m_big(other.m_big) { other.m_big = nullptr; }
    Integer& operator=(const Integer& other)
    {
        if (m_big || other.m_big)
            return *this = Integer(other);
        m_small = other.m_small;
        return *this;
    }
    Integer& operator=(Integer&& other) noexcept
    {
        Big* const mine = m_big;
        m_small = other.m_small;
        m_big = other.m_big;
        other.m_big = mine;
        return *this;
    }
    ~Integer()
    {
        if (m_big)
            discard(m_big);
    }

    // Digits, with a minus before them or not, and nothing else.
    [[nodiscard]] static std::optional<Integer> parsed(std::string_view text);
    // What 2 to the power of this many bits bounds is more than anyone traces; texts beyond are not parsed, and whoever
    // computes is to stop there.
    static constexpr std::size_t mostBits = std::size_t{1} << 20;

    [[nodiscard]] bool isSmall() const noexcept { return !m_big; }
    [[nodiscard]] std::int64_t small() const noexcept
    {
        assert(isSmall());
        return m_small;
    }
    [[nodiscard]] bool isNegative() const noexcept;
    [[nodiscard]] std::size_t bits() const noexcept; // of the absolute value
    [[nodiscard]] std::string toString() const;
    // The absolute value, 32 bits each, least first; at least one.
    [[nodiscard]] std::vector<std::uint32_t> words() const;

    // Adds in place, where both the number and the sum are small; otherwise nothing happens.
    [[nodiscard]] bool addSmall(std::int64_t by) noexcept
    {
        std::int64_t sum = 0;
        if (m_big || __builtin_add_overflow(m_small, by, &sum))
            return false;
        m_small = sum;
        return true;
    }

    friend Integer operator+(const Integer& a, const Integer& b)
    {
        std::int64_t sum = 0;
        if (a.isSmall() && b.isSmall() && !__builtin_add_overflow(a.m_small, b.m_small, &sum))
            return sum;
        return computed(a, b, '+');
    }
    friend Integer operator-(const Integer& a, const Integer& b)
    {
        std::int64_t difference = 0;
        if (a.isSmall() && b.isSmall() && !__builtin_sub_overflow(a.m_small, b.m_small, &difference))
            return difference;
        return computed(a, b, '-');
    }
    friend Integer operator*(const Integer& a, const Integer& b)
    {
        std::int64_t product = 0;
        if (a.isSmall() && b.isSmall() && !__builtin_mul_overflow(a.m_small, b.m_small, &product))
            return product;
        return computed(a, b, '*');
    }
    Integer operator-() const { return Integer(0) - *this; }

    friend std::strong_ordering operator<=>(const Integer& a, const Integer& b)
    {
        if (a.isSmall() && b.isSmall())
            return a.m_small <=> b.m_small;
        return compared(a, b) <=> 0;
    }
    friend bool operator==(const Integer& a, const Integer& b) { return (a <=> b) == 0; }

private:
    struct Big; // the arbitrary length, known to integer.cpp alone

    static Big* copied(const Big& big);
    static void discard(Big* big) noexcept;
    static Integer computed(const Integer& a, const Integer& b, char operation);
    static int compared(const Integer& a, const Integer& b);
    static Integer settled(Big* big); // takes it

    std::int64_t m_small = 0; // the value, unless there is a big one
    Big* m_big = nullptr;     // only where an int64 does not hold the value
};

} // namespace interleave
