// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/assembler.h"
#include "sentences/faults.h"
#include "sentences/names.h"
#include "stage/machine/machine_stage_view.h"
#include "stage/machine/machine_text.h"

#include <QCoreApplication>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::MachineStageParts)
};

QString sentence(const QString& words)
{
    return words.isEmpty() ? words : Tr::tr("%1.", "a description as a sentence").arg(words);
}

void addTop(PartRegions& regions, const MachineScene& scene)
{
    const MachineStageLayout& layout = scene.layout;
    const MachineState& state = scene.shown();
    regions.push_back({StagePart::Core, layout.coresLabel, {}});
    for (std::size_t core = 0; core < std::min(layout.coreSlots.size(), state.cores.size()); ++core)
        regions.push_back({StagePart::Core, layout.coreSlots[core],
                           Tr::tr("Core %1 now: %2.").arg(numberText(core), coreText(state.cores[core], false))});
    regions.push_back({StagePart::ReadyQueue, layout.readyLabel.united(layout.ready),
                       Tr::tr("The scheduler takes from its head, on the left.")});
    if (!layout.blocked.isNull())
        regions.push_back({StagePart::Blocked, layout.blockedLabel.united(layout.blocked), {}});
    regions.push_back({StagePart::Scheduler, layout.counts,
                       Tr::tr("Switches so far: %1 voluntary, %2 involuntary.")
                           .arg(numberText(state.voluntarySwitches), numberText(state.involuntarySwitches))});
}

void addCard(PartRegions& regions, const MachineScene& scene, ThreadIndex index, const QRectF& frame, CardStyle style)
{
    const MachineCardParts p = scene.layout.parts(frame, style);
    const MachineThread& thread = scene.thread(index);
    const QString description = sentence(machineCardText(scene.run, scene.shown(), index));
    const auto add = [&](StagePart part, const QRectF& rect, const QString& here) {
        if (!rect.isNull())
            regions.push_back({part, rect, here});
    };
    add(StagePart::ThreadState, frame, description);
    add(StagePart::ThreadState, p.header, description);
    add(StagePart::Stack, p.stackLabel.united(p.stack),
        Tr::tr("This is the stack of %1; it grows from address %2 down.")
            .arg(threadText(index), addressText(scene.run.stackStart(index))));
    add(StagePart::Stack, p.stackLine, {});
    const bool lives = thread.phase != ThreadPhase::New && thread.phase != ThreadPhase::Finished;
    if (lives && !p.stack.isNull())
        add(StagePart::Frame,
            QRectF(p.stack.topLeft(), QSizeF(p.stack.width(), std::min(p.stack.height(), p.stackRow))), {});
    const bool saved = lives && !isInCore(scene.shown(), index);
    add(saved ? StagePart::Tcb : StagePart::Register, p.registerLabel, {});
    for (std::size_t i = 0; i < p.registers.size(); ++i) {
        const Register r = scene.run.registers[i];
        const QString value = registerValueText(r, thread.context[r], 400);
        add(saved ? StagePart::Tcb : StagePart::Register, p.registers[i],
            r == Register::Sp ? Tr::tr("sp is the stack pointer, the address of the top of the stack: %1.").arg(value)
                              : Tr::tr("%1 holds %2.", "a register, its value").arg(registerText(r), value));
    }
    add(StagePart::Flags, p.flags, {});
    add(StagePart::ProgramCounter, p.counter,
        lives ? Tr::tr("The next one here is %1, at address %2.")
                    .arg(sourceText(*scene.run.program, thread.context.pc), addressText(thread.context.pc))
              : QString());
    add(StagePart::Tally, p.tally, {});
}

