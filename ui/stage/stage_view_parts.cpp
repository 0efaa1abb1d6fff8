// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/names.h"
#include "stage/stage_text.h"
#include "stage/stage_view.h"
#include "stage/top_row.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::StageViewParts)
};

QString sentence(const QString& words)
{
    return words.isEmpty() ? words : Tr::tr("%1.", "a description as a sentence").arg(words);
}

QString registerHere(const QString& thread, const ThreadState& state)
{
    return state.registerValue ? Tr::tr("Here %1 has the value %2.").arg(thread, numberText(*state.registerValue))
                               : Tr::tr("%1 has loaded nothing yet.").arg(thread);
}

void addCard(PartRegions& regions, const StageScene& scene, ThreadIndex index, const QRectF& frame, CardStyle style)
{
    const CardParts p = scene.layout.parts(frame, style);
    const ThreadState& state = scene.thread(index);
    const QString name = threadText(index);
    const auto add = [&](StagePart part, const QRectF& rect, const QString& here) {
        if (!rect.isNull())
            regions.push_back({part, rect, here});
    };
    add(StagePart::ThreadState, frame, sentence(cardText(scene.shown, index)));
    add(StagePart::ThreadState, p.header, sentence(cardText(scene.shown, index)));
    add(StagePart::Stack, p.mainFrame.united(p.innerFrame).united(p.stackLabel),
        Tr::tr("This is the stack of %1.").arg(name));
    const bool lives = state.phase != ThreadPhase::New && state.phase != ThreadPhase::Finished;
    if (lives)
        add(StagePart::Frame, p.mainFrame,
            Tr::tr("The thread began with worker, whose i counts the updates done: %1.").arg(numberText(state.done)));
    if (lives && state.current != 0)
        add(StagePart::Frame, p.innerFrame, Tr::tr("Here increment adds one to g_num."));
    const bool saved = state.phase == ThreadPhase::Ready || state.phase == ThreadPhase::Blocked;
    add(saved ? StagePart::Tcb : StagePart::Register, p.registerBox.united(p.registerLabel), registerHere(name, state));
    add(StagePart::ProgramCounter, p.counter.united(p.counterLabel),
        state.next == LoopInstruction::None ? QString() : Tr::tr("The next one here is %1.").arg(textOf(state.next)));
    add(StagePart::Tally, p.tally, QString());
    if (scene.shown.lockHolder == index)
        add(StagePart::Lock, p.badge, Tr::tr("%1 holds it.").arg(name));
}

void addShared(PartRegions& regions, const StageScene& scene)
{
    const StageLayout& layout = scene.layout;
    const UpdateName writer = scene.writer();
    regions.push_back({StagePart::SharedMemory, layout.shared, {}});
    regions.push_back({StagePart::Heap, layout.caption, Tr::tr("This program takes none: the heap is empty.")});
    regions.push_back({StagePart::Code, layout.code,
                       layout.program.locks
                           ? Tr::tr("Here each thread takes the lock before it loads, adds and stores.")
                           : Tr::tr("Here each thread loads, adds one and stores, again and again.")});
    regions.push_back({StagePart::Data, layout.data, {}});
    const QString value = Tr::tr("g_num is %1 now.").arg(numberText(scene.shown.counter));
    regions.push_back({StagePart::Counter, layout.counterBox,
                       layout.program.sharded || writer.isInitialValue()
                           ? value
                           : Tr::tr("g_num is %1 now, written by %2.")
                                 .arg(numberText(scene.shown.counter), threadText(writer.thread))});
    if (layout.program.locks)
        regions.push_back({StagePart::Lock, layout.lockBox,
                           scene.shown.lockHolder == noThread
                               ? Tr::tr("It is free.")
                               : Tr::tr("%1 holds it.").arg(threadText(scene.shown.lockHolder))});
    for (int place = 0; layout.program.sharded && place < layout.shardsShown(); ++place) {
        const ThreadIndex owner = layout.firstShardShown(scene.moment.actor()) + static_cast<ThreadIndex>(place);
        regions.push_back(
            {StagePart::Shard, layout.shardFrame(place), Tr::tr("This one belongs to %1.").arg(threadText(owner))});
    }
    if (!layout.erased.isNull() && !scene.moment.erased.empty() && &scene.shown == &scene.moment.after)
        regions.push_back({scene.moment.lostCount > 0 ? StagePart::Lost : StagePart::SetAside, layout.erased,
                           Tr::tr("%1 has just stored over it.").arg(threadText(scene.moment.actor()))});
    if (scene.moment.is(EventKind::Load) || scene.moment.is(EventKind::Store))
        regions.push_back({StagePart::Token, layout.channel.adjusted(0, 0, 0, -layout.caption.height()),
                           scene.moment.is(EventKind::Load)
                               ? Tr::tr("This step is a load of %1.").arg(threadText(scene.moment.actor()))
                               : Tr::tr("This step is a store of %1.").arg(threadText(scene.moment.actor()))});
}

} // namespace

PartRegions StageView::parts() const
{
    PartRegions regions;
    if (!hasHistory())
        return regions;
    const StageScene scene = sceneIn(m_layout);
    const TopRowPlaces top = placesOf(m_layout);
    regions.push_back({StagePart::Core, top.running, Tr::tr("These threads are on a core.")});
    regions.push_back({StagePart::ReadyQueue, top.ready, {}});
    if (m_layout.program.locks)
        regions.push_back({StagePart::Blocked, top.waiting, Tr::tr("Here they wait for the lock.")});
    for (ThreadIndex t = 0; t < m_layout.threads(); ++t) {
        if (m_layout.style == CardStyle::Cell)
            regions.push_back({StagePart::ThreadState, m_layout.frame(t), sentence(cardText(scene.shown, t))});
        else
            addCard(regions, scene, t, m_layout.frame(t), m_layout.style);
    }
    if (m_layout.style == CardStyle::Cell) {
        for (std::size_t place = 0; place < m_layout.enlargedShown(m_enlarged); ++place)
            addCard(regions, scene, m_enlarged[place], m_layout.enlargedFrame(static_cast<int>(place)),
                    CardStyle::Compact);
        if (!m_layout.legend.isNull())
            regions.push_back({StagePart::Legend, m_layout.legend, {}});
    }
    addShared(regions, scene);
    return regions;
}

} // namespace interleave
