// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/names.h"

#include "style/theme.h"

#include <QCoreApplication>
#include <QLocale>
#include <array>
#include <cmath>

namespace interleave {

namespace {

struct Names {
    Q_DECLARE_TR_FUNCTIONS(Names)
};

// The C locale groups no digits; people do.
QLocale readableLocale()
{
    const QLocale locale;
    return locale.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : locale;
}

} // namespace

QString textOf(Synchronisation synchronisation)
{
    const std::string_view name = nameOf(synchronisation);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString explanationOf(Synchronisation synchronisation)
{
    switch (synchronisation) {
    case Synchronisation::None:
        return Names::tr("Nothing is synchronised: load, add, store, and anyone may come between. This is the race.");
    case Synchronisation::Mutex: return Names::tr("A mutex around each update: who finds it locked goes to sleep.");
    case Synchronisation::MutexCoarse:
        return Names::tr("A mutex around the whole loop: one thread after the other makes all its updates.");
    case Synchronisation::Spinlock:
        return Names::tr("A spinlock around each update: who finds it locked keeps asking, until its time on the core is over.");
    case Synchronisation::Atomic: return Names::tr("One atomic instruction loads, adds and stores in a single step.");
    case Synchronisation::Cas:
        return Names::tr(
            "Compare and exchange: a thread stores only if nobody has stored since its load, or tries again.");
    case Synchronisation::Sharded:
        return Names::tr("Each thread has a counter of its own; they are summed at the end. Nothing is shared.");
    }
    return {};
}

QString textOf(ThreadPhase phase)
{
    switch (phase) {
    case ThreadPhase::New: return Names::tr("new", "a thread's state");
    case ThreadPhase::Ready: return Names::tr("ready", "a thread's state");
    case ThreadPhase::Running: return Names::tr("running", "a thread's state");
    case ThreadPhase::Blocked: return Names::tr("blocked", "a thread's state");
    case ThreadPhase::Finished: return Names::tr("finished", "a thread's state");
    }
    return {};
}

QString textOf(LoopInstruction instruction)
{
    switch (instruction) {
    case LoopInstruction::None: return {};
    case LoopInstruction::Acquire: return Names::tr("lock", "instruction");
    case LoopInstruction::Load: return Names::tr("load", "instruction");
    case LoopInstruction::Add: return Names::tr("add", "instruction");
    case LoopInstruction::Store: return Names::tr("store", "instruction");
    case LoopInstruction::Release: return Names::tr("unlock", "instruction");
    }
    return {};
}

QString threadText(ThreadIndex thread)
{
    return Names::tr("thread %1").arg(letterOf(thread));
}

QString updateText(UpdateName name)
{
    if (name.isInitialValue())
        return Names::tr("the initial value");
    return Names::tr("%1 %2", "an update: its thread's letter, its number")
        .arg(letterOf(name.thread), numberText(name.number));
}

QString threadsText(std::uint64_t threads)
{
    return threads == 1 ? Names::tr("1 thread") : Names::tr("%1 threads").arg(numberText(threads));
}

QString iterationsText(std::uint64_t iterations)
{
    return iterations == 1 ? Names::tr("1 iteration") : Names::tr("%1 iterations").arg(numberText(iterations));
}

QString coresText(std::uint64_t cores)
{
    return cores == 1 ? Names::tr("1 core") : Names::tr("%1 cores").arg(numberText(cores));
}

QString wholeNumberText(std::uint64_t number)
{
    return readableLocale().toString(static_cast<qulonglong>(number));
}

QString wholeNumberText(std::int64_t number)
{
    return readableLocale().toString(static_cast<qlonglong>(number));
}

QString timeText(double nanoseconds)
{
    struct Unit {
        double size;
        QString text;
    };
    const std::array units = {Unit{1e9, Names::tr("%1 s", "seconds")}, Unit{1e6, Names::tr("%1 ms", "milliseconds")},
                              Unit{1e3, Names::tr("%1 µs", "microseconds")},
                              Unit{1, Names::tr("%1 ns", "nanoseconds")}};
    std::size_t u = 0;
    // What rounds up to 1,000 of a unit is 1 of the next.
    while (u + 1 < units.size() && nanoseconds < units[u].size * 0.9995)
        ++u;
    const double value = nanoseconds / units[u].size;
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    if (units[u].size == 1)
        decimals = value >= 10 ? 0 : 1;
    while (decimals > 0) { // no zeros that say nothing
        const double scaled = value * std::pow(10, decimals - 1);
        if (std::abs(scaled - std::round(scaled)) >= 0.05)
            break;
        --decimals;
    }
    return units[u].text.arg(readableLocale().toString(value, 'f', decimals));
}

} // namespace interleave
