// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/execute.h"

#include "program/assembler.h"
#include "support.h"

namespace interleave {
namespace {

// A thread alone with a program, run until something is asked for.
struct Alone {
    explicit Alone(const std::string& source)
        : program(assemble(".var x\n.var y\n" + source, {.extensions = true}).value()),
          cells(128 * 1024)
    {
        context.pc = program.loadAddress;
        context[Register::Sp] = Integer(128'000);
    }

    Request run()
    {
        for (;;)
            if (const Request request = executor.step(context); request != Request::None)
                return request;
    }

    Program program;
    Cells cells;
    Context context;
    Code code{program, cells.size()};
    Executor executor{code, cells};
};

struct Computed {
    const char* source;
    std::array<const char*, 4> registers; // ax bx cx dx
    std::array<const char*, 2> variables; // x y
};

TEST(Execute, ComputesWhatTheDialectSays)
{
    const Computed table[] = {
        {"mov $5, %ax\nmov %ax, %bx\nmov %bx, x\nmov x, %cx\nmov $-2, y\nhalt", {"5", "5", "5", "0"}, {"5", "-2"}},
        {"mov $7, %ax\nneg %ax\nmov $10, %bx\nsub %ax, %bx\nmov $3, %cx\nmul %bx, %cx\nadd $-1, %cx\nhalt",
         {"-7", "17", "50", "0"},
         {"0", "0"}},
        {"lea y, %ax\nlea -4(%ax), %bx\nmov $9, (%bx)\nmov $1, %cx\nmov $8, 100(,%cx,4)\nhalt",
         {"104", "100", "1", "0"},
         {"9", "8"}},
        {"mov $2, %cx\nlea 100(%cx,%cx,4), %ax\nhalt", {"102", "0", "2", "0"}, {"0", "0"}},
        {"mov $3, %ax\nmov $4, x\nxchg %ax, x\nhalt", {"4", "0", "0", "0"}, {"3", "0"}},
        {"mov $3, %ax\nmov $4, x\nfetchadd %ax, x\nhalt", {"4", "0", "0", "0"}, {"7", "0"}},
        {"mov $4, %ax\nmov $4, x\nmov $9, %bx\ncmpxchg %bx, x\nhalt", {"4", "9", "0", "0"}, {"9", "0"}},
        {"mov $3, %ax\nmov $4, x\nmov $9, %bx\ncmpxchg %bx, x\nhalt", {"4", "9", "0", "0"}, {"4", "0"}},
        {"mov $6, %ax\npush %ax\npush y\npop %bx\npop\nlea (%sp), %cx\nhalt", {"6", "104", "128000", "0"}, {"0", "0"}},
        {"mov $1, %ax\ncall .work\nadd $1, %ax\nhalt\n.work\nmul $10, %ax\nmov (%sp), %bx\nret",
         {"11", "1002", "0", "0"},
         {"0", "0"}},
        {"mov $1, %zero\nmov %zero, %ax\nhalt", {"1", "0", "0", "0"}, {"0", "0"}},
        {"mov $5000000000, %ax\nmul %ax, %ax\nmov %ax, x\nmov x, %bx\nhalt",
         {"25000000000000000000", "25000000000000000000", "0", "0"},
         {"25000000000000000000", "0"}},
        {"mov $99999999999999999999, %ax\nsub $99999999999999999998, %ax\nhalt", {"1", "0", "0", "0"}, {"0", "0"}},
        {"push %sp\npop %ax\npush %ax\npop %sp\nmov %sp, %bx\nhalt", {"128000", "128000", "0", "0"}, {"0", "0"}},
    };
    for (const Computed& row : table) {
        Alone alone(row.source);
        ASSERT_EQ(alone.run(), Request::Halt) << row.source;
        for (std::size_t i = 0; i < row.registers.size(); ++i)
            EXPECT_EQ(alone.context.registers[i].toString(), row.registers[i]) << row.source << " register " << i;
        EXPECT_EQ(alone.cells.value(100).toString(), row.variables[0]) << row.source;
        EXPECT_EQ(alone.cells.value(104).toString(), row.variables[1]) << row.source;
    }
}

struct Jumping {
    int a;
    int b;
    std::array<bool, 6> flags;           // >= > <= < != ==
    std::vector<std::string_view> taken; // after test $a, %bx with b in bx
};

TEST(Execute, TestComparesBAgainstAAndOnlyTestDoes)
{
    const Jumping table[] = {
        {0, 1, {true, true, false, false, true, false}, {"j", "jne", "jgt", "jgte"}},
        {0, 0, {true, false, true, false, false, true}, {"j", "je", "jlte", "jgte"}},
        {0, -1, {false, false, true, true, true, false}, {"j", "jne", "jlt", "jlte"}},
    };
    for (const Jumping& row : table)
        for (const std::string_view jump : {"j", "je", "jne", "jlt", "jlte", "jgt", "jgte"}) {
            Alone alone("mov $" + std::to_string(row.b) + ", %bx\ntest $" + std::to_string(row.a)
                        + ", %bx\nsub $50, %bx\n" + std::string(jump) + " .there\nmov $1, %ax\n.there\nhalt");
            ASSERT_EQ(alone.run(), Request::Halt);
            EXPECT_EQ(flagsOf(alone.context.comparison), row.flags);
            const bool taken = std::find(row.taken.begin(), row.taken.end(), jump) != row.taken.end();
            EXPECT_EQ(alone.context[Register::Ax], Integer(taken ? 0 : 1)) << jump << ' ' << row.b;
        }
    Alone other("mov $3, %ax\ntest %ax, $5\nhalt");
    other.run();
    EXPECT_EQ(other.context.comparison, Comparison::Greater);
    Alone untested("jne .there\nje .there\njgte .there\njlte .there\nmov $1, %ax\n.there\nhalt");
    untested.run();
    EXPECT_EQ(untested.context[Register::Ax], Integer(1)) << "no flag is set before the first test";
}

struct Faulty {
    const char* source;
    Fault::Kind kind;
    const char* address;
    std::int64_t pc;
};

TEST(Execute, FaultsLeaveEverythingAsItWas)
{
    using Kind = Fault::Kind;
    const Faulty table[] = {
        {"mov $1, 131072\nhalt", Kind::OutOfRange, "131072", 1000},
        {"mov $1, -1\nhalt", Kind::OutOfRange, "-1", 1000},
        {"mov 999999, %ax\nhalt", Kind::OutOfRange, "999999", 1000},
        {"mov $99999999999999999999, %bx\nmov (%bx), %ax\nhalt", Kind::OutOfRange, "99999999999999999999", 1001},
        {"mov $9223372036854775807, %bx\nmov 1(%bx), %ax\nhalt", Kind::OutOfRange, "9223372036854775808", 1001},
        {"mov 1000, %ax\nhalt", Kind::HoldsCode, "1000", 1000},
        {"mov $1, 1001\nhalt", Kind::HoldsCode, "1001", 1000},
        {"xchg %ax, 1000\nhalt", Kind::HoldsCode, "1000", 1000},
        {"mdump 1000\nhalt", Kind::HoldsCode, "1000", 1000},
        {"nop", Kind::NoCode, "1001", 1001},
        {"push %ax\nret", Kind::NoCode, "0", 0},
        {"mov $0, %sp\npush %ax\nhalt", Kind::OutOfRange, "-4", 1001},
        {"mov $0, %sp\ncall .w\n.w\nhalt", Kind::OutOfRange, "-4", 1001},
        {"mov $-8, %sp\npop %ax\nhalt", Kind::OutOfRange, "-8", 1001},
        {"mov $-8, %sp\nret\nhalt", Kind::OutOfRange, "-8", 1001},
        {"mov $3, %ax\n.top\nmul %ax, %ax\nj .top", Kind::NumberTooLarge, "0", 1001},
    };
    for (const Faulty& row : table) {
        Alone alone(row.source);
        ASSERT_EQ(alone.run(), Request::Fault) << row.source;
        EXPECT_EQ(int(alone.executor.fault().kind), int(row.kind)) << row.source;
        EXPECT_EQ(alone.executor.fault().address.toString(), row.address) << row.source;
        EXPECT_EQ(alone.context.pc, row.pc) << row.source;
        const Context before = alone.context;
        EXPECT_EQ(alone.executor.step(alone.context), Request::Fault);
        EXPECT_EQ(alone.context.registers, before.registers) << row.source;
    }
}

TEST(Execute, AsksForWhatItCannotDo)
{
    const std::pair<const char*, Request> table[] = {
        {"yield", Request::Yield},        {"halt", Request::Halt},   {"rdump", Request::DumpRegisters},
        {"mdump y", Request::DumpMemory}, {"lock y", Request::Lock}, {"unlock y", Request::Unlock},
        {"sleep 104", Request::Sleep},
    };
    for (const auto& [source, request] : table) {
        Alone alone(source);
        EXPECT_EQ(alone.run(), request) << source;
        EXPECT_EQ(alone.context.pc, 1001);
        if (std::string_view(source).find(' ') != std::string_view::npos) {
            EXPECT_EQ(alone.executor.argument(), Integer(104)) << source;
        }
    }
}

} // namespace
} // namespace interleave
