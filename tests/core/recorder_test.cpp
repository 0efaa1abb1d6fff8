// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorder.h"

#include "support.h"

namespace interleave {
namespace {

constexpr std::uint32_t mostNumber = RunParameters::maxRecordedUpdates;

TEST(StreakRecordTest, GivesBackItsParts)
{
    struct Row {
        std::uint32_t number;
        std::uint64_t seen;
        std::uint64_t link;
    };
    constexpr Row rows[] = {
        {1, 0, 0},
        {7, tagged::word(3, 9, 12), tagged::linkOfName({5, 2})},
        {mostNumber, UINT64_MAX, StreakRecord::noWait},
        {mostNumber, tagged::word(999, mostNumber, mostNumber), tagged::linkOfName({999, mostNumber})},
    };
    for (const Row& row : rows) {
        const StreakRecord record = StreakRecord::of(row.number, row.seen, row.link);
        EXPECT_EQ(record.number(), row.number);
        EXPECT_EQ(record.seen, row.seen);
        EXPECT_EQ(record.link(), row.link);
    }
}

TEST(StreakRecordTest, NoUpdateIsNamedLikeNoWait)
{
    EXPECT_NE(tagged::linkOfName({RunParameters::maxThreads - 1, mostNumber}), StreakRecord::noWait);
}

TEST(TimeSampleTest, KeepsTheTimeToItsUnit)
{
    constexpr std::uint64_t unit = std::uint64_t{1} << TimeSample::unitBits;
    for (const std::uint64_t ticks : {std::uint64_t{0}, std::uint64_t{15}, std::uint64_t{16},
                                      std::uint64_t{123'456'789}, std::uint64_t{2'000'000'000'000}}) {
        const TimeSample sample = TimeSample::of(mostNumber, ticks);
        EXPECT_EQ(sample.number(), mostNumber);
        EXPECT_LE(sample.ticks(), ticks);
        EXPECT_LT(ticks - sample.ticks(), unit);
    }
}

TEST(TimeSampleTest, ATimeTooLongStopsAtTheLongest)
{
    constexpr std::uint64_t longest = StreakRecord::linkMask << TimeSample::unitBits;
    EXPECT_EQ(TimeSample::of(1, longest).ticks(), longest);
    EXPECT_EQ(TimeSample::of(1, longest + 16).ticks(), longest);
    EXPECT_EQ(TimeSample::of(1, UINT64_MAX).ticks(), longest);
    EXPECT_EQ(TimeSample::of(1, UINT64_MAX).number(), 1U);
}

TEST(StreakRecorderTest, HandsOverWhatWasCut)
{
    StreakRecorder recorder(10, true);
    recorder.begin(ticksNow());
    recorder.cut(1, 0, 0);
    recorder.cut(4, tagged::word(1, 2, 5), tagged::linkOfName({2, 1}));
    recorder.countViolation();
    recorder.cut(5, tagged::word(2, 2, 6), StreakRecord::noWait);
    const std::uint64_t end = ticksNow();
    const ThreadRecord record = recorder.take(end);
    ASSERT_EQ(record.streaks.size(), 3U);
    EXPECT_EQ(record.streaks[0].number(), 1U);
    EXPECT_EQ(record.streaks[1].number(), 4U);
    EXPECT_EQ(record.streaks[1].seen, tagged::word(1, 2, 5));
    EXPECT_EQ(record.streaks[1].link(), tagged::linkOfName({2, 1}));
    EXPECT_EQ(record.streaks[2].link(), StreakRecord::noWait);
    EXPECT_EQ(record.exclusionViolations, 1U);
    EXPECT_EQ(record.endTicks, end);
    EXPECT_EQ(record.bytes(), 3 * sizeof(StreakRecord) + 3 * sizeof(TimeSample));
    EXPECT_LE(record.streaks.capacity(), 3U) << "the memory is trimmed";
}

TEST(StreakRecorderTest, TimesEveryStreakOnRequest)
{
    StreakRecorder recorder(100, true);
    recorder.begin(ticksNow());
    for (std::uint32_t number = 1; number <= 100; ++number)
        recorder.cut(number, tagged::word(1, number, number), 0);
    const std::uint64_t end = ticksNow();
    const ThreadRecord record = recorder.take(end);
    ASSERT_EQ(record.times.size(), 100U);
    for (std::size_t i = 0; i < 100; ++i) {
        EXPECT_EQ(record.times[i].number(), i + 1);
        EXPECT_LE(record.times[i].ticks(), end - record.beginTicks);
        if (i > 0) {
            EXPECT_GE(record.times[i].ticks(), record.times[i - 1].ticks());
        }
    }
}

TEST(StreakRecorderTest, OtherwiseTimesSomeAndEveryJump)
{
    struct Row {
        const char* what;
        std::uint64_t valuesPerStreak;
        std::size_t leastTimes;
        std::size_t mostTimes;
    };
    constexpr std::uint32_t streaks = 160;
    constexpr Row rows[] = {
        {"small steps: every 16th", 2, streaks / 16, streaks / 16},
        {"somebody was away each time", 100'000, streaks / 8 + 64, streaks / 8 + 64}, // bounded by the room
    };
    for (const Row& row : rows) {
        StreakRecorder recorder(streaks, false);
        recorder.begin(ticksNow());
        for (std::uint32_t i = 0; i < streaks; ++i)
            recorder.cut(i + 1, tagged::word(1, i + 1, (i + 1) * row.valuesPerStreak), 0);
        const ThreadRecord record = recorder.take(ticksNow());
        EXPECT_GE(record.times.size(), row.leastTimes) << row.what;
        EXPECT_LE(record.times.size(), row.mostTimes) << row.what;
        EXPECT_EQ(record.streaks.size(), streaks);
    }
}

TEST(StreakRecorderTest, NeverNeedsMoreThanTheMostBytes)
{
    for (const bool timeEveryStreak : {false, true}) {
        constexpr std::uint32_t updates = 1000;
        StreakRecorder recorder(updates, timeEveryStreak);
        recorder.begin(ticksNow());
        for (std::uint32_t number = 1; number <= updates; ++number)
            recorder.cut(number, tagged::word(1, number, (number * 70'001) & tagged::valueMask), 0);
        EXPECT_LE(recorder.take(ticksNow()).bytes(), updates * StreakRecorder::maxBytesPerUpdate);
    }
}

TEST(RecordingTest, CountsTheBytesOfAllThreads)
{
    Recording recording;
    EXPECT_EQ(recording.bytes(), 0U);
    recording.threads.resize(3);
    recording.threads[0].streaks.resize(2);
    recording.threads[2].times.resize(5);
    EXPECT_EQ(recording.bytes(), 2 * sizeof(StreakRecord) + 5 * sizeof(TimeSample));
}

} // namespace
} // namespace interleave
