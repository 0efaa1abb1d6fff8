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

const QString counter = QStringLiteral("g_num");

// One moment of the race: both registers, the counter below, and who moves a value which way.
struct Moment {
    QString caption;
    QString registerA;
    QString registerB;
    QString counter;
    ThreadIndex who;
    bool stores;
};

void paintMoment(const Sketch& sketch, double x, const Moment& moment)
{
    const Theme& theme = sketch.theme;
    sketch.text(QRectF(x, 0, 100, 18), Qt::AlignHCenter, moment.caption, theme.ink, Sketch::textPixels, true);
    for (const ThreadIndex thread : {a, b}) {
        const QString& value = thread == a ? moment.registerA : moment.registerB;
        const QRectF box(x + thread * 52.0, 24, 48, 34);
        const bool acts = thread == moment.who;
        sketch.box(box, acts ? theme.tinted(theme.thread(thread), 0.14) : theme.card, theme.thread(thread),
                   acts ? 2.5 : 1.5);
        sketch.letter(QRectF(box.left() + 5, box.top() + 9, 17, 16), thread);
        sketch.value(box.adjusted(20, 0, 0, 0), value, theme.ink);
    }
    const QRectF cell(x + 20, 94, 60, 44);
    sketch.named(cell, counter, moment.counter, theme.card, moment.stores ? theme.thread(moment.who) : theme.softInk);
    const QPointF atRegister(x + moment.who * 52.0 + 24, 60);
    const QPointF atCounter(cell.center().x() + (moment.who == a ? -10 : 10), cell.top() - 2);
    const QColor& colour = theme.thread(moment.who);
    if (moment.stores)
        sketch.arrow(atRegister, atCounter, colour, 2.5);
    else
        sketch.arrow(atCounter, atRegister, colour, 2.5);
}

} // namespace

void paintOneLostUpdate(const Sketch& sketch)
{
    const QString zero = QStringLiteral("0");
    const QString one = QStringLiteral("1");
    const QString none;
    const Moment moments[] = {{Texts::tr("A loads 0"), zero, none, zero, a, false},
                              {Texts::tr("B loads 0"), zero, zero, zero, b, false},
                              {Texts::tr("A stores 1"), one, zero, one, a, true},
                              {Texts::tr("B stores 1"), one, one, one, b, true}};
    double x = 0;
    for (const Moment& moment : moments) {
        paintMoment(sketch, x, moment);
        x += 108;
    }
    sketch.lostToken(QRectF(x - 108 + 14, 146, 72, 24), a, one);
}

void paintProcessMemory(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    sketch.box(QRectF(0, 0, 360, 132), theme.panel, theme.softInk);
    sketch.text(QRectF(12, 4, 330, 20), Qt::AlignLeft, Texts::tr("process"), theme.softInk, Sketch::textPixels, true);
    const QString shared[] = {Texts::tr("code"), Texts::tr("data"), Texts::tr("heap")};
    for (int i = 0; i < 3; ++i) {
        const double x = 12 + i * 115;
        const QRectF above(x, 28, 106, 36);
        sketch.box(above, theme.card, theme.ink);
        sketch.text(above, Qt::AlignHCenter, shared[i], theme.ink, 14);
        const auto thread = static_cast<ThreadIndex>(i);
        const QRectF below(x, 78, 106, 42);
        sketch.box(below, theme.tinted(theme.thread(thread), 0.12), theme.thread(thread), 2);
        sketch.letter(QRectF(x + 8, 90, 20, 18), thread);
        sketch.text(below.adjusted(34, 0, -6, 0), Qt::AlignLeft, Texts::tr("stack"), theme.ink, 14);
    }
}

void paintStackFrames(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    const QColor& colour = theme.thread(a);
    sketch.box(QRectF(0, 0, 130, 122), theme.panel, theme.line);
    const QString frames[] = {QStringLiteral("main"), QStringLiteral("worker")};
    for (int i = 0; i < 2; ++i) {
        const QRectF frame(6, 6 + i * 38.0, 118, 34);
        sketch.box(frame, theme.card, colour, 2);
        sketch.value(frame, frames[i], theme.ink, 14);
    }
    sketch.text(QRectF(6, 84, 118, 32), Qt::AlignHCenter, Texts::tr("free"), theme.softInk);
    sketch.arrow(QPointF(168, 79), QPointF(136, 79), theme.ink);
    sketch.text(QRectF(174, 69, 40, 20), Qt::AlignLeft, Texts::tr("sp"), theme.ink, 13, true);
    sketch.arrow(QPointF(222, 12), QPointF(222, 112), theme.softInk);
    sketch.text(QRectF(230, 50, 90, 20), Qt::AlignLeft, Texts::tr("grows down"), theme.softInk);
}

