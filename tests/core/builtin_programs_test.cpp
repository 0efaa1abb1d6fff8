// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/builtin.h"

#include "machine/classroom/simulator.h"
#include "program/assembler.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace interleave {
namespace {

constexpr std::array otherFaces{ProgramFace::Python, ProgramFace::Cpp};

Program assembled(const BuiltInProgram& program)
{
    AssemblyOptions options;
    options.extensions = true;
    auto result = assemble(program.assembly, options);
    if (!result) {
        ADD_FAILURE() << program.name << ":" << result.error().line << ":" << result.error().column << " "
                      << result.error().word;
        return {};
    }
    return std::move(result).value();
}

std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

bool isBlank(const std::string& line)
{
    return line.find_first_not_of(' ') == std::string::npos;
}

class EveryBuiltInProgram : public testing::TestWithParam<std::size_t> {
protected:
    const BuiltInProgram& program() const { return builtInPrograms()[GetParam()]; }
};

std::string caseNameOfProgram(const testing::TestParamInfo<std::size_t>& info)
{
    std::string name(builtInPrograms()[info.param].name);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(All, EveryBuiltInProgram, testing::Range(std::size_t{0}, builtInCount), caseNameOfProgram);

TEST_P(EveryBuiltInProgram, IsFoundByItsNameAndByItsId)
{
    EXPECT_EQ(builtInNamed(program().name), &program());
    EXPECT_EQ(&builtInProgram(static_cast<BuiltIn>(GetParam())), &program());
    EXPECT_EQ(program().id, static_cast<BuiltIn>(GetParam()));
}

TEST_P(EveryBuiltInProgram, Assembles)
{
    const Program code = assembled(program());
    ASSERT_FALSE(code.instructions.empty());
    ASSERT_FALSE(program().counter.empty());
    EXPECT_NE(code.variableNamed(program().counter), nullptr) << program().counter;
}

TEST_P(EveryBuiltInProgram, MapsEveryInstructionAndNothingElse)
{
    const Program code = assembled(program());
    std::vector<std::size_t> instructions;
    for (const SourceLine& line : code.sources)
        instructions.push_back(line.line);
    std::vector<std::size_t> mapped;
    for (const BuiltInProgram::LineMap& line : program().lines) {
        mapped.push_back(line.assembly);
        EXPECT_EQ(program().lineIn(ProgramFace::Assembly, line.assembly), line.assembly);
        EXPECT_EQ(program().lineIn(ProgramFace::Python, line.assembly), line.python);
        EXPECT_EQ(program().lineIn(ProgramFace::Cpp, line.assembly), line.cpp);
    }
    EXPECT_EQ(mapped, instructions);
    EXPECT_EQ(program().lineIn(ProgramFace::Assembly, 1), 0U) << "the first line is a comment";
    EXPECT_EQ(program().lineIn(ProgramFace::Cpp, 100'000), 0U);
}

TEST_P(EveryBuiltInProgram, MapsToLinesThatAreThere)
{
    for (const ProgramFace face : otherFaces) {
        const std::vector<std::string> lines = linesOf(program().text(face));
        std::set<std::uint32_t> reached;
        for (const BuiltInProgram::LineMap& map : program().lines) {
            const std::uint32_t line = program().lineIn(face, map.assembly);
            if (line == 0)
                continue;
            ASSERT_LE(line, lines.size()) << "assembly line " << map.assembly;
            EXPECT_FALSE(isBlank(lines[line - 1])) << "assembly line " << map.assembly;
            reached.insert(line);
        }
        EXPECT_EQ(reached.empty(), lines.empty());
    }
}

// What an instruction does is what the line says that it is mapped to: an edit that moves one of the two shows here.
TEST_P(EveryBuiltInProgram, MapsToLinesThatDoTheSame)
{
    const Program code = assembled(program());
    for (const ProgramFace face : otherFaces) {
        const std::vector<std::string> lines = linesOf(program().text(face));
        for (std::size_t i = 0; i < code.instructions.size(); ++i) {
            const auto at = program().lineIn(face, static_cast<std::uint32_t>(code.sources[i].line));
            if (at == 0)
                continue;
            const std::string& line = lines[at - 1];
            const std::string& source = code.sources[i].text;
            const auto says = [&](std::initializer_list<std::string_view> words) {
                EXPECT_TRUE(std::any_of(words.begin(), words.end(),
                                        [&](std::string_view w) { return line.find(w) != std::string::npos; }))
                    << source << " is mapped to: " << line;
            };
            switch (code.instructions[i].opcode) {
            case Opcode::Lock: says({"acquire(", "lock("}); break;
            case Opcode::Unlock: says({"release(", "unlock("}); break;
            case Opcode::Sleep: says({"sleep", "wait"}); break;
            case Opcode::CompareExchange: says({"compare_exchange"}); break;
            case Opcode::Exchange: says({"exchange("}); break;
            case Opcode::FetchAdd: says({"fetch_add(", "+= ", "(int me", "(me"}); break;
            case Opcode::Halt:
            case Opcode::Return: EXPECT_EQ(line, "}") << source; break;
            default: break;
            }
            if (source == "mov g_num, %ax" || source == "mov %ax, g_num")
                says({"g_num = g_num + 1", "g_num += 1", "int seen = g_num"});
        }
    }
}

// A projector shows some 50 columns.
TEST_P(EveryBuiltInProgram, IsReadableFromTheBackRow)
{
    for (const ProgramFace face : {ProgramFace::Assembly, ProgramFace::Python, ProgramFace::Cpp})
        for (const std::string& line : linesOf(program().text(face))) {
            EXPECT_LE(line.size(), 50U) << line;
            EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; })) << line;
        }
}

TEST_P(EveryBuiltInProgram, BeginsWithThreadsThatItMayHave)
{
    EXPECT_GE(program().fewestThreads, 1U);
    EXPECT_GE(program().threads, program().fewestThreads);
    if (program().mostThreads != 0) {
        EXPECT_LE(program().threads, program().mostThreads);
    }
    EXPECT_GE(program().cores, 1U);
    EXPECT_EQ(program().iterations.has_value(), program().id != BuiltIn::OneUpdate);
    EXPECT_EQ(program().startRegisters.empty(), !program().iterations);
    if (program().iterations) {
        EXPECT_EQ(program().startRegisters.find(std::string(nameOf(*program().iterations)) + "="), 0U);
    }
}

TEST(BuiltInPrograms, HaveNamesOfTheirOwn)
{
    std::set<std::string_view> names;
    for (const BuiltInProgram& program : builtInPrograms())
        names.insert(program.name);
    EXPECT_EQ(names.size(), builtInCount);
    EXPECT_EQ(builtInNamed("unlocked"), nullptr);
    EXPECT_EQ(builtInNamed(""), nullptr);
}

// Python has no atomic instructions: a face would have to make them up.
TEST(BuiltInPrograms, HaveThePythonFaceOnlyWherePythonCanDoIt)
{
    std::set<std::string_view> without;
    for (const BuiltInProgram& program : builtInPrograms()) {
        EXPECT_FALSE(program.cpp.empty()) << program.name;
        if (program.python.empty())
            without.insert(program.name);
    }
    EXPECT_EQ(without, (std::set<std::string_view>{"test-and-set", "test-and-test-and-set", "ticket-lock",
                                                   "compare-and-swap", "fetch-and-add"}));
}

// Hardware recordings are replayed on it: it is the six-instruction loop and nothing else.
TEST(BuiltInPrograms, UnlockedCounterIsTheBareLoop)
{
    const Program code = assembled(builtInProgram(BuiltIn::UnlockedCounter));
    std::string text;
    for (const SourceLine& line : code.sources)
        text += line.text + "\n";
    EXPECT_EQ(text, "mov g_num, %ax\nadd $1, %ax\nmov %ax, g_num\nsub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n");
    ASSERT_EQ(code.labels.size(), 1U);
    EXPECT_EQ(code.labels.front().address, code.loadAddress);
}

// The classroom simulator runs what needs no lock that blocks.
class Quiet final : public ClassroomObserver {
    void aboutToExecute(const Moment&) override {}
    void registersDumped(const Moment&) override {}
    void cellDumped(const Moment&, std::int64_t) override {}
    void executed(const Moment&, std::int64_t) override {}
    void switched(const Moment&, SwitchCause) override {}
};

std::int64_t finalOnClassroom(BuiltIn id, std::size_t threads, std::int64_t rounds, std::int64_t interval,
                              std::optional<std::int64_t> seed = {})
{
    const BuiltInProgram& program = builtInProgram(id);
    const Program code = assembled(program);
    ClassroomSettings settings;
    settings.threads = threads;
    settings.interval = interval;
    settings.randomInterval = seed.has_value();
    settings.seed = seed.value_or(0);
    settings.registers = {{{*program.iterations, rounds}}};
    ClassroomSimulator simulator(code, settings);
    Quiet quiet;
    EXPECT_EQ(simulator.run(quiet), ClassroomSimulator::Ending::Finished);
    return simulator.cells().value(code.variableNamed(program.counter)->address).small();
}

TEST(BuiltInPrograms, UnlockedCounterEndsWhereTheClassroomSimulatorDoes)
{
    EXPECT_EQ(finalOnClassroom(BuiltIn::UnlockedCounter, 2, 1000, 50), 1640);
    EXPECT_EQ(finalOnClassroom(BuiltIn::UnlockedCounter, 2, 1000, 3), 2000);
    EXPECT_EQ(finalOnClassroom(BuiltIn::UnlockedCounter, 2, 1000, 7), 1571);
}

TEST(BuiltInPrograms, SpinlocksAndAtomicsLoseNothingInTheClassroomSimulator)
{
    for (const BuiltIn id : {BuiltIn::TestAndSet, BuiltIn::TestAndTestAndSet, BuiltIn::TicketLock, BuiltIn::Peterson,
                             BuiltIn::CompareAndSwap, BuiltIn::FetchAndAdd})
        for (const std::int64_t interval : {2, 5, 20})
            for (std::int64_t seed = 0; seed < 30; ++seed)
                EXPECT_EQ(finalOnClassroom(id, 2, 10, interval, seed), 20)
                    << builtInProgram(id).name << " interval " << interval << " seed " << seed;
}

TEST(BuiltInPrograms, RacesLoseUpdatesInTheClassroomSimulator)
{
    for (const BuiltIn id : {BuiltIn::UnlockedCounter, BuiltIn::BrokenFlagLock}) {
        std::set<std::int64_t> ends;
        for (std::int64_t seed = 0; seed < 30; ++seed)
            ends.insert(finalOnClassroom(id, 2, 10, 5, seed));
        EXPECT_LT(*ends.begin(), 20) << builtInProgram(id).name;
        EXPECT_LE(*ends.rbegin(), 20) << builtInProgram(id).name;
    }
}

} // namespace
} // namespace interleave
