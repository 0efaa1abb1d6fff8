// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <vector>

namespace interleave {

// What a stage is made of, and what somebody who points at it may ask about.
enum class StagePart {
    ThreadState,
    Register,
    Tcb,
    ProgramCounter,
    Stack,
    Frame,
    Flags,
    Tally,
    Core,
    ReadyQueue,
    Blocked,
    Scheduler,
    SharedMemory,
    Code,
    Data,
    Heap,
    Counter,
    Shard,
    Lock,
    Variable,
    Token,
    Lost,
    SetAside,
    Legend,
};

// How a part is called, and in one sentence what it is.
[[nodiscard]] QString nameOf(StagePart part);
[[nodiscard]] QString explanationOf(StagePart part);

// Where a part is on the stage, and what it is in this program, at this step.
struct PartRegion {
    StagePart part;
    QRectF rect;
    QString here; // a sentence, or nothing
};

// The parts of one picture; of those that lie within each other the smallest is meant.
using PartRegions = std::vector<PartRegion>;
[[nodiscard]] const PartRegion* regionAt(const PartRegions& regions, QPointF point);

// All of it, as it is shown: the name, what it is, and what it is here.
[[nodiscard]] QString textOf(const PartRegion& region);

} // namespace interleave
