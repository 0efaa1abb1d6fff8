// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "parameters/machine_choice.h"
#include "parameters/source_switch.h"

#include <QSettings>

namespace interleave {

// Where runs come from, and what was set for those of the machine. A program of the user's own is not remembered: in its
// place stands the one to begin with.
struct RememberedMachine {
    Source source = Source::Hardware;
    MachineChoice choice;

    static RememberedMachine firstOne();
    // Anything missing, unreadable or out of range in the settings is as the program begins with.
    static RememberedMachine readFrom(const QSettings& settings);
    void writeTo(QSettings& settings) const;
};

} // namespace interleave
