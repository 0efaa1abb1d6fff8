// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/classroom/simulator.h"

#include "program/assembler.h"
#include "support.h"

namespace interleave {
namespace {

using Ending = ClassroomSimulator::Ending;

// Writes down who ran (the digit of the thread) and what was printed between: H for Halt;Switch, I for Interrupt.
class Diary final : public ClassroomObserver {
public:
    void aboutToExecute(const Moment&) override {}
    void registersDumped(const Moment& moment) override { note(moment, 'R'); }
    void cellDumped(const Moment& moment, std::int64_t) override { note(moment, 'M'); }
    void executed(const Moment& moment, std::int64_t) override { note(moment, static_cast<char>('0' + moment.thread)); }
    void switched(const Moment& moment, SwitchCause cause) override
    {
        note(moment, cause == SwitchCause::Halt ? 'H' : 'I');
    }

    std::string text;
    std::uint64_t digest = 1469598103934665603U; // of all that was to be seen

private:
    void note(const Moment& moment, char mark)
    {
        text += mark;
        const auto mix = [this](std::uint64_t value) { digest = (digest ^ value) * 1099511628211U; };
        mix(static_cast<std::uint64_t>(mark));
        mix(static_cast<std::uint64_t>(moment.context.pc));
        mix(static_cast<std::uint64_t>(moment.context.comparison));
        for (const Integer& value : moment.context.registers)
            for (const std::uint32_t word : value.words())
                mix(word);
    }
};

struct Ran {
    Ending ending;
    std::string diary;
    std::uint64_t digest;
    std::uint64_t instructions;
    Fault fault;
    std::string counter; // the cell at 100
};

Ran run(const std::string& source, const ClassroomSettings& settings, const std::stop_token& stop = {})
{
    const auto program = assemble(source, {});
    EXPECT_TRUE(program) << source;
    ClassroomSimulator simulator(*program, settings);
    Diary diary;
    const Ending ending = simulator.run(diary, stop);
    return {ending,
            diary.text,
            diary.digest,
            simulator.instructions(),
            simulator.fault(),
            simulator.cells().value(100).toString()};
}

const char* const counterLoop = ".var count\n.main\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\n"
                                "sub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n";

struct KnownEnd {
    std::int64_t interval;
    const char* counter;
};

TEST(Classroom, TwoThousandUpdatesEndWhereTheyAreKnownToEnd)
{
    for (const auto& [interval, counter] : {KnownEnd{50, "1640"}, KnownEnd{3, "2000"}, KnownEnd{7, "1571"}}) {
        ClassroomSettings settings;
        settings.interval = interval;
        settings.registers = {{{Register::Bx, Integer(1000)}}};
        const Ran ended = run(counterLoop, settings);
        EXPECT_EQ(ended.ending, Ending::Finished);
        EXPECT_EQ(ended.counter, counter) << "interval " << interval;
        EXPECT_EQ(ended.instructions, 12'002U);
    }
}

struct Scheduled {
    const char* name;
    const char* source;
    std::size_t threads;
    std::int64_t interval;
    std::vector<std::size_t> schedule;
    const char* diary;
};

TEST(Classroom, FollowsTheRulesOfScheduling)
{
    const Scheduled table[] = {
        {"a fixed interval", "nop\nnop\nnop\nhalt", 2, 3, {}, "000I111I0H1"},
        {"a halt on a boundary prints both", "nop\nhalt", 2, 2, {}, "00HI11"},
        {"a halt on a boundary skips one of three", "nop\nhalt", 3, 2, {}, "00HI22HI11"},
        {"the countdown is not drawn anew after a halt", "nop\nhalt", 2, 3, {}, "00H1I1"},
        {"a yield interrupts and starts the countdown anew", "nop\nyield\nnop\nnop\nhalt", 2, 3, {}, "00I11I000HI111"},
        {"alone, every interrupt comes back", "nop\nnop\nnop\nhalt", 1, 2, {}, "00I00"},
        {"a yield alone", "yield\nhalt", 1, 50, {}, "0I0"},
        {"interval 0 never interrupts", "nop\nnop\nhalt", 2, 0, {}, "000H111"},
        {"a schedule, one place each", "nop\nnop\nnop\nhalt", 2, 50, {0, 0, 1, 1}, "00I11I00H11"},
        {"a schedule begins with its first", "nop\nhalt", 2, 50, {1, 0}, "1I0I1H0"},
        {"after a halt two places", "nop\nnop\nhalt", 3, 50, {0, 0, 0, 1, 2}, "000HI2I1I2I1I2H1"},
        {"a yield in a schedule is a place", "yield\nyield\nhalt", 2, 50, {0, 0, 1}, "00I1I0H11"},
        {"the same thread again prints nothing", "nop\nnop\nhalt", 1, 50, {0}, "000"},
        {"dumps come before their instruction", "rdump\nmdump 2000\nhalt", 1, 50, {}, "R0M00"},
    };
    for (const Scheduled& row : table) {
        ClassroomSettings settings;
        settings.threads = row.threads;
        settings.interval = row.interval;
        settings.schedule = row.schedule;
        const Ran ended = run(row.source, settings);
        EXPECT_EQ(ended.ending, Ending::Finished) << row.name;
        EXPECT_EQ(ended.diary, row.diary) << row.name;
    }
}

TEST(Classroom, DrawsIntervalsAsPythonDoes)
{
    ClassroomSettings settings;
    settings.threads = 1;
    settings.randomInterval = true;
    std::string source;
    for (int i = 0; i < 210; ++i)
        source += "nop\n";
    const Ran ended = run(source + "halt\n", settings);
    std::string expected;
    for (const std::size_t draw : {43U, 38U, 22U, 13U, 26U, 21U, 40U})
        expected += std::string(draw, '0') + 'I';
    EXPECT_EQ(ended.diary, expected + std::string(8, '0'));
}

TEST(Classroom, GivesThreadsTheirStackAndRegisters)
{
    ClassroomSettings settings;
    settings.threads = 3;
    settings.memoryKilobytes = 64;
    settings.registers = {{{Register::Ax, Integer(1)}, {Register::Sp, Integer(5)}}, {}, {{Register::Ax, Integer(3)}}};
    const auto program = assemble(".var a\n.var b\nmov %ax, %bx\nmov %sp, (%sp)\nhalt\n", {});
    ASSERT_TRUE(program);
    ClassroomSimulator simulator(*program, settings);
    Diary diary;
    ASSERT_EQ(simulator.run(diary), Ending::Finished);
    for (const std::int64_t sp : {64'000, 63'000, 62'000})
        EXPECT_EQ(simulator.cells().value(sp), Integer(sp)) << "whatever the start registers say";
    EXPECT_EQ(simulator.now().context[Register::Bx], Integer(3));
}

TEST(Classroom, StopsWhenAsked)
{
    std::stop_source stop;
    stop.request_stop();
    const Ran ended = run(".top\nj .top\n", ClassroomSettings(), stop.get_token());
    EXPECT_EQ(ended.ending, Ending::Stopped);
}

TEST(Classroom, NamesTheThreadAndLineOfAFault)
{
    ClassroomSettings settings;
    settings.interval = 2;
    settings.registers = {{{Register::Bx, Integer(2000)}}, {{Register::Bx, Integer(-1)}}};
    const Ran ended = run("# reads where bx points\nnop\n\nmov (%bx), %ax\nhalt\n", settings);
    EXPECT_EQ(ended.ending, Ending::Faulted);
    EXPECT_EQ(ended.fault.thread, 1U);
    EXPECT_EQ(ended.fault.line, 4U);
    EXPECT_EQ(ended.fault.pc, 1001);
    EXPECT_EQ(ended.fault.address, Integer(-1));
    EXPECT_EQ(ended.diary, "00I1");
}

std::string randomProgram(Draw& draw)
{
    const auto reg = [&] { return '%' + std::string(registerNames[draw.below(registerNames.size())]); };
    const auto number = [&] {
        return draw.oneIn(4) ? std::to_string(static_cast<std::int64_t>(draw.below(~0ULL)))
                             : std::to_string(static_cast<std::int64_t>(draw.below(400)) - 100);
    };
    const auto memory = [&]() -> std::string {
        switch (draw.below(5)) {
        case 0: return "a";
        case 1: return "b";
        case 2: return std::to_string(2000 + draw.below(40));
        case 3: return number() + '(' + reg() + ')';
        default: return number() + '(' + reg() + ',' + reg() + ',' + number() + ')';
        }
    };
    const auto value = [&] { return draw.oneIn(2) ? '$' + number() : reg(); };
    const auto label = [&] { return ".l" + std::to_string(draw.below(4)); };
    const auto lines = 4 + draw.below(30);
    std::string source = ".var a\n.var b 4\n";
    for (std::size_t line = 0; line < lines; ++line) {
        for (std::size_t l = 0; l < 4; ++l)
            if (line == l * lines / 4)
                source += ".l" + std::to_string(l) + '\n';
        switch (draw.below(14)) {
        case 0: source += "mov " + value() + ", " + reg(); break;
        case 1: source += "mov " + memory() + ", " + reg(); break;
        case 2: source += "mov " + value() + ", " + memory(); break;
        case 3: source += "add " + value() + ", " + reg(); break;
        case 4: source += "sub " + value() + ", " + reg(); break;
        case 5: source += "mul " + value() + ", " + reg(); break;
        case 6: source += "test " + value() + ", " + reg(); break;
        case 7:
            source += "j" + std::string(std::array{"", "e", "ne", "lt", "gte"}[draw.below(5)]) + ' ' + label();
            break;
        case 8: source += "xchg " + reg() + ", " + memory(); break;
        case 9: source += "fetchadd " + reg() + ", a"; break;
        case 10: source += draw.oneIn(2) ? "push " + reg() : "pop " + reg(); break;
        case 11: source += draw.oneIn(2) ? "call " + label() : "ret"; break;
        case 12: source += "yield"; break;
        default: source += draw.oneIn(2) ? "neg " + reg() : "lea " + memory() + ", " + reg(); break;
        }
        source += '\n';
    }
    return source + "halt\n";
}

// Stops a program that does not end by itself, at the same instruction each time.
class Patience final : public ClassroomObserver {
public:
    explicit Patience(Diary& diary) : m_diary(diary) {}
    void aboutToExecute(const Moment& moment) override
    {
        if (moment.instructions > 3'000)
            stop.request_stop();
    }
    void registersDumped(const Moment& moment) override { m_diary.registersDumped(moment); }
    void cellDumped(const Moment& moment, std::int64_t address) override { m_diary.cellDumped(moment, address); }
    void executed(const Moment& moment, std::int64_t address) override { m_diary.executed(moment, address); }
    void switched(const Moment& moment, SwitchCause cause) override { m_diary.switched(moment, cause); }

    std::stop_source stop;

private:
    Diary& m_diary;
};

// Whatever the program: it ends, is stopped, or faults, and does so again in the same way.
TEST(Classroom, RandomProgramsRunTheSameWayTwice)
{
    Draw draw(4);
    std::array<int, 3> endings{};
    for (int i = 0; i < 1'500; ++i) {
        const std::string source = randomProgram(draw);
        const auto program = assemble(source, {});
        ASSERT_TRUE(program) << source;
        ClassroomSettings settings;
        settings.threads = 1 + draw.below(4);
        settings.interval = static_cast<std::int64_t>(draw.below(12));
        settings.randomInterval = draw.oneIn(2);
        settings.seed = Integer(static_cast<std::int64_t>(draw.below(~0ULL)));
        if (draw.oneIn(3)) {
            for (std::size_t thread = 0; thread < settings.threads; ++thread)
                settings.schedule.push_back(thread);
            for (auto more = draw.below(6); more > 0; --more)
                settings.schedule.push_back(draw.below(settings.threads));
        }
        std::array<Diary, 2> diaries;
        std::array<Ending, 2> ended{};
        for (std::size_t turn = 0; turn < 2; ++turn) {
            ClassroomSimulator simulator(*program, settings);
            Patience patience(diaries[turn]);
            ended[turn] = simulator.run(patience, patience.stop.get_token());
        }
        ASSERT_EQ(ended[0], ended[1]) << source;
        ASSERT_EQ(diaries[0].text, diaries[1].text) << source;
        ASSERT_EQ(diaries[0].digest, diaries[1].digest) << source;
        ++endings[static_cast<std::size_t>(ended[0])];
    }
    for (const int count : endings)
        EXPECT_GT(count, 10) << "the programs are meant to end in all ways";
}

} // namespace
} // namespace interleave
