// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/schedule.h"

#include "support.h"

namespace interleave {

static void PrintTo(const ScheduleEntry& entry, std::ostream* out)
{
    *out << entry.thread << ':' << entry.count;
}

namespace {

using Kind = ScheduleError::Kind;
constexpr std::uint64_t mostCount = INT64_MAX;

TEST(ScheduleTest, IsReadAndWritten)
{
    const auto schedule = parseSchedule("0:3,1:12,0:1", 2);
    ASSERT_TRUE(schedule);
    EXPECT_EQ(*schedule, (Schedule{{0, 3}, {1, 12}, {0, 1}}));
    EXPECT_EQ(textOf(*schedule), "0:3,1:12,0:1");
    EXPECT_EQ(instructionsIn(*schedule), 16U);
    EXPECT_EQ(textOf({}), "");
}

TEST(ScheduleTest, MayHaveBlanks)
{
    const auto schedule = parseSchedule("  0 : 3 ,\n\t1:12\r\n, 0:1 ", 2);
    ASSERT_TRUE(schedule);
    EXPECT_EQ(textOf(*schedule), "0:3,1:12,0:1");
}

TEST(ScheduleTest, JoinsNeighboursOfTheSameThread)
{
    const auto textAgain = [](const char* text) {
        const auto schedule = parseSchedule(text, 9);
        return schedule ? textOf(*schedule) : "refused";
    };
    EXPECT_EQ(textAgain("0:3,0:4,1:1,1:1"), "0:7,1:2");
    EXPECT_EQ(textAgain("0:0,0:4"), "0:4");
    EXPECT_EQ(textAgain("0:0,0:0"), "0:0");
    // Executed, and picked again: for that core nothing is left out.
    EXPECT_EQ(textAgain("0:4,0:0"), "0:4,0:0");
    EXPECT_EQ(textAgain("0:4,0:0,0:3"), "0:7");
    EXPECT_EQ(textAgain("007:0009"), "7:9");
    // What does not fit into one entry stays two.
    EXPECT_EQ(textAgain("0:9223372036854775807,0:1"), "0:9223372036854775807,0:1");
}

struct Refused {
    const char* text;
    Kind kind;
    std::size_t column;
    const char* entry;
};

TEST(ScheduleTest, SaysWhatIsWrongAndWhere)
{
    const Refused refused[] = {
        {"", Kind::Empty, 1, ""},
        {" \t\n", Kind::Empty, 1, ""},
        {",", Kind::NotAnEntry, 1, ""},
        {"0:1,", Kind::NotAnEntry, 5, ""},
        {"0:1, ,1:2", Kind::NotAnEntry, 6, ""},
        {"0:1,  nonsense ,1:2", Kind::NotAnEntry, 7, "nonsense"},
        {"0", Kind::NotAnEntry, 1, "0"},
        {"0:", Kind::NotAnEntry, 1, "0:"},
        {":1", Kind::NotAnEntry, 1, ":1"},
        {"0:1:2", Kind::NotAnEntry, 1, "0:1:2"},
        {"-1:2", Kind::NotAnEntry, 1, "-1:2"},
        {"0:+2", Kind::NotAnEntry, 1, "0:+2"},
        {"0:-2", Kind::NotAnEntry, 1, "0:-2"},
        {"0:0x10", Kind::NotAnEntry, 1, "0:0x10"},
        {"0:1.5", Kind::NotAnEntry, 1, "0:1.5"},
        {"0:1 2", Kind::NotAnEntry, 1, "0:1 2"},
        {"0:1;1:2", Kind::NotAnEntry, 1, "0:1;1:2"},
        {"0:1,2:1", Kind::UnknownThread, 5, "2:1"},
        {"4294967296:1", Kind::UnknownThread, 1, "4294967296:1"},
        {"99999999999999999999999:1", Kind::UnknownThread, 1, "99999999999999999999999:1"},
        {"1:1,0:9223372036854775808", Kind::CountTooLarge, 5, "0:9223372036854775808"},
        {"0:18446744073709551617", Kind::CountTooLarge, 1, "0:18446744073709551617"},
    };
    for (const Refused& each : refused) {
        const auto schedule = parseSchedule(each.text, 2);
        ASSERT_FALSE(schedule) << each.text;
        EXPECT_EQ(schedule.error().kind, each.kind) << each.text;
        EXPECT_EQ(schedule.error().column, each.column) << each.text;
        EXPECT_EQ(schedule.error().entry, each.entry) << each.text;
        EXPECT_EQ(schedule.error().threads, 2U) << each.text;
    }
}

TEST(ScheduleTest, GoesThereAndBack)
{
    Draw draw(1);
    for (int round = 0; round < 500; ++round) {
        const ThreadIndex threads = draw.between(1, 100);
        Schedule schedule;
        for (std::uint32_t left = draw.between(1, 50); left > 0; --left)
            append(schedule, draw.between(0, threads - 1), draw.oneIn(4) ? draw.below(3) : draw.below(mostCount));
        const auto again = parseSchedule(textOf(schedule), threads);
        ASSERT_TRUE(again) << textOf(schedule);
        ASSERT_EQ(*again, schedule);
    }
}

// Any bytes: refused at a place in the text, or a schedule that is written as one and read as the same.
TEST(ScheduleTest, TakesAnyText)
{
    Draw draw(2);
    constexpr std::string_view usual = "0123456789:, ";
    std::size_t taken = 0;
    for (int round = 0; round < 50'000; ++round) {
        std::string text;
        for (std::uint32_t left = draw.between(0, 12); left > 0; --left)
            text += draw.oneIn(20) ? static_cast<char>(draw.below(256)) : usual[draw.below(usual.size())];
        const auto schedule = parseSchedule(text, 10);
        if (schedule) {
            ++taken;
            ASSERT_FALSE(schedule->empty()) << text;
            const auto again = parseSchedule(textOf(*schedule), 10);
            ASSERT_TRUE(again) << text;
            ASSERT_EQ(*again, *schedule) << text;
        } else {
            const ScheduleError& error = schedule.error();
            ASSERT_GE(error.column, 1U) << text;
            ASSERT_EQ(text.substr(error.column - 1, error.entry.size()), error.entry) << text;
        }
    }
    EXPECT_GT(taken, 100U);
}

TEST(ScheduleTest, CountsUpToTheEndOfTheNumbers)
{
    EXPECT_EQ(instructionsIn({}), 0U);
    EXPECT_EQ(instructionsIn({{0, mostCount}, {1, mostCount}, {2, 1}}), UINT64_MAX);
    EXPECT_EQ(instructionsIn({{0, mostCount}, {1, mostCount}, {2, 9}}), UINT64_MAX);
}

} // namespace
} // namespace interleave
