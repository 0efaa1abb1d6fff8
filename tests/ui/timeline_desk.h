// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine_run.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "style/theme.h"
#include "timeline/timeline_view.h"

#include <QTest>
#include <chrono>
#include <memory>

namespace interleave {

// A timeline with what it stands on, whose playback goes by a clock that is set by hand.
struct TimelineDesk {
    explicit TimelineDesk(std::shared_ptr<const History> history = nullptr, QSize size = {1000, 220})
    {
        view.resize(size);
        view.setPalette(Theme::light().palette());
        view.builder().setStepsAtOnce(UINT64_MAX);
        if (history)
            playback.setHistory(std::move(history));
        static_cast<QWidget&>(view).show(); // what is hidden is laid out anew for every picture
    }

    std::chrono::nanoseconds now{0};
    Playback playback{nullptr, [this] { return now; }};
    Selection selection;
    TimelineView view{playback, selection};

    [[nodiscard]] QPoint pointOf(double time, double y) const
    {
        return QPointF(view.layoutOfTracks().tracks().left() + view.visible().pixelOf(time), y).toPoint();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(&view, key, modifiers); }
    // As keys are pressed here.
    bool focus()
    {
        view.activateWindow();
        view.setFocus();
        return QTest::qWaitForWindowActive(&view) && view.hasFocus();
    }
    void hover(QPoint at)
    {
        QMouseEvent move(QEvent::MouseMove, QPointF(at), view.mapToGlobal(QPointF(at)), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&view, &move);
    }
    void paint() { (void)view.grab(); }
    [[nodiscard]] QImage image() { return view.grab().toImage(); }
};

} // namespace interleave
