// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/update_loops.h"

#include "hardware/race_state.h"
#include "hardware/tagged_counter.h"

#include <algorithm>
#include <chrono>

namespace interleave {

namespace {

constexpr std::uint32_t shardPieces = 64;

constexpr std::uint32_t updatesBetweenReports = 1024;

// Calls update(number) for every update until it returns false or the run is stopped. The stop flag and the progress
// stay out of the inner loop; a window shortens that loop so that a stop is seen within 10 ms.
template <typename Update>
void loop(const RunParameters& parameters, Shared& shared, Update&& update)
{
    constexpr std::chrono::nanoseconds longestChunk = std::chrono::milliseconds{10};
    std::uint32_t chunk = updatesBetweenReports;
    if (parameters.window.count() > 0)
        chunk = static_cast<std::uint32_t>(std::clamp<std::int64_t>(longestChunk / parameters.window, 1, chunk));
    std::uint32_t number = 1;
    while (number <= parameters.iterations && !shared.isStopped()) {
        const std::uint32_t count = std::min(chunk, parameters.iterations - number + 1);
        for (const std::uint32_t end = number + count; number < end; ++number)
            if (!update(number))
                return;
        if (shared.progress)
            shared.progress->fetch_add(count, std::memory_order_relaxed);
    }
}

// Loads a plain counter, adds, passes the window, stores: the body of the race.
template <bool hasWindow>
void countOnce(std::atomic<std::uint64_t>& counter, const Window& window)
{
    const std::uint64_t value = counter.load(std::memory_order_relaxed) + 1;
    if constexpr (hasWindow)
        window.pass();
    counter.store(value, std::memory_order_relaxed);
}

template <bool hasWindow>
void workCounted(const RunParameters& parameters, Shared& shared, Worker& worker)
{
    std::atomic<std::uint64_t>& counter = shared.counter.value;
    const Window& window = shared.window;
    switch (parameters.synchronisation) {
    case Synchronisation::None:
        loop(parameters, shared, [&](std::uint32_t) {
            countOnce<hasWindow>(counter, window);
            return true;
        });
        break;
    case Synchronisation::Mutex:
        loop(parameters, shared, [&](std::uint32_t) {
            const std::lock_guard lock(shared.mutex);
            countOnce<hasWindow>(counter, window);
            return !shared.isStopped();
        });
        break;
    case Synchronisation::MutexCoarse: {
        const std::lock_guard lock(shared.mutex);
        loop(parameters, shared, [&](std::uint32_t) {
            countOnce<hasWindow>(counter, window);
            return true;
        });
        break;
    }
    case Synchronisation::Spinlock:
        loop(parameters, shared, [&](std::uint32_t) {
            if (!shared.spinlock.lock([&] { return shared.isStopped(); }))
                return false;
            countOnce<hasWindow>(counter, window);
            shared.spinlock.unlock();
            return true;
        });
        break;
    case Synchronisation::Atomic:
        loop(parameters, shared, [&](std::uint32_t) {
            if constexpr (hasWindow) // a single instruction has no window inside: the work comes before it
                window.pass();
            counter.fetch_add(1, std::memory_order_relaxed);
            return true;
        });
        break;
    case Synchronisation::Cas:
        loop(parameters, shared, [&](std::uint32_t) {
            while (true) {
                std::uint64_t seen = counter.load(std::memory_order_relaxed);
                const std::uint64_t value = seen + 1;
                if constexpr (hasWindow)
                    window.pass();
                if (counter.compare_exchange_strong(seen, value, std::memory_order_relaxed))
                    return true;
                ++worker.retries;
                if (shared.isStopped())
                    return false;
            }
        });
        break;
    case Synchronisation::Sharded:
        loop(parameters, shared, [&](std::uint32_t) {
            countOnce<hasWindow>(shared.shards[worker.index].value, window);
            return true;
        });
        break;
    }
}

// An update of the tagged counter by load and exchange. `own` is the word this thread stored last.
struct TaggedUpdate {
    std::uint64_t seen;
    std::uint64_t overwritten;
    std::uint64_t stored;
};

template <bool hasWindow>
TaggedUpdate recordOnce(std::atomic<std::uint64_t>& counter, ThreadIndex thread, std::uint32_t number,
                        const Window& window)
{
    TaggedUpdate update{};
    update.seen = counter.load(std::memory_order_relaxed);
    update.stored = tagged::word(thread, number, (update.seen + 1) & tagged::valueMask);
    if constexpr (hasWindow)
        window.pass();
    update.overwritten = counter.exchange(update.stored, std::memory_order_relaxed);
    return update;
}

// Whose critical section a thread waits for: the last owner that is not the thread itself. The new owner has taken the
// lock a moment before it writes its name.
std::uint64_t ownerMet(const std::atomic<std::uint64_t>& owner, std::uint64_t own)
{
    constexpr int longestWait = 64;
    std::uint64_t met = owner.load(std::memory_order_relaxed);
    for (int spins = 0; met == own && spins < longestWait; ++spins) {
        pauseCore();
        met = owner.load(std::memory_order_relaxed);
    }
    return met;
}

// One recorded update inside a lock taken around each update. `waited` is whom the thread waited for, or noWait.
template <bool hasWindow>
void recordLocked(Shared& shared, Worker& worker, std::uint32_t number, std::uint64_t waited, std::uint64_t& own)
{
    shared.owner.value.store(tagged::linkOf(tagged::word(worker.index, number, 0)), std::memory_order_relaxed);
    const TaggedUpdate update = recordOnce<hasWindow>(shared.counter.value, worker.index, number, shared.window);
    if (update.overwritten != update.seen)
        worker.recorder->countViolation();
    if (update.seen != own || waited != StreakRecord::noWait)
        worker.recorder->cut(number, update.seen, waited);
    own = update.stored;
}

template <bool hasWindow>
void workRecorded(const RunParameters& parameters, Shared& shared, Worker& worker)
{
    std::atomic<std::uint64_t>& counter = shared.counter.value;
    const Window& window = shared.window;
    StreakRecorder& recorder = *worker.recorder;
    const ThreadIndex index = worker.index;
    std::uint64_t own = UINT64_MAX; // no word: the first update always begins a streak
    switch (parameters.synchronisation) {
    case Synchronisation::None:
        loop(parameters, shared, [&, own](std::uint32_t number) mutable {
            const TaggedUpdate update = recordOnce<hasWindow>(counter, index, number, window);
            if (update.seen != own || update.overwritten != own) [[unlikely]]
                recorder.cut(number, update.seen, tagged::linkOf(update.overwritten));
            own = update.stored;
            return true;
        });
        break;
    case Synchronisation::Mutex:
        loop(parameters, shared, [&](std::uint32_t number) {
            std::uint64_t waited = StreakRecord::noWait;
            if (!shared.mutex.try_lock()) {
                waited = ownerMet(shared.owner.value, tagged::linkOf(own));
                shared.mutex.lock();
            }
            const std::lock_guard lock(shared.mutex, std::adopt_lock);
            recordLocked<hasWindow>(shared, worker, number, waited, own);
            return !shared.isStopped();
        });
        break;
    case Synchronisation::Spinlock:
        loop(parameters, shared, [&](std::uint32_t number) {
            std::uint64_t waited = StreakRecord::noWait;
            if (!shared.spinlock.tryLock()) {
                waited = ownerMet(shared.owner.value, tagged::linkOf(own));
                if (!shared.spinlock.lock([&] { return shared.isStopped(); }))
                    return false;
            }
            recordLocked<hasWindow>(shared, worker, number, waited, own);
            shared.spinlock.unlock();
            return true;
        });
        break;
    case Synchronisation::MutexCoarse: {
        std::uint64_t waited = StreakRecord::noWait;
        if (!shared.mutex.try_lock()) {
            waited = tagged::linkOf(counter.load(std::memory_order_relaxed));
            shared.mutex.lock();
        }
        const std::lock_guard lock(shared.mutex, std::adopt_lock);
        loop(parameters, shared, [&, own](std::uint32_t number) mutable {
            const TaggedUpdate update = recordOnce<hasWindow>(counter, index, number, window);
            if (update.overwritten != update.seen)
                recorder.countViolation();
            if (update.seen != own) [[unlikely]]
                recorder.cut(number, update.seen, number == 1 ? waited : StreakRecord::noWait);
            own = update.stored;
            return true;
        });
        break;
    }
    case Synchronisation::Atomic:
        loop(parameters, shared, [&, expected = UINT64_MAX](std::uint32_t number) mutable {
            if constexpr (hasWindow)
                window.pass();
            const std::uint64_t seen = counter.fetch_add(1, std::memory_order_relaxed);
            if (seen != expected) [[unlikely]]
                recorder.cut(number, seen, 0);
            expected = seen + 1;
            return true;
        });
        break;
    case Synchronisation::Cas:
        loop(parameters, shared, [&, own](std::uint32_t number) mutable {
            while (true) {
                std::uint64_t seen = counter.load(std::memory_order_relaxed);
                const std::uint64_t stored = tagged::word(index, number, (seen + 1) & tagged::valueMask);
                if constexpr (hasWindow)
                    window.pass();
                if (counter.compare_exchange_strong(seen, stored, std::memory_order_relaxed)) {
                    if (seen != own) [[unlikely]]
                        recorder.cut(number, seen, 0);
                    own = stored;
                    return true;
                }
                ++worker.retries;
                if (shared.isStopped())
                    return false;
            }
        });
        break;
    case Synchronisation::Sharded: {
        // Nothing interferes, so the loop is cut into pieces only to know when each of them ran.
        const std::uint32_t piece = std::max<std::uint32_t>(1, parameters.iterations / shardPieces);
        loop(parameters, shared, [&, next = std::uint32_t{1}](std::uint32_t number) mutable {
            if (number == next) {
                recorder.cut(number, number - 1, 0);
                next += piece;
            }
            countOnce<hasWindow>(shared.shards[index].value, window);
            return true;
        });
        break;
    }
    }
}

} // namespace

std::uint32_t mostStreaks(const RunParameters& parameters)
{
    if (parameters.synchronisation == Synchronisation::Sharded)
        return std::min(parameters.iterations, 2 * shardPieces);
    return parameters.iterations;
}

void countUpdates(const RunParameters& parameters, Shared& shared, Worker& worker)
{
    if (parameters.window.count() > 0)
        workCounted<true>(parameters, shared, worker);
    else
        workCounted<false>(parameters, shared, worker);
}

void recordUpdates(const RunParameters& parameters, Shared& shared, Worker& worker)
{
    if (parameters.window.count() > 0)
        workRecorded<true>(parameters, shared, worker);
    else
        workRecorded<false>(parameters, shared, worker);
}

} // namespace interleave
