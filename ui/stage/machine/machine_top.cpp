// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/faults.h"
#include "sentences/names.h"
#include "stage/machine/machine_scene.h"
#include "stage/machine/machine_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::MachineTop)
};

constexpr double chipGap = 6;
constexpr double headRoom = 13; // of the arrow before the head of the ready queue
constexpr double moreRoom = 52;

// A list of chips: where it begins, how wide one is, and how many of them are shown.
struct Chips {
    QRectF first;
    double step = 0;
    std::size_t shown = 0;
};

Chips readyChips(const MachineStageLayout& layout, std::size_t count)
{
    const double s = layout.scale;
    const QRectF in = layout.ready.adjusted(headRoom * s, 0, 0, 0);
    Chips chips{QRectF(in.left(), in.top(), layout.chip, in.height()), layout.chip + chipGap * s, count};
    const auto fits = [&](double room) {
        return static_cast<std::size_t>(std::max(0.0, (room + chipGap * s) / chips.step));
    };
    if (fits(in.width()) < count)
        chips.shown = fits(in.width() - moreRoom * s);
    return chips;
}

std::vector<ThreadIndex> blockedIn(const MachineState& state)
{
    std::vector<ThreadIndex> blocked;
    for (ThreadIndex t = 0; t < state.threads.size(); ++t) {
        if (state.threads[t].phase == ThreadPhase::Blocked)
            blocked.push_back(t);
    }
    return blocked;
}

// With their reasons beside them if there is room, else letters alone.
Chips blockedChips(const MachineStageLayout& layout, std::size_t count, bool* reasons)
{
    const double s = layout.scale;
    const QRectF& in = layout.blocked;
    const double wide = std::min(188 * s, in.width() / static_cast<double>(std::max<std::size_t>(count, 1)));
    *reasons = wide >= layout.chip + 62 * s;
    Chips chips{QRectF(in.left(), in.top(), layout.chip, in.height()), *reasons ? wide : layout.chip + chipGap * s,
                count};
    const auto fits = [&](double room) {
        return static_cast<std::size_t>(std::max(0.0, (room + chipGap * s) / chips.step));
    };
    if (!*reasons && fits(in.width()) < count)
        chips.shown = fits(in.width() - moreRoom * s);
    return chips;
}

void paintLabel(const StageCanvas& canvas, const QRectF& in, const QString& text, double s)
{
    canvas.words(in, Qt::AlignLeft, {text}, 14 * s, Face::Text, canvas.theme.softInk);
}

void paintChip(const StageCanvas& canvas, const QRectF& rect, ThreadIndex thread, bool hatched, double s)
{
    const Theme& theme = canvas.theme;
    const QColor& own = theme.thread(thread);
    canvas.box(rect, 6 * s, theme.card, own, 1.8 * s);
    if (hatched)
        canvas.hatch(rect.adjusted(2 * s, 2 * s, -2 * s, -2 * s), faded(own, 0.35), 6 * s, 1.3 * s);
    canvas.figure(rect.adjusted(4 * s, 0, -4 * s, 0), Qt::AlignCenter, letterOf(thread), 14.5 * s, Face::Bold,
                  hatched ? theme.ink : theme.threadText(thread));
}

void paintMore(const StageCanvas& canvas, const Chips& chips, std::size_t count, const QRectF& in, double s)
{
    if (chips.shown >= count)
        return;
    const double left = chips.first.left() + static_cast<double>(chips.shown) * chips.step;
    const QString more = numberText(count - chips.shown);
    canvas.words(QRectF(left, in.top(), std::max(1.0, in.right() - left), in.height()), Qt::AlignLeft,
                 {Tr::tr("+%1 more").arg(more), QStringLiteral("+%1").arg(more)}, 14 * s, Face::Text,
                 canvas.theme.softInk);
}

// What part of the switch is over, as a thin bar.
double switchDone(const MachineScene& scene, const CoreState& core)
{
    const std::uint64_t cost = scene.run.settings.switchCost;
    const std::uint64_t tick = scene.shown().tick;
    if (cost == 0)
        return 1;
    const std::uint64_t left = core.busyUntil > tick ? core.busyUntil - tick : 0;
    return std::clamp(1 - static_cast<double>(left) / static_cast<double>(cost), 0.0, 1.0);
}

