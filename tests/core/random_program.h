// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_settings.h"
#include "program/assembler.h"
#include "support.h"

#include <array>
#include <memory>
#include <random>
#include <string>

namespace interleave {

// Programs that nobody would write: any instruction anywhere, on few cells, so that threads meet. They loop, block,
// sleep, call, fault, deadlock, and sometimes end.
class RandomPrograms {
public:
    explicit RandomPrograms(std::uint64_t seed) : m_random(seed) {}

    std::uint64_t below(std::uint64_t bound) { return m_random() % bound; }

    std::string source()
    {
        std::string text = ".var a\n.var b\n.var mutex\n.var other\n.var ring 3\n.begin\n";
        const std::uint64_t lines = 3 + below(25);
        for (std::uint64_t line = 0; line < lines; ++line)
            text += instruction() + '\n';
        return text + "halt\n.work\n" + instruction() + '\n' + instruction() + "\nret\n";
    }

    std::shared_ptr<const Program> program()
    {
        auto assembled = assemble(source(), {.extensions = true});
        EXPECT_TRUE(assembled);
        return std::make_shared<const Program>(std::move(*assembled));
    }

private:
    std::string aRegister()
    {
        static const char* const names[] = {"%ax", "%bx", "%cx", "%dx"};
        return names[below(4)];
    }
    std::string number() { return "$" + std::to_string(static_cast<std::int64_t>(below(7)) - 2); }
    std::string cell()
    {
        static const char* const cells[] = {"a", "a", "a", "b", "ring", "104", "100(,%cx,4)", "4(%dx)"};
        return cells[below(8)];
    }
    std::string fixedCell() { return below(2) == 0 ? "a" : "b"; }
    std::string lock() { return below(2) == 0 ? "mutex" : "other"; }

    std::string instruction()
    {
        switch (below(24)) {
        case 0:
        case 1:
        case 2: return "mov " + cell() + ", " + aRegister();
        case 3:
        case 4:
        case 5: return "mov " + aRegister() + ", " + fixedCell();
        case 6: return "mov " + number() + ", " + aRegister();
        case 7: return "mov " + aRegister() + ", " + aRegister();
        case 8:
        case 9: return "add " + number() + ", " + aRegister();
        case 10: return "sub " + aRegister() + ", " + aRegister();
        case 11: return "test " + number() + ", " + aRegister();
        case 12: return below(2) == 0 ? "jgt .begin" : "jne .begin";
        case 13: return "xchg " + aRegister() + ", " + fixedCell();
        case 14: return "fetchadd " + aRegister() + ", " + fixedCell();
        case 15: return "cmpxchg " + aRegister() + ", " + fixedCell();
        case 16: return "lock " + lock();
        case 17: return "unlock " + lock();
        case 18: return "call .work";
        case 19: return below(2) == 0 ? "push " + aRegister() : "pop " + aRegister();
        case 20: return "yield";
        case 21: return "sleep " + std::to_string(below(6));
        case 22: return "mul " + number() + ", " + aRegister();
        default: return "neg " + aRegister();
        }
    }

    std::mt19937_64 m_random;
};

// Any machine for such a program, with any policy that needs nothing but numbers.
inline MachineSettings anySettings(RandomPrograms& random)
{
    MachineSettings settings;
    settings.threads = static_cast<ThreadIndex>(1 + random.below(5));
    settings.cores = static_cast<CoreIndex>(1 + random.below(4));
    constexpr std::array chosen{Policy::RoundRobin, Policy::Random, Policy::Pct, Policy::Interval,
                                Policy::RandomInterval};
    settings.policy = chosen[random.below(chosen.size())];
    settings.quantum = 1 + random.below(9);
    settings.seed = random.below(1000);
    settings.switchCost = random.below(3) == 0 ? random.below(6) : 0;
    settings.pctLength = 1 + random.below(200);
    settings.maxSteps = 1 + random.below(2000);
    return settings;
}

} // namespace interleave
