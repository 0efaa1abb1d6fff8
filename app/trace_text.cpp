// SPDX-License-Identifier: GPL-3.0-or-later
#include "trace_text.h"

#include "sentences/faults.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::TraceText)
};

constexpr std::size_t gap = 2;
constexpr std::size_t leastDigits = 4; // of steps and ticks
constexpr std::size_t coreWidth = 4;
constexpr std::size_t threadWidth = 6;
constexpr std::size_t addressWidth = 7;
constexpr qsizetype leastInstruction = 11;
constexpr qsizetype mostInstruction = 24;
constexpr std::size_t longestNumber = 24; // digits that are worth reading in a line

std::size_t digitsOf(std::uint64_t number)
{
    return std::max(leastDigits, std::to_string(number).size());
}

// The flags that are set.
std::string_view signsOf(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Less: return "<= < !=";
    case Comparison::Equal: return ">= <= ==";
    case Comparison::Greater: return ">= > !=";
    case Comparison::None: break;
    }
    return {};
}

void right(OutputBuffer& out, const QString& title, std::size_t width)
{
    out.append(title.rightJustified(static_cast<qsizetype>(width)).toStdString());
    out.appendSpaces(gap);
}

} // namespace

TraceText::TraceText(const MachineHistory& history, OutputBuffer& out)
    : m_program(history.program()),
      m_out(out),
      m_stepWidth(digitsOf(history.steps())),
      m_tickWidth(digitsOf(history.ticks()))
{
    for (ThreadIndex thread = 0; thread < history.threads(); ++thread)
        m_letters.push_back(letterOf(thread).rightJustified(threadWidth).toStdString());
    qsizetype widest = leastInstruction;
    QStringList texts;
    for (const SourceLine& source : m_program.sources) {
        QString text = QString::fromStdString(source.text).simplified();
        if (text.size() > mostInstruction)
            text = text.left(mostInstruction - 1) + QChar(0x2026);
        widest = std::max(widest, text.size());
        texts.append(text);
    }
    for (const QString& text : texts) {
        m_instructions.push_back(text.toStdString());
        m_missing.push_back(static_cast<std::size_t>(widest - text.size()));
    }
    m_instructionWidth = static_cast<std::size_t>(widest);
}

void TraceText::printHeader()
{
    right(m_out, Texts::tr("step"), m_stepWidth);
    right(m_out, Texts::tr("tick"), m_tickWidth);
    right(m_out, Texts::tr("core"), coreWidth);
    right(m_out, Texts::tr("thread"), threadWidth);
    right(m_out, Texts::tr("address"), addressWidth);
    m_out.append(
        Texts::tr("instruction").leftJustified(static_cast<qsizetype>(m_instructionWidth + gap)).toStdString());
    m_out.append(Texts::tr("what it did").toStdString());
    m_out.append("\n");
}

void TraceText::print(const TraceWalk& walk)
{
    const MachineStep& step = walk.step();
    m_out.append(walk.number(), m_stepWidth);
    m_out.appendSpaces(gap);
    m_out.append(step.tick, m_tickWidth);
    m_out.appendSpaces(gap);
    if (step.event.core == noCore) {
        m_out.appendSpaces(coreWidth - 1);
        m_out.append("-");
    } else {
        m_out.append(std::uint64_t{step.event.core}, coreWidth);
    }
    m_out.appendSpaces(gap);
    m_out.append(m_letters[step.event.thread]);
    printInstruction(walk);
    m_hasDeed = false;
    printDeed(walk);
    m_out.append("\n");
}

void TraceText::printInstruction(const TraceWalk& walk)
{
    const std::int64_t pc = walk.step().pc;
    if (pc < 0) {
        m_owed = gap + addressWidth + gap + m_instructionWidth + gap;
        return;
    }
    const auto index = static_cast<std::size_t>(pc - m_program.loadAddress);
    m_out.appendSpaces(gap);
    m_out.append(static_cast<std::uint64_t>(pc), addressWidth);
    m_out.appendSpaces(gap);
    m_out.append(m_instructions[index]);
    m_owed = m_missing[index] + gap;
}

