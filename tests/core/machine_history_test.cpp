// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/machine_history.h"

#include "history/ledger.h"
#include "random_program.h"

#include <map>

namespace interleave {
namespace {

// The dialect's counter loop: six instructions, then the halt.
constexpr const char* counterLoop =
    ".var count\n.top\nmov count, %ax\nadd $1, %ax\nmov %ax, count\nsub $1, %bx\ntest $0, %bx\njgt .top\nhalt\n";

std::shared_ptr<const Program> assembled(const std::string& source)
{
    return std::make_shared<const Program>(assemble(source, {.extensions = true}).value());
}

std::shared_ptr<const MachineHistory> ran(const std::shared_ptr<const Program>& program,
                                          const MachineSettings& settings)
{
    const auto history = MachineHistory::run(program, settings);
    EXPECT_TRUE(history);
    return history ? *history : nullptr;
}

std::vector<StartRegisters> loops(std::int64_t times)
{
    return {{{Register::Bx, Integer(times)}}};
}

TEST(MachineHistory, EndsWhereTheClassroomSimulatorEnds)
{
    for (const auto& [interval, final] : {std::pair{50, 1640}, {3, 2000}, {7, 1571}}) {
        const auto history = ran(assembled(counterLoop), {.policy = Policy::Interval,
                                                          .quantum = static_cast<std::uint64_t>(interval),
                                                          .registers = loops(1000)});
        ASSERT_EQ(history->outcome(), Outcome::Finished);
        EXPECT_EQ(history->state(history->steps()).counter, final) << interval;
        EXPECT_EQ(history->counterName(), "count");
        EXPECT_EQ(history->expected(), Integer(2000));
        EXPECT_EQ(history->ledger().lost(), static_cast<std::uint64_t>(2000 - final));
        EXPECT_EQ(history->instructions(), 12002U);
    }
}

std::string told(const Event& event)
{
    std::ostringstream out;
    out << static_cast<int>(event.kind) << ' ' << event.thread << ' ' << event.number << ' ' << event.position << ' '
        << event.value << ' ' << event.other.thread << ' ' << event.other.number << ' ' << event.overwrittenValue << ' '
        << event.seenValue << ' ' << event.clobbering << ' ' << event.holder << ' ' << event.core << ' '
        << event.voluntary;
    return out.str();
}

// A run as far as it is the same run.
std::string told(const MachineHistory& history)
{
    std::ostringstream out;
    for (Step step = 0; step < history.steps(); ++step)
        out << told(history.event(step)) << " @" << history.timeOf(step) << '\n';
    out << static_cast<int>(history.outcome()) << ' ' << history.ticks();
    return out.str();
}

TEST(MachineHistory, IsTheSameForTheSameSeed)
{
    RandomPrograms random(3);
    for (int i = 0; i < 60; ++i) {
        const auto program = random.program();
        const MachineSettings settings = anySettings(random);
        EXPECT_EQ(told(*ran(program, settings)), told(*ran(program, settings)));
    }
}

TEST(MachineHistory, IsTheSameWhenItsScheduleIsReplayed)
{
    RandomPrograms random(4);
    int severalCores = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string source = random.source();
        const auto program = assembled(source);
        const MachineSettings settings = anySettings(random);
        SCOPED_TRACE(source);
        const auto history = ran(program, settings);
        const auto schedule = history->schedule(1'000'000);
        ASSERT_TRUE(schedule);
        ASSERT_EQ(instructionsIn(*schedule), history->instructions());
        if (schedule->empty())
            continue;
        severalCores += settings.cores > 1 ? 1 : 0;
        MachineSettings again = settings;
        again.policy = Policy::Replay;
        const auto read = parseSchedule(textOf(*schedule), settings.threads);
        ASSERT_TRUE(read);
        again.schedule = *read;
        const auto replayed = MachineHistory::run(program, again);
        ASSERT_TRUE(replayed) << textOf(*schedule) << "\ncores " << settings.cores << " cost " << settings.switchCost;
        ASSERT_EQ(told(**replayed), told(*history))
            << textOf(*schedule) << "\ncores " << settings.cores << " cost " << settings.switchCost;
    }
    EXPECT_GT(severalCores, 100);
}

// Steps are found again in any order, also far from a keyframe and across several.
TEST(MachineHistory, FindsEveryStepFromWherever)
{
    for (const Policy policy : {Policy::RoundRobin, Policy::Random}) {
        const auto history = ran(assembled(counterLoop),
                                 {.threads = 3, .policy = policy, .quantum = 3, .registers = loops(20'000)});
        ASSERT_GT(history->instructions(), 5 * MachineHistory::keyframeDistance);
        Draw draw(7);
        // Every cell and register follows from the steps, so that a walk through a stretch checks what jumps found.
        for (int i = 0; i < 12; ++i) {
            const Step from = draw.below(history->steps() - 200);
            MachineState before = history->machineState(from);
            for (Step step = from; step < from + 100; ++step) {
                const MachineStep done = history->machineStep(step);
                const Step elsewhere = draw.below(history->steps());
                ASSERT_EQ(history->machineState(elsewhere).step, elsewhere);
                const MachineState after = history->machineState(step + 1);
                ASSERT_EQ(after.step, step + 1);
                if (done.written) {
                    ASSERT_EQ(before.cells.value(done.written->address), done.written->before);
                    ASSERT_EQ(after.cells.value(done.written->address), done.written->after);
                }
                ASSERT_EQ(after.instructions - before.instructions, done.pc >= 0 ? 1U : 0U);
                before = history->machineState(step + 1);
            }
        }
    }
}

// The updates of a counter as its events tell them, kept by hand beside what the ledger says.
void expectLedgerToFollow(const MachineHistory& history)
{
    const Ledger& ledger = history.ledger();
    std::vector<std::int64_t> values{0};
    std::vector<Position> parents{0};
    std::int64_t expected = 0;
    std::uint64_t lost = 0;
    for (Step step = 0; step < history.steps(); ++step) {
        const Event event = history.event(step);
        if (event.kind != EventKind::Store && event.kind != EventKind::Update) {
            if (event.kind == EventKind::Load) {
                ASSERT_EQ(event.value, values.back());
            }
            continue;
        }
        ASSERT_EQ(event.position, values.size());
        ASSERT_EQ(event.overwrittenValue, values.back());
        const Update update = ledger.update(event.position);
        ASSERT_EQ(update.name, (UpdateName{event.thread, event.number}));
        ASSERT_EQ(event.clobbering, update.seen + 1 != event.position);
        ASSERT_EQ(event.seenValue, values[update.seen]);
        ASSERT_EQ(history.storeStep(event.position), step);
        ASSERT_LE(history.loadStep(event.position), step);
        expected += event.value - event.seenValue;
        values.push_back(event.value);
        parents.push_back(update.seen);
        const State state = history.state(step + 1);
        ASSERT_EQ(state.counter, event.value);
        ASSERT_EQ(state.lastStore, event.position);
        lost += ledger.updatesLostTo(event.position);
        ASSERT_EQ(state.lost, lost) << "lost at this store, and never fewer";
        ASSERT_EQ(ledger.value(event.position), event.position - state.lost - state.setAside);
        std::uint64_t lostOfThreads = 0;
        std::uint64_t asideOfThreads = 0;
        for (const ThreadState& thread : state.threads) {
            lostOfThreads += thread.lost();
            asideOfThreads += thread.setAside;
        }
        ASSERT_EQ(lostOfThreads, state.lost);
        ASSERT_EQ(asideOfThreads, state.setAside);
    }
    ASSERT_EQ(lost, ledger.lost());
    ASSERT_EQ(ledger.updates() + 1, values.size());
    ASSERT_EQ(history.expected(), Integer(expected));
    // What is left is the changes on the surviving path; what is missing, those of the lost updates.
    std::int64_t surviving = 0;
    std::int64_t missing = 0;
    for (Position p = 1; p < values.size(); ++p) {
        const std::int64_t change = values[p] - values[parents[p]];
        (ledger.update(p).survived() ? surviving : missing) += change;
    }
    ASSERT_EQ(surviving, values.back());
    ASSERT_EQ(surviving + missing, expected) << "the accounting identity";
}

TEST(MachineHistory, AccountsForEveryUpdateOfACounter)
{
    for (const Policy policy : {Policy::RoundRobin, Policy::Random, Policy::Pct, Policy::Interval})
        for (const CoreIndex cores : {1U, 2U, 3U})
            for (std::uint64_t seed = 0; seed < 4; ++seed) {
                const auto history = ran(assembled(counterLoop), {.threads = 3,
                                                                  .cores = cores,
                                                                  .policy = policy,
                                                                  .quantum = 1 + seed,
                                                                  .seed = seed,
                                                                  .registers = loops(9)});
                ASSERT_TRUE(history->counter());
                ASSERT_EQ(history->ledger().updates(), 27U);
                ASSERT_EQ(static_cast<std::uint64_t>(history->state(history->steps()).counter)
                              + history->ledger().lost(),
                          27U);
                expectLedgerToFollow(*history);
            }
}

TEST(MachineHistory, AccountsForWhateverRandomProgramsDo)
{
    RandomPrograms random(5);
    int withCounter = 0;
    for (int i = 0; i < 400; ++i) {
        const std::string source = random.source();
        SCOPED_TRACE(source);
        const auto history = ran(assembled(source), anySettings(random));
        const auto small = [&] {
            for (Step step = 0; step < history->steps(); ++step) {
                const MachineStep done = history->machineStep(step);
                if (done.written && (!done.written->after.isSmall() || done.written->after.bits() > 40))
                    return false;
            }
            return true;
        };
        if (!history->counter() || !small())
            continue;
        ++withCounter;
        expectLedgerToFollow(*history);
        if (::testing::Test::HasFatalFailure())
            return;
    }
    EXPECT_GT(withCounter, 30);
}

TEST(MachineHistory, KnowsWhatIsACounter)
{
    const auto countersOf = [](const char* source, ThreadIndex threads) {
        std::string names;
        const auto history = ran(assembled(source), {.threads = threads, .quantum = 1});
        for (const CounterCell& cell : history->counters())
            names += cell.name + ' ';
        return names;
    };
    EXPECT_EQ(countersOf(".var x\n.var y\nmov y, %ax\nadd $2, %ax\nmov %ax, y\nhalt", 2), "y ");
    EXPECT_EQ(countersOf(".var x\nmov $1, x\nmov x, %ax\nadd $2, %ax\nmov %ax, x\nhalt", 2), "") << "set as well";
    EXPECT_EQ(countersOf(".var x\nmov x, %ax\nmov x, %bx\nmov $1, %ax\nmov %ax, x\nhalt", 2), "")
        << "not what was loaded";
    EXPECT_EQ(countersOf(".var x\nmov x, %ax\nadd $1, %ax\nmov %ax, %bx\nmov %bx, x\nhalt", 2), "x ")
        << "by way of another register";
    EXPECT_EQ(countersOf(".var x\nmov $1, %ax\nxchg %ax, x\nhalt", 2), "") << "a lock, not a counter";
    EXPECT_EQ(countersOf(".var x\n.var y\nmov $1, %ax\nfetchadd %ax, x\nmov y, %ax\nadd $1, %ax\nmov %ax, y\nhalt", 2),
              "y x ")
        << "what can lose updates first";
    EXPECT_EQ(countersOf(".var x 3\nmov 108, %ax\nadd $1, %ax\nmov %ax, 108\nhalt", 2), "x[2] ");
    EXPECT_EQ(countersOf("mov 2000, %ax\nadd $1, %ax\nmov %ax, 2000\nhalt", 2), "2000 ");
    EXPECT_EQ(countersOf(".var m\nlock m\nunlock m\nhalt", 2), "");
    EXPECT_EQ(countersOf(".var x\ntest $0, %bx\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nhalt", 1), "x ");
}

TEST(MachineHistory, TakesTheCounterThatItIsGiven)
{
    const auto counterOf = [](const char* source, const char* name) {
        const auto history = ran(assembled(source), {.threads = 2, .quantum = 1, .counter = name});
        return history->counter() ? history->counter()->name : "none";
    };
    const char* const two =
        ".var x\n.var y\nmov x, %ax\nadd $1, %ax\nmov %ax, x\nmov y, %ax\nadd $1, %ax\nmov %ax, y\nhalt";
    EXPECT_EQ(counterOf(two, ""), "x");
    EXPECT_EQ(counterOf(two, "y"), "y");
    EXPECT_EQ(counterOf(two, "104"), "y");
    EXPECT_EQ(counterOf(".var x\n.var y\nhalt", "y"), "y") << "nobody has come to it yet";
    EXPECT_EQ(counterOf(".var x\nmov $1, x\nhalt", "x"), "none") << "something else was stored";
}

TEST(MachineHistory, RefusesCountersThatAreNone)
{
    const auto history = MachineHistory::run(assembled(counterLoop), {.counter = "cuont"});
    ASSERT_FALSE(history);
    EXPECT_EQ(history.error().kind, MachineError::Kind::UnknownCounter);
    EXPECT_EQ(history.error().name, "cuont");
}

TEST(MachineHistory, StopsWhenAsked)
{
    std::stop_source source;
    const auto history = MachineHistory::run(assembled(".top\nj .top"), {.maxSteps = MachineSettings::mostMaxSteps},
                                             source.get_token(), [&](std::uint64_t done, std::uint64_t) {
                                                 if (done > 1'000'000)
                                                     source.request_stop();
                                             });
    ASSERT_FALSE(history);
    EXPECT_EQ(history.error().kind, MachineError::Kind::Cancelled);
}

TEST(MachineHistory, EndsAProgramThatDoesNot)
{
    const auto history = ran(assembled(".top\nj .top"), {.maxSteps = 300'000});
    EXPECT_EQ(history->outcome(), Outcome::StepLimit);
    EXPECT_EQ(history->steps(), 300'000U);
    const auto exact = ran(assembled("halt"), {.threads = 1, .maxSteps = 4});
    EXPECT_EQ(exact->outcome(), Outcome::Finished) << "spawn, pick, in, exit: the limit is just enough";
}

TEST(MachineHistory, RefusesAScheduleThatCannotBe)
{
    const auto program = assembled(".var m\nlock m\nnop\nunlock m\nhalt");
    const auto history = MachineHistory::run(program, {.policy = Policy::Replay, .schedule = {{0, 1}, {1, 2}}});
    ASSERT_FALSE(history);
    EXPECT_EQ(history.error().kind, MachineError::Kind::ImpossibleSchedule);
    EXPECT_EQ(history.error().thread, 1U);
    EXPECT_EQ(history.error().instruction, 2U);
}

TEST(MachineHistory, FindsTheStepOfATick)
{
    RandomPrograms random(6);
    for (int i = 0; i < 40; ++i) {
        MachineSettings settings = anySettings(random);
        settings.maxSteps = 300;
        const auto history = ran(random.program(), settings);
        for (std::uint64_t tick = 0; tick <= history->ticks(); ++tick) {
            Step last = 0;
            for (Step step = 0; step < history->steps(); ++step)
                if (history->timeOf(step) <= static_cast<double>(tick))
                    last = step + 1;
            ASSERT_EQ(history->stepAt(tick), last) << "tick " << tick;
        }
    }
}

TEST(MachineHistory, FindsTheNextExecutionOfALine)
{
    const auto history = ran(assembled(counterLoop), {.quantum = 3, .registers = loops(5)});
    const std::array<std::int64_t, 1> store{1002};
    Step from = 0;
    int found = 0;
    while (const auto step = history->nextExecutionOf(store, from, history->steps())) {
        ASSERT_EQ(history->event(*step).kind, EventKind::Store);
        ++found;
        from = *step + 1;
    }
    EXPECT_EQ(found, 10);
}

TEST(MachineHistory, KeepsLittle)
{
    const auto history = ran(assembled(counterLoop),
                             {.policy = Policy::Random, .quantum = 3, .registers = loops(100'000)});
    EXPECT_LT(static_cast<double>(history->bytes()), 0.1 * static_cast<double>(history->instructions()));
}

TEST(MachineHistory, CountsBeyondSixtyFourBits)
{
    const auto history = ran(assembled(".var x\nmov x, %ax\nadd $9223372036854775807, %ax\nadd $5, %ax\nmov %ax, x\n"
                                       "halt"),
                             {.threads = 2});
    EXPECT_EQ(history->machineState(history->steps()).cells.value(100).toString(), "18446744073709551624");
    EXPECT_EQ(history->expected()->toString(), "18446744073709551624");
}

} // namespace
} // namespace interleave
