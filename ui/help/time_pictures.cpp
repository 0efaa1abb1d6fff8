// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/picture_painters.h"
#include "help/sketch.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::HelpPicture)
};

constexpr ThreadIndex a = 0;
constexpr ThreadIndex b = 1;
constexpr ThreadIndex c = 2;
constexpr ThreadIndex d = 3;

constexpr double trackHeight = 24;
constexpr double trackLeft = 66;

void trackName(const Sketch& sketch, double y, const QString& name)
{
    sketch.text(QRectF(0, y, trackLeft - 8, trackHeight), Qt::AlignLeft, name, sketch.theme.ink, Sketch::textPixels,
                true);
}

// The axis of time below tracks.
void timeAxis(const Sketch& sketch, double y, double right)
{
    sketch.arrow(QPointF(trackLeft, y), QPointF(right, y), sketch.theme.softInk, 1.2);
    sketch.text(QRectF(0, y - 9, trackLeft - 8, 18), Qt::AlignLeft, Texts::tr("time"), sketch.theme.softInk);
}

// A stretch with its ends, and what it is called above it.
void bracket(const Sketch& sketch, double from, double to, double y, const QString& name)
{
    const QColor& ink = sketch.theme.ink;
    sketch.line(QPointF(from, y), QPointF(to, y), ink);
    sketch.line(QPointF(from, y - 4), QPointF(from, y + 4), ink);
    sketch.line(QPointF(to, y - 4), QPointF(to, y + 4), ink);
    const double middle = (from + to) / 2;
    sketch.text(QRectF(middle - 80, y - 22, 160, 18), Qt::AlignHCenter, name, ink, 13, true);
}

} // namespace

void paintThreadStates(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    constexpr double width = 82;
    constexpr double height = 32;
    const QRectF created(0, 28, width, height);
    const QRectF ready(116, 28, width, height);
    const QRectF running(232, 28, width, height);
    const QRectF finished(348, 28, width, height);
    const QRectF blocked(174, 114, width, height);
    sketch.box(created, theme.card, theme.softInk, 1.5, true);
    sketch.text(created, Qt::AlignHCenter, Texts::tr("new"), theme.ink, 14);
    sketch.box(ready, theme.card, theme.ink, 2);
    sketch.text(ready, Qt::AlignHCenter, Texts::tr("ready"), theme.ink, 14);
    sketch.box(running, theme.ink, {});
    sketch.text(running, Qt::AlignHCenter, Texts::tr("running"), theme.card, 14, true);
    sketch.box(finished, theme.tinted(theme.ink, 0.12), theme.softInk);
    sketch.text(finished, Qt::AlignHCenter, Texts::tr("finished"), theme.ink, 14);
    sketch.box(blocked, theme.card, theme.ink, 2);
    sketch.hatch(blocked.adjusted(3, 3, -3, -3), theme.tinted(theme.ink, 0.22));
    sketch.text(blocked, Qt::AlignHCenter, Texts::tr("blocked"), theme.ink, 14);
    const double middle = ready.center().y();
    sketch.arrow(QPointF(created.right() + 3, middle), QPointF(ready.left() - 3, middle), theme.ink);
    sketch.arrow(QPointF(running.right() + 3, middle), QPointF(finished.left() - 3, middle), theme.ink);
    sketch.bow(QPointF(ready.center().x() + 12, ready.top() - 2), QPointF(running.center().x() - 12, ready.top() - 2),
               5, theme.ink);
    sketch.text(QRectF(157, 0, 116, 16), Qt::AlignHCenter, Texts::tr("picked"), theme.softInk);
    sketch.bow(QPointF(running.center().x() - 16, ready.bottom() + 2),
               QPointF(ready.center().x() + 16, ready.bottom() + 2), 5, theme.ink);
    sketch.text(QRectF(157, 76, 116, 16), Qt::AlignHCenter, Texts::tr("preempted"), theme.softInk);
    sketch.arrow(QPointF(running.center().x() + 18, running.bottom() + 3), QPointF(blocked.right() + 3, 124),
                 theme.ink);
    sketch.text(QRectF(284, 84, 130, 18), Qt::AlignLeft, Texts::tr("has to wait"), theme.softInk);
    sketch.arrow(QPointF(blocked.left() - 3, 124), QPointF(ready.center().x() - 18, ready.bottom() + 3), theme.ink);
    sketch.text(QRectF(16, 84, 124, 18), Qt::AlignRight, Texts::tr("can go on"), theme.softInk);
}

void paintOneCore(const Sketch& sketch)
{
    trackName(sketch, 4, Texts::tr("core 0"));
    for (int i = 0; i < 4; ++i)
        sketch.running(QRectF(trackLeft + i * 70.0, 4, 68, trackHeight), i % 2 == 0 ? a : b);
    timeAxis(sketch, 44, 346);
}

