// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/settings.h"

namespace interleave {

namespace {

QString keyOf(const char* name)
{
    return QStringLiteral("run/") + QLatin1String(name);
}

// A number that is there and in range, or `otherwise`.
qint64 numberIn(const QSettings& settings, const char* name, qint64 least, qint64 most, qint64 otherwise)
{
    bool ok = false;
    const qint64 value = settings.value(keyOf(name)).toLongLong(&ok);
    return ok && value >= least && value <= most ? value : otherwise;
}

} // namespace

RememberedRun RememberedRun::firstOne()
{
    return {}; // the note's program: 50 threads, 200,000 updates each
}

RememberedRun RememberedRun::readFrom(const QSettings& settings)
{
    RememberedRun run = firstOne();
    RunParameters& p = run.parameters;
    p.threads = static_cast<std::uint32_t>(numberIn(settings, "threads", 1, RunParameters::maxThreads, p.threads));
    p.iterations =
        static_cast<std::uint32_t>(numberIn(settings, "iterations", 1, RunParameters::maxIterations, p.iterations));
    p.cores = static_cast<std::uint32_t>(numberIn(settings, "cores", 0, availableCores(), p.cores));
    p.window = std::chrono::nanoseconds(
        numberIn(settings, "window", 0, RunParameters::maxWindow.count(), p.window.count()));
    const QByteArray name = settings.value(keyOf("sync")).toString().toLatin1();
    p.synchronisation = synchronisationNamed(name.constData()).value_or(p.synchronisation);
    run.trials = static_cast<int>(numberIn(settings, "trials", 1, 100, run.trials));
    run.recording = settings.value(keyOf("record"), run.recording).toBool();
    return run;
}

void RememberedRun::writeTo(QSettings& settings) const
{
    const auto name = nameOf(parameters.synchronisation);
    settings.setValue(keyOf("threads"), parameters.threads);
    settings.setValue(keyOf("iterations"), parameters.iterations);
    settings.setValue(keyOf("cores"), parameters.cores);
    settings.setValue(keyOf("window"), static_cast<qint64>(parameters.window.count()));
    settings.setValue(keyOf("sync"), QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
    settings.setValue(keyOf("trials"), trials);
    settings.setValue(keyOf("record"), recording);
}

} // namespace interleave
