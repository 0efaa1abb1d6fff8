// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "draw.h"
#include "hardware/recorder.h"
#include "hardware/tagged_counter.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace interleave {

// A thread was on no core; in nanoseconds.
struct Away {
    double out = 0;
    double in = 0;
};

// An update as it happened.
struct TruthOfUpdate {
    double loaded = 0;
    double stored = 0;
};

// The race of a recorded run on virtual cores in virtual time, one tick a nanosecond: what its recorders and the kernel
// would have written, and what truly happened.
class TimedRace {
public:
    TimedRace(const RunParameters& parameters, std::uint64_t seed, std::uint32_t switchesOneIn,
              std::uint32_t timesOneIn)
        : m_parameters(parameters),
          m_draw(seed),
          m_switchesOneIn(switchesOneIn),
          m_timesOneIn(timesOneIn),
          m_threads(parameters.threads)
    {
        auto log = std::make_shared<SwitchLog>();
        log->source = SwitchSource::Kernel;
        log->threads.resize(parameters.threads);
        log->beganOn.resize(parameters.threads, noCore);
        m_log = log;
        for (ThreadIndex t = 0; t < parameters.threads; ++t)
            m_ready.push_back(t);
        run();
        recording.parameters = parameters;
        recording.finalWord = m_word;
        recording.scale = TickScale();
        recording.switches = m_log;
        for (Thread& thread : m_threads)
            recording.threads.push_back(std::move(thread.record));
    }

    Recording recording;
    std::vector<std::vector<Away>> away;             // by thread
    std::vector<std::vector<TruthOfUpdate>> updates; // by thread and number - 1

private:
    struct Thread {
        bool began = false;
        bool loaded = false;
        std::uint32_t number = 1;
        std::uint64_t own = UINT64_MAX;
        std::uint64_t seen = 0;
        double leftAt = 0;
        ThreadRecord record;
    };
    struct Core {
        ThreadIndex thread = noThread;
        double time = 0;
        std::uint16_t number = 0;
    };

    void run()
    {
        away.resize(m_threads.size());
        updates.assign(m_threads.size(), std::vector<TruthOfUpdate>(m_parameters.iterations));
        std::vector<Core> cores(m_parameters.cores);
        for (std::size_t c = 0; c < cores.size(); ++c)
            cores[c] = {noThread, 1000.0 * static_cast<double>(c), static_cast<std::uint16_t>(c)};
        while (true) {
            std::ranges::sort(cores, {}, &Core::time);
            Core* const core = &cores.front();
            if (core->thread == noThread) {
                if (m_ready.empty()) {
                    if (std::ranges::all_of(cores, [](const Core& each) { return each.thread == noThread; }))
                        return;
                    core->time += 5'000; // idle
                    continue;
                }
                comeTo(*core);
            } else if (m_draw.oneIn(m_switchesOneIn)) {
                leave(*core);
            } else {
                step(*core);
            }
            core->time += static_cast<double>(m_draw.between(200, 2'500));
        }
    }

    void comeTo(Core& core)
    {
        const ThreadIndex t = core.thread = m_ready.front();
        m_ready.pop_front();
        Thread& thread = m_threads[t];
        if (!thread.began) {
            thread.began = true;
            m_log->beganOn[t] = core.number;
            thread.record.beginTicks = static_cast<std::uint64_t>(core.time) + m_zero;
            return;
        }
        away[t].push_back({thread.leftAt, core.time});
        m_log->threads[t].push_back({static_cast<std::int64_t>(core.time), t, core.number, false, false});
    }

    void leave(Core& core)
    {
        m_threads[core.thread].leftAt = core.time;
        m_log->threads[core.thread].push_back(
            {static_cast<std::int64_t>(core.time), core.thread, core.number, true, true});
        m_ready.push_back(core.thread);
        core.thread = noThread;
    }

    void step(Core& core)
    {
        const ThreadIndex t = core.thread;
        Thread& thread = m_threads[t];
        TruthOfUpdate& update = updates[t][thread.number - 1];
        if (!thread.loaded) {
            thread.seen = m_word;
            thread.loaded = true;
            update.loaded = core.time;
            return;
        }
        const std::uint64_t overwritten = m_word;
        m_word = tagged::word(t, thread.number, (thread.seen + 1) & tagged::valueMask);
        update.stored = core.time;
        if (thread.seen != thread.own || overwritten != thread.own) {
            thread.record.streaks.push_back(StreakRecord::of(thread.number, thread.seen, tagged::linkOf(overwritten)));
            const auto ticks = static_cast<std::uint64_t>(core.time) + m_zero - thread.record.beginTicks + 40;
            if (m_draw.oneIn(m_timesOneIn))
                thread.record.times.push_back(TimeSample::of(thread.number, ticks));
        }
        thread.own = m_word;
        thread.loaded = false;
        if (++thread.number > m_parameters.iterations) {
            thread.record.endTicks = static_cast<std::uint64_t>(core.time) + m_zero + 100;
            core.thread = noThread;
        }
    }

    RunParameters m_parameters;
    Draw m_draw;
    std::uint32_t m_switchesOneIn;
    std::uint32_t m_timesOneIn;
    std::vector<Thread> m_threads;
    std::deque<ThreadIndex> m_ready;
    std::shared_ptr<SwitchLog> m_log;
    std::uint64_t m_word = 0;
    static constexpr std::uint64_t m_zero = 1'000'000;
};

} // namespace interleave