void paintTwoCores(const Sketch& sketch)
{
    trackName(sketch, 4, Texts::tr("core 0"));
    sketch.running(QRectF(trackLeft, 4, 278, trackHeight), a);
    trackName(sketch, 34, Texts::tr("core 1"));
    sketch.running(QRectF(trackLeft, 34, 278, trackHeight), b);
    timeAxis(sketch, 74, 346);
}

void paintCriticalSection(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    trackName(sketch, 4, Texts::tr("thread A"));
    sketch.running(QRectF(trackLeft, 4, 190, trackHeight), a);
    trackName(sketch, 34, Texts::tr("thread B"));
    sketch.running(QRectF(trackLeft, 34, 62, trackHeight), b);
    sketch.waiting(QRectF(trackLeft + 62, 34, 68, trackHeight), b);
    sketch.running(QRectF(trackLeft + 130, 34, 144, trackHeight), b);
    trackName(sketch, 64, Texts::tr("lock"));
    const QRectF first(trackLeft + 42, 64, 88, trackHeight);
    const QRectF second(trackLeft + 130, 64, 100, trackHeight);
    sketch.box(first, theme.ink, {});
    sketch.text(first, Qt::AlignHCenter, Texts::tr("held by A"), theme.card);
    sketch.box(second, theme.softInk, {});
    sketch.text(second, Qt::AlignHCenter, Texts::tr("held by B"), theme.card);
    for (const double x : {first.left(), first.right(), second.right()})
        sketch.line(QPointF(x, 0), QPointF(x, 92), theme.ink, 1);
}

void paintDeadlock(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    const QRectF first(120, 2, 80, 30);
    const QRectF second(120, 92, 80, 30);
    for (const auto& [box, name] : {std::pair(first, Texts::tr("lock 1")), std::pair(second, Texts::tr("lock 2"))}) {
        sketch.box(box, theme.card, theme.ink, 2);
        sketch.text(box, Qt::AlignHCenter, name, theme.ink, 14);
    }
    sketch.letter(QRectF(10, 48, 34, 28), a);
    sketch.letter(QRectF(276, 48, 34, 28), b);
    sketch.arrow(QPointF(116, 20), QPointF(42, 46), theme.thread(a));
    sketch.text(QRectF(0, 8, 78, 18), Qt::AlignHCenter, Texts::tr("held by"), theme.softInk);
    sketch.arrow(QPointF(42, 78), QPointF(116, 104), theme.thread(a));
    sketch.text(QRectF(0, 98, 78, 18), Qt::AlignHCenter, Texts::tr("waits for"), theme.softInk);
    sketch.arrow(QPointF(204, 104), QPointF(278, 78), theme.thread(b));
    sketch.text(QRectF(242, 98, 78, 18), Qt::AlignHCenter, Texts::tr("held by"), theme.softInk);
    sketch.arrow(QPointF(278, 46), QPointF(204, 20), theme.thread(b));
    sketch.text(QRectF(242, 8, 78, 18), Qt::AlignHCenter, Texts::tr("waits for"), theme.softInk);
}

void paintQuantum(const Sketch& sketch)
{
    constexpr double turn = 80;
    constexpr double y = 42;
    bracket(sketch, trackLeft, trackLeft + turn, 26, Texts::tr("quantum: 5 ticks"));
    trackName(sketch, y, Texts::tr("core 0"));
    for (int i = 0; i < 4; ++i)
        sketch.running(QRectF(trackLeft + i * turn, y, turn - 2, trackHeight), i % 2 == 0 ? a : b);
    for (int i = 1; i < 4; ++i)
        sketch.triangle(QPointF(trackLeft + i * turn - 1, y - 1), true);
    for (int tick = 0; tick <= 20; ++tick) {
        const double x = trackLeft + tick * turn / 5;
        sketch.line(QPointF(x, y + trackHeight + 4), QPointF(x, y + trackHeight + (tick % 5 == 0 ? 10 : 7)),
                    sketch.theme.softInk, 1);
        if (tick % 5 == 0)
            sketch.text(QRectF(x - 20, y + trackHeight + 11, 40, 16), Qt::AlignHCenter, QString::number(tick),
                        sketch.theme.softInk);
    }
}

void paintDepartures(const Sketch& sketch)
{
    const QColor& ink = sketch.theme.ink;
    sketch.triangle(QPointF(10, 17), true);
    sketch.text(QRectF(26, 2, 290, 22), Qt::AlignLeft, Texts::tr("involuntary: it was preempted"), ink, 13);
    sketch.triangle(QPointF(10, 43), false);
    sketch.text(QRectF(26, 28, 290, 22), Qt::AlignLeft, Texts::tr("voluntary: it waited, slept or yielded"), ink, 13);
}

