// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"
#include "window/machine_controller.h"

#include <QDateTime>
#include <memory>
#include <optional>

namespace interleave {

// What the window shows of one run beside its history: of real threads or of the machine.
struct ShownRun {
    RunParameters asked;                // of real threads: as the panel had them
    std::optional<RunResult> recorded;  // none: only counted
    std::optional<RunResult> counted;   // the same once more with nothing recorded
    MachineResult machine;              // its history is null for a run of real threads
    QDateTime when;                     // none: the run that the window opens on

    [[nodiscard]] bool isOfMachine() const { return machine.history != nullptr; }
    [[nodiscard]] bool isEmpty() const { return !machine.history && !counted; }
    // Null where nothing was recorded.
    [[nodiscard]] std::shared_ptr<const History> history() const;
    // What it is called on the stage.
    [[nodiscard]] QString title() const;
};

} // namespace interleave
