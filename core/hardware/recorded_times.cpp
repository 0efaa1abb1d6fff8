// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/recorded_history.h"
#include "hardware/tick_clock.h"

#include <algorithm>
#include <limits>
#include <set>

// When the steps of a recorded run were taken, as far as that is known.
namespace interleave {

void RecordedHistory::takeTimes(const Recording& recording)
{
    const TickScale scale = recording.scale ? *recording.scale : TickScale::calibrated();
    // A time sample is cut off by at most 16 ticks, and a processor may read its counter some instructions early.
    constexpr double readingError = 500;
    m_margin = scale.errorNanoseconds() + readingError;
    std::uint64_t zero = UINT64_MAX;
    for (const ThreadRecord& thread : recording.threads)
        zero = std::min(zero, thread.beginTicks);
    for (const ThreadRecord& thread : recording.threads) {
        ThreadTimes times;
        times.begin = scale.nanosecondsBetween(zero, thread.beginTicks);
        times.end = scale.nanosecondsBetween(zero, thread.endTicks);
        times.numbers.reserve(thread.times.size());
        times.times.reserve(thread.times.size());
        for (const TimeSample& sample : thread.times) {
            times.numbers.push_back(sample.number());
            times.times.push_back(times.begin + scale.nanosecondsBetween(0, sample.ticks()));
        }
        m_times.push_back(std::move(times));
    }
}

// A time sample was taken after the store it names and before the thread's next load: what was stored by then, and what
// was not. Without a common order, as with shards, it says nothing about others.
void RecordedHistory::boundStores()
{
    constexpr std::size_t mostSamples = std::size_t{1} << 22; // fewer make the bounds wider, not wrong
    if (m_parameters.synchronisation == Synchronisation::Sharded)
        return;
    std::size_t samples = 0;
    for (const ThreadTimes& times : m_times)
        samples += times.numbers.size();
    const std::size_t stride = samples / mostSamples + 1;
    for (ThreadIndex t = 0; t < threads(); ++t) {
        const ThreadTimes& times = m_times[t];
        m_bounds.notYet(m_ledger.positionOf({t, 1}), times.begin);
        m_bounds.done(m_ledger.positionOf({t, iterations()}), times.end);
        for (std::size_t i = 0; i < times.numbers.size(); i += stride) {
            const std::uint32_t number = times.numbers[i];
            m_bounds.done(m_ledger.positionOf({t, number}), times.times[i]);
            if (number < iterations())
                m_bounds.notYet(m_ledger.positionOf({t, number + 1}), times.times[i]);
        }
    }
    m_bounds.seal();
}

// What the kernel tells, and what follows for the times that were measured: they lie where their thread was on a core,
// from which the errors of both clocks can take one at its ends.
void RecordedHistory::takeSwitches()
{
    for (ThreadIndex t = 0; t < threads(); ++t)
        m_absences.push_back(t < m_switches->threads.size()
                                 ? Absences(m_switches->threads[t], m_times[t].begin, m_times[t].end)
                                 : Absences());
    boundStores();
    for (ThreadIndex t = 0; t < threads(); ++t)
        for (double& time : m_times[t].times)
            time = m_absences[t].nearestOnCore(time);

    std::set<CoreIndex> cores(m_switches->beganOn.begin(), m_switches->beganOn.end());
    cores.erase(noCore);
    for (const std::vector<SwitchRecord>& records : m_switches->threads)
        for (std::size_t i = 0; i < records.size(); ++i)
            if (i == 0 || records[i].core != records[i - 1].core)
                cores.insert(records[i].core);
    m_coreNumbers.assign(cores.begin(), cores.end());
}

const Absences* RecordedHistory::absencesOf(ThreadIndex thread) const
{
    return m_absences.empty() || m_absences[thread].size() == 0 ? nullptr : &m_absences[thread];
}

std::size_t RecordedHistory::stretchOf(UpdateName name) const
{
    const std::vector<std::uint32_t>& numbers = m_times[name.thread].numbers;
    return static_cast<std::size_t>(std::upper_bound(numbers.begin(), numbers.end(), name.number) - numbers.begin());
}

// The one up to a measured point, or the one after the last.
RecordedHistory::Stretch RecordedHistory::stretch(ThreadIndex thread, std::size_t index) const
{
    const ThreadTimes& times = m_times[thread];
    const bool last = index == times.numbers.size();
    Stretch stretch;
    stretch.fromNumber = index == 0 ? 0.0 : times.numbers[index - 1];
    stretch.from = index == 0 ? times.begin : times.times[index - 1];
    stretch.toNumber = static_cast<double>(last ? iterations() : times.numbers[index]);
    stretch.to = last ? times.end : times.times[index];
    const Absences* const absences = absencesOf(thread);
    stretch.fromOnCore = absences ? absences->onCoreTime(stretch.from) : stretch.from;
    stretch.toOnCore = absences ? absences->onCoreTime(stretch.to) : stretch.to;
    stretch.perUpdate = (stretch.toOnCore - stretch.fromOnCore) / std::max(1.0, stretch.toNumber - stretch.fromNumber);
    return stretch;
}

double RecordedHistory::timeOfStore(UpdateName name) const
{
    const Stretch here = stretch(name.thread, stretchOf(name));
    const double onCore = here.onCoreTimeOf(name.number);
    const Absences* const absences = absencesOf(name.thread);
    return here.timeOf(name.number, onCore, absences ? absences->awayIn(absences->overAt(onCore)) : 0);
}

double RecordedHistory::timeBefore(UpdateName name) const
{
    return name.number > 1 ? timeOfStore({name.thread, name.number - 1}) : m_times[name.thread].begin;
}

// A window that computes takes time on a core, one that sleeps does not.
double RecordedHistory::loadBetween(ThreadIndex thread, double before, double store) const
{
    const auto work = static_cast<double>(m_parameters.window.count());
    const Absences* const absences = absencesOf(thread);
    if (!absences || work == 0)
        return std::max(before, store - work);
    if (m_parameters.window >= RunParameters::sleepingWindow)
        return std::max(before, absences->lastOnCore(store - work));
    const double onCore = absences->onCoreTime(store) - work;
    return std::max(before, onCore + absences->awayIn(absences->overAt(onCore)));
}

// A load stands before the store that it did not see, and before an absence that is proven to lie behind it.
double RecordedHistory::timeOfLoad(UpdateName name, Position position) const
{
    const double before = timeBefore(name);
    const double load = loadBetween(name.thread, before, timeOfStore(name));
    const Absences* const absences = absencesOf(name.thread);
    if (!absences || m_parameters.synchronisation == Synchronisation::Sharded)
        return load;
    const Update update = m_ledger.update(position);
    if (!update.clobbering())
        return load;
    double latest = absences->lastOnCore(timeOfStore(m_ledger.name(update.seen + 1)));
    if (const auto preemption = preemptionIn(position); preemption && preemption->proven)
        latest = std::min(latest, preemption->outAt);
    return std::max(before, std::min(load, latest));
}

double RecordedHistory::timeOfAcquire(UpdateName name, Position position) const
{
    Acquisition known;
    known.thread = name.thread;
    known.before = timeBefore(name);
    known.released = position > 1 ? timeOfStore(m_ledger.name(position - 1)) : 0;
    known.load = timeOfLoad(name, position);
    const auto& own = m_waitsOfThread[name.thread];
    const auto wait = std::ranges::lower_bound(own, name.number, {},
                                               [this](std::uint32_t w) { return m_waits[w].number; });
    known.waited = wait != own.end() && m_waits[*wait].number == name.number;
    known.met = std::numeric_limits<double>::infinity();
    const auto [first, last] = std::ranges::equal_range(m_waits, position, {}, &LockWait::block);
    for (auto met = first; met != last; ++met)
        if (!met->afterStore)
            known.met = std::min(known.met, timeBefore({met->thread, met->number}));
    return timeOfAcquire(known);
}

// Nothing measures it. Who waited had it as soon as it was free and the thread on a core to take it: if it had blocked,
// after it was woken. Otherwise half way to the load, unless somebody met it held earlier.
double RecordedHistory::timeOfAcquire(const Acquisition& known) const
{
    const double earliest = std::max(known.before, std::min(known.released, known.load));
    double time = known.waited ? earliest : earliest + (known.load - earliest) / 2;
    const Absences* const absences = absencesOf(known.thread);
    if (absences && known.waited && m_parameters.synchronisation != Synchronisation::Spinlock)
        for (std::size_t i = absences->firstBeginningAfter(known.load); i-- > 0 && absences->outAt(i) >= known.before;)
            if (!absences->isPreemption(i) && absences->inAt(i) <= known.load) {
                time = std::max(time, absences->inAt(i));
                break;
            }
    if (absences)
        time = absences->nextOnCore(time);
    if (!known.waited && known.met < time)
        time = std::max(earliest, absences ? absences->lastOnCore(known.met) : known.met);
    return std::min(time, known.load);
}

double RecordedHistory::timeOf(Step step) const
{
    if (step < threads())
        return 0;
    return timeOf(event(std::min(step, m_steps - 1)));
}

double RecordedHistory::timeOf(const Event& at) const
{
    const UpdateName name{at.thread, at.number};
    switch (at.kind) {
    case EventKind::Exit: return m_times[at.thread].end;
    case EventKind::Load:
    case EventKind::Add: return timeOfLoad(name, at.position);
    case EventKind::LockAcquire: return timeOfAcquire(name, at.position);
    // A thread asks for the lock as soon as it is done with the update before.
    case EventKind::LockWait: return timeBefore(name);
    default: return timeOfStore(name);
    }
}

} // namespace interleave
