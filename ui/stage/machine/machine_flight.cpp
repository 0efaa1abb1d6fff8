// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/names.h"
#include "stage/machine/machine_scene.h"
#include "stage/machine/machine_text.h"
#include "stage/stage_pieces.h"

#include <algorithm>

namespace interleave {

namespace {

// What moves in a step, whatever its kind says about the counter.
enum class Movement {
    None,
    Load,    // a cell to a register
    Store,   // a register to a cell
    Swap,    // both, in one instruction
    Lock,    // between a card and a lock
    Save,    // the registers from a core to a TCB
    Restore, // and back
    Pick,    // a chip from the queue to a core
    Leave,   // a chip from a core to the blocked list
    Wake,    // and from there to the queue
    Push,    // a frame
    Pop,
    Register, // only registers change
};

bool isShared(const MachineRun& run, const std::optional<CellAccess>& access)
{
    return access && run.stackOwner(access->address) == noThread;
}

Movement movementOf(const MachineRun& run, const MachineMoment& moment)
{
    if (!moment.step || moment.actor() >= moment.after.threads.size())
        return Movement::None;
    const MachineStep& step = *moment.step;
    switch (step.event.kind) {
    case EventKind::SwitchOut: return Movement::Save;
    case EventKind::SwitchIn: return Movement::Restore;
    case EventKind::Pick: return Movement::Pick;
    case EventKind::Sleep: return Movement::Leave;
    case EventKind::Wake: return Movement::Wake;
    case EventKind::FramePush: return Movement::Push;
    case EventKind::FramePop: return Movement::Pop;
    case EventKind::LockWait:
    case EventKind::LockAcquire:
    case EventKind::LockRelease: return Movement::Lock;
    case EventKind::Spawn:
    case EventKind::Exit: return Movement::None;
    default: break;
    }
    const bool reads = isShared(run, step.read);
    const bool writes = isShared(run, step.written);
    if (reads && writes)
        return Movement::Swap;
    if (writes)
        return Movement::Store;
    return reads ? Movement::Load : Movement::Register;
}

double arrivalOf(Movement movement)
{
    switch (movement) {
    case Movement::None: return 0;
    case Movement::Load: return 0.8;
    case Movement::Store: return 0.55;
    case Movement::Register: return 0.4;
    case Movement::Swap:
    case Movement::Save:
    case Movement::Restore: return 0.85;
    case Movement::Lock:
    case Movement::Pick:
    case Movement::Leave:
    case Movement::Wake:
    case Movement::Push:
    case Movement::Pop: return 0.75;
    }
    return 0;
}

// What one picture of a movement is made from.
struct Flight {
    const StageCanvas& canvas;
    const MachineScene& scene;
    const MachineStep& step;
    double s = 1;
    QColor own;
    double onTheWay = 1; // 0 to 1, then the step takes effect
    double after = 1;    // 0 to 1, after that
    bool rests = true;

