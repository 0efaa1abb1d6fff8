// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"

#include <QSettings>

namespace interleave {

// What the panel of real threads starts with: the user's last parameters, or those of the note's program.
struct RememberedRun {
    RunParameters parameters;
    int trials = 5;
    bool recording = true;

    static RememberedRun firstOne();
    // Anything missing, unreadable or out of range in the settings is as in firstOne().
    static RememberedRun readFrom(const QSettings& settings);
    void writeTo(QSettings& settings) const;
};

} // namespace interleave
