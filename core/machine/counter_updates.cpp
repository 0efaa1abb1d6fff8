// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/counter_updates.h"

#include <algorithm>
#include <utility>

namespace interleave {

CounterUpdates::CounterUpdates(ThreadIndex threads, std::function<Integer(Position)> valueAt)
    : m_valueAt(std::move(valueAt)),
      m_loads(threads),
      m_numbers(threads)
{}

void CounterUpdates::loaded(ThreadIndex thread, Step step, const Integer& value)
{
    auto& loads = m_loads[thread];
    if (loads.size() == loadsRemembered)
        loads.pop_front();
    loads.push_back({step, value});
}

Integer CounterUpdates::valueSeen(const Stored& store) const
{
    if (store.seen == store.position - 1)
        return m_last;
    const auto& loads = m_loads[store.thread];
    const auto found = std::find_if(loads.rbegin(), loads.rend(),
                                    [&](const Load& load) { return load.step == store.loadedAt; });
    return found != loads.rend() ? found->value : m_valueAt(store.seen);
}

void CounterUpdates::stored(const Stored& store, const Integer& value)
{
    m_expected = m_expected + (value - valueSeen(store));
    m_last = value;
    const std::uint32_t number = ++m_numbers[store.thread];
    const bool goesOn = store.seen == store.position - 1 && !m_streaks.empty()
                     && m_streaks.back().thread == store.thread;
    if (goesOn)
        ++m_streaks.back().length;
    else
        m_streaks.push_back({store.thread, number, 1, store.seen});
}

} // namespace interleave
