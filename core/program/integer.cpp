// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/integer.h"

#include <algorithm>
#include <charconv>
#include <gmp.h>

namespace interleave {

struct Integer::Big {
    Big() { mpz_init(number); }
    explicit Big(std::int64_t value) { mpz_init_set_si(number, value); }
    explicit Big(mpz_srcptr other) { mpz_init_set(number, other); }
    Big(const Big&) = delete;
    Big& operator=(const Big&) = delete;
    ~Big() { mpz_clear(number); }

    mpz_t number;
};

static_assert(sizeof(long) == sizeof(std::int64_t), "GMP takes and gives a long");

namespace {

// The most digits that mostBits hold, and a few.
constexpr std::size_t mostDigits = Integer::mostBits * 30103 / 100000 + 2;

} // namespace

Integer::Big* Integer::copied(const Big& big)
{
    return new Big(big.number);
}

void Integer::discard(Big* big) noexcept
{
    delete big;
}

Integer Integer::settled(Big* big)
{
    Integer result;
    if (mpz_fits_slong_p(big->number)) {
        result.m_small = mpz_get_si(big->number);
        discard(big);
    } else {
        result.m_big = big;
    }
    return result;
}

Integer Integer::computed(const Integer& a, const Integer& b, char operation)
{
    const Big left = a.m_big ? Big(a.m_big->number) : Big(a.m_small);
    const Big right = b.m_big ? Big(b.m_big->number) : Big(b.m_small);
    Big* const result = new Big;
    switch (operation) {
    case '+': mpz_add(result->number, left.number, right.number); break;
    case '-': mpz_sub(result->number, left.number, right.number); break;
    default: mpz_mul(result->number, left.number, right.number); break;
    }
    return settled(result);
}

int Integer::compared(const Integer& a, const Integer& b)
{
    if (a.m_big && b.m_big)
        return mpz_cmp(a.m_big->number, b.m_big->number);
    return a.m_big ? mpz_sgn(a.m_big->number) : -mpz_sgn(b.m_big->number);
}

bool Integer::isNegative() const noexcept
{
    return m_big ? mpz_sgn(m_big->number) < 0 : m_small < 0;
}

std::size_t Integer::bits() const noexcept
{
    if (m_big)
        return mpz_sizeinbase(m_big->number, 2);
    const auto bitPattern = static_cast<std::uint64_t>(m_small);
    const std::uint64_t absolute = m_small < 0 ? 0 - bitPattern : bitPattern;
    return absolute == 0 ? 0 : static_cast<std::size_t>(64 - __builtin_clzll(absolute));
}

std::string Integer::toString() const
{
    if (!m_big)
        return std::to_string(m_small);
    std::string text(mpz_sizeinbase(m_big->number, 10) + 2, '\0');
    mpz_get_str(text.data(), 10, m_big->number);
    text.resize(text.find('\0'));
    return text;
}

std::vector<std::uint32_t> Integer::words() const
{
    const Big big = m_big ? Big(m_big->number) : Big(m_small);
    std::vector<std::uint32_t> words((std::max<std::size_t>(bits(), 1) + 31) / 32);
    mpz_export(words.data(), nullptr, -1, sizeof(std::uint32_t), 0, 0, big.number);
    return words;
}

std::optional<Integer> Integer::parsed(std::string_view text)
{
    const std::string_view digits = text.substr(!text.empty() && text.front() == '-');
    if (digits.empty() || digits.size() > mostDigits
        || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    std::int64_t small = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), small).ec == std::errc())
        return Integer(small);
    Big* const big = new Big;
    mpz_set_str(big->number, std::string(text).c_str(), 10);
    Integer result = settled(big);
    if (result.bits() > mostBits)
        return std::nullopt;
    return result;
}

} // namespace interleave