void paintReadyQueue(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    sketch.text(QRectF(0, 8, 56, 30), Qt::AlignLeft, Texts::tr("ready"), theme.ink, Sketch::textPixels, true);
    double x = 62;
    for (const ThreadIndex thread : {d, c, b}) {
        const QRectF box(x, 9, 34, 28);
        sketch.box(box, theme.card, theme.thread(thread), 2);
        sketch.text(box, Qt::AlignHCenter, letterOf(thread), theme.ink, 16, true);
        x += 42;
    }
    sketch.arrow(QPointF(x, 23), QPointF(x + 42, 23), theme.ink);
    const QRectF core(x + 50, 2, 110, 42);
    sketch.box(core, theme.panel, theme.softInk);
    sketch.text(core.adjusted(8, 0, -44, 0), Qt::AlignLeft, Texts::tr("core 0"), theme.softInk);
    sketch.letter(QRectF(core.right() - 42, 9, 34, 28), a);
}

void paintLoadToStore(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    constexpr double load = 130;
    constexpr double store = 310;
    bracket(sketch, load, store, 24, Texts::tr("window"));
    trackName(sketch, 36, Texts::tr("thread A"));
    sketch.box(QRectF(trackLeft, 36, 300, trackHeight), theme.tinted(theme.thread(a), 0.3), theme.thread(a));
    const auto mark = [&](double x, double y, const QString& name) {
        sketch.line(QPointF(x, y - 2), QPointF(x, y + trackHeight + 2), theme.ink, 3);
        sketch.text(QRectF(x + 5, y, 60, trackHeight), Qt::AlignLeft, name, theme.ink);
    };
    mark(load, 36, Texts::tr("load"));
    mark(store, 36, Texts::tr("store"));
    trackName(sketch, 70, Texts::tr("thread B"));
    sketch.box(QRectF(160, 70, 120, trackHeight), theme.tinted(theme.thread(b), 0.3), theme.thread(b));
    mark(168, 70, Texts::tr("load"));
    mark(224, 70, Texts::tr("store"));
    sketch.cross(QPointF(292, 82), 11);
    sketch.text(QRectF(304, 70, 70, trackHeight), Qt::AlignLeft, Texts::tr("lost"), theme.lost, 13, true);
}

void paintTimelineParts(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    trackName(sketch, 30, Texts::tr("thread A"));
    sketch.running(QRectF(trackLeft, 30, 96, trackHeight), a);
    sketch.ready(QRectF(trackLeft + 96, 30, 94, trackHeight), a);
    sketch.running(QRectF(trackLeft + 190, 30, 100, trackHeight), a);
    trackName(sketch, 64, Texts::tr("thread B"));
    sketch.ready(QRectF(trackLeft, 64, 96, trackHeight), b);
    sketch.running(QRectF(trackLeft + 96, 64, 94, trackHeight), b);
    sketch.ready(QRectF(trackLeft + 190, 64, 100, trackHeight), b);
    sketch.triangle(QPointF(trackLeft + 96, 29), true);
    sketch.triangle(QPointF(trackLeft + 190, 63), true);
    sketch.cross(QPointF(trackLeft + 170, 76), 10);
    // The playhead.
    const double x = trackLeft + 228;
    sketch.line(QPointF(x, 24), QPointF(x, 94), theme.ink, 2);
    sketch.triangle(QPointF(x, 26), true);
    sketch.text(QRectF(x - 60, 0, 120, 16), Qt::AlignHCenter, Texts::tr("playhead"), theme.ink);
    sketch.text(QRectF(trackLeft, 0, 96, 16), Qt::AlignHCenter, Texts::tr("span"), theme.ink);
    sketch.line(QPointF(trackLeft + 40, 17), QPointF(trackLeft + 40, 28), theme.softInk, 1);
    sketch.text(QRectF(trackLeft + 120, 96, 100, 16), Qt::AlignHCenter, Texts::tr("lost"), theme.lost);
    sketch.text(QRectF(trackLeft + 298, 30, 62, trackHeight), Qt::AlignLeft, Texts::tr("track"), theme.ink);
    sketch.text(QRectF(trackLeft + 298, 64, 62, trackHeight), Qt::AlignLeft, Texts::tr("track"), theme.ink);
}

void paintSpread(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    constexpr double base = 104;
    const QRectF bar(60, 52, 70, base - 52);
    sketch.line(QPointF(30, base), QPointF(190, base), theme.softInk);
    sketch.box(bar, theme.tinted(theme.accent, 0.3), theme.accent);
    const double x = bar.center().x();
    sketch.line(QPointF(x, 16), QPointF(x, 84), theme.ink, 2);
    for (const double y : {16.0, 84.0})
        sketch.line(QPointF(x - 10, y), QPointF(x + 10, y), theme.ink, 2);
    sketch.line(QPointF(bar.left() - 6, bar.top()), QPointF(bar.right() + 8, bar.top()), theme.ink, 2.5);
    sketch.text(QRectF(bar.right() + 14, bar.top() - 10, 130, 20), Qt::AlignLeft, Texts::tr("median"), theme.ink, 13,
                true);
    sketch.text(QRectF(bar.right() + 14, 6, 130, 20), Qt::AlignLeft, Texts::tr("largest"), theme.softInk);
    sketch.text(QRectF(bar.right() + 14, 76, 130, 20), Qt::AlignLeft, Texts::tr("smallest"), theme.softInk);
}

} // namespace interleave