    [[nodiscard]] ThreadIndex actor() const { return step.event.thread; }
    [[nodiscard]] QRectF card() const { return scene.cardOf(actor()); }
    [[nodiscard]] QPolygonF way(const QRectF& source, const QRectF& target) const
    {
        return scene.layout.route(card(), scene.cardStyle(), source, target);
    }
    void dotted(const QPolygonF& line) const { paintWay(canvas, line, own, rests ? restingWay : 1, s); }
};

// The register that a value comes from or goes to.
QRectF registerOf(const Flight& flight)
{
    const Instruction* instruction = flight.scene.run.instructionAt(flight.step.pc);
    Register wanted = Register::None;
    if (instruction) {
        const bool intoSecond = instruction->opcode == Opcode::Mov && instruction->first.kind == OperandKind::Memory;
        const Operand& operand = intoSecond ? instruction->second : instruction->first;
        if (operand.kind == OperandKind::Register)
            wanted = operand.base;
    }
    return registerBox(flight.scene, flight.actor(), wanted);
}

void paintCells(const Flight& flight, Movement movement)
{
    const bool store = movement == Movement::Store;
    const CellAccess& access = movement == Movement::Load ? *flight.step.read : *flight.step.written;
    const QRectF cell = cellBox(flight.scene, access.address);
    const QRectF source = registerOf(flight);
    if (cell.isNull()) {
        paintPulse(flight.canvas, source, flight.own, flight.onTheWay, flight.s);
        return;
    }
    const QPolygonF out = flight.way(source, cell);
    flight.dotted(movement == Movement::Load ? reversed(out) : out);
    const bool clobbers = flight.step.event.clobbering;
    if (clobbers && flight.after > 0) {
        const StageMoment& counts = flight.scene.moment.counts;
        if (!flight.rests) // the flash
            flight.canvas.box(cell.adjusted(-3 * flight.s, -3 * flight.s, 3 * flight.s, 3 * flight.s), 9 * flight.s, {},
                              faded(counts.lostCount > 0 ? flight.canvas.theme.lost : flight.canvas.theme.softInk,
                                    1.25 - flight.after),
                              5 * flight.s);
        paintErased(flight.canvas, counts, flight.scene.layout.erased, flight.scene.layout.counterBox, flight.after,
                    flight.s);
    }
    if (flight.onTheWay >= 1) {
        if (!clobbers)
            paintPulse(flight.canvas, store ? cell : source, flight.own, flight.after, flight.s);
        return;
    }
    if (movement == Movement::Swap) {
        // First the old value up, then the new one down: in one instruction, so nobody comes between.
        const bool up = flight.onTheWay < 0.5;
        const double part = up ? flight.onTheWay * 2 : flight.onTheWay * 2 - 1;
        paintToken(flight.canvas, pointOn(up ? reversed(out) : out, eased(part)),
                   valueText(up ? access.before : access.after, 9), flight.own, flight.s);
        return;
    }
    paintToken(flight.canvas, pointOn(store ? out : reversed(out), eased(flight.onTheWay)), valueText(access.after, 9),
               flight.own, flight.s);
}

// All registers as one plate that travels.
void paintPlate(const Flight& flight, QPointF at, bool saved)
{
    const StageCanvas& canvas = flight.canvas;
    const MachineScene& scene = flight.scene;
    const double s = flight.s;
    const Context& context = scene.moment.after.threads[flight.actor()].context;
    std::vector<std::pair<QString, QString>> lines{{QStringLiteral("pc"), addressText(context.pc)}};
    constexpr std::size_t mostLines = 4;
    for (const Register r : scene.run.registers) {
        if (lines.size() < mostLines)
            lines.emplace_back(registerText(r), registerValueText(r, context[r], 9));
    }
    const double row = 18 * s;
    double width = 0;
    for (const auto& [name, value] : lines)
        width = std::max(width, canvas.width(name + QLatin1Char(' ') + value, 14 * s, Face::MonoBold));
    const QSizeF wanted(width + 18 * s, row * static_cast<double>(lines.size()) + 8 * s);
    QRectF plate(at - QPointF(wanted.width() / 2, wanted.height() / 2), wanted);
    plate.moveTop(std::max(plate.top(), 2.0));
    canvas.box(plate, 6 * s, canvas.theme.card, flight.own, 2.4 * s, saved ? Qt::DashLine : Qt::SolidLine);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QRectF line(plate.left() + 8 * s, plate.top() + 4 * s + static_cast<double>(i) * row,
                          plate.width() - 16 * s, row);
        canvas.text(line, Qt::AlignLeft, lines[i].first, 12 * s, Face::Mono, canvas.theme.softInk);
        canvas.text(line, Qt::AlignRight, lines[i].second, 14 * s, Face::MonoBold, flight.own);
    }
}

void paintSwitch(const Flight& flight, bool saves)
{
    const MachineScene& scene = flight.scene;
    const QPolygonF down = scene.layout.routeFromCore(flight.step.event.core, flight.card(), scene.cardStyle());
    const QPolygonF way = saves ? down : reversed(down);
    if (!flight.rests)
        flight.dotted(way);
    if (flight.onTheWay < 1) {
        const double t = eased(flight.onTheWay);
        paintPlate(flight, pointOn(way, t), saves ? t > 0.5 : t < 0.5);
        return;
    }
    const std::size_t core = std::min<std::size_t>(flight.step.event.core, scene.layout.coreSlots.size() - 1);
    paintPulse(flight.canvas, saves ? flight.card() : scene.layout.coreSlots[core], flight.own, flight.after, flight.s);
}

void paintChipOn(const Flight& flight, const QRectF& from, const QRectF& to, bool waits)
{
    if (from.isNull() || to.isNull())
        return;
    if (flight.onTheWay >= 1) {
        paintPulse(flight.canvas, to, flight.own, flight.after, flight.s);
        return;
    }
    const double side = 30 * flight.s;
    const QPointF at = pointOn(QPolygonF{from.center(), to.center()}, eased(flight.onTheWay));
    flight.canvas.letter(QRectF(at.x() - side / 2, at.y() - side / 2, side, side), flight.actor(), waits);
}

void paintLockStep(const Flight& flight)
{
    const EventKind kind = flight.step.event.kind;
    const MachineThread& thread = flight.scene.moment.after.threads[flight.actor()];
    std::optional<std::int64_t> address;
    if (flight.step.written)
        address = flight.step.written->address;
    else if (flight.step.read)
        address = flight.step.read->address;
    else if (kind == EventKind::LockWait)
        address = thread.waitsFor;
    else if (kind == EventKind::LockAcquire && flight.scene.moment.before) // handed over
        address = flight.scene.moment.before->threads[flight.actor()].waitsFor;
    const QRectF box = address ? cellBox(flight.scene, *address) : QRectF();
    if (box.isNull()) {
        paintPulse(flight.canvas, flight.card(), flight.own, flight.onTheWay, flight.s);
        return;
    }
    QPolygonF way = flight.way(registerBox(flight.scene, flight.actor(), Register::None), box);
    if (kind == EventKind::LockAcquire)
        way = reversed(way);
    flight.dotted(way);
    if (flight.onTheWay >= 1) {
        paintPulse(flight.canvas, box, flight.own, flight.after, flight.s);
        return;
    }
    const StageCanvas& canvas = flight.canvas;
    const QPointF at = pointOn(way, eased(flight.onTheWay));
    const double side = 32 * flight.s;
    const QRectF token(at.x() - side / 2, at.y() - side / 2, side, side);
    if (kind == EventKind::LockWait) {
        canvas.letter(token, flight.actor(), true);
        return;
    }
    canvas.box(token, side / 2, flight.own, canvas.theme.ground, 2 * flight.s);
    canvas.padlock(token.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2), canvas.theme.on(flight.own),
                   kind == EventKind::LockAcquire);
}