void paintSavedRegister(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    const QColor& colour = theme.thread(a);
    const QString name = QStringLiteral("ax");
    const QString value = QStringLiteral("3");
    sketch.text(QRectF(0, 0, 110, 20), Qt::AlignHCenter, Texts::tr("on core 0"), theme.ink);
    sketch.named(QRectF(10, 24, 90, 52), name, value, theme.tinted(colour, 0.14), colour);
    sketch.text(QRectF(240, 0, 110, 20), Qt::AlignHCenter, Texts::tr("saved in TCB"), theme.ink);
    sketch.named(QRectF(250, 24, 90, 52), name, value, theme.card, colour, true);
    sketch.arrow(QPointF(112, 42), QPointF(238, 42), theme.ink);
    sketch.text(QRectF(112, 20, 126, 18), Qt::AlignHCenter, Texts::tr("save"), theme.softInk);
    sketch.arrow(QPointF(238, 60), QPointF(112, 60), theme.ink);
    sketch.text(QRectF(112, 64, 126, 18), Qt::AlignHCenter, Texts::tr("restore"), theme.softInk);
}

void paintClobberingStore(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    const QColor& colour = theme.thread(b);
    const QString one = QStringLiteral("1");
    const QRectF box(0, 14, 72, 40);
    sketch.box(box, theme.tinted(colour, 0.14), colour, 2.5);
    sketch.letter(QRectF(8, 24, 22, 20), b);
    sketch.value(box.adjusted(26, 0, 0, 0), one, theme.ink, 20);
    sketch.arrow(QPointF(76, 34), QPointF(128, 34), colour, 2.5);
    sketch.text(QRectF(72, 10, 58, 18), Qt::AlignHCenter, Texts::tr("store"), theme.softInk);
    sketch.named(QRectF(132, 6, 84, 56), counter, one, theme.card, colour);
    sketch.lostToken(QRectF(236, 20, 84, 28), a, one);
}

void paintSetAside(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    const QString one = QStringLiteral("1");
    sketch.hollowToken(QRectF(0, 2, 84, 28), a, one);
    sketch.text(QRectF(98, 2, 220, 28), Qt::AlignLeft, Texts::tr("set aside: it will count again"), theme.ink, 13);
    sketch.lostToken(QRectF(0, 38, 84, 28), b, one);
    sketch.text(QRectF(98, 38, 220, 28), Qt::AlignLeft, Texts::tr("lost: for good"), theme.ink, 13);
}

void paintSurvivingPath(const Sketch& sketch)
{
    const Theme& theme = sketch.theme;
    const auto update = [&](double x, ThreadIndex thread, const QString& value) {
        sketch.box(QRectF(x, 44, 72, 30), theme.card, theme.survived, 2);
        sketch.letter(QRectF(x + 7, 50, 20, 18), thread);
        sketch.value(QRectF(x + 26, 44, 44, 30), value, theme.ink);
    };
    sketch.box(QRectF(0, 44, 56, 30), theme.card, theme.softInk, 2);
    sketch.value(QRectF(0, 44, 56, 30), QStringLiteral("0"), theme.ink);
    sketch.lostToken(QRectF(76, 44, 76, 30), a, QStringLiteral("1"));
    update(172, b, QStringLiteral("1"));
    update(268, a, QStringLiteral("2"));
    sketch.bow(QPointF(208, 40), QPointF(28, 40), -15, theme.ink);
    sketch.bow(QPointF(304, 40), QPointF(216, 40), -8, theme.ink);
    sketch.text(QRectF(70, 0, 100, 18), Qt::AlignHCenter, Texts::tr("had seen"), theme.softInk);
    sketch.text(QRectF(230, 0, 100, 18), Qt::AlignHCenter, Texts::tr("had seen"), theme.softInk);
    sketch.text(QRectF(262, 78, 84, 18), Qt::AlignHCenter, Texts::tr("last store"), theme.softInk);
}

void paintStreaks(const Sketch& sketch)
{
    const ThreadIndex streaks[][3] = {{a, a, a}, {b, b, noThread}, {a, noThread, noThread}, {c, c, c}};
    double x = 0;
    for (const auto& streak : streaks) {
        double width = 6;
        for (const ThreadIndex thread : streak)
            width += thread == noThread ? 0 : 30;
        sketch.box(QRectF(x, 0, width, 36), sketch.theme.tinted(sketch.theme.thread(streak[0]), 0.12),
                   sketch.theme.thread(streak[0]));
        double at = x + 6;
        for (const ThreadIndex thread : streak) {
            if (thread == noThread)
                continue;
            sketch.letter(QRectF(at, 7, 24, 22), thread);
            at += 30;
        }
        x += width + 10;
    }
}

} // namespace interleave
