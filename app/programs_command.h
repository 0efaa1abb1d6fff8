// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace interleave {

// What `interleave programs` was asked for.
struct ProgramsOptions {
    QString program; // whose source to print; empty: list them all
    QString face = QStringLiteral("assembly");
    bool json = false;

    struct Parsed;
    // Reads the arguments after `programs`.
    static Parsed parse(const QStringList& arguments);
    static QString helpText();
};

struct ProgramsOptions::Parsed {
    ProgramsOptions options;
    bool helpAsked = false;
    QString problem; // one sentence; empty if there is none
};

// Lists the built-in programs, or prints the source of one. Returns the exit code of the program.
int listPrograms(const ProgramsOptions& options);

} // namespace interleave
