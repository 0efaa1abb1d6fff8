// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback.h"

#include "history/ledger.h"
#include "playback/playback_icons.h"
#include "playback/playback_keys.h"

#include <QAction>
#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

constexpr int tickMilliseconds = 16;
// Above this pace single steps are not animated.
constexpr double smoothSpeed = 8;
// However slow the pace, the first step comes soon after play was pressed.
constexpr double firstStepSeconds = 0.25;

constexpr std::array speeds = {0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 125.0, 250.0, 500.0, 1000.0};

double secondsOf(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

Playback::Playback(QObject* parent, Clock clock) : QObject(parent), m_clock(std::move(clock))
{
    if (!m_clock)
        m_clock = [] { return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()); };
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(tickMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Playback::advance);
    createActions();
    new PlaybackKeys(this);
    updateActions();
}

void Playback::setHistory(std::shared_ptr<const History> history)
{
    takeHistory(std::move(history), 0);
    emit stepChanged(m_step, false);
    if (m_wholeRun)
        emit speedChanged();
}

void Playback::replaceHistory(std::shared_ptr<const History> history, Step step)
{
    if (!history) {
        setHistory(nullptr);
        return;
    }
    step = std::min(step, history->steps());
    const bool ahead = step > m_step;
    // The last step is the one to see: looks draw the moment before it, then move on from there.
    takeHistory(std::move(history), ahead ? step - 1 : step);
    if (ahead)
        moveTo(step, true);
    else
        emit stepChanged(m_step, false);
    if (m_wholeRun)
        emit speedChanged();
}

void Playback::takeHistory(std::shared_ptr<const History> history, Step step)
{
    pause();
    m_history = std::move(history);
    m_step = step;
    m_fraction = 0;
    m_state = m_history ? m_history->state(step) : State{};
    if (step > 0)
        m_lastEvent = m_history->event(step - 1);
    m_firstLostStep = 0;
    m_lastLostStep = 0;
    if (m_history) {
        const Ledger& ledger = m_history->ledger();
        if (const Position first = ledger.nextDestroyer(initialPosition)) {
            m_firstLostStep = m_history->storeStep(first) + 1;
            m_lastLostStep = m_history->storeStep(ledger.previousDestroyer(ledger.updates() + 1)) + 1;
        }
    }
    updateActions();
    emit historyChanged();
}

double Playback::speed() const
{
    if (m_wholeRun && steps() > 0)
        return static_cast<double>(steps()) / secondsOf(wholeRunTime);
    return m_speed;
}

QList<QAction*> Playback::actions() const
{
    return {m_start, m_back, m_play, m_forward, m_end, m_previousLost, m_nextLost, m_slower, m_faster};
}

void Playback::play()
{
    if (m_playing || steps() == 0)
        return;
    if (m_step == steps())
        moveTo(0, false);
    m_playing = true;
    m_lastTick = m_clock();
    m_fraction = std::max(0.0, 1 - firstStepSeconds * speed());
    m_timer.start();
    updateActions();
    emit playingChanged(true);
}

void Playback::pause()
{
    if (!m_playing)
        return;
    m_playing = false;
    m_fraction = 0;
    m_timer.stop();
    updateActions();
    emit playingChanged(false);
}

void Playback::togglePlaying()
{
    if (m_playing)
        pause();
    else
        play();
}

void Playback::advance()
{
    if (!m_playing)
        return;
    const std::chrono::nanoseconds now = m_clock();
    m_fraction += secondsOf(now - m_lastTick) * speed();
    m_lastTick = now;
    if (m_fraction < 1)
        return;
    const auto left = static_cast<double>(steps() - m_step);
    const double whole = std::min(std::floor(m_fraction), left);
    m_fraction -= whole;
    const Step next = m_step + static_cast<Step>(whole);
    const std::optional<Step> stop = m_barrier ? m_barrier(m_step, next) : std::nullopt;
    moveTo(stop ? std::clamp(*stop, m_step, next) : next, whole == 1 && speed() <= smoothSpeed);
    if (stop)
        pause();
}

void Playback::stepForward()
{
    pause();
    if (m_step < steps())
        moveTo(m_step + 1, true);
}

void Playback::stepBack()
{
    pause();
    if (m_step > 0)
        moveTo(m_step - 1, true);
}

void Playback::nextLost()
{
    pause();
    if (m_step >= m_lastLostStep)
        return;
    // The last store of the state has happened, so the next destroyer is still to come.
    moveTo(m_history->storeStep(m_history->ledger().nextDestroyer(m_state.lastStore)) + 1, false);
}

