// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/playback.h"

#include "history/ledger.h"
#include "playback/playback_icons.h"

#include <QAction>
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

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
    m_firstClobberingStep = 0;
    m_lastClobberingStep = 0;
    m_nextLoss.reset();
    m_passed.clear();
    if (m_history) {
        const Ledger& ledger = m_history->ledger();
        if (const Position first = ledger.nextClobbering(initialPosition)) {
            m_firstClobberingStep = m_history->storeStep(first) + 1;
            m_lastClobberingStep = m_history->storeStep(ledger.previousClobbering(ledger.updates() + 1)) + 1;
        }
        findPassed();
    }
    updateActions();
    emit historyChanged();
}

// That a thread is picked by an idle core at the start is no context switch yet; the first instruction of another core may
// come before.
void Playback::findPassed()
{
    constexpr Step furthest = 4096;
    const std::size_t threads = m_history->threads();
    const std::size_t cores = std::clamp<std::size_t>(m_history->timelineCores(), 1, std::max<std::size_t>(1, threads));
    const Step end = std::min({furthest, steps(), Step{64} + 4 * threads});
    std::set<CoreIndex> begun;
    for (Step step = 0; step < end && begun.size() < cores; ++step) {
        const Event event = m_history->event(step);
        const bool comesOn = event.kind == EventKind::Pick || event.kind == EventKind::SwitchIn;
        if (event.kind == EventKind::Spawn || (comesOn && !begun.contains(event.core)))
            m_passed.push_back(step);
        else
            begun.insert(event.core);
    }
    if (begun.empty()) // there is nothing to play but these
        m_passed.clear();
}

Step Playback::afterPassed(Step step) const
{
    for (auto next = std::ranges::lower_bound(m_passed, step); next != m_passed.end() && *next == step; ++next)
        ++step;
    return step;
}

// The first loss after where everyone looks. For a store just left behind the answer is kept: a history may have to
// execute a stretch again to tell the step.
std::optional<Step> Playback::lossUntil(Step to)
{
    if (!m_stopsAtLoss->isChecked() || speed() > smoothSpeed)
        return std::nullopt;
    if (!m_nextLoss || m_nextLoss->after != m_state.lastStore) {
        const Position destroyer = m_history->ledger().nextDestroyer(m_state.lastStore);
        m_nextLoss = {m_state.lastStore, destroyer ? std::optional(m_history->storeStep(destroyer) + 1) : std::nullopt};
    }
    return m_nextLoss->step && *m_nextLoss->step <= to ? m_nextLoss->step : std::nullopt;
}

double Playback::speed() const
{
    if (m_wholeRun && steps() > 0)
        return static_cast<double>(steps()) / secondsOf(wholeRunTime);
    return m_speed;
}

QList<QAction*> Playback::actions() const
{
    return {m_start, m_back, m_play, m_forward, m_end, m_previousClobbering, m_nextClobbering, m_slower, m_faster};
}

void Playback::play()
{
    if (m_playing || steps() == 0)
        return;
    if (isOver())
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
    if (m_step == steps()) {
        if (!m_epilogue || !m_epilogue(std::exchange(m_fraction, 0)))
            pause();
        return;
    }
    if (m_fraction < 1)
        return;
    // Looks draw the step before and then move on, so what is skipped is skipped first.
    moveTo(afterPassed(m_step), false);
    if (!m_playing) // it was all there was, or whoever was told has paused
        return;
    const auto left = static_cast<double>(steps() - m_step);
    const double whole = std::min(std::floor(m_fraction), left);
    m_fraction -= whole;
    const Step next = m_step + static_cast<Step>(whole);
    std::optional<Step> stop = m_barrier ? m_barrier(m_step, next) : std::nullopt;
    if (const std::optional<Step> loss = lossUntil(stop.value_or(next)))
        stop = loss;
    const Step to = stop ? std::clamp(*stop, m_step, next) : next;
    moveTo(to, whole == 1 && speed() <= smoothSpeed);
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

void Playback::nextClobbering()
{
    pause();
    if (m_step >= m_lastClobberingStep)
        return;
    // The last store of the state has happened, so the next one is still to come.
    moveTo(m_history->storeStep(m_history->ledger().nextClobbering(m_state.lastStore)) + 1, false);
}

void Playback::previousClobbering()
{
    pause();
    if (m_firstClobberingStep == 0 || m_step <= m_firstClobberingStep)
        return;
    const Ledger& ledger = m_history->ledger();
    Position store = ledger.previousClobbering(m_state.lastStore + 1);
    if (m_history->storeStep(store) + 1 >= m_step)
        store = ledger.previousClobbering(store);
    moveTo(m_history->storeStep(store) + 1, false);
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

void Playback::setStopsAtLoss(bool stops)
{
    m_stopsAtLoss->setChecked(stops);
}

bool Playback::isOver() const
{
    return m_step == steps() && (!m_epilogue || !m_epilogue(0));
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
    if (m_playing && isOver())
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
    m_back = create(tr("Step &back"), PlaybackIcon::Back, {Qt::Key_Left, Qt::Key_PageUp}, &Playback::stepBack);
    m_play = create(tr("&Play"), PlaybackIcon::Play, {Qt::Key_Space}, &Playback::togglePlaying);
    m_play->setAutoRepeat(false);
    m_forward = create(tr("Step &forward"), PlaybackIcon::Forward, {Qt::Key_Right, Qt::Key_PageDown},
                       &Playback::stepForward);
    m_end = create(tr("To the &end"), PlaybackIcon::End, {Qt::Key_End}, &Playback::toEnd);
    m_previousClobbering = create(tr("Pre&vious clobbering store"), PlaybackIcon::PreviousLost,
                                  {Qt::CTRL | Qt::Key_Left, Qt::Key_P}, &Playback::previousClobbering);
    m_previousClobbering->setToolTip(
        tr("Back to the store before that replaced an update its thread had not seen (Ctrl+Left or P)"));
    m_nextClobbering = create(tr("&Next clobbering store"), PlaybackIcon::NextLost,
                              {Qt::CTRL | Qt::Key_Right, Qt::Key_N}, &Playback::nextClobbering);
    m_nextClobbering->setToolTip(
        tr("On to the next store that replaces an update its thread has not seen (Ctrl+Right or N)"));
    m_slower = create(tr("S&lower"), PlaybackIcon::Slower, {Qt::Key_BracketLeft}, &Playback::slower);
    m_faster = create(tr("F&aster"), PlaybackIcon::Faster, {Qt::Key_BracketRight}, &Playback::faster);
    m_stopsAtLoss = new QAction(tr("Stop at each &loss"), this);
    m_stopsAtLoss->setCheckable(true);
    m_stopsAtLoss->setChecked(true);
    m_stopsAtLoss->setToolTip(
        tr("Playing stops just after each store that an update is lost to; faster than %1 steps a second it does not")
            .arg(smoothSpeed));
}

void Playback::updateActions()
{
    const bool some = steps() > 0;
    m_start->setEnabled(m_step > 0);
    m_back->setEnabled(m_step > 0);
    m_forward->setEnabled(m_step < steps());
    m_end->setEnabled(m_step < steps());
    m_previousClobbering->setEnabled(m_step > m_firstClobberingStep && m_firstClobberingStep > 0);
    m_nextClobbering->setEnabled(m_step < m_lastClobberingStep);
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
