// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/assembler.h"

#include "program/opcodes.h"
#include "support.h"

namespace interleave {

void PrintTo(const Operand& o, std::ostream* out)
{
    *out << "kind " << int(o.kind) << " base " << nameOf(o.base) << " index " << nameOf(o.index) << " value " << o.value
         << " scale " << o.scale;
}

namespace {

using Kind = AssemblyError::Kind;

// With a variable x at 100, y at 104, and a label .here at 1000 before the line.
Result<Program, AssemblyError> assembled(const std::string& line, AssemblyOptions options = {})
{
    return assemble(".var x\n.var y 3\n.here\n" + line + "\n", options);
}

Operand immediate(std::int64_t value)
{
    return {OperandKind::Immediate, Register::None, Register::None, value, 1};
}

Operand in(Register r)
{
    return {OperandKind::Register, r, Register::None, 0, 1};
}

Operand cell(std::int64_t value, Register base = Register::None, Register index = Register::None,
             std::int64_t scale = 1)
{
    return {OperandKind::Memory, base, index, value, scale};
}

Operand label(std::int64_t address)
{
    return {OperandKind::Label, Register::None, Register::None, address, 1};
}

struct Good {
    const char* line;
    Opcode opcode;
    Operand first;
    Operand second;
};

TEST(Assembler, TakesEveryOpcodeAndOperand)
{
    using R = Register;
    const Good table[] = {
        {"mov $1, %ax", Opcode::Mov, immediate(1), in(R::Ax)},
        {"mov $-7,%bx", Opcode::Mov, immediate(-7), in(R::Bx)},
        {"mov %cx, %dx", Opcode::Mov, in(R::Cx), in(R::Dx)},
        {"mov x, %ex", Opcode::Mov, cell(100), in(R::Ex)},
        {"mov y, %fx", Opcode::Mov, cell(104), in(R::Fx)},
        {"mov 2000, %sp", Opcode::Mov, cell(2000), in(R::Sp)},
        {"mov -4, %bp", Opcode::Mov, cell(-4), in(R::Bp)},
        {"mov %zero, x", Opcode::Mov, in(R::Zero), cell(100)},
        {"mov $3, 2000", Opcode::Mov, immediate(3), cell(2000)},
        {"mov (%ax), %bx", Opcode::Mov, cell(0, R::Ax), in(R::Bx)},
        {"mov 8(%ax), %bx", Opcode::Mov, cell(8, R::Ax), in(R::Bx)},
        {"mov -8(%sp), %bx", Opcode::Mov, cell(-8, R::Sp), in(R::Bx)},
        {"mov 8(%ax,%cx), %bx", Opcode::Mov, cell(8, R::Ax, R::Cx), in(R::Bx)},
        {"mov 8(%ax,%cx,4), %bx", Opcode::Mov, cell(8, R::Ax, R::Cx, 4), in(R::Bx)},
        {"mov 16(,%cx,2), %bx", Opcode::Mov, cell(16, R::Zero, R::Cx, 2), in(R::Bx)},
        {"mov %bx , 16( , %cx , 2 )", Opcode::Mov, in(R::Bx), cell(16, R::Zero, R::Cx, 2)},
        {"mov 5(), %bx", Opcode::Mov, cell(5, R::Zero), in(R::Bx)},
        {"lea 16(%ax,%cx,2), %bx", Opcode::Lea, cell(16, R::Ax), in(R::Bx)}, // the first register is all
        {"lea x, %ax", Opcode::Lea, cell(100), in(R::Ax)},
        {"neg %ax", Opcode::Neg, in(R::Ax), {}},
        {"mul $2, %ax", Opcode::Mul, immediate(2), in(R::Ax)},
        {"mul %bx, %ax", Opcode::Mul, in(R::Bx), in(R::Ax)},
        {"add $2, %ax", Opcode::Add, immediate(2), in(R::Ax)},
        {"add %bx, %ax", Opcode::Add, in(R::Bx), in(R::Ax)},
        {"sub $2, %ax", Opcode::Sub, immediate(2), in(R::Ax)},
        {"sub %bx, %ax", Opcode::Sub, in(R::Bx), in(R::Ax)},
        {"test $0, %ax", Opcode::Test, immediate(0), in(R::Ax)},
        {"test %ax, $0", Opcode::Test, in(R::Ax), immediate(0)},
        {"test %ax, %bx", Opcode::Test, in(R::Ax), in(R::Bx)},
        {"j .here", Opcode::Jump, label(1000), {}},
        {"je .here", Opcode::JumpEqual, label(1000), {}},
        {"jne .here", Opcode::JumpNotEqual, label(1000), {}},
        {"jlt .here", Opcode::JumpLess, label(1000), {}},
        {"jlte .here", Opcode::JumpLessEqual, label(1000), {}},
        {"jgt .here", Opcode::JumpGreater, label(1000), {}},
        {"jgte .here", Opcode::JumpGreaterEqual, label(1000), {}},
        {"xchg %ax, x", Opcode::Exchange, in(R::Ax), cell(100)},
        {"xchg %ax, 4(%bx,%cx)", Opcode::Exchange, in(R::Ax), cell(4, R::Bx)},
        {"fetchadd %ax, x", Opcode::FetchAdd, in(R::Ax), cell(100)},
        {"cmpxchg %bx, x", Opcode::CompareExchange, in(R::Bx), cell(100)},
        {"push %ax", Opcode::Push, in(R::Ax), {}},
        {"push x", Opcode::Push, cell(100), {}},
        {"pop", Opcode::Pop, {}, {}},
        {"pop %ax", Opcode::Pop, in(R::Ax), {}},
        {"call .here", Opcode::Call, label(1000), {}},
        {"ret", Opcode::Return, {}, {}},
        {"yield", Opcode::Yield, {}, {}},
        {"nop", Opcode::Nop, {}, {}},
        {"halt", Opcode::Halt, {}, {}},
        {"rdump", Opcode::DumpRegisters, {}, {}},
        {"mdump 2000", Opcode::DumpMemory, cell(2000), {}},
        {"lock x", Opcode::Lock, cell(100), {}},
        {"unlock x", Opcode::Unlock, cell(100), {}},
        {"sleep 10", Opcode::Sleep, cell(10), {}},
        {"sleep $10", Opcode::Sleep, immediate(10), {}},
    };
    std::vector<Opcode> seen;
    for (const Good& good : table) {
        const auto program = assembled(good.line, {.extensions = true});
        ASSERT_TRUE(program) << good.line;
        ASSERT_EQ(program->instructions.size(), 1U) << good.line;
        const Instruction& instruction = program->instructions[0];
        EXPECT_EQ(instruction.opcode, good.opcode) << good.line;
        EXPECT_EQ(instruction.first, good.first) << good.line;
        EXPECT_EQ(instruction.second, good.second) << good.line;
        EXPECT_EQ(program->sources[0].text, good.line);
        EXPECT_EQ(program->sources[0].line, 4U);
        seen.push_back(good.opcode);
    }
    for (const OpcodeForms& opcode : allOpcodes())
        EXPECT_NE(std::find(seen.begin(), seen.end(), opcode.opcode), seen.end())
            << opcode.name << " is not in the table";
}

struct Bad {
    const char* line;
    std::size_t column;
    Kind kind;
    const char* word;
};

TEST(Assembler, SaysWhatIsWrongAndWhere)
{
    const Bad table[] = {
        {"  nop # one # two", 13, Kind::TwoComments, "#"},
        {"## two", 2, Kind::TwoComments, "#"},
        {"  nop\x01", 6, Kind::NotText, "\x01"},
        {"  jmp .here", 3, Kind::UnknownOpcode, "jmp"},
        {"  MOV $1, %ax", 3, Kind::UnknownOpcode, "MOV"},
        {"  .top", 3, Kind::UnknownOpcode, ".top"},
        {".top it", 1, Kind::UnknownOpcode, ".top"},
        {"top:", 1, Kind::UnknownOpcode, "top:"},
        {"  lock x", 3, Kind::ExtensionOpcode, "lock"},
        {"  unlock x", 3, Kind::ExtensionOpcode, "unlock"},
        {"  cmpxchg %bx, x", 3, Kind::ExtensionOpcode, "cmpxchg"},
        {"  sleep 5", 3, Kind::ExtensionOpcode, "sleep"},
        {"  mov $1", 3, Kind::OperandCount, "mov"},
        {"  mov", 3, Kind::OperandCount, "mov"},
        {"  mov $1, %ax, %bx", 3, Kind::OperandCount, "mov"},
        {"  halt $1", 3, Kind::OperandCount, "halt"},
        {"  ret %ax", 3, Kind::OperandCount, "ret"},
        {"  j", 3, Kind::OperandCount, "j"},
        {"  mov x, y", 10, Kind::OperandNotAllowed, "y"},
        {"  mov $1, $2", 11, Kind::OperandNotAllowed, "$2"},
        {"  mov .here, %ax", 7, Kind::OperandNotAllowed, ".here"},
        {"  add x, %ax", 7, Kind::OperandNotAllowed, "x"},
        {"  add $1, x", 11, Kind::OperandNotAllowed, "x"},
        {"  test $1, $2", 12, Kind::OperandNotAllowed, "$2"},
        {"  test x, %ax", 8, Kind::OperandNotAllowed, "x"},
        {"  j 1000", 5, Kind::OperandNotAllowed, "1000"},
        {"  j %ax", 5, Kind::OperandNotAllowed, "%ax"},
        {"  call x", 8, Kind::OperandNotAllowed, "x"},
        {"  xchg x, %ax", 8, Kind::OperandNotAllowed, "x"},
        {"  xchg %ax, %bx", 13, Kind::OperandNotAllowed, "%bx"},
        {"  push $1", 8, Kind::OperandNotAllowed, "$1"},
        {"  pop x", 7, Kind::OperandNotAllowed, "x"},
        {"  lea %ax, %bx", 7, Kind::OperandNotAllowed, "%ax"},
        {"  neg x", 7, Kind::OperandNotAllowed, "x"},
        {"  mov $, %ax", 7, Kind::MalformedOperand, "$"},
        {"  mov $x, %ax", 7, Kind::MalformedOperand, "$x"},
        {"  mov $1.5, %ax", 7, Kind::MalformedOperand, "$1.5"},
        {"  mov 0x10, %ax", 7, Kind::MalformedOperand, "0x10"},
        {"  mov 1 2, %ax", 7, Kind::MalformedOperand, "1 2"},
        {"  mov , %ax", 7, Kind::MalformedOperand, ""},
        {"  mov %ax,", 11, Kind::MalformedOperand, ""},
        {"  mov (%ax, %bx", 7, Kind::MalformedOperand, "(%ax, %bx"},
        {"  mov x(%ax), %bx", 7, Kind::MalformedOperand, "x"},
        {"  mov (%ax,%bx,2,3), %bx", 7, Kind::MalformedOperand, "(%ax,%bx,2,3)"},
        {"  mov (ax), %bx", 8, Kind::MalformedOperand, "ax"},
        {"  mov (%ax,%bx,two), %bx", 16, Kind::MalformedOperand, "two"},
        {"  mov $1, %gx", 11, Kind::UnknownRegister, "%gx"},
        {"  mov $1, %AX", 11, Kind::UnknownRegister, "%AX"},
        {"  mov (%ax,%rx), %ax", 12, Kind::UnknownRegister, "%rx"},
        {"  mov z, %ax", 7, Kind::UnknownVariable, "z"},
        {"  j .there", 5, Kind::UnknownLabel, ".there"},
        {"  mov 9223372036854775808, %ax", 7, Kind::NumberTooLarge, "9223372036854775808"},
        {".var", 1, Kind::MalformedVariable, ".var"},
        {".var 5", 6, Kind::MalformedVariable, "5"},
        {".var z 0", 8, Kind::MalformedVariable, "0"},
        {".var z -1", 8, Kind::MalformedVariable, "-1"},
        {".var z many", 8, Kind::MalformedVariable, "many"},
        {".var z 1 2", 10, Kind::MalformedVariable, "2"},
        {".var x", 6, Kind::DuplicateVariable, "x"},
        {".here", 1, Kind::DuplicateLabel, ".here"},
        {".var z 500", 6, Kind::VariablesReachCode, "z"},
        {".var z 99999999999999999999999", 6, Kind::VariablesReachCode, "z"},
    };
    for (const Bad& bad : table) {
        const auto program = assembled(bad.line);
        ASSERT_FALSE(program) << bad.line;
        EXPECT_EQ(program.error().line, 4U) << bad.line;
        EXPECT_EQ(program.error().column, bad.column) << bad.line;
        EXPECT_EQ(int(program.error().kind), int(bad.kind)) << bad.line;
        EXPECT_EQ(program.error().word, bad.word) << bad.line;
    }
}

TEST(Assembler, LaysOutVariablesLabelsAndText)
{
    const auto program = assemble("# a program\r\n"
                                  ".var a\r\n"
                                  "  .var many 10   # room\r\n"
                                  "\r\n"
                                  ".main\r\n"
                                  "\tmov b,%ax   # used above its declaration\r\n"
                                  ".end # behind it\r\n"
                                  ".var b\r\n"
                                  "\t j .end",
                                  {.loadAddress = 500});
    ASSERT_TRUE(program);
    ASSERT_EQ(program->variables.size(), 3U);
    EXPECT_EQ(program->variableNamed("a")->address, 100);
    EXPECT_EQ(program->variableNamed("many")->address, 104);
    EXPECT_EQ(program->variableNamed("b")->address, 144);
    EXPECT_EQ(program->variableNamed("c"), nullptr);
    ASSERT_EQ(program->labels.size(), 2U);
    EXPECT_EQ(program->labels[0].address, 500);
    EXPECT_EQ(program->labels[1].address, 501);
    ASSERT_EQ(program->sources.size(), 2U);
    EXPECT_EQ(program->sources[0].text, "mov b,%ax");
    EXPECT_EQ(program->sources[0].line, 6U);
    EXPECT_EQ(program->sources[1].text, "j .end");
    EXPECT_TRUE(program->holdsCode(501));
    EXPECT_FALSE(program->holdsCode(502));
}

TEST(Assembler, KeepsImmediatesOfAnyLength)
{
    const auto program = assembled("mov $-123456789012345678901234567890, %ax");
    ASSERT_TRUE(program);
    ASSERT_EQ(program->instructions[0].first.kind, OperandKind::Constant);
    EXPECT_EQ(program->constants.at(0).toString(), "-123456789012345678901234567890");
}

TEST(Assembler, VariablesEndBelowTheLoadAddress)
{
    EXPECT_TRUE(assemble(".var a 225\n", {}));
    EXPECT_FALSE(assemble(".var a 226\n", {}));
    EXPECT_TRUE(assemble("nop\n", {.loadAddress = 0}));
    EXPECT_FALSE(assemble(".var a\n", {.loadAddress = 100}));
    EXPECT_TRUE(assemble(".var a\n", {.loadAddress = 101}));
}

TEST(Assembler, CodeEndsWhereMemoryDoes)
{
    EXPECT_TRUE(assemble("nop\nnop\n", {.loadAddress = 1022, .memoryCells = 1024}));
    const auto program = assemble("nop\nnop\n", {.loadAddress = 1023, .memoryCells = 1024});
    ASSERT_FALSE(program);
    EXPECT_EQ(program.error().kind, Kind::CodeBeyondMemory);
    EXPECT_EQ(program.error().line, 2U);
}

TEST(Assembler, TakesLongProgramsAndRefusesAnyBytes)
{
    std::string source;
    for (int i = 0; i < 10'000; ++i)
        source += "  add $1, %ax\n";
    const auto program = assemble(source, {});
    ASSERT_TRUE(program);
    EXPECT_EQ(program->instructions.size(), 10'000U);

    Draw draw(3);
    for (int i = 0; i < 2'000; ++i) {
        std::string bytes;
        for (auto length = draw.below(60); length > 0; --length)
            bytes += static_cast<char>(draw.below(256));
        const auto result = assemble(bytes, {});
        if (!result) {
            EXPECT_GE(result.error().line, 1U);
            EXPECT_GE(result.error().column, 1U);
        }
    }
}

} // namespace
} // namespace interleave
