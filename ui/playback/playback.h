// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QAction;

namespace interleave {

// Where in a history everyone looks, and how fast that moves. The one owner of the current step; every look follows
// stepChanged, and moves it through the slots here. A step of n means that the first n steps have happened.
class Playback : public QObject {
    Q_OBJECT

public:
    using Clock = std::function<std::chrono::nanoseconds()>;
    // Where playing on from one step to a later one has to stop: a step after `from`, `to` at most; or nowhere.
    using Barrier = std::function<std::optional<Step>(Step from, Step to)>;

    // The speeds on offer, in steps per second; the last entry of the scale, wholeRun, is "the whole run in 10 s".
    static constexpr double slowest = 0.25;
    static constexpr double fastest = 1000;
    static constexpr std::chrono::seconds wholeRunTime{10};

    // `clock` tells the time that playing goes by; the default is the monotonic clock.
    explicit Playback(QObject* parent = nullptr, Clock clock = {});

    void setHistory(std::shared_ptr<const History> history);
    // Another history in the place of the one that is set, such as the same run with a few steps more or fewer: the
    // place becomes `step`, reached smoothly if it lies ahead of where everyone looks. The speed stays as it is.
    void replaceHistory(std::shared_ptr<const History> history, Step step);
    [[nodiscard]] const std::shared_ptr<const History>& history() const { return m_history; }
    [[nodiscard]] Step steps() const { return m_history ? m_history->steps() : 0; }
    [[nodiscard]] Step step() const { return m_step; }
    // The state after the current step. Valid while a history is set.
    [[nodiscard]] const State& state() const { return m_state; }
    // The event that led to the current state; none at the start.
    [[nodiscard]] const Event* lastEvent() const { return m_step > 0 ? &m_lastEvent : nullptr; }

    // Playing on beyond the end, as far as something goes on that is seen beside this history: by so many steps. Says
    // whether there is more to come.
    using Epilogue = std::function<bool(double steps)>;
    void setEpilogue(Epilogue epilogue) { m_epilogue = std::move(epilogue); }

    // Asked while playing only; an empty one lets everything pass.
    void setBarrier(Barrier barrier) { m_barrier = std::move(barrier); }

    [[nodiscard]] bool isPlaying() const { return m_playing; }
    // Steps per second as it is set; playing the whole run in 10 s sets it from the length of the run.
    [[nodiscard]] double speed() const;
    [[nodiscard]] bool playsWholeRun() const { return m_wholeRun; }

    // Actions with texts, icons and keys, for toolbars and menus; enabled as they make sense.
    [[nodiscard]] QAction* playAction() const { return m_play; }
    [[nodiscard]] QAction* forwardAction() const { return m_forward; }
    [[nodiscard]] QAction* backAction() const { return m_back; }
    [[nodiscard]] QAction* nextClobberingAction() const { return m_nextClobbering; }
    [[nodiscard]] QAction* previousClobberingAction() const { return m_previousClobbering; }
    [[nodiscard]] QAction* startAction() const { return m_start; }
    [[nodiscard]] QAction* endAction() const { return m_end; }
    [[nodiscard]] QAction* fasterAction() const { return m_faster; }
    [[nodiscard]] QAction* slowerAction() const { return m_slower; }
    // Checkable: whether playing stops at each loss. Without a key, and not among actions().
    [[nodiscard]] QAction* stopsAtLossAction() const { return m_stopsAtLoss; }
    [[nodiscard]] QList<QAction*> actions() const;

public slots:
    void play();
    void pause();
    void togglePlaying();
    void stepForward();
    void stepBack();
    // To just after the next (previous) store that replaced an update its thread had not seen.
    void nextClobbering();
    void previousClobbering();
    void toStart();
    void toEnd();
    void setStep(interleave::Step step);
    void setSpeed(double stepsPerSecond);
    void setPlaysWholeRun(bool wholeRun);
    void faster();
    void slower();
    // Playing stops just after each store that an update is lost to, at a pace that can be followed with the eye; faster,
    // it does not.
    void setStopsAtLoss(bool stops);
    // Moves on by the time that has passed; called by the timer while playing.
    void advance();

signals:
    void historyChanged();
    // `smoothly`: one step on or back at a pace that the eye can follow, so worth animating.
    void stepChanged(interleave::Step step, bool smoothly);
    void playingChanged(bool playing);
    void speedChanged();

private:
    void takeHistory(std::shared_ptr<const History> history, Step step);
    void moveTo(Step step, bool smoothly);
    [[nodiscard]] bool isOver() const;
    void createActions();
    void updateActions();
    void findPassed();
    [[nodiscard]] Step afterPassed(Step step) const;
    [[nodiscard]] std::optional<Step> lossUntil(Step to);

    std::shared_ptr<const History> m_history;
    Step m_step = 0;
    State m_state;
    Event m_lastEvent;
    // Just after the first (last) clobbering store; 0 if there is none.
    Step m_firstClobberingStep = 0;
    Step m_lastClobberingStep = 0;
    // Just after the next store that an update is lost to, of all after a store.
    struct NextLoss {
        Position after = initialPosition;
        std::optional<Step> step;
    };
    std::optional<NextLoss> m_nextLoss;
    // Steps that only bring threads into being and cores to their first thread, rising. Playing passes over them.
    std::vector<Step> m_passed;
    Clock m_clock;
    Barrier m_barrier;
    Epilogue m_epilogue;
    QTimer m_timer;
    std::chrono::nanoseconds m_lastTick{0};
    double m_fraction = 0; // of a step that has passed beyond m_step
    double m_speed = 1;
    bool m_wholeRun = false;
    bool m_playing = false;

    QAction* m_play = nullptr;
    QAction* m_forward = nullptr;
    QAction* m_back = nullptr;
    QAction* m_nextClobbering = nullptr;
    QAction* m_previousClobbering = nullptr;
    QAction* m_start = nullptr;
    QAction* m_end = nullptr;
    QAction* m_faster = nullptr;
    QAction* m_slower = nullptr;
    QAction* m_stopsAtLoss = nullptr;
};

} // namespace interleave
