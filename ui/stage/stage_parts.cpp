// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_parts.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::StageParts)
};

} // namespace

QString nameOf(StagePart part)
{
    switch (part) {
    case StagePart::ThreadState: return Tr::tr("State of a thread");
    case StagePart::Register: return Tr::tr("Register");
    case StagePart::Tcb: return Tr::tr("Thread control block (TCB)");
    case StagePart::ProgramCounter: return Tr::tr("Program counter (pc)");
    case StagePart::Stack: return Tr::tr("Stack");
    case StagePart::Frame: return Tr::tr("Frame");
    case StagePart::Flags: return Tr::tr("Flags");
    case StagePart::Tally: return Tr::tr("Updates of this thread");
    case StagePart::Core: return Tr::tr("Core");
    case StagePart::ReadyQueue: return Tr::tr("Ready queue");
    case StagePart::Blocked: return Tr::tr("Blocked threads");
    case StagePart::Scheduler: return Tr::tr("Scheduler");
    case StagePart::SharedMemory: return Tr::tr("Shared memory");
    case StagePart::Code: return Tr::tr("Code");
    case StagePart::Data: return Tr::tr("Data");
    case StagePart::Heap: return Tr::tr("Heap");
    case StagePart::Counter: return Tr::tr("Counter");
    case StagePart::Shard: return Tr::tr("Shard");
    case StagePart::Lock: return Tr::tr("Lock");
    case StagePart::Variable: return Tr::tr("Variable");
    case StagePart::Token: return Tr::tr("A value on its way");
    case StagePart::Lost: return Tr::tr("Lost update");
    case StagePart::SetAside: return Tr::tr("Set aside");
    case StagePart::Legend: return Tr::tr("What the cells mean");
    }
    return {};
}

QString explanationOf(StagePart part)
{
    switch (part) {
    case StagePart::ThreadState:
        return Tr::tr("Running: it is on a core; ready: it could run and waits for a core; blocked: it waits for "
                      "something; finished: it is done.");
    case StagePart::Register:
        return Tr::tr("A place for one value inside the core, where the thread computes with its own copy.");
    case StagePart::Tcb:
        return Tr::tr("While a thread is not on a core, its registers are kept in its thread control block; the dashed "
                      "frame says so.");
    case StagePart::ProgramCounter: return Tr::tr("It says which instruction the thread executes next.");
    case StagePart::Stack:
        return Tr::tr("Each thread has a stack of its own: a frame for each function that has not returned yet.");
    case StagePart::Frame: return Tr::tr("What one call of a function keeps: its variables, and where it returns to.");
    case StagePart::Flags: return Tr::tr("What the last comparison found; a conditional jump looks at them.");
    case StagePart::Tally: return Tr::tr("How many updates the thread has done, and how many of them are lost by now.");
    case StagePart::Core: return Tr::tr("It executes the instructions of one thread at a time.");
    case StagePart::ReadyQueue: return Tr::tr("Threads that could run, and wait for a core.");
    case StagePart::Blocked: return Tr::tr("Threads that cannot go on until something happens, such as an unlock.");
    case StagePart::Scheduler:
        return Tr::tr(
            "It decides which thread a core executes; a switch is voluntary if the thread blocked or yielded, "
            "involuntary if it was preempted.");
    case StagePart::SharedMemory:
        return Tr::tr("All threads of a process see the same code, data and heap; only stacks and registers are their "
                      "own.");
    case StagePart::Code: return Tr::tr("The instructions, which all threads execute; letters show who is about to.");
    case StagePart::Data: return Tr::tr("The global variables, which every thread can read and write.");
    case StagePart::Heap: return Tr::tr("Memory that a program takes while it runs; all threads share it.");
    case StagePart::Counter: return Tr::tr("A variable that every thread adds to, and that all of them share.");
    case StagePart::Shard: return Tr::tr("A counter for one thread alone; the shards are summed at the end.");
    case StagePart::Lock: return Tr::tr("Only one thread can hold it; the others wait until it is free.");
    case StagePart::Variable: return Tr::tr("A cell of shared memory with a name.");
    case StagePart::Token:
        return Tr::tr("A load takes a copy of a value up to a register, and a store brings one back down.");
    case StagePart::Lost:
        return Tr::tr("Its value was overwritten by a store that had not seen it, and nothing brings it back.");
    case StagePart::SetAside:
        return Tr::tr("Overwritten for now, but a later store builds on it and brings it back: it is not lost.");
    case StagePart::Legend: return Tr::tr("Each cell is a thread; how it is filled says in which state it is.");
    }
    return {};
}

const PartRegion* regionAt(const PartRegions& regions, QPointF point)
{
    const PartRegion* found = nullptr;
    const auto areaOf = [](const QRectF& rect) { return rect.width() * rect.height(); };
    for (const PartRegion& region : regions) {
        if (region.rect.contains(point) && (!found || areaOf(region.rect) < areaOf(found->rect)))
            found = &region;
    }
    return found;
}

QString textOf(const PartRegion& region)
{
    const QString all = region.here.isEmpty()
                          ? explanationOf(region.part)
                          : Tr::tr("%1 %2", "two sentences").arg(explanationOf(region.part), region.here);
    // As rich text, which is wrapped.
    return QStringLiteral("<p><b>%1</b></p><p>%2</p>").arg(nameOf(region.part).toHtmlEscaped(), all.toHtmlEscaped());
}

} // namespace interleave
