// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/run.h"

#include "hardware/recorded_history.h"
#include "hardware/spin_lock.h"
#include "hardware/tagged_counter.h"
#include "hardware/window.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <mutex>
#include <new>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <system_error>
#include <thread>

namespace interleave {

namespace {

constexpr std::size_t cacheLine = 128; // adjacent lines are fetched in pairs

struct alignas(cacheLine) Cell {
    std::atomic<std::uint64_t> value{0};
};

// Everything the threads of one run share. Each part has cache lines of its own, so that they race on the counter and
// on nothing else.
struct Shared {
    Shared(const RunParameters& parameters, const TickScale& scale)
        : window(parameters.window, scale, wakeUp),
          shards(parameters.synchronisation == Synchronisation::Sharded ? parameters.threads : 0)
    {
    }

    Cell counter;
    alignas(cacheLine) std::mutex mutex;
    alignas(cacheLine) SpinLock spinlock;
    Cell owner; // link of the update whose thread took the lock last (recorded runs)
    alignas(cacheLine) std::atomic<bool> stopped{false};
    WakeUp wakeUp;
    Window window;
    std::vector<Cell> shards;
    RunProgress* progress = nullptr;

    [[nodiscard]] bool isStopped() const { return stopped.load(std::memory_order_relaxed); }
};

// One thread of a run. Lives on a cache line of its own.
struct alignas(cacheLine) Worker {
    ThreadIndex index = 0;
    std::uint64_t beginTicks = 0;
    std::uint64_t endTicks = 0;
    std::uint64_t voluntarySwitches = 0;
    std::uint64_t involuntarySwitches = 0;
    std::uint64_t retries = 0;
    std::optional<StreakRecorder> recorder;
};

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

constexpr std::uint32_t shardPieces = 64;

// Streaks a thread can record at most.
std::uint32_t roomFor(const RunParameters& parameters)
{
    if (parameters.synchronisation == Synchronisation::Sharded)
        return std::min(parameters.iterations, 2 * shardPieces);
    return parameters.iterations;
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

struct Switches {
    std::uint64_t voluntary;
    std::uint64_t involuntary;
};

Switches switchesOfThisThread()
{
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return {static_cast<std::uint64_t>(usage.ru_nvcsw), static_cast<std::uint64_t>(usage.ru_nivcsw)};
}

// The threads wait here until all exist. The first that find a core go on only together, so that a race of some
// microseconds is one.
class StartLine {
public:
    StartLine(std::uint32_t threads, std::uint32_t cores, const TickScale& scale)
        : m_threads(threads), m_together(std::min(threads, cores)), m_patienceTicks(scale.ticksIn(patience))
    {
    }

    // False if the run will not take place.
    bool wait()
    {
        m_arrived.fetch_add(1, std::memory_order_acq_rel);
        m_arrived.notify_all();
        m_signal.wait(Signal::Wait, std::memory_order_acquire);
        if (m_signal.load(std::memory_order_acquire) == Signal::GiveUp)
            return false;
        // On a busy machine a core comes free within some time slices; after that, go on alone.
        const std::uint64_t begin = ticksNow();
        m_awake.fetch_add(1, std::memory_order_relaxed);
        while (m_awake.load(std::memory_order_relaxed) < m_together && ticksNow() - begin < m_patienceTicks)
            pauseCore();
        return true;
    }

    void startWhenAllAreHere()
    {
        for (auto here = m_arrived.load(); here < m_threads; here = m_arrived.load())
            m_arrived.wait(here);
        signal(Signal::Start);
    }

    void giveUp() { signal(Signal::GiveUp); }

private:
    static constexpr std::chrono::milliseconds patience{20};

    enum class Signal : int { Wait, Start, GiveUp };
    void signal(Signal signal)
    {
        m_signal.store(signal, std::memory_order_release);
        m_signal.notify_all();
    }

    std::uint32_t m_threads;
    std::uint32_t m_together;
    std::uint64_t m_patienceTicks;
    std::atomic<std::uint32_t> m_arrived{0};
    std::atomic<std::uint32_t> m_awake{0};
    std::atomic<Signal> m_signal{Signal::Wait};
};

// The first `cores` of the cores that this process may use.
cpu_set_t firstCores(std::uint32_t cores)
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    sched_getaffinity(0, sizeof allowed, &allowed);
    cpu_set_t chosen;
    CPU_ZERO(&chosen);
    for (std::size_t core = 0; core < CPU_SETSIZE && cores > 0; ++core) {
        if (CPU_ISSET(core, &allowed)) {
            CPU_SET(core, &chosen);
            --cores;
        }
    }
    return chosen;
}

struct Race {
    std::vector<Worker> workers;
    std::uint64_t finalWord = 0;
    std::uint64_t shardSum = 0;
};

Result<Race, RunError> race(const RunParameters& parameters, RunMode mode, const std::stop_token& stop,
                            RunProgress* progress)
{
    using Kind = RunError::Kind;
    const TickScale scale = TickScale::calibrated();
    Shared shared(parameters, scale);
    shared.progress = progress;
    if (progress)
        progress->store(0, std::memory_order_relaxed);

    Race race;
    race.workers = std::vector<Worker>(parameters.threads);
    const bool hasWindow = parameters.window.count() > 0;
    for (ThreadIndex i = 0; i < parameters.threads; ++i) {
        Worker& worker = race.workers[i];
        worker.index = i;
        if (stop.stop_requested())
            return RunError{Kind::Cancelled};
        if (mode == RunMode::Recorded) {
            const bool timeAll = hasWindow || parameters.synchronisation == Synchronisation::Sharded;
            try {
                worker.recorder.emplace(roomFor(parameters), timeAll);
            } catch (const std::bad_alloc&) {
                const std::uint64_t bytes = parameters.updates() * StreakRecorder::maxBytesPerUpdate;
                return RunError{Kind::DoesNotFit, RunError::Parameter::Iterations, bytes, 0,
                                bytes / parameters.threads * i, 0};
            }
        }
    }

    const cpu_set_t cores = firstCores(parameters.cores);
    StartLine startLine(parameters.threads, parameters.cores, scale);
    std::atomic<int> pinningError{0};
    const auto work = [&](Worker& worker) {
        if (const int error = pthread_setaffinity_np(pthread_self(), sizeof cores, &cores); error != 0)
            pinningError.store(error, std::memory_order_relaxed);
        if (!startLine.wait())
            return;
        const Switches before = switchesOfThisThread();
        worker.beginTicks = ticksNow();
        if (worker.recorder)
            worker.recorder->begin(worker.beginTicks);
        if (mode == RunMode::Recorded)
            hasWindow ? workRecorded<true>(parameters, shared, worker) : workRecorded<false>(parameters, shared, worker);
        else
            hasWindow ? workCounted<true>(parameters, shared, worker) : workCounted<false>(parameters, shared, worker);
        worker.endTicks = ticksNow();
        const Switches after = switchesOfThisThread();
        worker.voluntarySwitches = after.voluntary - before.voluntary;
        worker.involuntarySwitches = after.involuntary - before.involuntary;
    };

    {
        const std::stop_callback onStop(stop, [&shared] {
            shared.stopped.store(true, std::memory_order_relaxed);
            shared.wakeUp.wakeEverybody();
        });
        std::vector<std::jthread> threads;
        threads.reserve(parameters.threads);
        for (Worker& worker : race.workers) {
            try {
                if (stop.stop_requested()) {
                    startLine.giveUp();
                    return RunError{Kind::Cancelled};
                }
                threads.emplace_back(work, std::ref(worker));
            } catch (const std::system_error& refused) {
                startLine.giveUp();
                return RunError{Kind::ThreadRefused, RunError::Parameter::Threads, threads.size(), 1,
                                parameters.threads, refused.code().value()};
            }
        }
        startLine.startWhenAllAreHere();
    } // joins

    if (stop.stop_requested())
        return RunError{Kind::Cancelled};
    if (const int error = pinningError.load(); error != 0)
        return RunError{Kind::PinningRefused, RunError::Parameter::Cores, parameters.cores, 1, availableCores(), error};
    race.finalWord = shared.counter.value.load(std::memory_order_relaxed);
    for (const Cell& shard : shared.shards)
        race.shardSum += shard.value.load(std::memory_order_relaxed);
    if (progress)
        progress->store(parameters.updates(), std::memory_order_relaxed);
    return race;
}

RunResult resultOf(const RunParameters& parameters, const Race& race)
{
    const TickScale scale = TickScale::calibrated();
    std::uint64_t begin = UINT64_MAX;
    std::uint64_t end = 0;
    for (const Worker& worker : race.workers) {
        begin = std::min(begin, worker.beginTicks);
        end = std::max(end, worker.endTicks);
    }
    RunResult result;
    result.parameters = parameters;
    result.expected = parameters.updates();
    result.elapsedNanoseconds = scale.nanosecondsBetween(begin, end);
    for (const Worker& worker : race.workers)
        result.threads.push_back({scale.nanosecondsBetween(begin, worker.beginTicks),
                                  scale.nanosecondsBetween(begin, worker.endTicks), worker.voluntarySwitches,
                                  worker.involuntarySwitches, worker.retries});
    return result;
}

RunParameters withCoresResolved(RunParameters parameters)
{
    if (parameters.cores == 0)
        parameters.cores = availableCores();
    return parameters;
}

} // namespace

std::uint64_t RunResult::voluntarySwitches() const
{
    std::uint64_t sum = 0;
    for (const ThreadUsage& thread : threads)
        sum += thread.voluntarySwitches;
    return sum;
}

std::uint64_t RunResult::involuntarySwitches() const
{
    std::uint64_t sum = 0;
    for (const ThreadUsage& thread : threads)
        sum += thread.involuntarySwitches;
    return sum;
}

Result<RunResult, RunError> runCounted(const RunParameters& asked, const std::stop_token& stop, RunProgress* progress)
{
    const auto parameters = validated(asked, RunMode::Counted);
    if (!parameters)
        return parameters.error();
    const RunParameters resolved = withCoresResolved(*parameters);
    const auto finished = race(resolved, RunMode::Counted, stop, progress);
    if (!finished)
        return finished.error();
    RunResult result = resultOf(resolved, *finished);
    result.final = resolved.synchronisation == Synchronisation::Sharded ? finished->shardSum : finished->finalWord;
    result.lost = result.expected - result.final;
    return result;
}

Result<RawRecordedRun, RunError> record(const RunParameters& asked, const std::stop_token& stop, RunProgress* progress)
{
    const auto parameters = validated(asked, RunMode::Recorded);
    if (!parameters)
        return parameters.error();
    const RunParameters resolved = withCoresResolved(*parameters);
    auto finished = race(resolved, RunMode::Recorded, stop, progress);
    if (!finished)
        return finished.error();
    RawRecordedRun run;
    run.result = resultOf(resolved, *finished);
    run.recording.parameters = resolved;
    const bool sharded = resolved.synchronisation == Synchronisation::Sharded;
    run.recording.finalWord = sharded ? finished->shardSum : finished->finalWord;
    for (Worker& worker : finished->workers) {
        run.recording.threads.push_back(worker.recorder->take(worker.endTicks));
        worker.recorder.reset();
    }
    const bool isTagged = !sharded && resolved.synchronisation != Synchronisation::Atomic;
    run.result.final = isTagged ? tagged::valueOf(run.recording.finalWord) : run.recording.finalWord;
    run.result.lost = run.result.expected - run.result.final;
    return run;
}

Result<RunResult, ProofError> proven(RawRecordedRun&& run)
{
    RunResult result = std::move(run.result);
    const std::uint64_t bytes = run.recording.bytes();
    auto history = RecordedHistory::fromRecording(std::move(run.recording));
    if (!history)
        return history.error();
    result.history = std::move(history).value();
    const Ledger& ledger = result.history->ledger();
    result.recorded = RecordedFigures{result.history->steps(),
                                      ledger.updates(),
                                      ledger.surviving(),
                                      ledger.lost(),
                                      ledger.clobberingStores(),
                                      ledger.streaks(),
                                      bytes,
                                      true};
    assert(result.final + ledger.lost() == result.expected);
    return result;
}

Result<RunResult, RunError> runRecorded(const RunParameters& asked, const std::stop_token& stop, RunProgress* progress)
{
    auto run = record(asked, stop, progress);
    if (!run)
        return run.error();
    const RunParameters parameters = run->result.parameters;
    try {
        auto result = proven(std::move(run).value());
        if (!result)
            return RunError{RunError::Kind::NotProven};
        return std::move(result).value();
    } catch (const std::bad_alloc&) { // the race was recorded, but its history has no room
        return RunError{RunError::Kind::DoesNotFit, RunError::Parameter::Iterations, mostBytesToRecord(parameters), 0,
                        availableMemory(), 0};
    }
}

} // namespace interleave