// A frame slides into the stack from the right, or out.
void paintFrame(const Flight& flight, bool enters)
{
    const MachineScene& scene = flight.scene;
    const MachineCardParts p = scene.layout.parts(flight.card(), scene.cardStyle());
    const double c = scene.layout.cardScale;
    const MachineState& with = enters ? scene.moment.after : *scene.moment.before;
    const QRectF area = !p.stack.isNull() ? p.stack : !p.stackLine.isNull() ? p.stackLine : QRectF();
    if (area.isNull()) {
        paintPulse(flight.canvas, flight.card(), flight.own, flight.onTheWay, flight.s);
        return;
    }
    if (flight.onTheWay >= 1) {
        paintPulse(flight.canvas, area, flight.own, flight.after, flight.s * 0.6);
        return;
    }
    const double height = std::min(area.height(), 23 * c);
    // Where the latest frame begins, about: beneath the frames before it.
    const double rows = static_cast<double>(with.threads[flight.actor()].context.frames.size());
    const double top = std::min(area.top() + rows * (height + 4 * c), area.bottom() - height);
    const double out = eased(enters ? 1 - flight.onTheWay : flight.onTheWay);
    const QRectF rest(area.left(), p.stack.isNull() ? area.top() : top, area.width() - (p.stack.isNull() ? 0 : 24 * c),
                      height);
    flight.canvas.painter.save();
    flight.canvas.painter.setClipRect(p.frame.adjusted(2 * c, 0, -2 * c, 0));
    const QRectF box = rest.translated(out * area.width(), 0);
    flight.canvas.box(box, 4 * c, flight.canvas.theme.panel, flight.own, 2 * c);
    const QString name = with.threads[flight.actor()].context.frames.empty()
                           ? QString()
                           : functionText(*scene.run.program,
                                          with.threads[flight.actor()].context.frames.back().function);
    flight.canvas.figure(box.adjusted(7 * c, 0, -7 * c, 0), Qt::AlignLeft, name, std::min(13 * c, height * 0.72),
                         Face::Mono, flight.canvas.theme.ink);
    flight.canvas.painter.restore();
}

