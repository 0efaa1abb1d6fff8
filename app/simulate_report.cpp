// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulate_report.h"

#include "json_text.h"
#include "machine/counter_cells.h"
#include "program/assembler.h"
#include "sentences/machine_errors.h"
#include "sentences/names.h"
#include "trace_text.h"

#include <QCoreApplication>
#include <QList>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::SimulateReport)
};

constexpr std::int64_t mostCellsInText = 16; // of a variable

std::string_view nameOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Finished: return "finished";
    case Outcome::Deadlock: return "deadlock";
    case Outcome::StepLimit: return "step-limit";
    case Outcome::Paused: return "paused";
    case Outcome::Fault: return "fault";
    }
    return {};
}

std::int64_t addressOf(const Variable& variable, std::int64_t cell)
{
    return variable.address + cell * cellDistance;
}

QString settingsText(const MachineSettings& settings)
{
    const auto name = nameOf(settings.policy);
    QStringList parts{threadsText(settings.threads), coresText(settings.cores),
                      QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()))};
    const Policy policy = settings.policy;
    if (policy != Policy::Replay && policy != Policy::Pct)
        parts.append(Texts::tr("quantum %1").arg(numberText(settings.quantum)));
    if (policy == Policy::Pct)
        parts.append(Texts::tr("depth %1").arg(numberText(settings.pctDepth)));
    if (settings.switchCost > 0)
        parts.append(Texts::tr("switch cost %1").arg(numberText(settings.switchCost)));
    if (policy == Policy::Random || policy == Policy::RandomInterval || policy == Policy::Pct)
        parts.append(Texts::tr("seed %1").arg(QString::number(settings.seed)));
    return parts.join(QStringLiteral(", "));
}

// Names to the left, values from the column behind the widest.
QString aligned(const QList<std::pair<QString, QString>>& lines)
{
    qsizetype widest = 0;
    for (const auto& line : lines)
        widest = std::max(widest, line.first.size());
    QString text;
    for (const auto& [name, value] : lines)
        text += name.leftJustified(widest + 2) + value + QLatin1Char('\n');
    return text;
}

QString valueOf(const Variable& variable, const Cells& cells)
{
    QStringList values;
    for (std::int64_t i = 0; i < std::min(variable.cells, mostCellsInText); ++i)
        values.append(QString::fromStdString(cells.value(addressOf(variable, i)).toString()));
    if (variable.cells > mostCellsInText)
        values.append(Texts::tr("… (%1 cells)").arg(numberText(variable.cells)));
    return values.join(QLatin1Char(' '));
}

void appendFinal(JsonText& json, const Program& program, const Cells& cells)
{
    json.beginObject();
    for (const Variable& variable : program.variables) {
        json.member(variable.name);
        if (variable.cells == 1) {
            json.number(cells.value(variable.address));
            continue;
        }
        json.beginArray();
        for (std::int64_t i = 0; i < variable.cells; ++i)
            json.number(cells.value(addressOf(variable, i)));
        json.endArray();
    }
    json.endObject();
}

void appendDeadlock(JsonText& json, const MachineHistory& history)
{
    json.beginArray();
    if (history.outcome() == Outcome::Deadlock)
        for (const WaitingThread& wait : history.deadlock()) {
            json.beginObject();
            json.member("thread").number(std::uint64_t{wait.thread});
            json.member("waits_for").string(cellName(history.program(), wait.lock));
            json.member("held_by");
            if (wait.heldBy == noThread)
                json.null();
            else
                json.number(std::uint64_t{wait.heldBy});
            json.endObject();
        }
    json.endArray();
}

} // namespace

void printTrace(const MachineHistory& history, const std::stop_token& stop, OutputBuffer& out)
{
    TraceText text(history, out);
    text.printHeader();
    for (TraceWalk walk(history); !stop.stop_requested() && walk.next();)
        text.print(walk);
}

void printSummary(const Simulation& simulation, OutputBuffer& out)
{
    const MachineHistory& history = simulation.history;
    const MachineState end = history.machineState(history.steps());
    QList<std::pair<QString, QString>> lines{
        {Texts::tr("instructions"), numberText(history.instructions())},
        {Texts::tr("steps"), numberText(history.steps())},
        {Texts::tr("ticks"), numberText(history.ticks())},
        {Texts::tr("context switches"),
         Texts::tr("%1 voluntary, %2 involuntary")
             .arg(numberText(end.voluntarySwitches), numberText(end.involuntarySwitches))},
    };
    if (history.counter() && simulation.lost)
        lines.append(
            {Texts::tr("counter"), Texts::tr("%1: expected %2, lost %3 updates", "name, number, number")
                                       .arg(QString::fromStdString(history.counter()->name),
                                            QString::fromStdString(history.expected().value_or(Integer()).toString()),
                                            QString::number(*simulation.lost))});
    if (simulation.schedule)
        lines.append({Texts::tr("schedule"), QString::fromStdString(textOf(*simulation.schedule))});
    QString text = Texts::tr("%1: %2", "program, settings")
                       .arg(QString::fromStdString(simulation.program), settingsText(history.settings()));
    text += QLatin1Char('\n') + endOf(history) + QStringLiteral("\n\n") + aligned(lines);
    if (!history.program().variables.empty()) {
        QList<std::pair<QString, QString>> values;
        for (const Variable& variable : history.program().variables)
            values.append({QString::fromStdString(variable.name), valueOf(variable, end.cells)});
        text += QLatin1Char('\n') + aligned(values);
    }
    out.append(text.toStdString());
}

void printJson(const Simulation& simulation, bool trace, const std::stop_token& stop, OutputBuffer& out)
{
    const MachineHistory& history = simulation.history;
    const MachineState end = history.machineState(history.steps());
    JsonText json(out);
    const auto member = [&json](std::string_view name) -> JsonText& {
        json.breakLine();
        return json.member(name);
    };
    json.beginObject();
    member("program").string(simulation.program);
    member("instructions").number(history.instructions());
    member("steps").number(history.steps());
    member("elapsed_ns").number(static_cast<std::uint64_t>(simulation.elapsed.count()));
    appendFinal(member("final"), history.program(), end.cells);
    member("switches").beginObject();
    json.member("voluntary").number(end.voluntarySwitches);
    json.member("involuntary").number(end.involuntarySwitches);
    json.endObject();
    member("expected");
    if (const auto expected = history.expected())
        json.number(*expected);
    else
        json.null();
    member("lost");
    if (simulation.lost)
        json.number(*simulation.lost);
    else
        json.null();
    member("outcome").string(nameOf(history.outcome()));
    appendDeadlock(member("deadlock"), history);
    member("schedule");
    if (simulation.schedule)
        json.string(textOf(*simulation.schedule));
    else
        json.null();
    member("seed").number(history.settings().seed);
    if (trace) {
        member("trace").beginArray();
        for (TraceWalk walk(history); !stop.stop_requested() && walk.next();)
            appendStep(json, walk, history.program());
        json.endArray();
    }
    json.breakLine();
    json.endObject();
    out.append("\n");
}

} // namespace interleave
