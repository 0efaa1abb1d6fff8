// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/timeline/timeline_index.h"

#include <QObject>
#include <QTimer>
#include <atomic>
#include <memory>
#include <optional>
#include <thread>

namespace interleave {

// Makes the index of a history: at once where that takes no time, otherwise off the UI thread. One at a time; whatever
// is asked for replaces what is under way. Lives on the UI thread; signals arrive there.
class TimelineBuilder : public QObject {
    Q_OBJECT

public:
    explicit TimelineBuilder(QObject* parent = nullptr);
    ~TimelineBuilder() override;

    // Histories of at most this many steps are indexed before build() returns.
    void setStepsAtOnce(Step steps) { m_stepsAtOnce = steps; }

    void build(std::shared_ptr<const History> history);
    // Of [begin, end) alone, update by update. Never at once.
    void buildWindow(std::shared_ptr<const History> history, Time begin, Time end);
    void cancel();
    [[nodiscard]] bool isBuilding() const { return m_building; }

signals:
    void progressed(double part);
    void built(const std::shared_ptr<const interleave::TimelineIndex>& index);

private:
    template <typename Work>
    void start(Work&& work);
    void finish(std::uint64_t job, const std::shared_ptr<const TimelineIndex>& index);

    Step m_stepsAtOnce = 1 << 14;
    std::uint64_t m_job = 0; // what comes of an earlier one is no longer wanted
    bool m_building = false;
    std::atomic<double> m_progress = 0;
    QTimer m_reporter;
    std::jthread m_thread; // last: joined before anything it uses goes
};

} // namespace interleave