void addMemory(PartRegions& regions, const MachineScene& scene)
{
    const MachineStageLayout& layout = scene.layout;
    const MachineState& state = scene.shown();
    regions.push_back({StagePart::SharedMemory, layout.shared, {}});
    if (!layout.code.isNull())
        regions.push_back({StagePart::Code, layout.code, {}});
    regions.push_back({StagePart::Data, layout.data, {}});
    if (!layout.heap.isNull())
        regions.push_back({StagePart::Heap, layout.heap, {}});
    else if (!layout.caption.isNull())
        regions.push_back({StagePart::Heap, layout.caption, Tr::tr("This program takes none: the heap is empty.")});
    if (scene.run.counter) {
        const QString name = QString::fromStdString(scene.run.counter->name);
        regions.push_back(
            {StagePart::Counter, layout.counterBox,
             Tr::tr("%1 is %2 now.").arg(name, valueText(state.cells.value(scene.run.counter->address), 400))});
        const StageMoment& counts = scene.moment.counts;
        if (!layout.erased.isNull() && !counts.erased.empty() && scene.effect)
            regions.push_back({counts.lostCount > 0 ? StagePart::Lost : StagePart::SetAside, layout.erased,
                               Tr::tr("%1 has just stored over it.").arg(threadText(scene.moment.actor()))});
    }
    for (const MachineRun::Lock& lock : scene.run.locks) {
        const QRectF box = cellBox(scene, lock.address);
        if (box.isNull() || box == layout.moreLocks)
            continue;
        ThreadIndex holder = noThread;
        for (const LockState& each : state.locks)
            holder = each.address == lock.address ? each.holder : holder;
        regions.push_back({StagePart::Lock, box,
                           holder == noThread
                               ? Tr::tr("%1 is free.", "a lock").arg(lock.name)
                               : Tr::tr("%1 is held by %2.", "a lock").arg(lock.name, threadText(holder))});
    }
    if (!layout.moreLocks.isNull())
        regions.push_back({StagePart::Lock, layout.moreLocks, Tr::tr("There is no room for all of them here.")});
    for (const Variable* variable : scene.run.variables) {
        for (std::int64_t i = 0; i < variable->cells; ++i) {
            const std::int64_t address = variable->address + i * cellDistance;
            const QRectF box = cellBox(scene, address);
            if (!box.isNull())
                regions.push_back({StagePart::Variable, box,
                                   Tr::tr("%1 at address %2 is %3 now.")
                                       .arg(cellText(*scene.run.program, address), addressText(address),
                                            valueText(state.cells.value(address), 400))});
        }
    }
    const bool moves = scene.moment.step && (scene.moment.step->read || scene.moment.step->written);
    if (moves && scene.moment.actor() < state.threads.size())
        regions.push_back({StagePart::Token,
                           QRectF(layout.channel.topLeft(),
                                  QSizeF(layout.channel.width(), layout.channel.height() - 17 * layout.scale)),
                           Tr::tr("It belongs to %1.").arg(threadText(scene.moment.actor()))});
}

} // namespace

PartRegions MachineStageView::parts() const
{
    PartRegions regions;
    if (!hasHistory())
        return regions;
    const MachineScene scene = sceneIn(m_layout);
    addTop(regions, scene);
    const bool grid = m_layout.style == CardStyle::Cell;
    for (ThreadIndex t = 0; t < m_layout.threads(); ++t) {
        if (grid)
            regions.push_back(
                {StagePart::ThreadState, m_layout.frame(t), sentence(machineCardText(scene.run, scene.shown(), t))});
        else
            addCard(regions, scene, t, m_layout.frame(t), m_layout.style);
    }
    if (grid) {
        for (std::size_t place = 0; place < m_layout.enlargedShown(m_enlarged); ++place)
            addCard(regions, scene, m_enlarged[place], m_layout.enlargedFrame(static_cast<int>(place)),
                    CardStyle::Compact);
        if (!m_layout.legend.isNull())
            regions.push_back({StagePart::Legend, m_layout.legend, {}});
    }
    addMemory(regions, scene);
    return regions;
}

} // namespace interleave