void paintChanges(const Flight& flight)
{
    for (const Register r : flight.scene.run.registers) {
        if (flight.scene.moment.registerBefore(flight.actor(), r))
            paintPulse(flight.canvas, registerBox(flight.scene, flight.actor(), r), flight.canvas.theme.accent,
                       flight.rests          ? 1
                       : flight.onTheWay < 1 ? flight.onTheWay * 0.5
                                             : 0.5 + flight.after * 0.5,
                       flight.s * 0.7);
    }
}

} // namespace

double machineArrival(const MachineRun& run, const MachineMoment& moment)
{
    return arrivalOf(movementOf(run, moment));
}

void paintMachineFlight(const StageCanvas& canvas, const MachineScene& scene, double progress)
{
    const Movement movement = movementOf(scene.run, scene.moment);
    if (!scene.moment.step || scene.moment.actor() >= scene.layout.threads() || !scene.moment.before)
        return;
    const double arrival = arrivalOf(movement);
    const Flight flight{canvas,
                        scene,
                        *scene.moment.step,
                        scene.layout.scale,
                        canvas.theme.thread(scene.moment.actor()),
                        arrival > 0 ? progress / arrival : 1,
                        arrival < 1 ? (progress - arrival) / (1 - arrival) : 1,
                        progress >= 1};
    const MachineState& before = *scene.moment.before;
    const MachineState& after = scene.moment.after;
    const std::size_t core = std::min<std::size_t>(scene.moment.step->event.core, scene.layout.coreSlots.size() - 1);
    switch (movement) {
    case Movement::None: paintPulse(canvas, flight.card(), flight.own, progress, flight.s); return;
    case Movement::Load:
    case Movement::Store:
    case Movement::Swap: paintCells(flight, movement); return;
    case Movement::Lock: paintLockStep(flight); return;
    case Movement::Save: paintSwitch(flight, true); return;
    case Movement::Restore: paintSwitch(flight, false); return;
    case Movement::Pick:
        paintChipOn(flight, readyChip(scene, before, flight.actor()), scene.layout.coreSlots[core], false);
        return;
    case Movement::Leave:
        paintChipOn(flight, scene.layout.coreSlots[core], blockedChip(scene, after, flight.actor()), true);
        return;
    case Movement::Wake:
        paintChipOn(flight, blockedChip(scene, before, flight.actor()), readyChip(scene, after, flight.actor()), false);
        return;
    case Movement::Push: paintFrame(flight, true); return;
    case Movement::Pop: paintFrame(flight, false); return;
    case Movement::Register: paintChanges(flight); return;
    }
}

} // namespace interleave
