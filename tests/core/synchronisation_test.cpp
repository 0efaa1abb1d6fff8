// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/synchronisation.h"

#include "support.h"

#include <set>

namespace interleave {
namespace {

struct Row {
    Synchronisation synchronisation;
    std::string_view name;
    bool lock;
    bool lockEachUpdate;
};

constexpr Row rows[] = {
    {Synchronisation::None, "none", false, false},
    {Synchronisation::Mutex, "mutex", true, true},
    {Synchronisation::MutexCoarse, "mutex-coarse", true, false},
    {Synchronisation::Spinlock, "spinlock", true, true},
    {Synchronisation::Atomic, "atomic", false, false},
    {Synchronisation::Cas, "cas", false, false},
    {Synchronisation::Sharded, "sharded", false, false},
};

TEST(SynchronisationTest, NamesRoundTrip)
{
    for (const Row& row : rows) {
        EXPECT_EQ(nameOf(row.synchronisation), row.name);
        EXPECT_EQ(synchronisationNamed(row.name), row.synchronisation);
    }
}

TEST(SynchronisationTest, TheListHoldsEachOnce)
{
    const std::set<Synchronisation> all(allSynchronisations.begin(), allSynchronisations.end());
    EXPECT_EQ(all.size(), std::size(rows));
    EXPECT_EQ(allSynchronisations.size(), std::size(rows));
}

TEST(SynchronisationTest, SaysWhichTakeALock)
{
    for (const Row& row : rows) {
        EXPECT_EQ(usesLock(row.synchronisation), row.lock) << row.name;
        EXPECT_EQ(locksEachUpdate(row.synchronisation), row.lockEachUpdate) << row.name;
    }
}

TEST(SynchronisationTest, RefusesOtherNames)
{
    for (const std::string_view name :
         {"", "None", "NONE", " none", "none ", "mutex_coarse", "mutexcoarse", "no", "nonee"})
        EXPECT_EQ(synchronisationNamed(name), std::nullopt) << name;
}

} // namespace
} // namespace interleave
