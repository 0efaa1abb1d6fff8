// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_settings.h"

#include "support.h"

#include <set>

namespace interleave {
namespace {

using Kind = MachineError::Kind;
using Setting = MachineError::Setting;

TEST(MachineSettingsTest, EveryPolicyHasANameOfItsOwn)
{
    std::set<std::string_view> names;
    for (const Policy policy : policies) {
        EXPECT_EQ(policyNamed(nameOf(policy)), policy);
        names.insert(nameOf(policy));
    }
    EXPECT_EQ(names, (std::set<std::string_view>{"round-robin", "random", "pct", "replay", "interval",
                                                 "random-interval", "manual"}));
    for (const char* unknown : {"", "Random", "random ", "roundrobin", "fifo"})
        EXPECT_EQ(policyNamed(unknown), std::nullopt) << unknown;
}

TEST(MachineSettingsTest, StandsAsItIs)
{
    EXPECT_EQ(problemOf({}), std::nullopt);
}

TEST(MachineSettingsTest, ChecksEveryRange)
{
    struct Range {
        Setting setting;
        std::uint64_t least;
        std::uint64_t most;
        void (*set)(MachineSettings&, std::uint64_t);
    };
    const Range ranges[] = {
        {Setting::Threads, 1, 100, [](auto& s, auto v) { s.threads = static_cast<ThreadIndex>(v); }},
        {Setting::Cores, 1, 8, [](auto& s, auto v) { s.cores = static_cast<CoreIndex>(v); }},
        {Setting::Quantum, 1, 1'000'000'000, [](auto& s, auto v) { s.quantum = v; }},
        {Setting::SwitchCost, 0, 1'000'000, [](auto& s, auto v) { s.switchCost = v; }},
        {Setting::MaxSteps, 1, 4'000'000'000, [](auto& s, auto v) { s.maxSteps = v; }},
        {Setting::PctDepth, 1, 100, [](auto& s, auto v) { s.pctDepth = static_cast<std::uint32_t>(v); }},
    };
    for (const Range& range : ranges) {
        const auto problemWith = [&](std::uint64_t value) {
            MachineSettings settings;
            range.set(settings, value);
            return problemOf(settings);
        };
        EXPECT_EQ(problemWith(range.least), std::nullopt);
        EXPECT_EQ(problemWith(range.most), std::nullopt);
        for (const std::uint64_t value : {range.least - 1, range.most + 1}) {
            if (value == UINT64_MAX && range.setting == Setting::SwitchCost)
                continue; // nothing is below 0
            const auto problem = problemWith(value);
            ASSERT_TRUE(problem) << value;
            EXPECT_EQ(problem->kind, Kind::OutOfRange);
            EXPECT_EQ(problem->setting, range.setting);
            EXPECT_EQ(problem->value, value);
            EXPECT_EQ(problem->least, range.least);
            EXPECT_EQ(problem->most, range.most);
        }
    }
}

TEST(MachineSettingsTest, TakesOneSetOfRegistersOrOneForEachThread)
{
    MachineSettings settings;
    settings.threads = 3;
    for (const std::size_t sets : {0U, 1U, 2U, 3U, 4U}) {
        settings.registers.assign(sets, {{Register::Bx, Integer(1)}});
        const auto problem = problemOf(settings);
        if (sets == 2 || sets == 4) {
            ASSERT_TRUE(problem) << sets;
            EXPECT_EQ(problem->kind, Kind::RegisterSets);
            EXPECT_EQ(problem->value, sets);
            EXPECT_EQ(problem->most, 3U);
        } else {
            EXPECT_EQ(problem, std::nullopt) << sets;
        }
    }
}

TEST(MachineSettingsTest, ReplayNeedsASchedule)
{
    MachineSettings settings;
    settings.policy = Policy::Replay;
    const auto problem = problemOf(settings);
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->kind, Kind::NoSchedule);
    settings.policy = Policy::Manual; // begins without one
    EXPECT_EQ(problemOf(settings), std::nullopt);
}

TEST(MachineSettingsTest, AScheduleNamesThreadsOfTheRun)
{
    MachineSettings settings;
    settings.schedule = {{1, 5}, {2, 0}, {7, 1}};
    for (const Policy policy : {Policy::Replay, Policy::Manual}) {
        settings.policy = policy;
        const auto problem = problemOf(settings);
        ASSERT_TRUE(problem);
        EXPECT_EQ(problem->kind, Kind::UnknownThread);
        EXPECT_EQ(problem->thread, 2U);
    }
    settings.policy = Policy::Random; // does not look at it
    EXPECT_EQ(problemOf(settings), std::nullopt);
    settings.policy = Policy::Replay;
    settings.threads = 8;
    EXPECT_EQ(problemOf(settings), std::nullopt);
}

} // namespace
} // namespace interleave
