// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/spin_lock.h"

#include "support.h"

#include <thread>

namespace interleave {
namespace {

TEST(SpinLockTest, IsTakenOnce)
{
    SpinLock lock;
    EXPECT_TRUE(lock.tryLock());
    EXPECT_FALSE(lock.tryLock());
    lock.unlock();
    EXPECT_TRUE(lock.tryLock());
}

TEST(SpinLockTest, GivesUpWhenStopped)
{
    SpinLock lock;
    ASSERT_TRUE(lock.tryLock());
    int asked = 0;
    EXPECT_FALSE(lock.lock([&] { return ++asked == 3; }));
    EXPECT_EQ(asked, 3);
    lock.unlock();
    EXPECT_TRUE(lock.tryLock()) << "giving up must not take the lock";
}

TEST(SpinLockTest, Excludes)
{
    constexpr int threads = 4;
    constexpr int updates = 2000;
    SpinLock lock;
    std::uint64_t counter = 0; // no atomic: ThreadSanitizer sees whether the lock orders the updates
    {
        std::vector<std::jthread> workers;
        for (int t = 0; t < threads; ++t)
            workers.emplace_back([&] {
                for (int i = 0; i < updates; ++i) {
                    ASSERT_TRUE(lock.lock([] { return false; }));
                    ++counter;
                    lock.unlock();
                }
            });
    }
    EXPECT_EQ(counter, static_cast<std::uint64_t>(threads) * updates);
}

} // namespace
} // namespace interleave
