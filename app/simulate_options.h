// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_settings.h"
#include "program/builtin.h"
#include "result.h"

#include <QString>
#include <QStringList>
#include <optional>

namespace interleave {

// What `interleave simulate` was asked for.
struct SimulateOptions {
    QString program;                    // a file or the name of a built-in program
    MachineSettings settings;           // without what depends on the program
    std::optional<ThreadIndex> threads; // none: as the program likes them
    std::optional<CoreIndex> cores;     // likewise
    std::optional<QString> registers;   // --argv, likewise
    std::optional<QString> schedule;
    bool json = false;
    bool trace = false;
    QString traceFile;

    struct Parsed;
    // Reads the arguments after `simulate`.
    static Parsed parse(const QStringList& arguments);
    static QString helpText();
};

struct SimulateOptions::Parsed {
    SimulateOptions options;
    bool helpAsked = false;
    QString problem; // one sentence naming the flag and what it allows; empty if there is none
};

// The settings for a program, which is null for a file; or one sentence on what is wrong with the options.
[[nodiscard]] Result<MachineSettings, QString> settingsFor(const SimulateOptions& options,
                                                           const BuiltInProgram* program);

} // namespace interleave
