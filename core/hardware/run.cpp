// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/run.h"

#include "hardware/race_state.h"
#include "hardware/recorded_history.h"
#include "hardware/start_line.h"
#include "hardware/switch_capture.h"
#include "hardware/tagged_counter.h"
#include "hardware/update_loops.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cmath>
#include <new>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <system_error>
#include <thread>

namespace interleave {

namespace {

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

std::vector<int> numbersOf(const cpu_set_t& cores)
{
    std::vector<int> numbers;
    for (int core = 0; core < CPU_SETSIZE; ++core)
        if (CPU_ISSET(static_cast<std::size_t>(core), &cores))
            numbers.push_back(core);
    return numbers;
}

struct Race {
    std::vector<Worker> workers;
    std::uint64_t finalWord = 0;
    std::uint64_t shardSum = 0;
    SwitchLog switches; // times in nanoseconds of CLOCK_MONOTONIC_RAW
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
                worker.recorder.emplace(mostStreaks(parameters), timeAll);
            } catch (const std::bad_alloc&) {
                const std::uint64_t bytes = parameters.updates() * StreakRecorder::maxBytesPerUpdate;
                return RunError{
                    Kind::DoesNotFit, RunError::Parameter::Iterations, bytes, 0, bytes / parameters.threads * i, 0};
            }
        }
    }

    const cpu_set_t cores = firstCores(parameters.cores);
    StartLine startLine(parameters.threads, parameters.cores, scale);
    SwitchCapture capture(parameters.threads, numbersOf(cores), parameters.switches);
    std::atomic<int> pinningError{0};
    const auto work = [&](Worker& worker) {
        if (const int error = pthread_setaffinity_np(pthread_self(), sizeof cores, &cores); error != 0)
            pinningError.store(error, std::memory_order_relaxed);
        capture.enter(worker.index);
        if (!startLine.wait())
            return;
        const Switches before = switchesOfThisThread();
        worker.beginTicks = ticksNow();
        if (worker.recorder)
            worker.recorder->begin(worker.beginTicks);
        if (mode == RunMode::Recorded)
            recordUpdates(parameters, shared, worker);
        else
            countUpdates(parameters, shared, worker);
        worker.endTicks = ticksNow();
        const Switches after = switchesOfThisThread();
        worker.voluntarySwitches = after.voluntary - before.voluntary;
        worker.involuntarySwitches = after.involuntary - before.involuntary;
        capture.leave();
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
                                parameters.threads,  refused.code().value()};
            }
        }
        startLine.startWhenAllAreHere();
        capture.fetchUntilAllLeft();
    } // joins

    if (stop.stop_requested())
        return RunError{Kind::Cancelled};
    if (const int error = pinningError.load(); error != 0)
        return RunError{Kind::PinningRefused, RunError::Parameter::Cores, parameters.cores, 1, availableCores(), error};
    race.switches = capture.take();
    race.finalWord = shared.counter.value.load(std::memory_order_relaxed);
    for (const Cell& shard : shared.shards)
        race.shardSum += shard.value.load(std::memory_order_relaxed);
    if (progress)
        progress->store(parameters.updates(), std::memory_order_relaxed);
    return race;
}

// Keeps what fell between the thread's begin and end, in time since the first thread began. The thread was on a core at
// both, so by their clocks alone can its last coming before, and its first leaving after, fall between them. Gives the
// core that it began on; noCore if that is not known.
CoreIndex placeInRun(std::vector<SwitchRecord>& records, std::int64_t zero, double begin, double end)
{
    for (SwitchRecord& record : records)
        record.nanoseconds -= zero;
    const auto timeOf = [](const SwitchRecord& record) { return static_cast<double>(record.nanoseconds); };
    auto from = std::ranges::lower_bound(records, begin, {}, timeOf);
    if (from != records.end() && !from->out)
        ++from;
    auto to = std::ranges::upper_bound(records, end, {}, timeOf);
    to = std::max(from, to);
    if (to > from && (to - 1)->out)
        --to;
    const CoreIndex beganOn = from == records.begin() || (from - 1)->out ? CoreIndex{noCore} : (from - 1)->core;
    records.erase(to, records.end());
    records.erase(records.begin(), from);
    records.shrink_to_fit();
    return beganOn;
}

// Calibrated after the race: between the two anchors of the scale its error does not grow with the length of the race.
RunResult resultOf(const RunParameters& parameters, Race& race, const TickScale& scale)
{
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
    const auto zero = static_cast<std::int64_t>(std::llround(scale.monotonicAt(begin)));
    for (std::size_t t = 0; t < race.switches.threads.size(); ++t)
        race.switches.beganOn.push_back(placeInRun(race.switches.threads[t], zero, result.threads[t].beginNanoseconds,
                                                   result.threads[t].endNanoseconds));
    result.switches = std::make_shared<const SwitchLog>(std::move(race.switches));
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
    auto finished = race(resolved, RunMode::Counted, stop, progress);
    if (!finished)
        return finished.error();
    RunResult result = resultOf(resolved, *finished, TickScale::calibrated());
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
    run.recording.scale = TickScale::calibrated();
    run.result = resultOf(resolved, *finished, *run.recording.scale);
    run.recording.parameters = resolved;
    run.recording.switches = run.result.switches;
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
        return RunError{RunError::Kind::DoesNotFit,
                        RunError::Parameter::Iterations,
                        mostBytesToRecord(parameters),
                        0,
                        availableMemory(),
                        0};
    }
}

} // namespace interleave
