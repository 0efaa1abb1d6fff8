// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run_parameters.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace interleave {

// What `interleave run` was asked for.
struct RunOptions {
    static constexpr int maxTrials = 1000;

    RunParameters parameters; // its way to synchronise is not used
    std::vector<Synchronisation> synchronisations{Synchronisation::None};
    int trials = 5;
    bool record = false;
    bool json = false;
    QString csvFile;
    QString chartFile;
    QString traceFile; // of recorded runs only

    struct Parsed;
    // Reads the arguments after `run`.
    static Parsed parse(const QStringList& arguments);
    static QString helpText();
};

struct RunOptions::Parsed {
    RunOptions options;
    bool helpAsked = false;
    QString problem; // one sentence naming the flag and what it allows; empty if there is none
};

} // namespace interleave
