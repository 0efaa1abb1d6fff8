// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/pictures.h"

#include "help/picture_painters.h"
#include "help/sketch.h"

#include <QCoreApplication>
#include <QPainter>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::HelpPicture)
};

void paint(const Sketch& sketch, HelpPicture picture)
{
    switch (picture) {
    case HelpPicture::None: return;
    case HelpPicture::OneLostUpdate: paintOneLostUpdate(sketch); return;
    case HelpPicture::ProcessMemory: paintProcessMemory(sketch); return;
    case HelpPicture::StackFrames: paintStackFrames(sketch); return;
    case HelpPicture::SavedRegister: paintSavedRegister(sketch); return;
    case HelpPicture::ThreadStates: paintThreadStates(sketch); return;
    case HelpPicture::OneCore: paintOneCore(sketch); return;
    case HelpPicture::TwoCores: paintTwoCores(sketch); return;
    case HelpPicture::ClobberingStore: paintClobberingStore(sketch); return;
    case HelpPicture::SetAside: paintSetAside(sketch); return;
    case HelpPicture::SurvivingPath: paintSurvivingPath(sketch); return;
    case HelpPicture::Streaks: paintStreaks(sketch); return;
    case HelpPicture::CriticalSection: paintCriticalSection(sketch); return;
    case HelpPicture::Deadlock: paintDeadlock(sketch); return;
    case HelpPicture::Quantum: paintQuantum(sketch); return;
    case HelpPicture::Departures: paintDepartures(sketch); return;
    case HelpPicture::ReadyQueue: paintReadyQueue(sketch); return;
    case HelpPicture::LoadToStore: paintLoadToStore(sketch); return;
    case HelpPicture::TimelineParts: paintTimelineParts(sketch); return;
    case HelpPicture::Spread: paintSpread(sketch); return;
    }
}

} // namespace

QSizeF sizeOf(HelpPicture picture)
{
    switch (picture) {
    case HelpPicture::None: return {};
    case HelpPicture::OneLostUpdate: return {424, 172};
    case HelpPicture::ProcessMemory: return {360, 132};
    case HelpPicture::StackFrames: return {320, 122};
    case HelpPicture::SavedRegister: return {350, 86};
    case HelpPicture::ThreadStates: return {430, 148};
    case HelpPicture::OneCore: return {350, 54};
    case HelpPicture::TwoCores: return {350, 84};
    case HelpPicture::ClobberingStore: return {324, 66};
    case HelpPicture::SetAside: return {324, 68};
    case HelpPicture::SurvivingPath: return {350, 98};
    case HelpPicture::Streaks: return {324, 36};
    case HelpPicture::CriticalSection: return {350, 94};
    case HelpPicture::Deadlock: return {320, 124};
    case HelpPicture::Quantum: return {400, 94};
    case HelpPicture::Departures: return {320, 52};
    case HelpPicture::ReadyQueue: return {350, 46};
    case HelpPicture::LoadToStore: return {376, 98};
    case HelpPicture::TimelineParts: return {428, 112};
    case HelpPicture::Spread: return {280, 108};
    }
    return {};
}

void paintPicture(QPainter& painter, const QRectF& in, HelpPicture picture, const Theme& theme)
{
    const QSizeF size = sizeOf(picture);
    if (size.isEmpty() || in.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(in.topLeft());
    painter.scale(in.width() / size.width(), in.height() / size.height());
    paint(Sketch(painter, theme), picture);
    painter.restore();
}

QString descriptionOf(HelpPicture picture)
{
    switch (picture) {
    case HelpPicture::None: return {};
    case HelpPicture::OneLostUpdate:
        return Texts::tr("A picture of four moments: A loads 0, B loads 0, A stores 1, B stores 1. A's 1 is lost.");
    case HelpPicture::ProcessMemory:
        return Texts::tr("A picture of a process: code, data and heap are there once, and a stack for each thread.");
    case HelpPicture::StackFrames:
        return Texts::tr("A picture of a stack: main on top, worker below it, free memory below that.");
    case HelpPicture::SavedRegister:
        return Texts::tr("A picture of a register: on a core its frame is solid, saved in the TCB it is dashed.");
    case HelpPicture::ThreadStates:
        return Texts::tr("A picture of the states: new, ready, running, finished; from running to blocked, and back to "
                         "ready.");
    case HelpPicture::OneCore: return Texts::tr("A picture of one core: A, B, A, B, one after the other.");
    case HelpPicture::TwoCores:
        return Texts::tr("A picture of two cores: A on one and B on the other, at the same time.");
    case HelpPicture::ClobberingStore:
        return Texts::tr("A picture of B's store to the counter: A's 1 is struck through.");
    case HelpPicture::SetAside:
        return Texts::tr("A picture of two marks: set aside is hollow and dashed, lost is red and struck through.");
    case HelpPicture::SurvivingPath:
        return Texts::tr(
            "A picture of four values: the last one had seen B's, which had seen 0. A's 1 is not on the way.");
    case HelpPicture::Streaks:
        return Texts::tr("A picture of four streaks: three updates of A, two of B, one of A, three of C.");
    case HelpPicture::CriticalSection:
        return Texts::tr("A picture of two threads and a lock: B waits, hatched, until A gives the lock back.");
    case HelpPicture::Deadlock:
        return Texts::tr(
            "A picture of a circle: A holds lock 1 and waits for lock 2, B holds lock 2 and waits for lock 1.");
    case HelpPicture::Quantum: return Texts::tr("A picture of one core: A and B alternate, 5 ticks each.");
    case HelpPicture::Departures:
        return Texts::tr(
            "A picture of two triangles: a filled one is an involuntary switch, an outlined one a voluntary "
            "one.");
    case HelpPicture::ReadyQueue:
        return Texts::tr("A picture of a queue: B, C and D wait in it, and A is on the core.");
    case HelpPicture::LoadToStore:
        return Texts::tr("A picture of two threads: B stores between A's load and A's store, and its update is lost.");
    case HelpPicture::TimelineParts:
        return Texts::tr("A picture of two tracks with their spans, a red cross, and the playhead over both.");
    case HelpPicture::Spread:
        return Texts::tr(
            "A picture of a bar: it ends at the median, and a line goes from the smallest to the largest.");
    }
    return {};
}

} // namespace interleave
