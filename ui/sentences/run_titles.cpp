// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/run_titles.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <QLocale>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RunTitles)
};

QString timeOfDay(const QDateTime& when)
{
    return QLocale().toString(when.time(), QStringLiteral("HH:mm:ss"));
}

} // namespace

QString titleOf(const RunParameters& parameters, const QDateTime& when)
{
    const QString threads = threadsText(parameters.threads);
    const QString rounds = numberText(parameters.iterations);
    return when.isValid() ? Texts::tr("%1 · %2 × %3 · %4", "way to synchronise, 50 threads, iterations, time of day")
                                .arg(textOf(parameters.synchronisation), threads, rounds, timeOfDay(when))
                          : Texts::tr("%1 · %2 × %3", "way to synchronise, 50 threads, iterations")
                                .arg(textOf(parameters.synchronisation), threads, rounds);
}

QString titleOf(const QString& program, const MachineSettings& settings, const QDateTime& when)
{
    const std::string_view policy = nameOf(settings.policy);
    const QString how = QString::fromLatin1(policy.data(), static_cast<qsizetype>(policy.size()));
    const QString threads = threadsText(settings.threads);
    const QString cores = coresText(settings.cores);
    return when.isValid() ? Texts::tr("%1 · %2 · %3 · %4 · %5", "program, threads, cores, scheduler, time of day")
                                .arg(program, threads, cores, how, timeOfDay(when))
                          : Texts::tr("%1 · %2 · %3 · %4", "program, threads, cores, scheduler")
                                .arg(program, threads, cores, how);
}

} // namespace interleave
