// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/run_errors.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <QLocale>

namespace interleave {

namespace {

struct RunErrors {
    Q_DECLARE_TR_FUNCTIONS(RunErrors)
};

QString bytesText(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString nameOf(RunError::Parameter parameter, const ParameterNames& names)
{
    switch (parameter) {
    case RunError::Parameter::Threads: return names.threads;
    case RunError::Parameter::Iterations: return names.iterations;
    case RunError::Parameter::Cores: return names.cores;
    case RunError::Parameter::Window: return names.window;
    case RunError::Parameter::None: break;
    }
    return RunErrors::tr("A parameter");
}

QString outOfRange(const RunError& error, const ParameterNames& names)
{
    const auto valueText = [&](std::uint64_t value) {
        if (error.parameter != RunError::Parameter::Window)
            return numberText(value);
        return value == 0 ? numberText(0) : timeText(static_cast<double>(static_cast<std::int64_t>(value)));
    };
    const QString name = nameOf(error.parameter, names);
    const QString value = valueText(error.value);
    if (error.parameter == RunError::Parameter::Cores) {
        return error.most <= 1
                 ? RunErrors::tr("%1 must be all or 1, not %2: this machine has one core to run on.").arg(name, value)
                 : RunErrors::tr("%1 must be all, or between %2 and %3, not %4.")
                       .arg(name, valueText(error.least), valueText(error.most), value);
    }
    return RunErrors::tr("%1 must be between %2 and %3, not %4.")
        .arg(name, valueText(error.least), valueText(error.most), value);
}

} // namespace

ParameterNames ParameterNames::ofTheWindow()
{
    return {RunErrors::tr("Threads"), RunErrors::tr("Iterations"), RunErrors::tr("Cores"),
            RunErrors::tr("Window, load to store")};
}

ParameterNames ParameterNames::ofTheCommandLine()
{
    return {QStringLiteral("--threads"), QStringLiteral("--iterations"), QStringLiteral("--cores"),
            QStringLiteral("--window")};
}

QString sentenceOf(const RunError& error, const ParameterNames& names)
{
    switch (error.kind) {
    case RunError::Kind::OutOfRange: return outOfRange(error, names);
    case RunError::Kind::TooManyUpdates:
        return RunErrors::tr("Recording %1 updates is not possible, at most %2 can be recorded: lower %3 or %4.")
            .arg(numberText(error.value), numberText(error.most), names.threads, names.iterations);
    case RunError::Kind::DoesNotFit:
        return RunErrors::tr("Recording this run could need %1, and %2 of memory are free: lower %3 or %4.")
            .arg(bytesText(error.value), bytesText(error.most), names.threads, names.iterations);
    case RunError::Kind::ThreadRefused:
        return RunErrors::tr("The system allowed %1 of %2 threads (%3): lower %4.")
            .arg(numberText(error.value), numberText(error.most), qt_error_string(error.systemError), names.threads);
    case RunError::Kind::PinningRefused:
        return RunErrors::tr("The system refused to keep the threads on %1 of %2 cores (%3): change %4.")
            .arg(numberText(error.value == 0 ? error.most : error.value), numberText(error.most),
                 qt_error_string(error.systemError), names.cores);
    case RunError::Kind::Cancelled: return RunErrors::tr("The run was cancelled.");
    case RunError::Kind::NotProven:
        return RunErrors::tr("The record of this run contradicts itself, so nothing of it is shown. This is a fault of "
                             "Interleave: please report it.");
    }
    return {};
}

} // namespace interleave
