// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/classroom/python_random.h"

#include "machine/classroom/countdown.h"
#include "support.h"

namespace interleave {
namespace {

struct Known {
    const char* seed;
    std::vector<int> draws; // int(random() * 50) + 1
};

class PythonRandomDraws : public testing::TestWithParam<Known> {};

TEST_P(PythonRandomDraws, AreThoseOfCPython)
{
    PythonRandom random(*Integer::parsed(GetParam().seed));
    std::vector<int> draws;
    for (std::size_t i = 0; i < GetParam().draws.size(); ++i)
        draws.push_back(static_cast<int>(random.random() * 50) + 1);
    EXPECT_EQ(draws, GetParam().draws);
}

INSTANTIATE_TEST_SUITE_P(
    Seeds, PythonRandomDraws,
    testing::Values(Known{"0", {43, 38, 22, 13, 26, 21, 40, 16}}, Known{"1", {7, 43, 39, 13, 25, 23, 33, 40}},
                    Known{"-1", {7, 43, 39, 13, 25, 23, 33, 40}}, Known{"155", {30, 27, 45, 50, 39, 21, 27, 41}},
                    Known{"4294967295", {32, 11, 31, 15, 18, 20, 35, 44}},
                    Known{"4294967296", {6, 21, 1, 31, 41, 17, 28, 23}},
                    Known{"4294967301", {8, 15, 31, 1, 32, 39, 47, 34}},
                    Known{"-18446744073709551619", {46, 47, 42, 2, 10, 1, 20, 29}},
                    Known{"10000000000000000000000000000000000000000", {18, 39, 10, 25, 9, 4, 16, 9}}));

TEST(PythonRandom, GivesDoublesOf53Bits)
{
    PythonRandom random(Integer(0));
    EXPECT_EQ(random.random(), 0.8444218515250481);
    EXPECT_EQ(random.random(), 0.7579544029403025);
    for (int i = 0; i < 9'997; ++i)
        random.random();
    EXPECT_EQ(random.random(), 0.5882681495191968);
}

// Whether the countdown hits 0 after each of `count` instructions.
std::vector<int> hits(Countdown countdown, int count)
{
    std::vector<int> at;
    for (int i = 1; i <= count; ++i)
        if (countdown.countDown()) {
            at.push_back(i);
            countdown.restart();
        }
    return at;
}

TEST(Countdown, ComesFixedOrDrawn)
{
    EXPECT_EQ(hits(Countdown(3, false, Integer(0)), 10), (std::vector<int>{3, 6, 9}));
    EXPECT_EQ(hits(Countdown(50, true, Integer(0)), 110), (std::vector<int>{43, 81, 103}));
    EXPECT_EQ(hits(Countdown(0, false, Integer(0)), 1000), std::vector<int>{});
    EXPECT_EQ(hits(Countdown(-4, false, Integer(0)), 1000), std::vector<int>{});
    EXPECT_EQ(hits(Countdown(0, true, Integer(0)), 3), (std::vector<int>{1, 2, 3}));
}

} // namespace
} // namespace interleave
