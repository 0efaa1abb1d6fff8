// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace interleave {

namespace {

constexpr Step partsOfASwitch = 3; // save, pick, restore

} // namespace

void Machine::advance(Step until, std::uint64_t instructions)
{
    while (m_data.step < until && m_data.instructions < instructions && !m_data.over) {
        if (hasHadItsTurn())
            endTick();
        else if (isUndisturbed())
            runOn(until, instructions, UINT64_MAX, true);
        else
            takeStep();
    }
}

Step Machine::advanceThrough(std::uint64_t tick, Step until)
{
    while (m_data.step < until && m_data.tick <= tick && !m_data.over) {
        if (hasHadItsTurn()) {
            endTick();
            continue;
        }
        if (isUndisturbed()) {
            runOn(until, UINT64_MAX, tick + 1, false);
            continue;
        }
        const Step before = m_data.step;
        takeStep();
        if (m_data.tick > tick && m_data.step > before)
            return before;
    }
    return m_data.step;
}

void Machine::advanceToTick(std::uint64_t tick, Step until)
{
    while (m_data.step < until && m_data.tick < tick && !m_data.over) {
        if (hasHadItsTurn())
            endTick();
        else if (isUndisturbed())
            runOn(until, UINT64_MAX, tick, true);
        else
            takeStep();
    }
}

// A core alone has executed what makes a tick of its own, a lock or a yield: the next can begin, and be undisturbed.
bool Machine::hasHadItsTurn() const
{
    return m_data.cores.size() == 1 && m_data.cores.front().phase == CorePhase::Executing && m_data.slot == 1
        && m_data.handedOver == noThread;
}

// A core alone has nobody to take turns with, so it executes in one go what its slice, the next sleeper and the limits
// leave it, and need not stop between save, pick and restore.
bool Machine::isUndisturbed() const
{
    return m_data.cores.size() == 1 && m_data.cores.front().phase == CorePhase::Executing && m_data.slot == 0
        && m_data.handedOver == noThread && m_data.nextWake > m_data.tick && m_data.cores.front().sliceLeft > 0;
}

// Save, pick and restore in one; whether the run goes on.
bool Machine::switchAtOnce()
{
    Core& core = m_data.cores.front();
    assert(core.reason == AskReason::SliceOver);
    if (!decide(0))
        return false;
    if (core.chosen != core.thread) {
        m_data.step += partsOfASwitch;
        ++m_data.involuntary;
        MachineThread& before = m_data.threads[core.thread];
        before.phase = ThreadPhase::Ready;
        before.core = noCore;
        const auto place = std::find(m_data.ready.begin(), m_data.ready.end(), core.chosen);
        assert(place != m_data.ready.end());
        std::copy(place + 1, m_data.ready.end(), place);
        m_data.ready.back() = core.thread;
        MachineThread& after = m_data.threads[core.chosen];
        after.phase = ThreadPhase::Running;
        after.core = 0;
        tell(core.thread, m_data.tick, Activity::Ready, noCore, Departure::Preempted);
        tell(core.chosen, m_data.tick, Activity::Running, 0);
        core.last = std::exchange(core.thread, core.chosen);
        core.busyUntil = m_data.tick;
    }
    core.sliceLeft = core.slice;
    core.executed = 0;
    return true;
}

// Until a thread asks for something, a sleeper is due, or one of the limits is near. `ticks`: no instruction begins in
// that tick or later. `maySwitch`: from one thread to another, too.
void Machine::runOn(Step until, std::uint64_t instructions, std::uint64_t ticks, bool maySwitch)
{
    Core& core = m_data.cores.front();
    const bool switchesAtOnce = m_settings.switchCost == 0 && maySwitch;
    const std::uint64_t lastTick = std::min(ticks, m_data.nextWake);
    while (true) {
        const std::uint64_t most = std::min(
            {core.sliceLeft, until - m_data.step, instructions - m_data.instructions, lastTick - m_data.tick});
        const Request request = m_executor.run(m_data.threads[core.thread].context, most, m_data.step);
        const bool asks = request != Request::None && request != Request::Fault;
        const std::uint64_t plain = m_executor.executed() - (asks ? 1 : 0);
        countInstructions(core, plain);
        m_data.tick += plain;
        if (request != Request::None) {
            answer(0, request);
            return;
        }
        const bool canSwitch = core.sliceLeft == 0 && switchesAtOnce && m_data.tick < lastTick
                            && until - m_data.step > partsOfASwitch && m_data.instructions < instructions;
        if (!canSwitch || !switchAtOnce())
            return;
    }
}

} // namespace interleave