void paintCore(const StageCanvas& canvas, const MachineScene& scene, std::size_t index)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const QRectF& slot = scene.layout.coreSlots[index];
    const CoreState& core = scene.shown().cores[index];
    const bool someone = core.thread != noThread && core.phase != CorePhase::Picking && core.phase != CorePhase::Idle;
    const QColor own = someone ? theme.thread(core.thread) : theme.softInk;
    const bool runs = core.phase == CorePhase::Executing;
    const bool wide = slot.width() >= 118 * s;
    canvas.box(slot, 6 * s, runs ? own : theme.card, core.phase == CorePhase::Idle ? theme.line : own, 2 * s,
               runs || core.phase == CorePhase::Idle ? Qt::SolidLine : Qt::DashLine);
    const QRectF in = slot.adjusted((wide ? 10 : 5) * s, 0, (wide ? -10 : -5) * s, 0);
    const QColor soft = runs ? theme.onThread(core.thread) : theme.softInk;
    const Face face = runs || someone ? Face::Bold : Face::Text;
    // Who is on the core goes before which one it is.
    const double gap = (wide ? 8 : 3) * s;
    const double least = canvas.width(coreText(core, true), 0, face) + gap;
    const QRectF nameRect(in.left(), in.top(), std::max(0.0, in.width() - least), in.height());
    QStringList names{numberText(index)};
    if (wide)
        names.prepend(Tr::tr("core %1").arg(numberText(index)));
    const double nameWidth = canvas.words(nameRect, Qt::AlignLeft, names, (wide ? 13 : 11.5) * s, Face::Text, soft);
    const QRectF rest = in.adjusted(nameWidth > 0 ? nameWidth + gap : 0, 0, 0, 0);
    const QColor ink = runs ? theme.onThread(core.thread) : someone ? theme.threadText(core.thread) : theme.softInk;
    QStringList wordings{coreText(core, true)};
    if (wide)
        wordings.prepend(coreText(core, false));
    canvas.words(rest, wide ? Qt::AlignRight : Qt::AlignHCenter, wordings, 14.5 * s, face, ink);
    if (core.phase == CorePhase::Restoring) {
        const QRectF bar(slot.left() + 8 * s, slot.bottom() - 6 * s, slot.width() - 16 * s, 3 * s);
        canvas.box(bar, 1.5 * s, theme.line, {}, 0);
        const double done = bar.width() * switchDone(scene, core);
        if (done > 0)
            canvas.box(QRectF(bar.topLeft(), QSizeF(done, bar.height())), 1.5 * s, own, {}, 0);
    }
}

// How the run came out, on its last step; empty before, and if it simply finished.
QString outcomeText(const MachineScene& scene)
{
    if (scene.moment.after.step < scene.run.steps || !scene.effect)
        return {};
    switch (scene.run.outcome) {
    case Outcome::Finished: return Tr::tr("finished", "the run");
    case Outcome::Deadlock: return Tr::tr("deadlock");
    case Outcome::StepLimit: return Tr::tr("stopped: step limit");
    case Outcome::Paused: return Tr::tr("your turn");
    case Outcome::Fault: return Tr::tr("stopped: fault");
    }
    return {};
}

void paintCounts(const StageCanvas& canvas, const MachineScene& scene)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const QRectF& in = scene.layout.counts;
    const MachineState& state = scene.shown();
    const QRectF above(in.left(), in.top(), in.width(), in.height() * 0.54);
    const QRectF below(in.left(), above.bottom(), in.width(), in.height() - above.height());
    const QString ticks = numberText(scene.moment.tick());
    const QString tick = Tr::tr("tick %1").arg(ticks);
    const QString outcome = outcomeText(scene);
    // Of several runs on one axis, that tells the tick.
    QStringList wordings{outcome};
    if (!scene.layout.shape.brief)
        wordings = outcome.isEmpty() ? QStringList{tick, ticks}
                                     : QStringList{Tr::tr("%1 · %2").arg(outcome, tick),
                                                   Tr::tr("%1 · %2").arg(outcome, ticks), outcome};
    canvas.words(above, Qt::AlignRight, wordings, 14 * s, Face::Bold, theme.ink);
    const std::uint64_t all = state.voluntarySwitches + state.involuntarySwitches;
    const QString count = all == 1 ? Tr::tr("1 switch") : Tr::tr("%1 switches").arg(numberText(all));
    const QString kinds = Tr::tr("%1: %2 voluntary, %3 involuntary")
                              .arg(count, numberText(state.voluntarySwitches), numberText(state.involuntarySwitches));
    canvas.words(below, Qt::AlignRight, {kinds, count}, 12 * s, Face::Text, theme.softInk);
}

