// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/machine/compare_stages.h"

#include "controls/flat_slider.h"
#include "playback/selection.h"
#include "sentences/names.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/machine/run_heading.h"

#include <QBoxLayout>
#include <QLabel>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// The slider has a notch for each tick, or so many.
constexpr std::uint64_t mostNotches = 100'000;

std::shared_ptr<const MachineHistory> machineOf(const Playback& playback)
{
    return std::dynamic_pointer_cast<const MachineHistory>(playback.history());
}

// How many steps have happened when a tick is over.
Step stepsAt(const MachineHistory& history, std::uint64_t tick)
{
    return tick >= history.ticks() ? history.steps() : history.stepAt(tick);
}

std::uint64_t tickOf(const MachineHistory& history, Step steps)
{
    if (steps == 0)
        return 0;
    return steps == history.steps() ? history.ticks() : history.machineStep(steps - 1).tick;
}

} // namespace

CompareStages::CompareStages(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_halves(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_firstHeading(new RunHeading(this)),
      m_secondHeading(new RunHeading(this)),
      m_firstStage(new MachineStageView(playback, selection, this, MachineStageView::Extent::Brief)),
      m_secondStage(new MachineStageView(m_secondPlayback, selection, this, MachineStageView::Extent::Brief)),
      m_slider(new FlatSlider(this)),
      m_tickLabel(new QLabel(this))
{
    setObjectName(QStringLiteral("compareStages"));
    setAccessibleName(tr("Two runs on one axis of ticks"));
    m_firstStage->setObjectName(QStringLiteral("firstStage"));
    m_secondStage->setObjectName(QStringLiteral("secondStage"));
    m_slider->setObjectName(QStringLiteral("tickSlider"));
    m_slider->setAccessibleName(tr("Tick"));
    m_slider->setAccessibleDescription(tr("The tick that both runs show"));
    m_tickLabel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    m_halves->setSpacing(2);
    for (const auto& [heading, stage] :
         {std::pair{m_firstHeading, m_firstStage}, std::pair{m_secondHeading, m_secondStage}}) {
        auto* half = new QVBoxLayout;
        half->setSpacing(0);
        half->addWidget(heading);
        half->addWidget(stage, 1);
        m_halves->addLayout(half, 1);
    }
    whole->addLayout(m_halves, 1);
    auto* axis = new QHBoxLayout;
    axis->setContentsMargins(14, 4, 14, 6);
    axis->addWidget(m_slider, 1);
    axis->addWidget(m_tickLabel);
    whole->addLayout(axis);

    connect(m_slider, &QSlider::valueChanged, this, [this](int notch) {
        if (!m_moving && m_slider->maximum() > 0)
            moveTo(m_lastTick * static_cast<std::uint64_t>(notch) / static_cast<std::uint64_t>(m_slider->maximum()),
                   true);
    });
    connect(&playback, &Playback::historyChanged, this, &CompareStages::readRuns);
    connect(&playback, &Playback::stepChanged, this, &CompareStages::followPlayback);
    m_playback.setEpilogue([this](double steps) { return playOn(steps); });
    readRuns();
}

CompareStages::~CompareStages()
{
    m_playback.setEpilogue({});
}

// The first run is over, and the second goes on as fast as the first did.
bool CompareStages::playOn(double steps)
{
    const auto first = machineOf(m_playback);
    if (!first || !isVisible() || m_tick >= m_lastTick)
        return false;
    m_tail += steps * static_cast<double>(first->ticks()) / static_cast<double>(std::max<Step>(1, first->steps()));
    const double whole = std::floor(m_tail);
    m_tail -= whole;
    if (whole > 0)
        moveTo(std::min(m_lastTick, m_tick + static_cast<std::uint64_t>(whole)), true);
    return m_tick < m_lastTick;
}

void CompareStages::setSecond(std::shared_ptr<const MachineHistory> history)
{
    m_secondPlayback.setHistory(std::move(history));
    readRuns();
}

void CompareStages::setTick(quint64 tick)
{
    moveTo(std::min<std::uint64_t>(tick, m_lastTick), true);
}

void CompareStages::readRuns()
{
    const auto first = machineOf(m_playback);
    const auto second = machineOf(m_secondPlayback);
    m_lastTick = std::max(first ? first->ticks() : 0, second ? second->ticks() : 0);
    m_firstHeading->setRun(first, m_lastTick);
    m_secondHeading->setRun(second, m_lastTick);
    m_moving = true;
    m_slider->setRange(0, static_cast<int>(std::min(m_lastTick, mostNotches)));
    m_slider->setEnabled(m_lastTick > 0);
    m_moving = false;
    moveTo(first ? tickOf(*first, m_playback.step()) : 0, false);
}

void CompareStages::followPlayback()
{
    const auto first = machineOf(m_playback);
    if (!m_moving && first)
        moveTo(tickOf(*first, m_playback.step()), false);
}

void CompareStages::moveTo(std::uint64_t tick, bool alsoFirst)
{
    m_moving = true;
    m_tick = tick;
    const auto first = machineOf(m_playback);
    const auto second = machineOf(m_secondPlayback);
    if (alsoFirst && first)
        m_playback.setStep(stepsAt(*first, tick));
    // At the very beginning nothing has happened in either.
    const bool begins = !alsoFirst && first && m_playback.step() == 0;
    if (second)
        m_secondPlayback.setStep(begins ? 0 : stepsAt(*second, tick));
    m_moving = false;
    showTick();
}

void CompareStages::showTick()
{
    m_moving = true;
    const auto notches = static_cast<std::uint64_t>(m_slider->maximum());
    m_slider->setValue(m_lastTick == 0 ? 0 : static_cast<int>(m_tick * notches / m_lastTick));
    m_moving = false;
    m_firstHeading->setTick(m_tick);
    m_secondHeading->setTick(m_tick);
    m_tickLabel->setText(tr("tick %1 of %2").arg(numberText(m_tick), numberText(m_lastTick)));
}

void CompareStages::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_halves->setDirection(width() >= height() ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace interleave
