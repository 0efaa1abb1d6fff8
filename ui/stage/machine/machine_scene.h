// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "stage/machine/machine_moment.h"
#include "stage/machine/machine_stage_layout.h"
#include "stage/stage_canvas.h"

#include <optional>
#include <vector>

namespace interleave {

// One picture of the stage of a machine: where things are, which step it tells of, and the state that is shown. While
// something is on its way that is the state before the step.
struct MachineScene {
    const MachineStageLayout& layout;
    const MachineRun& run;
    const MachineMoment& moment;
    const std::vector<ThreadIndex>& enlarged;
    std::optional<ThreadIndex> selected;
    bool effect = true; // the step has taken effect

    [[nodiscard]] const MachineState& shown() const { return effect || !moment.before ? moment.after : *moment.before; }
    [[nodiscard]] const State& counts() const
    {
        return effect || !moment.countsBefore ? moment.counts.after : *moment.countsBefore;
    }
    [[nodiscard]] const MachineThread& thread(ThreadIndex index) const { return shown().threads[index]; }
    // Where a thread's values leave from: its enlarged card if it has one, else its own.
    [[nodiscard]] QRectF cardOf(ThreadIndex index) const { return layout.cardOf(index, enlarged); }
    // How the card at cardOf() is drawn.
    [[nodiscard]] CardStyle cardStyle() const { return layout.cardStyle(); }
    // What the step read and wrote, as long as that is to be marked.
    [[nodiscard]] const CellAccess* written(std::int64_t address) const
    {
        const bool is = effect && moment.step && moment.step->written && moment.step->written->address == address;
        return is ? &*moment.step->written : nullptr;
    }
    [[nodiscard]] bool read(std::int64_t address) const
    {
        return moment.step && moment.step->read && moment.step->read->address == address;
    }
};

// How the thread is told of in a card's title: the state of a thread of the machine as every stage paints it.
[[nodiscard]] inline ThreadState phaseOf(const MachineThread& thread)
{
    ThreadState state;
    state.phase = thread.phase;
    return state;
}

// Where a cell of shared memory is on the stage; null where it is not shown.
[[nodiscard]] QRectF cellBox(const MachineScene& scene, std::int64_t address);
// Where a register of the thread is on its card; the program counter where there is no room for it.
[[nodiscard]] QRectF registerBox(const MachineScene& scene, ThreadIndex thread, Register wanted);
// Places in the top row. Null where there is none.
[[nodiscard]] QRectF readyChip(const MachineScene& scene, const MachineState& state, ThreadIndex thread);
[[nodiscard]] QRectF blockedChip(const MachineScene& scene, const MachineState& state, ThreadIndex thread);

void paintMachineTop(const StageCanvas& canvas, const MachineScene& scene);
void paintMachineCard(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex thread, const QRectF& frame,
                      CardStyle style);
void paintMachineCards(const StageCanvas& canvas, const MachineScene& scene);
void paintMachineMemory(const StageCanvas& canvas, const MachineScene& scene);

// The movement of a step: how far it has come when the step takes effect, and its picture at 0 to 1.
[[nodiscard]] double machineArrival(const MachineRun& run, const MachineMoment& moment);
void paintMachineFlight(const StageCanvas& canvas, const MachineScene& scene, double progress);

// A value, made smaller or told about where it would not fit: half a number is a wrong number.
void paintValue(const StageCanvas& canvas, const QRectF& in, Qt::Alignment align, const Integer& value, double pixels,
                Face face, const QColor& color);
// What was there before, struck through.
void paintOld(const StageCanvas& canvas, const QRectF& in, Qt::Alignment align, const Integer& value, double pixels);

} // namespace interleave