void Playback::previousLost()
{
    pause();
    if (m_firstLostStep == 0 || m_step <= m_firstLostStep)
        return;
    const Ledger& ledger = m_history->ledger();
    Position destroyer = ledger.previousDestroyer(m_state.lastStore + 1);
    if (m_history->storeStep(destroyer) + 1 >= m_step)
        destroyer = ledger.previousDestroyer(destroyer);
    moveTo(m_history->storeStep(destroyer) + 1, false);
}

void Playback::toStart()
{
    moveTo(0, false);
}

void Playback::toEnd()
{
    moveTo(steps(), false);
}

void Playback::setStep(Step step)
{
    moveTo(step, false);
}

void Playback::setSpeed(double stepsPerSecond)
{
    const double speed = std::clamp(stepsPerSecond, slowest, fastest);
    if (speed == m_speed && !m_wholeRun)
        return;
    m_speed = speed;
    m_wholeRun = false;
    updateActions();
    emit speedChanged();
}

void Playback::setPlaysWholeRun(bool wholeRun)
{
    if (m_wholeRun == wholeRun)
        return;
    m_wholeRun = wholeRun;
    updateActions();
    emit speedChanged();
}

void Playback::faster()
{
    const auto* next = std::upper_bound(speeds.begin(), speeds.end(), m_speed);
    if (next == speeds.end())
        setPlaysWholeRun(true);
    else if (!m_wholeRun)
        setSpeed(*next);
}

void Playback::slower()
{
    if (m_wholeRun) {
        setSpeed(fastest);
        return;
    }
    const auto* next = std::lower_bound(speeds.begin(), speeds.end(), m_speed);
    if (next != speeds.begin())
        setSpeed(*(next - 1));
}

void Playback::moveTo(Step step, bool smoothly)
{
    step = std::min(step, steps());
    if (step != m_step) {
        m_step = step;
        m_state = m_history->state(step);
        if (step > 0)
            m_lastEvent = m_history->event(step - 1);
        updateActions();
        emit stepChanged(m_step, smoothly);
    }
    // Whoever was told may have moved on, so the place is asked anew.
    if (m_playing && m_step == steps())
        pause();
}

void Playback::createActions()
{
    const auto create = [this](const QString& text, PlaybackIcon icon, const QList<QKeySequence>& keys,
                               void (Playback::*slot)()) {
        auto* action = new QAction(playbackIcon(icon), text, this);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        QString tip = text;
        tip.remove(QLatin1Char('&'));
        action->setToolTip(tr("%1 (%2)", "action, key").arg(tip, keys.first().toString(QKeySequence::NativeText)));
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_start = create(tr("To the &start"), PlaybackIcon::Start, {Qt::Key_Home}, &Playback::toStart);
    m_back = create(tr("Step &back"), PlaybackIcon::Back, {Qt::Key_Left}, &Playback::stepBack);
    m_play = create(tr("&Play"), PlaybackIcon::Play, {Qt::Key_Space}, &Playback::togglePlaying);
    m_play->setAutoRepeat(false);
    m_forward = create(tr("Step &forward"), PlaybackIcon::Forward, {Qt::Key_Right}, &Playback::stepForward);
    m_end = create(tr("To the &end"), PlaybackIcon::End, {Qt::Key_End}, &Playback::toEnd);
    m_previousLost = create(tr("Pre&vious lost update"), PlaybackIcon::PreviousLost,
                            {Qt::CTRL | Qt::Key_Left, Qt::Key_P}, &Playback::previousLost);
    m_nextLost = create(tr("&Next lost update"), PlaybackIcon::NextLost, {Qt::CTRL | Qt::Key_Right, Qt::Key_N},
                        &Playback::nextLost);
    m_slower = create(tr("S&lower"), PlaybackIcon::Slower, {Qt::Key_BracketLeft}, &Playback::slower);
    m_faster = create(tr("F&aster"), PlaybackIcon::Faster, {Qt::Key_BracketRight}, &Playback::faster);
}

void Playback::updateActions()
{
    const bool some = steps() > 0;
    m_start->setEnabled(m_step > 0);
    m_back->setEnabled(m_step > 0);
    m_forward->setEnabled(m_step < steps());
    m_end->setEnabled(m_step < steps());
    m_previousLost->setEnabled(m_step > m_firstLostStep && m_firstLostStep > 0);
    m_nextLost->setEnabled(m_step < m_lastLostStep);
    m_slower->setEnabled(m_wholeRun || m_speed > slowest);
    m_faster->setEnabled(!m_wholeRun);
    m_play->setEnabled(some);
    const QString text = m_playing ? tr("&Pause") : tr("&Play");
    if (m_play->text() != text) {
        m_play->setText(text);
        m_play->setToolTip(m_playing ? tr("Pause (Space)") : tr("Play (Space)"));
        m_play->setIcon(playbackIcon(m_playing ? PlaybackIcon::Pause : PlaybackIcon::Play));
    }
}

} // namespace interleave
