// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/run_lengths.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::RunLengths)
};

// Nanoseconds of an update when several cores want the counter at once, apart from the window. Measured.
struct Cost {
    double counted;
    double recorded; // the proof of the order and the making of the history included
};

Cost costOf(Synchronisation way)
{
    switch (way) {
    case Synchronisation::None: return {10, 200};
    case Synchronisation::Mutex: return {60, 270};
    case Synchronisation::MutexCoarse: return {5, 200};
    case Synchronisation::Spinlock: return {80, 400};
    case Synchronisation::Atomic: return {25, 180};
    case Synchronisation::Cas: return {40, 200};
    case Synchronisation::Sharded: return {3, 3};
    }
    return {10, 200};
}

// One window after the other, whoever's it is: it is passed inside the lock, or all but one of the threads that pass
// it at once have to begin again.
bool serialises(Synchronisation way)
{
    return way == Synchronisation::Mutex || way == Synchronisation::MutexCoarse || way == Synchronisation::Spinlock
        || way == Synchronisation::Cas;
}

// In how many windows the threads are at the same time. One that computes needs a core; one that sleeps does not.
double windowsAtOnce(const RunParameters& parameters)
{
    if (serialises(parameters.synchronisation))
        return 1;
    const std::uint32_t available = std::max(1U, availableCores());
    const std::uint32_t cores = parameters.cores == 0 ? available : std::min(parameters.cores, available);
    return parameters.window >= RunParameters::sleepingWindow ? parameters.threads
                                                              : std::min(parameters.threads, cores);
}

std::chrono::nanoseconds nanoseconds(double count)
{
    constexpr double most = 9e18; // some 285 years
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(count, most)));
}

constexpr double costOfInstruction = 20; // nanoseconds; its place in the history included. Measured.
constexpr double instructionsOfRound = 6;
constexpr double costOfSteps(double steps)
{
    return steps * costOfInstruction;
}

} // namespace

std::optional<std::chrono::nanoseconds> estimatedLength(const RunParameters& parameters, bool recorded)
{
    if (!validated(parameters, RunMode::Counted))
        return std::nullopt;
    const auto updates = static_cast<double>(parameters.updates());
    const double waits = updates * static_cast<double>(parameters.window.count()) / windowsAtOnce(parameters);
    const Cost cost = costOf(parameters.synchronisation);
    const double counted = updates * cost.counted + waits;
    return nanoseconds(recorded ? counted + updates * cost.recorded + waits : counted);
}

std::optional<std::chrono::nanoseconds> estimatedLength(const MachineSettings& settings,
                                                        std::optional<std::uint64_t> rounds)
{
    if (!rounds)
        return std::nullopt;
    const double whole = static_cast<double>(settings.threads) * static_cast<double>(*rounds) * instructionsOfRound;
    return std::min(nanoseconds(costOfSteps(whole)), longestLength(settings));
}

std::chrono::nanoseconds longestLength(const MachineSettings& settings)
{
    return nanoseconds(costOfSteps(static_cast<double>(settings.maxSteps)));
}

QString aboutText(std::chrono::nanoseconds length)
{
    const double seconds = static_cast<double>(length.count()) / 1e9;
    const double minutes = seconds / 60;
    const double hours = minutes / 60;
    const double days = hours / 24;
    const double years = days / 365.25;
    const auto rounded = [](double value) { return static_cast<std::int64_t>(std::llround(value)); };
    if (seconds < 1.5)
        return Texts::tr("About a second");
    if (seconds < 9.5)
        return Texts::tr("About %1 seconds").arg(numberText(rounded(seconds)));
    if (seconds < 57.5)
        return Texts::tr("About %1 seconds").arg(numberText(5 * rounded(seconds / 5)));
    if (minutes < 1.5)
        return Texts::tr("About a minute");
    if (minutes < 55)
        return Texts::tr("About %1 minutes").arg(numberText(rounded(minutes)));
    if (hours < 1.5)
        return Texts::tr("About an hour");
    if (hours < 36)
        return Texts::tr("About %1 hours").arg(numberText(rounded(hours)));
    if (days < 550)
        return Texts::tr("About %1 days").arg(numberText(rounded(days)));
    return Texts::tr("About %1 years").arg(numberText(rounded(years)));
}

QString longRunText(const RunParameters& parameters, bool recorded)
{
    const auto length = estimatedLength(parameters, recorded);
    if (!length || *length < longRun)
        return {};
    const QString about = aboutText(*length);
    const QString updates = numberText(parameters.updates());
    if (parameters.window.count() == 0)
        return recorded ? Texts::tr("%1: %2 updates, recorded and then counted.").arg(about, updates)
                        : Texts::tr("%1: %2 updates.").arg(about, updates);
    const QString window = timeText(static_cast<double>(parameters.window.count()));
    if (serialises(parameters.synchronisation))
        return recorded
                 ? Texts::tr("%1: each of %2 updates waits %3, one by one, in two runs.").arg(about, updates, window)
                 : Texts::tr("%1: each of %2 updates waits %3, one by one.").arg(about, updates, window);
    return recorded ? Texts::tr("%1: each of %2 updates waits %3, in two runs.").arg(about, updates, window)
                    : Texts::tr("%1: each of %2 updates waits %3.").arg(about, updates, window);
}

QString longRunText(const MachineSettings& settings, std::optional<std::uint64_t> rounds)
{
    if (const auto length = estimatedLength(settings, rounds); length && *length < longRun)
        return {};
    else if (length && *length < longestLength(settings))
        return Texts::tr("%1: %2 go round %3 times each.")
            .arg(aboutText(*length), threadsText(settings.threads), numberText(*rounds));
    const std::chrono::nanoseconds longest = longestLength(settings);
    if (!rounds || longest < longRun)
        return {};
    return Texts::tr("%1: the run ends after %2 steps.").arg(aboutText(longest), numberText(settings.maxSteps));
}

} // namespace interleave
