// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/schedule_cursor.h"

#include <algorithm>
#include <limits>

namespace interleave {

ScheduleCursor::ScheduleCursor(const Schedule& schedule, ThreadIndex threads, CoreIndex cores)
    : m_index(indexOf(schedule, threads)),
      m_threads(threads),
      m_cores(cores)
{
    for (ThreadIndex thread = 0; thread < threads; ++thread)
        m_threads[thread].next = m_index->begins[thread];
}

std::shared_ptr<const ScheduleCursor::Index> ScheduleCursor::indexOf(const Schedule& schedule, ThreadIndex threads)
{
    const auto index = std::make_shared<Index>();
    index->schedule = schedule;
    index->instructions = instructionsIn(schedule);
    index->ends.reserve(schedule.size());
    index->begins.assign(std::size_t{threads} + 1, 0);
    std::uint64_t end = 0;
    for (const ScheduleEntry& entry : schedule) {
        if (__builtin_add_overflow(end, entry.count, &end))
            end = std::numeric_limits<std::uint64_t>::max();
        index->ends.push_back(end);
        ++index->begins[entry.thread + 1];
    }
    for (ThreadIndex thread = 0; thread < threads; ++thread)
        index->begins[thread + 1] += index->begins[thread];
    index->ofThread.resize(schedule.size());
    std::vector<std::uint32_t> next(index->begins.begin(), index->begins.end() - 1);
    for (std::size_t entry = 0; entry < schedule.size(); ++entry)
        index->ofThread[next[schedule[entry].thread]++] = static_cast<std::uint32_t>(entry);
    return index;
}

ScheduleCursor::Answer ScheduleCursor::ask(const Choice& choice)
{
    const Answer answer = found(choice);
    if (answer.verdict == Verdict::Run && m_cores.size() > 1) {
        const bool isOver = m_entry == m_index->ends.size();
        m_cores[choice.core] = {answer.thread, isOver ? noThread : m_index->schedule[m_entry].thread,
                                instructionsBefore(answer.thread, choice.instructions)};
    }
    return answer;
}

ScheduleCursor::Answer ScheduleCursor::found(const Choice& choice)
{
    const std::uint64_t place = choice.instructions;
    while (m_entry < m_index->ends.size() && m_index->ends[m_entry] <= place)
        ++m_entry;
    const bool isOver = m_entry == m_index->ends.size();
    const ThreadIndex named = isOver ? noThread : m_index->schedule[m_entry].thread;
    const bool isOneCore = m_cores.size() == 1;

    // Several cores: whether the thread executed what the schedule has it execute. One that blocked may be on another
    // core by now.
    Core& core = m_cores[choice.core];
    const bool stayed = core.thread != noThread && core.thread == choice.last && choice.reason != AskReason::Blocked;
    if (stayed && place <= m_index->instructions) {
        const std::uint64_t scheduled = instructionsBefore(choice.last, place) - core.instructionsOf;
        if (scheduled > choice.executed)
            return {Verdict::Impossible, choice.last, 0};
        if (scheduled < choice.executed) // in the place of another
            return {Verdict::Impossible, core.named != noThread ? core.named : choice.last, 0};
    }
    core.thread = noThread;

    if (!isOver && named == choice.last && choice.lastCanGoOn())
        return {Verdict::Run, named, isOneCore ? m_index->ends[m_entry] - place : 1};
    if (!isOver && isOneCore) {
        if (std::find(choice.ready.begin(), choice.ready.end(), named) == choice.ready.end())
            return {Verdict::Impossible, named, 0};
        return {Verdict::Run, named, m_index->ends[m_entry] - place};
    }
    const Answer picked = pick(choice);
    if (picked.verdict == Verdict::Run || isOver)
        return picked;
    const bool isLeft = !choice.ready.empty() && isOnAnotherCore(named, choice.core);
    return {isLeft ? Verdict::Left : Verdict::Impossible, named, 0};
}

// The ready thread that is named soonest; Over if none is.
ScheduleCursor::Answer ScheduleCursor::pick(const Choice& choice)
{
    ThreadIndex soonest = noThread;
    std::uint32_t entry = std::numeric_limits<std::uint32_t>::max();
    for (const ThreadIndex thread : choice.ready) {
        passEntries(thread, choice.instructions);
        if (hasEntryLeft(thread) && m_index->ofThread[m_threads[thread].next] < entry) {
            soonest = thread;
            entry = m_index->ofThread[m_threads[thread].next];
        }
    }
    if (soonest == noThread)
        return {};
    return {Verdict::Run, soonest, 1};
}

// Goes past the entries that end at this place or before it; one with a count of 0 stays until its place is behind.
void ScheduleCursor::passEntries(ThreadIndex thread, std::uint64_t place)
{
    Thread& of = m_threads[thread];
    for (; hasEntryLeft(thread); ++of.next) {
        const std::size_t entry = m_index->ofThread[of.next];
        const std::uint64_t end = m_index->ends[entry];
        const std::uint64_t count = m_index->schedule[entry].count;
        if (count == 0 ? end >= place : end > place)
            break;
        of.before += count;
    }
}

std::uint64_t ScheduleCursor::instructionsBefore(ThreadIndex thread, std::uint64_t place)
{
    passEntries(thread, place);
    const Thread& of = m_threads[thread];
    if (!hasEntryLeft(thread))
        return of.before;
    const std::size_t entry = m_index->ofThread[of.next];
    const std::uint64_t begin = m_index->ends[entry] - m_index->schedule[entry].count;
    return of.before + (place > begin ? place - begin : 0);
}

bool ScheduleCursor::hasEntryLeft(ThreadIndex thread) const
{
    return m_threads[thread].next < m_index->begins[thread + 1];
}

bool ScheduleCursor::isOnAnotherCore(ThreadIndex thread, CoreIndex core) const
{
    for (CoreIndex other = 0; other < m_cores.size(); ++other)
        if (other != core && m_cores[other].thread == thread)
            return true;
    return false;
}

} // namespace interleave
