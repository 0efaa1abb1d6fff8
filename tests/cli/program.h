// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <cstdint>
#include <memory>

namespace interleave::test {

// What the system grants the program; 0: as much as it gives the test.
struct Limits {
    std::uint64_t addressSpace = 0; // bytes
    std::uint64_t fileSize = 0;     // bytes; more is refused as on a full disk
};

// How a run of the program ended.
struct Ended {
    bool started = false;
    bool crashed = false;
    int code = -1;
    QByteArray out;
    QByteArray err;
};

// The program, not yet started, in `directory`, without a display and without a platform plugin in its environment.
std::unique_ptr<QProcess> program(const QStringList& arguments, const QString& directory, const Limits& limits = {});

// Runs the program to its end. One that hangs is killed after minutes and counts as crashed.
Ended run(const QStringList& arguments, const QString& directory, const Limits& limits = {});

// Sends a started program the signal of Ctrl+C once it has at least so many threads, and waits for its end.
Ended interrupted(QProcess& process, int threads);

// Everything in a directory, hidden files too.
QStringList filesIn(const QString& directory);

QByteArray contentOf(const QString& file);

// The sanitizers reserve more address space than any limit leaves.
constexpr bool addressSpaceCanBeLimited()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#else
    return true;
#endif
}

} // namespace interleave::test
