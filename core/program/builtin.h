// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "program/program.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace interleave {

// The programs that come with Interleave, in the order in which a course meets them.
enum class BuiltIn : std::uint8_t {
    OneUpdate,           // load, add, store, once: two threads and one lost update
    UnlockedCounter,     // load, add, store: the race
    LockAroundLoop,      // one lock around the whole loop, as the note has it
    LockAroundIncrement, // one lock around each update
    TestAndSet,          // a spinlock of xchg
    TestAndTestAndSet,   // one that looks before it swaps
    TicketLock,          // fetchadd deals tickets. (Mellor-Crummey and Scott, 1991.)
    Peterson,            // two threads, loads and stores only. (Peterson, 1981.)
    CompareAndSwap,      // a loop of cmpxchg
    BrokenFlagLock,      // tests the flag, then sets it: two may enter
    FetchAndAdd,         // one atomic instruction
    BoundedBuffer,       // producers and consumers over a ring
    DeadlockByOrder,     // two locks, taken in opposite orders
    DiningPhilosophers,  // Dijkstra's
    IoBound,             // sleeps most of the time
    CpuBound,            // computes all of the time
};

inline constexpr std::size_t builtInCount = 16;

// How one program can be read.
enum class ProgramFace : std::uint8_t { Python, Cpp, Assembly };

// A built-in program. Its texts are those of resources/programs, embedded by the build (cmake/EmbedPrograms.cmake), and
// live as long as the process; lines are counted from 1.
//
// A thread that has to know its number draws it from a shared cell with `fetchadd`: one set of start registers is enough
// for any number of threads.
struct BuiltInProgram {
    BuiltIn id = BuiltIn::UnlockedCounter;
    std::string_view name; // on the command line and in files: "unlocked-counter"
    std::string_view assembly;
    std::string_view python; // empty: it has no such face
    std::string_view cpp;
    std::string_view counter;           // the variable whose updates are kept; empty: none
    std::string_view startRegisters;    // one set for all threads, as --argv takes it, such as "bx=3"
    std::optional<Register> iterations; // the start register that holds how often a thread goes round; none: once
    ThreadIndex threads = 2;            // good to begin with
    ThreadIndex fewestThreads = 1;
    ThreadIndex mostThreads = 0; // 0: as many as the machine takes
    CoreIndex cores = 1;         // good to begin with
    // For every line of the assembly face that is an instruction: the lines of the other faces that it carries out, 0
    // where a face has none. By assembly line.
    struct LineMap {
        std::uint32_t assembly = 0;
        std::uint32_t python = 0;
        std::uint32_t cpp = 0;
    };
    std::span<const LineMap> lines;

    [[nodiscard]] std::string_view text(ProgramFace face) const;
    // The line of a face that the assembly line carries out; 0 if there is none.
    [[nodiscard]] std::uint32_t lineIn(ProgramFace face, std::uint32_t assemblyLine) const;
};

// All of them, in the order of BuiltIn.
[[nodiscard]] std::span<const BuiltInProgram> builtInPrograms();
[[nodiscard]] const BuiltInProgram& builtInProgram(BuiltIn id);
// Null where there is none of that name.
[[nodiscard]] const BuiltInProgram* builtInNamed(std::string_view name);

} // namespace interleave
