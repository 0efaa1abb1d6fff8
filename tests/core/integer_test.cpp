// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/integer.h"

#include "support.h"

#include <limits>

namespace interleave {
namespace {

__extension__ using Wide = __int128;

std::string textOf(Wide value)
{
    if (value == 0)
        return "0";
    std::string digits;
    for (Wide rest = value; rest != 0; rest /= 10)
        digits.insert(digits.begin(),
                      static_cast<char>('0' + static_cast<int>(rest % 10 < 0 ? -(rest % 10) : rest % 10)));
    return value < 0 ? '-' + digits : digits;
}

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

// Values of every length, and those at the edges more often.
std::int64_t drawn(Draw& draw)
{
    static constexpr std::int64_t edges[] = {0, 1, -1, most, least, most - 1, least + 1, std::int64_t{1} << 32};
    if (draw.oneIn(3))
        return edges[draw.below(std::size(edges))];
    const auto bits = static_cast<std::int64_t>(draw.below(std::numeric_limits<std::uint64_t>::max()));
    return bits >> draw.below(64);
}

TEST(Integer, AgreesWithAWiderType)
{
    Draw draw(1);
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t a = drawn(draw);
        const std::int64_t b = drawn(draw);
        const Integer x(a);
        const Integer y(b);
        ASSERT_EQ((x + y).toString(), textOf(Wide{a} + b)) << a << " + " << b;
        ASSERT_EQ((x - y).toString(), textOf(Wide{a} - b)) << a << " - " << b;
        ASSERT_EQ((x * y).toString(), textOf(Wide{a} * b)) << a << " * " << b;
        ASSERT_EQ((-x).toString(), textOf(-Wide{a}));
        ASSERT_EQ(x <=> y, a <=> b);
        ASSERT_EQ(x == y, a == b);
    }
}

// What left the range of 64 bits and came back is small again, and equal to what never left.
TEST(Integer, ComesBackFromBeyond)
{
    Draw draw(2);
    for (int i = 0; i < 20'000; ++i) {
        const Integer a(drawn(draw));
        const Integer b(drawn(draw));
        const Integer c(drawn(draw));
        ASSERT_EQ(a + b - b, a);
        ASSERT_TRUE((a + b - b).isSmall());
        ASSERT_EQ(a * b + a * c, a * (b + c));
        ASSERT_EQ((a - b) * (a + b), a * a - b * b);
        const Integer large = a * b * c;
        const auto again = Integer::parsed(large.toString());
        ASSERT_TRUE(again.has_value());
        ASSERT_EQ(*again, large);
        ASSERT_EQ(large < a, !(large >= a));
    }
}

TEST(Integer, IsCopiedAndMovedWhateverItsLength)
{
    const Integer large = Integer(most) * Integer(most);
    Integer a = large;
    Integer b = a;
    EXPECT_EQ(b, large);
    b = Integer(5);
    EXPECT_EQ(a, large);
    EXPECT_EQ(b, Integer(5));
    b = std::move(a);
    EXPECT_EQ(b, large);
    Integer& same = b;
    b = same;
    EXPECT_EQ(b, large);
    std::swap(a = Integer(7), b);
    EXPECT_EQ(a, large);
    EXPECT_EQ(b, Integer(7));
}

TEST(Integer, ReadsDigitsAndNothingElse)
{
    for (const char* text : {"0", "-1", "42", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
                             "-9223372036854775809", "123456789012345678901234567890"})
        EXPECT_EQ(Integer::parsed(text).value_or(Integer()).toString(), text);
    EXPECT_EQ(Integer::parsed("007"), Integer(7));
    EXPECT_EQ(Integer::parsed("-0"), Integer(0));
    for (const char* text : {"", "-", "+1", "1 ", " 1", "0x10", "1.5", "--1", "1-", "one", "1e3"})
        EXPECT_FALSE(Integer::parsed(text).has_value()) << text;
    EXPECT_FALSE(Integer::parsed(std::string(Integer::mostBits, '9')).has_value());
}

TEST(Integer, KnowsItsBitsAndWords)
{
    EXPECT_EQ(Integer(0).bits(), 0U);
    EXPECT_EQ(Integer(255).bits(), 8U);
    EXPECT_EQ(Integer(least).bits(), 64U);
    EXPECT_EQ((Integer(least) * Integer(2)).bits(), 65U);
    EXPECT_EQ(Integer(0).words(), std::vector<std::uint32_t>{0});
    EXPECT_EQ(Integer(-5).words(), std::vector<std::uint32_t>{5});
    EXPECT_EQ((Integer(1) + Integer(std::int64_t{7} << 32)).words(), (std::vector<std::uint32_t>{1, 7}));
    EXPECT_EQ((Integer(most) + Integer(1)).words(), (std::vector<std::uint32_t>{0, 0x80000000U}));
}

} // namespace
} // namespace interleave
