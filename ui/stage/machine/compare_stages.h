// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"
#include "playback/playback.h"

#include <QWidget>
#include <memory>

class QBoxLayout;
class QLabel;

namespace interleave {

class FlatSlider;
class MachineStageView;
class RunHeading;
class Selection;

// Two runs of the machine side by side on one axis of ticks, such as the same program on one core and on many: at every
// tick, how far has each come? The first follows the playback that is given, the second goes along.
class CompareStages : public QWidget {
    Q_OBJECT

public:
    CompareStages(Playback& playback, Selection& selection, QWidget* parent = nullptr);
    ~CompareStages() override;

    // The run to compare with; null: there is none.
    void setSecond(std::shared_ptr<const MachineHistory> history);

    // The tick that both show, from 0 to the end of the longer run.
    [[nodiscard]] std::uint64_t tick() const { return m_tick; }
    [[nodiscard]] std::uint64_t lastTick() const { return m_lastTick; }
    [[nodiscard]] const MachineStageView& first() const { return *m_firstStage; }
    [[nodiscard]] const MachineStageView& second() const { return *m_secondStage; }
    [[nodiscard]] FlatSlider* slider() const { return m_slider; }

public slots:
    void setTick(quint64 tick);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void readRuns();
    void followPlayback();
    void moveTo(std::uint64_t tick, bool alsoFirst);
    void showTick();
    bool playOn(double steps);

    Playback& m_playback;
    Playback m_secondPlayback;
    QBoxLayout* m_halves;
    RunHeading* m_firstHeading;
    RunHeading* m_secondHeading;
    MachineStageView* m_firstStage;
    MachineStageView* m_secondStage;
    FlatSlider* m_slider;
    QLabel* m_tickLabel;
    std::uint64_t m_tick = 0;
    std::uint64_t m_lastTick = 0;
    double m_tail = 0; // of a tick, beyond the end of the first run
    bool m_moving = false; // by ourselves
};

} // namespace interleave
