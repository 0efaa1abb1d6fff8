// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/builtin.h"

#include "program/builtin_texts.h" // made by the build from resources/programs

#include <algorithm>
#include <array>

namespace interleave {

namespace {

// A name without texts is no constant expression: it ends the build.
consteval BuiltInProgram embedded(BuiltIn id, std::string_view name)
{
    const auto texts = std::find_if(builtInTexts.begin(), builtInTexts.end(),
                                    [name](const BuiltInTexts& t) { return t.name == name; });
    if (texts == builtInTexts.end())
        throw "no program of that name is embedded";
    BuiltInProgram program;
    program.id = id;
    program.name = name;
    program.assembly = texts->assembly;
    program.python = texts->python;
    program.cpp = texts->cpp;
    program.lines = texts->lines;
    return program;
}

// Goes round as often as %bx says at the start.
consteval BuiltInProgram looping(BuiltIn id, std::string_view name, std::string_view counter,
                                 std::string_view startRegisters)
{
    BuiltInProgram program = embedded(id, name);
    program.counter = counter;
    program.startRegisters = startRegisters;
    program.iterations = Register::Bx;
    return program;
}

consteval BuiltInProgram withThreads(BuiltInProgram program, ThreadIndex threads, ThreadIndex fewest, ThreadIndex most)
{
    program.threads = threads;
    program.fewestThreads = fewest;
    program.mostThreads = most;
    return program;
}

// Two cores in lockstep lose one of two updates, with no context switch to be told before that.
consteval BuiltInProgram oneUpdate()
{
    BuiltInProgram program = embedded(BuiltIn::OneUpdate, "one-update");
    program.counter = "g_num";
    program.cores = 2;
    return program;
}

constexpr ThreadIndex unlimited = 0;
constexpr ThreadIndex forks = 100; // that dining-philosophers.s has

// Ten rounds do not fit into a quantum of 50: the first run that anyone makes shows what this is about.
constexpr std::array<BuiltInProgram, builtInCount> programs{
    oneUpdate(),
    looping(BuiltIn::UnlockedCounter, "unlocked-counter", "g_num", "bx=10"),
    looping(BuiltIn::LockAroundLoop, "lock-around-loop", "g_num", "bx=10"),
    looping(BuiltIn::LockAroundIncrement, "lock-around-increment", "g_num", "bx=10"),
    looping(BuiltIn::TestAndSet, "test-and-set", "g_num", "bx=10"),
    looping(BuiltIn::TestAndTestAndSet, "test-and-test-and-set", "g_num", "bx=10"),
    looping(BuiltIn::TicketLock, "ticket-lock", "g_num", "bx=10"),
    withThreads(looping(BuiltIn::Peterson, "peterson", "g_num", "bx=10"), 2, 2, 2),
    looping(BuiltIn::CompareAndSwap, "compare-and-swap", "g_num", "bx=10"),
    looping(BuiltIn::BrokenFlagLock, "broken-flag-lock", "g_num", "bx=10"),
    looping(BuiltIn::FetchAndAdd, "fetch-and-add", "g_num", "bx=10"),
    withThreads(looping(BuiltIn::BoundedBuffer, "bounded-buffer", "filled", "bx=4"), 4, 2, unlimited),
    withThreads(looping(BuiltIn::DeadlockByOrder, "deadlock-by-order", "g_num", "bx=10"), 2, 2, unlimited),
    withThreads(looping(BuiltIn::DiningPhilosophers, "dining-philosophers", "meals", "bx=3"), 5, 2, forks),
    withThreads(looping(BuiltIn::IoBound, "io-bound", "answers", "bx=3"), 3, 1, unlimited),
    withThreads(looping(BuiltIn::CpuBound, "cpu-bound", "total", "bx=50"), 3, 1, unlimited),
};

static_assert(builtInTexts.size() == builtInCount, "every program that is embedded is listed here");
static_assert(
    [] {
        for (std::size_t i = 0; i < programs.size(); ++i)
            if (programs[i].id != static_cast<BuiltIn>(i))
                return false;
        return true;
    }(),
    "the programs stand in the order of BuiltIn");

} // namespace

std::string_view BuiltInProgram::text(ProgramFace face) const
{
    switch (face) {
    case ProgramFace::Python: return python;
    case ProgramFace::Cpp: return cpp;
    case ProgramFace::Assembly: return assembly;
    }
    return {};
}

std::uint32_t BuiltInProgram::lineIn(ProgramFace face, std::uint32_t assemblyLine) const
{
    const auto found = std::lower_bound(lines.begin(), lines.end(), assemblyLine,
                                        [](const LineMap& map, std::uint32_t line) { return map.assembly < line; });
    if (found == lines.end() || found->assembly != assemblyLine)
        return 0;
    switch (face) {
    case ProgramFace::Python: return found->python;
    case ProgramFace::Cpp: return found->cpp;
    case ProgramFace::Assembly: return found->assembly;
    }
    return 0;
}

std::span<const BuiltInProgram> builtInPrograms()
{
    return programs;
}

const BuiltInProgram& builtInProgram(BuiltIn id)
{
    return programs[static_cast<std::size_t>(id)];
}

const BuiltInProgram* builtInNamed(std::string_view name)
{
    const auto found = std::find_if(programs.begin(), programs.end(),
                                    [name](const BuiltInProgram& p) { return p.name == name; });
    return found == programs.end() ? nullptr : &*found;
}

} // namespace interleave
