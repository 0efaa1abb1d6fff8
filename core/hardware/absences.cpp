// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/absences.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace interleave {

Absences::Absences(const std::vector<SwitchRecord>& records, double begin, double end)
{
    m_absences.reserve(records.size() / 2);
    double away = 0;
    std::uint32_t preemptions = 0;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const SwitchRecord& out = records[i - 1];
        const SwitchRecord& in = records[i];
        if (!out.out || in.out)
            continue;
        Absence absence;
        absence.out = static_cast<double>(out.nanoseconds);
        absence.in = static_cast<double>(in.nanoseconds);
        if (absence.out < begin || absence.in > end)
            continue;
        absence.awayBefore = away;
        absence.preemptionsBefore = preemptions;
        absence.from = out.core;
        absence.to = in.core;
        absence.preempted = out.preempted;
        away += absence.in - absence.out;
        preemptions += out.preempted ? 1 : 0;
        m_absences.push_back(absence);
    }
    m_away = away;
}

double Absences::nearestOnCore(double time) const
{
    const std::size_t i = firstBeginningAfter(time);
    if (i == 0 || time >= m_absences[i - 1].in)
        return time;
    const Absence& away = m_absences[i - 1];
    if (away.in - time < time - away.out)
        return away.in;
    const double left = std::nextafter(away.out, -1.0);
    return i > 1 ? std::max(left, m_absences[i - 2].in) : left;
}

double Absences::lastOnCore(double time) const
{
    const std::size_t i = firstBeginningAfter(time);
    return i > 0 && time < m_absences[i - 1].in ? m_absences[i - 1].out : time;
}

double Absences::nextOnCore(double time) const
{
    const std::size_t i = firstBeginningAfter(time);
    return i > 0 && m_absences[i - 1].out < time ? std::max(time, m_absences[i - 1].in) : time;
}

double Absences::onCoreTime(double time) const
{
    const auto after = std::ranges::upper_bound(m_absences, time, {}, &Absence::in);
    return time - awayIn(static_cast<std::size_t>(after - m_absences.begin()));
}

std::size_t Absences::overAt(double onCoreTime) const
{
    const auto first = std::ranges::partition_point(m_absences, [onCoreTime](const Absence& absence) {
        return absence.out - absence.awayBefore <= onCoreTime;
    });
    return static_cast<std::size_t>(first - m_absences.begin());
}

std::size_t Absences::firstEndingFrom(double time) const
{
    return static_cast<std::size_t>(std::ranges::lower_bound(m_absences, time, {}, &Absence::in) - m_absences.begin());
}

std::size_t Absences::firstBeginningAfter(double time) const
{
    return static_cast<std::size_t>(std::ranges::upper_bound(m_absences, time, {}, &Absence::out) - m_absences.begin());
}

bool Absences::isAwayAt(double time) const
{
    const std::size_t i = firstBeginningAfter(time);
    return i > 0 && m_absences[i - 1].out < time && time < m_absences[i - 1].in;
}

Preemption Absences::summed(std::size_t first, std::size_t last, bool proven) const
{
    assert(first < last && last <= m_absences.size());
    const Absence& begin = m_absences[first];
    const Absence& end = m_absences[last - 1];
    Preemption sum;
    sum.proven = proven;
    sum.switches = static_cast<std::uint32_t>(last - first);
    sum.preemptions = end.preemptionsBefore - begin.preemptionsBefore + (end.preempted ? 1 : 0);
    sum.nanoseconds = end.awayBefore - begin.awayBefore + (end.in - end.out);
    sum.outAt = begin.out;
    sum.inAt = end.in;
    sum.from = begin.from;
    sum.to = end.to;
    return sum;
}

} // namespace interleave
