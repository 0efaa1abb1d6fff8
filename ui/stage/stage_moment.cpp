// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_moment.h"

#include "history/ledger.h"
#include "sentences/names.h"

#include <algorithm>

namespace interleave {

namespace {

// Steps back along the two paths, so that a store that restores a long path costs a bounded time.
constexpr int furthestBack = 4096;

bool nextIs(const State& state, LoopInstruction instruction)
{
    return std::any_of(state.threads.begin(), state.threads.end(),
                       [instruction](const ThreadState& thread) { return thread.next == instruction; });
}

} // namespace

StageProgram programOf(const History& history)
{
    StageProgram program;
    program.threads = history.threads();
    const State begun = history.state(std::min<Step>(history.steps(), history.threads()));
    program.sharded = !begun.shards.empty();
    program.locks = begun.lockHolder != noThread || nextIs(begun, LoopInstruction::Acquire);
    if (program.locks && history.iterations() > 1 && history.ledger().updates() > 0)
        program.locksLoop = !nextIs(history.state(history.storeStep(1) + 1), LoopInstruction::Release);
    program.erases = history.ledger().clobberingStores() > 0;
    const std::uint64_t most = std::uint64_t{history.threads()} * history.iterations();
    program.valueLetters = std::max(program.valueLetters, static_cast<int>(numberText(most).size()));
    program.updateLetters = std::max(program.updateLetters, static_cast<int>(numberText(history.iterations()).size()));
    return program;
}

StageMoment StageMoment::at(const History& history, State state)
{
    StageMoment moment;
    moment.after = std::move(state);
    const Ledger& ledger = history.ledger();
    moment.writer = ledger.name(moment.after.lastStore);
    if (moment.after.step == 0)
        return moment;
    moment.event = history.event(moment.after.step - 1);
    if (moment.event->kind != EventKind::Store || !moment.event->clobbering)
        return moment;

    // The paths back from the overwritten update and from the new one meet in the last update they share.
    const Position store = moment.event->position;
    moment.erasedCount = ledger.pathChange(store).dropped;
    moment.lostCount = ledger.updatesLostTo(store);
    Position dropped = store - 1;
    Position kept = ledger.update(store).seen;
    for (int i = 0; i < furthestBack && dropped != kept && moment.erased.size() < mostErased; ++i) {
        const Update update = ledger.update(std::max(dropped, kept));
        if (dropped > kept) {
            moment.erased.push_back({update.name, update.value, update.lostTo == store});
            dropped = update.seen;
        } else {
            kept = update.seen;
        }
    }
    return moment;
}

void StageMoment::loadBefore(const History& history)
{
    if (!before && after.step > 0)
        before = history.state(after.step - 1);
}

std::vector<ThreadIndex> StageMoment::concerned(std::optional<ThreadIndex> selected) const
{
    std::vector<ThreadIndex> threads;
    const auto add = [&](ThreadIndex thread) {
        if (thread < after.threads.size() && std::find(threads.begin(), threads.end(), thread) == threads.end())
            threads.push_back(thread);
    };
    if (event) {
        add(event->thread);
        if (!event->other.isInitialValue())
            add(event->other.thread);
        add(event->holder);
    }
    if (selected)
        add(*selected);
    add(after.lockHolder);
    return threads;
}

} // namespace interleave
