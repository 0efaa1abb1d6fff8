// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/types.h>

namespace interleave::test {

namespace {

constexpr int hangs = 300'000; // ms

void limit(int resource, std::uint64_t most)
{
    if (most == 0)
        return;
    const rlimit both{most, most};
    setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

Ended endOf(QProcess& process)
{
    Ended ended;
    ended.started = true;
    if (!process.waitForFinished(hangs)) {
        process.kill();
        process.waitForFinished();
    }
    ended.crashed = process.exitStatus() != QProcess::NormalExit;
    ended.code = process.exitCode();
    ended.out = process.readAllStandardOutput();
    ended.err = process.readAllStandardError();
    return ended;
}

} // namespace

std::unique_ptr<QProcess> program(const QStringList& arguments, const QString& directory, const Limits& limits)
{
    auto process = std::make_unique<QProcess>();
    process->setProgram(QStringLiteral(INTERLEAVE_BINARY));
    process->setArguments(arguments);
    process->setWorkingDirectory(directory);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANGUAGE", "LANG", "LC_MESSAGES"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process->setProcessEnvironment(environment);
    process->setChildProcessModifier([limits] {
        limit(RLIMIT_AS, limits.addressSpace);
        limit(RLIMIT_FSIZE, limits.fileSize);
        if (limits.fileSize > 0)
            std::signal(SIGXFSZ, SIG_IGN); // so that write(2) fails, as it does on a full disk
    });
    return process;
}

Ended run(const QStringList& arguments, const QString& directory, const Limits& limits)
{
    const std::unique_ptr<QProcess> process = program(arguments, directory, limits);
    process->start();
    Ended ended;
    ended.started = process->waitForStarted();
    if (!ended.started)
        return ended;
    return endOf(*process);
}

Ended interrupted(QProcess& process, int threads)
{
    const QDir tasks(QStringLiteral("/proc/%1/task").arg(process.processId()));
    const bool ready = QTest::qWaitFor(
        [&] { return static_cast<int>(tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size()) >= threads; }, hangs);
    if (ready)
        kill(static_cast<pid_t>(process.processId()), SIGINT);
    else
        process.kill(); // counts as crashed
    return endOf(process);
}

QStringList filesIn(const QString& directory)
{
    return QDir(directory).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

QByteArray contentOf(const QString& file)
{
    QFile open(file);
    return open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray();
}

} // namespace interleave::test
