// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/words.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Words)
};

} // namespace

// Not constexpr for the sake of tr(), which lupdate finds.
std::vector<Word> allWords()
{
    using enum WordGroup;
    return {
        {Memory, Texts::tr("process"),
         Texts::tr("A program that is being executed, with an address space of its own. Its threads share that; "
                   "another process has other memory."),
         HelpPicture::ProcessMemory, Texts::tr("address space")},
        {Memory, Texts::tr("code"),
         Texts::tr("The instructions of the program. All threads of a process execute the same ones, each at its own "
                   "pace."),
         HelpPicture::None, Texts::tr("text, program text")},
        {Memory, Texts::tr("data"),
         Texts::tr("The variables that are there from the start of the program to its end, such as g_num. All threads "
                   "of a process see the same ones."),
         HelpPicture::None, Texts::tr("global variable")},
        {Memory, Texts::tr("heap"),
         Texts::tr("The memory that a program asks for while it runs. All threads of a process share it; where nothing "
                   "was asked for, it is empty.")},
        {Memory, Texts::tr("shared memory"),
         Texts::tr("What every thread of a process can reach: code, data and heap. Stack and registers are each "
                   "thread's own."),
         HelpPicture::None, Texts::tr("shared data, shared resource, nothing shared")},
        {Memory, Texts::tr("stack"),
         Texts::tr("Memory that each thread has for itself, for its calls and their local variables. It grows down, "
                   "towards smaller addresses."),
         HelpPicture::StackFrames, Texts::tr("call stack")},
        {Memory, Texts::tr("stack frame"),
         Texts::tr("The part of a stack that belongs to one call: its local variables, and where to go on afterwards. "
                   "It leaves when the call returns."),
         HelpPicture::None, Texts::tr("frame, call, return")},
        {Memory, Texts::tr("register"),
         Texts::tr("A place for one value in a core, which computes in registers only. Each thread has its own values: "
                   "in the core while it runs, dashed in its TCB while it does not."),
         HelpPicture::SavedRegister, Texts::tr("ax, bx, cx, dx, ex, fx, registers")},
        {Memory, Texts::tr("program counter (pc)"),
         Texts::tr("The register that says where a thread goes on: the address of its next instruction."),
         HelpPicture::None, Texts::tr("pc, instruction pointer")},
        {Memory, Texts::tr("stack pointer (sp)"),
         Texts::tr("The register that holds the address of the top of the thread's stack."), HelpPicture::None,
         Texts::tr("sp, bp, top of stack")},
        {Memory, Texts::tr("flags"),
         Texts::tr("What the last comparison of a thread found: equal, less, greater. A conditional jump looks at "
                   "them."),
         HelpPicture::None, Texts::tr("test, jump, condition codes")},
        {Memory, Texts::tr("instruction"),
         Texts::tr("The smallest piece of a program, such as load, add or store. On the machine a core executes one in "
                   "each tick."),
         HelpPicture::None, Texts::tr("mov, machine code, assembly")},
        {Memory, Texts::tr("cell"), Texts::tr("A place in memory that has an address and holds one value."),
         HelpPicture::None, Texts::tr("variable, memory")},
        {Memory, Texts::tr("address"),
         Texts::tr("The number of a place in memory. In another process the same address is another place.")},
        {Memory, Texts::tr("counter"),
         Texts::tr("A cell that is only ever changed by updates: loaded, changed and stored. The ledger says of each "
                   "update what became of it."),
         HelpPicture::None, Texts::tr("g_num, shared counter")},

        {Threads, Texts::tr("thread"),
         Texts::tr("One flow of execution in a process. It has a stack and registers of its own and shares all other "
                   "memory. Its letter and colour are the same in every look.")},
        {Threads, Texts::tr("worker"),
         Texts::tr("Who executes, where it does not matter what: a thread, a process or a task. The function that the "
                   "threads execute is often called so, too."),
         HelpPicture::None, Texts::tr("task")},
        {Threads, Texts::tr("TCB"),
         Texts::tr("Thread control block: it keeps the state, the program counter, the registers and the stack pointer "
                   "of a thread that is not on a core."),
         HelpPicture::SavedRegister, Texts::tr("thread control block, saved in TCB, PCB")},
        {Threads, Texts::tr("state"),
         Texts::tr("What a thread is doing now: new, ready, running, blocked or finished."), HelpPicture::ThreadStates,
         Texts::tr("process state, thread state")},
        {Threads, Texts::tr("new"), Texts::tr("A state: the thread is being created, and cannot be picked yet.")},
        {Threads, Texts::tr("ready"),
         Texts::tr("A state: the thread could go on at once. All that it lacks is a core."), HelpPicture::None,
         Texts::tr("runnable")},
        {Threads, Texts::tr("running"), Texts::tr("A state: the thread is on a core, which executes its instructions."),
         HelpPicture::None, Texts::tr("on a core")},
        {Threads, Texts::tr("blocked"),
         Texts::tr("A state: the thread waits for something, such as a lock or the end of its sleep. A core would be "
                   "of no use to it."),
         HelpPicture::None, Texts::tr("waiting, waits")},
        {Threads, Texts::tr("asleep"),
         Texts::tr("The thread has left its core for a time. It is blocked until that is over."), HelpPicture::None,
         Texts::tr("sleep, sleeps")},
        {Threads, Texts::tr("spinning"),
         Texts::tr("The thread waits for a lock by asking again and again. Its core is busy with that."),
         HelpPicture::None, Texts::tr("busy waiting, spins")},
        {Threads, Texts::tr("finished"), Texts::tr("A state: the thread has executed its last instruction."),
         HelpPicture::None, Texts::tr("terminated, returned")},
        {Threads, Texts::tr("concurrency"),
         Texts::tr("Several threads are under way over the same stretch of time. One core is enough for that: it "
                   "executes a bit of one, then a bit of another."),
         HelpPicture::OneCore, Texts::tr("concurrent, one thread at a time")},
        {Threads, Texts::tr("parallelism"),
         Texts::tr("Several threads execute at the same instant, each on a core of its own."), HelpPicture::TwoCores,
         Texts::tr("parallel")},
        {Threads, Texts::tr("CPU-bound"),
         Texts::tr("Said of work that computes nearly all the time. Such a thread uses up its quantum and is then "
                   "preempted.")},
        {Threads, Texts::tr("IO-bound"),
         Texts::tr("Said of work that mostly waits, for a disk or a network. Such a thread leaves its core long before "
                   "its quantum is over."),
         HelpPicture::None, Texts::tr("I/O-bound, input, output")},
        {Threads, Texts::tr("GIL"),
         Texts::tr("Global interpreter lock: of all threads of a CPython process only the one that holds it executes "
                   "Python code. It may change hands between a load and a store, so updates still get lost."),
         HelpPicture::None, Texts::tr("global interpreter lock, python")},

        {Updates, Texts::tr("step"),
         Texts::tr("One event in the one order of all that happened in a run. Playback goes from step to step, in both "
                   "directions."),
         HelpPicture::None, Texts::tr("event")},
        {Updates, Texts::tr("load"),
         Texts::tr("Copies the value of the counter to a register. The counter stays as it is."), HelpPicture::None,
         Texts::tr("read")},
        {Updates, Texts::tr("add"), Texts::tr("Makes the value in the register larger. Nobody else can see that yet.")},
        {Updates, Texts::tr("store"),
         Texts::tr("Copies the register to the counter. What the counter held before is overwritten."),
         HelpPicture::None, Texts::tr("write")},
        {Updates, Texts::tr("update"),
         Texts::tr("Changing the counter once: load it, add to it, store it. A 3 is the third update of thread A."),
         HelpPicture::None, Texts::tr("read-modify-write, increment")},
        {Updates, Texts::tr("seen"), Texts::tr("The update whose value a load returned.")},
        {Updates, Texts::tr("overwritten"), Texts::tr("The update whose value a store replaced.")},
        {Updates, Texts::tr("clobbering store"),
         Texts::tr("A store that replaces a value which its load had not seen: somebody stored in between. N and P go "
                   "from one to the next."),
         HelpPicture::ClobberingStore, Texts::tr("stale store, over, which it had not seen")},
        {Updates, Texts::tr("surviving update"),
         Texts::tr("An update that is part of the final value: go back from the last store to what its load had seen, "
                   "and so on down to the initial value."),
         HelpPicture::SurvivingPath, Texts::tr("survived, surviving path, count, counts")},
        {Updates, Texts::tr("lost update"),
         Texts::tr("An update that is not part of the final value. It is lost to the last store that dropped it from "
                   "the surviving path, and at that store. Red means lost, and nothing else."),
         HelpPicture::OneLostUpdate, Texts::tr("lost to, destroyed, erased")},
        {Updates, Texts::tr("set aside"),
         Texts::tr("Said of an update that a clobbering store dropped, but that a later store brings back, because it "
                   "builds on an old value. Its mark is hollow, and not red."),
         HelpPicture::SetAside, Texts::tr("counts again, brought back")},
        {Updates, Texts::tr("streak"),
         Texts::tr("Updates of one thread that follow one another, with no other thread in between."),
         HelpPicture::Streaks},
        {Updates, Texts::tr("initial value"), Texts::tr("What the counter holds before the first store.")},
        {Updates, Texts::tr("ledger"),
         Texts::tr("The account of all updates: each one survived, or it was lost, and to whom. Each line leads to the "
                   "step that decided it."),
         HelpPicture::None, Texts::tr("fate")},
        {Updates, Texts::tr("race condition"),
         Texts::tr("The result depends on who comes first. Here: on whether another thread stores between somebody's "
                   "load and store."),
         HelpPicture::None, Texts::tr("race, data race")},

        {Locks, Texts::tr("lock"),
         Texts::tr("Something that one thread can hold at a time. Who wants it meanwhile has to wait until it is given "
                   "back."),
         HelpPicture::CriticalSection, Texts::tr("unlock, acquire, release, holds, held by, free")},
        {Locks, Texts::tr("critical section"),
         Texts::tr("Code that two threads must not be in at the same time, such as the load, add and store of one "
                   "update. A lock around it sees to that."),
         HelpPicture::CriticalSection, Texts::tr("mutual exclusion")},
        {Locks, Texts::tr("mutual exclusion"),
         Texts::tr("At most one thread is in the critical section at any time. A lock brings it about.")},
        {Locks, Texts::tr("none", "way to synchronise"),
         Texts::tr("Nothing is synchronised: a load, an add and a store, and anyone may come between. This is the "
                   "race."),
         HelpPicture::None, Texts::tr("unlocked, without a lock")},
        {Locks, Texts::tr("mutex"),
         Texts::tr("A lock around each update. A thread that finds it taken sleeps, and leaves its core to others."),
         HelpPicture::None, Texts::tr("mutual exclusion")},
        {Locks, Texts::tr("mutex-coarse"),
         Texts::tr("A mutex around the whole loop: one thread after the other makes all of its updates."),
         HelpPicture::None, Texts::tr("coarse-grained")},
        {Locks, Texts::tr("spinlock"),
         Texts::tr(
             "A lock around each update. A thread that finds it taken asks again and again, and stays on its core."),
         HelpPicture::None, Texts::tr("spin")},
        {Locks, Texts::tr("test-and-set"),
         Texts::tr("A lock made of one atomic swap: put 1 into a flag and look at what was there. It was 0: the lock "
                   "is taken."),
         HelpPicture::None, Texts::tr("test-and-test-and-set, atomic swap, xchg")},
        {Locks, Texts::tr("ticket lock"),
         Texts::tr("Threads draw numbers, and enter in the order of those: first come, first served.")},
        {Locks, Texts::tr("Peterson's lock"),
         Texts::tr("Mutual exclusion of two threads by loads and stores alone: say that you want to enter, and let the "
                   "other one go first.")},
        {Locks, Texts::tr("atomic"),
         Texts::tr("In one step that nobody can come between. As a way to synchronise: one instruction loads, adds and "
                   "stores."),
         HelpPicture::None, Texts::tr("fetch-and-add, fetch_add, indivisible")},
        {Locks, Texts::tr("cas"),
         Texts::tr("Compare and swap: a thread stores only if the counter still holds what it had loaded, and tries "
                   "again if it does not."),
         HelpPicture::None, Texts::tr("compare-and-swap, compare and exchange, cmpxchg")},
        {Locks, Texts::tr("sharded"),
         Texts::tr("Each thread has a counter of its own, and they are summed at the end. Nothing is shared, so "
                   "nothing can be lost."),
         HelpPicture::None, Texts::tr("shard, the sum")},
        {Locks, Texts::tr("deadlock"),
         Texts::tr("Threads wait for one another in a circle, so none of them can ever go on."), HelpPicture::Deadlock,
         Texts::tr("circular wait, philosophers, forks")},

        {Scheduling, Texts::tr("core"),
         Texts::tr("The part of a processor that executes one thread at a time. With several cores, as many threads "
                   "run at once."),
         HelpPicture::None, Texts::tr("CPU, processor, virtual core, idle")},
        {Scheduling, Texts::tr("tick"),
         Texts::tr("The unit of time on the machine: each core executes one instruction, or a part of a switch.")},
        {Scheduling, Texts::tr("scheduler"), Texts::tr("Decides which thread a core goes on with, and for how long.")},
        {Scheduling, Texts::tr("ready queue"),
         Texts::tr("The threads that are ready, in the order in which they came."), HelpPicture::ReadyQueue,
         Texts::tr("queue, head of the queue")},
        {Scheduling, Texts::tr("quantum"),
         Texts::tr("For how many instructions a thread may keep its core. When they are used up, it is preempted if "
                   "another one is ready."),
         HelpPicture::Quantum, Texts::tr("time slice")},
        {Scheduling, Texts::tr("slice"),
         Texts::tr("How many instructions a thread is given this time, before the scheduler is asked again. It is a "
                   "quantum, or a part of one."),
         HelpPicture::None, Texts::tr("turn")},
        {Scheduling, Texts::tr("context switch"),
         Texts::tr("A core goes on with another thread: the registers of one are saved to its TCB, the scheduler "
                   "picks, the registers of the other are restored."),
         HelpPicture::SavedRegister, Texts::tr("switch, switches, save, saving, pick, restore, restoring")},
        {Scheduling, Texts::tr("switch cost"),
         Texts::tr("How many ticks a context switch takes, from saving one thread to restoring the next. Nothing of "
                   "the program is executed in that time.")},
        {Scheduling, Texts::tr("voluntary"),
         Texts::tr("Said of a switch that the thread brought about itself: it waited, slept or yielded."),
         HelpPicture::Departures, Texts::tr("gave up its core, gives up, yield")},
        {Scheduling, Texts::tr("yield"),
         Texts::tr("To leave the core for now, though one could go on. The thread is ready again at once.")},
        {Scheduling, Texts::tr("involuntary"),
         Texts::tr("Said of a switch that was forced on the thread: it could have gone on, and was preempted."),
         HelpPicture::Departures},
        {Scheduling, Texts::tr("preempted"),
         Texts::tr("Taken off its core though it could have gone on, mostly because its quantum was over."),
         HelpPicture::Departures, Texts::tr("preemption, interrupt")},
        {Scheduling, Texts::tr("round-robin"),
         Texts::tr("A scheduler: the head of the ready queue runs for a quantum, then goes to the end of the queue.")},
        {Scheduling, Texts::tr("random"),
         Texts::tr("A scheduler: chance picks among all that can run, for one instruction up to a quantum. The seed "
                   "decides.")},
        {Scheduling, Texts::tr("pct"),
         Texts::tr("A scheduler that finds rare bugs with a known probability: the highest priority runs, and at a few "
                   "random moments it falls to the lowest (Burckhardt et al. 2010)."),
         HelpPicture::None, Texts::tr("probabilistic concurrency testing, priority")},
        {Scheduling, Texts::tr("depth"),
         Texts::tr("Of pct: how many orderings it takes to make the bug show. Priorities change one time less than "
                   "that.")},
        {Scheduling, Texts::tr("interval"),
         Texts::tr("A scheduler, that of the classroom simulator: thread after thread by its number, a quantum each.")},
        {Scheduling, Texts::tr("random-interval"),
         Texts::tr("A scheduler, that of the classroom simulator: thread after thread by its number, each for a random "
                   "part of the quantum.")},
        {Scheduling, Texts::tr("replay"),
         Texts::tr("As a scheduler: it follows a schedule instruction by instruction, so that the same run happens "
                   "again.")},
        {Scheduling, Texts::tr("manual"),
         Texts::tr("A scheduler that is you: you pick which thread executes the next instruction.")},
        {Scheduling, Texts::tr("schedule"),
         Texts::tr("Which thread executed each instruction of a run: in 0:3,1:12 thread A executes 3, then B 12. The "
                   "same schedule makes the same run.")},
        {Scheduling, Texts::tr("seed"),
         Texts::tr("The number from which all chance is drawn. The same seed gives the same run, everywhere."),
         HelpPicture::None, Texts::tr("random number")},

        {Runs, Texts::tr("run"),
         Texts::tr("One execution of the program from start to end. It is made first, in milliseconds, and looked at "
                   "afterwards, as slowly as you like.")},
        {Runs, Texts::tr("hardware"),
         Texts::tr("Real threads of this computer race on its cores. Each run comes out differently."),
         HelpPicture::None, Texts::tr("real threads")},
        {Runs, Texts::tr("machine"),
         Texts::tr("A program runs on virtual cores, one instruction at a time. The same settings give the same run."),
         HelpPicture::None, Texts::tr("virtual cores, simulator")},
        {Runs, Texts::tr("iterations"),
         Texts::tr("How often each thread goes round its loop, and so adds to the counter."), HelpPicture::None,
         Texts::tr("rounds, loop")},
        {Runs, Texts::tr("window"),
         Texts::tr("The time between an update's load and its store. Who stores in it makes that store a clobbering "
                   "one; the longer it is, the more gets lost."),
         HelpPicture::LoadToStore, Texts::tr("load to store, work between load and store")},
        {Runs, Texts::tr("recorded"),
         Texts::tr("Said of a run in which each update left a record, so that it can be replayed. Recording changes "
                   "the timing, and with it what is lost."),
         HelpPicture::None, Texts::tr("record, recording")},
        {Runs, Texts::tr("counted"),
         Texts::tr("Said of a run that was only counted: nothing slowed it down, and there is nothing to replay.")},
        {Runs, Texts::tr("not run yet"),
         Texts::tr("Said of what is set in the panel and differs from the run on display. Enter runs it.")},
        {Runs, Texts::tr("trial"),
         Texts::tr("One run of several with the same parameters. A race comes out differently each time, so charts "
                   "need several."),
         HelpPicture::None, Texts::tr("trials")},
        {Runs, Texts::tr("synchronise"),
         Texts::tr("To see to it that threads do not get in each other's way, with a lock or otherwise."),
         HelpPicture::None, Texts::tr("way to synchronise, synchronisation")},
        {Runs, Texts::tr("start registers"),
         Texts::tr("What the registers hold when a thread begins, such as bx=3; the built-in programs take their "
                   "iterations from one.")},
        {Runs, Texts::tr("breakpoint"),
         Texts::tr("A line of the program at which playing stops, as soon as a thread gets there.")},
        {Runs, Texts::tr("fault"),
         Texts::tr("A thread cannot go on, for instance because an address is out of range. The run stops there.")},
        {Runs, Texts::tr("step limit"), Texts::tr("After so many steps a run is stopped, since it may run for ever."),
         HelpPicture::None, Texts::tr("steps at most")},

        {Timeline, Texts::tr("timeline"),
         Texts::tr("The whole run from left to right: who ran when, who waited, and where updates were lost."),
         HelpPicture::TimelineParts, Texts::tr("time axis")},
        {Timeline, Texts::tr("track"), Texts::tr("One row of the timeline: a thread, a core or a lock against time."),
         HelpPicture::TimelineParts},
        {Timeline, Texts::tr("span"),
         Texts::tr("A stretch of a track in which one thing goes on: running is filled, ready an outline, waiting "
                   "hatched, a lock that is held a dark band.")},
        {Timeline, Texts::tr("playhead"),
         Texts::tr("The upright line on the timeline: the moment that all looks show. A click on the timeline puts it "
                   "there.")},
        {Timeline, Texts::tr("mark"),
         Texts::tr("A sign on a track for a moment: a red cross is a lost update, a triangle a context switch. Where "
                   "crosses are too many, a band says how many."),
         HelpPicture::None, Texts::tr("cross, triangle, many lost, legend")},
        {Timeline, Texts::tr("whole run"),
         Texts::tr("The thin strip below the tracks shows all of the run, however far you have zoomed in. The frame on "
                   "it is what is seen above."),
         HelpPicture::None, Texts::tr("minimap, overview")},
        {Timeline, Texts::tr("measured stretch"),
         Texts::tr("A piece of the time axis, dragged out with the mouse or set with M: how long it is, and how many "
                   "updates, losses and switches lie in it."),
         HelpPicture::None, Texts::tr("measure, bracketed")},
        {Timeline, Texts::tr("kept run"),
         Texts::tr("A run that stays on the timeline above the next one, on the same axis, to be compared with it."),
         HelpPicture::None, Texts::tr("keep, swap, compare")},
        {Timeline, Texts::tr("lit lock"),
         Texts::tr("A lock that is shown on every track: who holds it, and who waits for it."), HelpPicture::None,
         Texts::tr("light, lights")},

        {Figures, Texts::tr("expected"),
         Texts::tr("What the counter holds at the end if nothing gets lost: threads × iterations where each update "
                   "adds 1.")},
        {Figures, Texts::tr("final"),
         Texts::tr("What the counter holds at the end of the run. Where each update adds 1, final + lost = expected."),
         HelpPicture::None, Texts::tr("final value")},
        {Figures, Texts::tr("lost"),
         Texts::tr("How many updates are lost: in a look up to the step that it shows, in a result in the whole run. "
                   "It only ever grows."),
         HelpPicture::None, Texts::tr("lost updates, lost %")},
        {Figures, Texts::tr("median"),
         Texts::tr("The value in the middle: half of the trials have less, half have more. One odd trial does not move "
                   "it."),
         HelpPicture::Spread},
        {Figures, Texts::tr("spread"), Texts::tr("From the smallest to the largest value of the trials."),
         HelpPicture::Spread, Texts::tr("range, whisker")},
        {Figures, Texts::tr("cost of an update"),
         Texts::tr("The time of the run divided by the number of updates. A lock makes it larger."), HelpPicture::None,
         Texts::tr("nanoseconds per update, microseconds per update")},
        {Figures, Texts::tr("sweep"),
         Texts::tr(
             "The program is run once for each quantum, and the chart shows the final value against the quantum."),
         HelpPicture::None, Texts::tr("final value against quantum, interval sweep")},
        {Figures, Texts::tr("logarithmic"),
         Texts::tr("Said of an axis or a slider on which each equal distance multiplies, so that small and large "
                   "values both have room."),
         HelpPicture::None, Texts::tr("log scale")},
        {Figures, Texts::tr("kernel"),
         Texts::tr("The part of the operating system that decides which thread is on which core. It told of each "
                   "context switch of a run on hardware, or of their number."),
         HelpPicture::None, Texts::tr("perf_event_open, getrusage, operating system")},
    };
}

QString titleOf(WordGroup group)
{
    switch (group) {
    case WordGroup::Memory: return Texts::tr("Memory and data");
    case WordGroup::Threads: return Texts::tr("Threads");
    case WordGroup::Updates: return Texts::tr("Updates and losses");
    case WordGroup::Locks: return Texts::tr("Locks");
    case WordGroup::Scheduling: return Texts::tr("Scheduling");
    case WordGroup::Runs: return Texts::tr("Runs");
    case WordGroup::Timeline: return Texts::tr("The timeline");
    case WordGroup::Figures: return Texts::tr("Charts and figures");
    }
    return {};
}

} // namespace interleave
