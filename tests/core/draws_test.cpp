// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/draws.h"

#include "support.h"

#include <vector>

namespace interleave {
namespace {

TEST(DrawsTest, RestOnTheGeneratorOfTheStandard)
{
    // Known answer of [rand.predef]: the 10000th number from the default seed, 5489. A bound of 2^63 takes its upper 63
    // bits and rejects none.
    Draws draws(5489);
    std::uint64_t last = 0;
    for (int i = 0; i < 10'000; ++i)
        last = draws.below(std::uint64_t{1} << 63);
    EXPECT_EQ(last, 9'981'545'732'273'789'042U >> 1);
}

// Lemire's draws written as plainly as they can be: the upper half of a product of 128 bits, in four products of 32.
std::uint64_t plainlyBelow(std::uint64_t bound, std::mt19937_64& generator)
{
    const std::uint64_t tooMany = (0 - bound) % bound;
    while (true) {
        const std::uint64_t x = generator();
        const std::uint64_t low = UINT32_MAX;
        const std::uint64_t middle = (x >> 32) * (bound & low) + (((x & low) * (bound & low)) >> 32);
        const std::uint64_t other = (x & low) * (bound >> 32) + (middle & low);
        if (x * bound >= tooMany)
            return (x >> 32) * (bound >> 32) + (middle >> 32) + (other >> 32);
    }
}

TEST(DrawsTest, ComeOutAsByThePlainAlgorithm)
{
    const std::uint64_t bounds[] = {2,
                                    3,
                                    6,
                                    7,
                                    100,
                                    1'000'000'007,
                                    (std::uint64_t{1} << 63) - 1,
                                    std::uint64_t{1} << 63,
                                    (std::uint64_t{1} << 63) + 1,
                                    UINT64_MAX};
    for (const std::uint64_t bound : bounds) {
        Draws draws(bound);
        std::mt19937_64 generator(bound);
        for (int i = 0; i < 2000; ++i) {
            const std::uint64_t drawn = draws.below(bound);
            ASSERT_EQ(drawn, plainlyBelow(bound, generator)) << bound;
            ASSERT_LT(drawn, bound);
        }
    }
}

TEST(DrawsTest, AreTheSameForASeedEverywhere)
{
    Draws draws(1);
    std::vector<std::uint64_t> drawn;
    for (const std::uint64_t bound : {6U, 6U, 6U, 6U, 6U, 100U, 100U, 100U})
        drawn.push_back(draws.below(bound));
    EXPECT_EQ(drawn, (std::vector<std::uint64_t>{0, 0, 2, 0, 2, 91, 47, 7}));
}

TEST(DrawsTest, GenerateNothingForABoundOfOne)
{
    Draws draws(7);
    Draws others(7);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(draws.below(1), 0U);
    EXPECT_EQ(draws.below(1, 1).second, 0U);
    EXPECT_EQ(draws.below(1'000'000), others.below(1'000'000));
    // One number for two draws, of which a bound of 1 takes nothing.
    EXPECT_EQ(draws.below(1, 1'000'000).second, others.below(1'000'000));
    EXPECT_EQ(draws.below(1'000'000, 1).first, others.below(1'000'000));
}

// Three out of four 64-bit numbers: rejection is needed half of the time, and a plain remainder would give the lower
// third twice as often as the others.
TEST(DrawsTest, AreUniform)
{
    const auto chiSquare = [](std::uint64_t bound, std::size_t cells, std::uint64_t seed) {
        constexpr std::size_t count = 60'000;
        Draws draws(seed);
        std::vector<double> hits(cells, 0);
        for (std::size_t i = 0; i < count; ++i)
            ++hits[draws.below(bound) / (bound / cells)];
        double sum = 0;
        const double expected = static_cast<double>(count) / static_cast<double>(cells);
        for (const double hit : hits)
            sum += (hit - expected) * (hit - expected) / expected;
        return sum;
    };
    // 0.999 quantiles of chi-square with 2, 5 and 11 degrees of freedom.
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        EXPECT_LT(chiSquare(std::uint64_t{3} << 62, 3, seed), 13.82) << seed;
        EXPECT_LT(chiSquare(6, 6, seed), 20.52) << seed;
        EXPECT_LT(chiSquare(12, 12, seed), 31.26) << seed;
    }
}

// Both at once: every pair as often as every other, also where a third of what is generated must be rejected.
TEST(DrawsTest, OfTwoAreUniformAndIndependent)
{
    constexpr std::size_t count = 60'000;
    const std::uint64_t wide = std::uint64_t{1} << 61;
    for (const auto& [first, second] : {std::pair<std::uint64_t, std::uint64_t>{3, 4}, {4, 3}, {6, wide}, {wide, 6}}) {
        // Four equal parts of the wide bound.
        const std::uint64_t firstPart = first == wide ? wide / 4 : 1;
        const std::uint64_t secondPart = second == wide ? wide / 4 : 1;
        const std::uint64_t columns = second / secondPart;
        std::vector<double> hits(first / firstPart * columns, 0);
        Draws draws(first);
        for (std::size_t i = 0; i < count; ++i) {
            const Draws::Two drawn = draws.below(first, second);
            ASSERT_LT(drawn.first, first);
            ASSERT_LT(drawn.second, second);
            ++hits[drawn.first / firstPart * columns + drawn.second / secondPart];
        }
        double sum = 0;
        const double expected = static_cast<double>(count) / static_cast<double>(hits.size());
        for (const double hit : hits)
            sum += (hit - expected) * (hit - expected) / expected;
        // 0.999 quantiles of chi-square with 11 and 23 degrees of freedom.
        EXPECT_LT(sum, hits.size() == 12 ? 31.26 : 49.73) << first << " and " << second;
    }
}

} // namespace
} // namespace interleave