void paintReady(const StageCanvas& canvas, const MachineScene& scene)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const QRectF& in = scene.layout.ready;
    paintLabel(canvas, scene.layout.readyLabel, Tr::tr("ready"), s);
    const std::vector<ThreadIndex>& queue = scene.shown().ready;
    if (queue.empty()) {
        canvas.text(in, Qt::AlignLeft, QStringLiteral("–"), 14 * s, Face::Text, theme.softInk);
        return;
    }
    // From the head of the queue, up to the cores.
    const double x = in.left() + 4 * s;
    const double y = in.center().y();
    canvas.painter.setPen(QPen(theme.softInk, 1.8 * s, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    canvas.painter.setBrush(Qt::NoBrush);
    canvas.painter.drawLine(QPointF(x, y + 7 * s), QPointF(x, y - 7 * s));
    canvas.painter.drawPolyline(
        QPolygonF{QPointF(x - 4 * s, y - 3 * s), QPointF(x, y - 7 * s), QPointF(x + 4 * s, y - 3 * s)});
    const Chips chips = readyChips(scene.layout, queue.size());
    for (std::size_t i = 0; i < chips.shown; ++i)
        paintChip(canvas, chips.first.translated(static_cast<double>(i) * chips.step, 0), queue[i], false, s);
    paintMore(canvas, chips, queue.size(), in, s);
}

void paintReason(const StageCanvas& canvas, const MachineScene& scene, const QRectF& in, ThreadIndex index)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const MachineState& state = scene.shown();
    const MachineThread& thread = state.threads[index];
    const double pixels = 13 * s;
    if (!thread.waitsFor) {
        QStringList wordings{blockedText(scene.run, state, index)};
        if (thread.wakesAt) {
            const QString left = numberText(*thread.wakesAt > state.tick ? *thread.wakesAt - state.tick : 0);
            wordings << Tr::tr("sleeps %1", "so many ticks").arg(left) << left;
        }
        canvas.words(in, Qt::AlignLeft, wordings, pixels, Face::Text, theme.softInk);
        return;
    }
    ThreadIndex holder = noThread;
    for (const LockState& lock : state.locks)
        if (lock.address == *thread.waitsFor && !lock.isHandedTo(index)) // nobody waits for what it holds
            holder = lock.holder;
    const double icon = 14 * s;
    canvas.padlock(QRectF(in.left(), in.center().y() - icon / 2, icon, icon), theme.softInk, true);
    const double badge = holder == noThread ? 0 : 19 * s;
    const QRectF words = in.adjusted(icon + 4 * s, 0, -(badge > 0 ? badge + 4 * s : 0), 0);
    const QString name = cellText(*scene.run.program, *thread.waitsFor);
    const double used = canvas.words(words, Qt::AlignLeft, {name}, pixels, Face::Mono, theme.ink);
    if (badge > 0) {
        canvas.letter(QRectF(words.left() + used + 4 * s, in.center().y() - badge / 2, badge, badge), holder);
    }
}

void paintBlocked(const StageCanvas& canvas, const MachineScene& scene)
{
    if (scene.layout.blocked.isNull())
        return;
    const double s = scene.layout.scale;
    const QRectF& in = scene.layout.blocked;
    paintLabel(canvas, scene.layout.blockedLabel, Tr::tr("blocked"), s);
    const std::vector<ThreadIndex> threads = blockedIn(scene.shown());
    if (threads.empty()) {
        canvas.text(in, Qt::AlignLeft, QStringLiteral("–"), 14 * s, Face::Text, canvas.theme.softInk);
        return;
    }
    bool reasons = false;
    const Chips chips = blockedChips(scene.layout, threads.size(), &reasons);
    for (std::size_t i = 0; i < chips.shown; ++i) {
        const QRectF chip = chips.first.translated(static_cast<double>(i) * chips.step, 0);
        paintChip(canvas, chip, threads[i], true, s);
        if (reasons)
            paintReason(canvas, scene,
                        QRectF(chip.right() + 5 * s, chip.top(), chips.step - chip.width() - 12 * s, chip.height()),
                        threads[i]);
    }
    paintMore(canvas, chips, threads.size(), in, s);
}

QRectF placeIn(const Chips& chips, const std::vector<ThreadIndex>& list, ThreadIndex thread)
{
    const auto found = std::find(list.begin(), list.end(), thread);
    if (found == list.end() || chips.shown == 0)
        return {};
    const auto place = std::min(static_cast<std::size_t>(found - list.begin()), chips.shown - 1);
    return chips.first.translated(static_cast<double>(place) * chips.step, 0);
}

} // namespace

QRectF readyChip(const MachineScene& scene, const MachineState& state, ThreadIndex thread)
{
    return placeIn(readyChips(scene.layout, state.ready.size()), state.ready, thread);
}

QRectF blockedChip(const MachineScene& scene, const MachineState& state, ThreadIndex thread)
{
    if (scene.layout.blocked.isNull())
        return {};
    const std::vector<ThreadIndex> threads = blockedIn(state);
    bool reasons = false;
    return placeIn(blockedChips(scene.layout, threads.size(), &reasons), threads, thread);
}

void paintMachineTop(const StageCanvas& canvas, const MachineScene& scene)
{
    const std::size_t cores = std::min(scene.layout.coreSlots.size(), scene.shown().cores.size());
    paintLabel(canvas, scene.layout.coresLabel, Tr::tr("cores"), scene.layout.scale);
    for (std::size_t core = 0; core < cores; ++core)
        paintCore(canvas, scene, core);
    paintCounts(canvas, scene);
    paintReady(canvas, scene);
    paintBlocked(canvas, scene);
}

} // namespace interleave