void TraceText::deed()
{
    if (m_hasDeed)
        m_out.append(", ");
    else
        m_out.appendSpaces(m_owed);
    m_hasDeed = true;
}

const std::string& TraceText::cell(std::int64_t address)
{
    auto found = m_cells.find(address);
    if (found == m_cells.end())
        found = m_cells.emplace(address, cellText(m_program, address).toStdString()).first;
    return found->second;
}

void TraceText::printNumber(const Integer& number)
{
    if (number.isSmall())
        return m_out.append(number);
    const std::string digits = number.toString();
    m_out.append(std::string_view(digits).substr(0, longestNumber));
    if (digits.size() > longestNumber)
        m_out.append("\u2026");
}

void TraceText::printChange(std::string_view name, const Integer& before, const Integer& after)
{
    say(name);
    m_out.append(" ");
    printNumber(before);
    m_out.append(" \u2192 ");
    printNumber(after);
}

void TraceText::say(std::string_view text)
{
    deed();
    m_out.append(text);
}

void TraceText::printDeed(const TraceWalk& walk)
{
    static const std::string begins = Texts::tr("begins").toStdString();
    static const std::string wakes = Texts::tr("wakes").toStdString();
    static const std::string voluntary = Texts::tr("save, voluntary: registers to its TCB").toStdString();
    static const std::string involuntary = Texts::tr("save, involuntary: registers to its TCB").toStdString();
    static const std::string picked = Texts::tr("pick: is next").toStdString();
    static const std::string restored = Texts::tr("restore: registers from its TCB").toStdString();
    static const std::string halts = Texts::tr("halts").toStdString();
    const MachineStep& step = walk.step();
    const auto lockText = [&] { return QString::fromStdString(walk.lock() ? cell(*walk.lock()) : std::string()); };
    switch (step.event.kind) {
    case EventKind::Spawn: return say(begins);
    case EventKind::Wake: return say(wakes);
    case EventKind::SwitchOut: return say(step.event.voluntary ? voluntary : involuntary);
    case EventKind::Pick: return say(picked);
    case EventKind::SwitchIn: return say(restored);
    case EventKind::Exit: return say(halts);
    case EventKind::Sleep: return say(Texts::tr("sleeps for %1 ticks").arg(walk.sleepTicks()).toStdString());
    case EventKind::LockWait:
        return say(Texts::tr("waits for %1, held by %2", "lock, thread")
                       .arg(lockText(), letterOf(step.event.holder))
                       .toStdString());
    case EventKind::LockAcquire:
        return say((step.pc < 0 ? Texts::tr("is handed %1", "lock") : Texts::tr("takes %1", "lock"))
                       .arg(lockText())
                       .toStdString());
    case EventKind::LockRelease: return say(Texts::tr("releases %1", "lock").arg(lockText()).toStdString());
    default: return printChanges(walk);
    }
}

void TraceText::printChanges(const TraceWalk& walk)
{
    static const std::string goesOn = Texts::tr("goes on").toStdString();
    static const std::string givesUp = Texts::tr("leaves its core voluntarily").toStdString();
    static const std::string jumps = Texts::tr("jumps to ", "an address").toStdString();
    const MachineStep& step = walk.step();
    for (const Register r : walk.changedRegisters())
        printChange(nameOf(r), walk.before(r), walk.after(r));
    if (step.written) {
        printChange(cell(step.written->address), step.written->before, step.written->after);
    } else if (step.read && walk.changedRegisters().empty()) {
        say(cell(step.read->address));
        m_out.append(" = ");
        printNumber(step.read->after);
    }
    if (walk.tested())
        say(signsOf(*walk.tested()));
    if (walk.jumpedTo()) {
        say(jumps);
        m_out.append(static_cast<std::uint64_t>(*walk.jumpedTo()));
    } else if (walk.isJump()) {
        say(goesOn);
    } else if (walk.isYield()) {
        say(givesUp);
    }
}

} // namespace interleave
