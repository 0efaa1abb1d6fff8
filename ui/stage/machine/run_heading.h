// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"

#include <QWidget>
#include <memory>

namespace interleave {

// Above a run that is compared with another: on how many cores it ran, and, as a bar on the axis that both share, how
// long it took and how much of that is over.
class RunHeading : public QWidget {
    Q_OBJECT

public:
    explicit RunHeading(QWidget* parent = nullptr);

    // `lastTick`: the end of the longer run. Null: there is no run.
    void setRun(std::shared_ptr<const MachineHistory> run, std::uint64_t lastTick);
    void setTick(std::uint64_t tick);

    // "4 cores: 312 ticks".
    [[nodiscard]] QString title() const;
    // What that is called: one at a time, or several at once.
    [[nodiscard]] QString subtitle() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    std::shared_ptr<const MachineHistory> m_run;
    std::uint64_t m_lastTick = 0;
    std::uint64_t m_tick = 0;
};

} // namespace interleave
