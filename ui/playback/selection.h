// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QObject>
#include <optional>

namespace interleave {

// A stretch of a history, in its unit of time: from <= to.
struct TimeRange {
    double from = 0;
    double to = 0;

    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

// What all looks have selected together: a thread, an update, a stretch of time.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] std::optional<ThreadIndex> thread() const { return m_thread; }
    // Position of the update; none if nothing is selected.
    [[nodiscard]] std::optional<Position> update() const { return m_update; }
    // The stretch that was measured.
    [[nodiscard]] const std::optional<TimeRange>& range() const { return m_range; }

public slots:
    void selectThread(std::optional<interleave::ThreadIndex> thread);
    void selectUpdate(std::optional<interleave::Position> update);
    // Its ends in either order.
    void selectRange(std::optional<interleave::TimeRange> range);
    void clear();

signals:
    // The thread or the update.
    void changed();
    // Apart from those, for it changes with every move of the hand that measures.
    void rangeChanged();

private:
    std::optional<ThreadIndex> m_thread;
    std::optional<Position> m_update;
    std::optional<TimeRange> m_range;
};

} // namespace interleave
