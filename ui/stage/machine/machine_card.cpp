// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/faults.h"
#include "sentences/names.h"
#include "stage/card_colours.h"
#include "stage/cell_pieces.h"
#include "stage/machine/machine_scene.h"
#include "stage/machine/machine_text.h"
#include "stage/thread_card.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::MachineCard)
};

bool hasStack(const MachineThread& thread)
{
    return thread.phase != ThreadPhase::New && thread.phase != ThreadPhase::Finished;
}

// One line of a stack as it is drawn.
struct StackRow {
    std::size_t frame = 0;
    std::optional<std::int64_t> cell; // a pushed value; else the head of a frame
    bool top = false;                 // the stack pointer points here
};

std::vector<StackRow> rowsOf(const std::vector<StackFrame>& frames, std::int64_t pointer)
{
    std::vector<StackRow> rows;
    for (std::size_t f = 0; f < frames.size(); ++f) {
        rows.push_back({f, std::nullopt, frames[f].base && *frames[f].base == pointer});
        for (const std::int64_t cell : frames[f].cells)
            rows.push_back({f, cell, cell == pointer});
    }
    if (frames.size() == 1 && frames.front().cells.empty())
        rows.front().top = true;
    return rows;
}

// The stack pointer: a small arrow that points at a row from the right.
void paintPointer(const StageCanvas& canvas, const QRectF& in, const QColor& color, double c)
{
    const double y = in.center().y();
    canvas.painter.setPen(Qt::NoPen);
    canvas.painter.setBrush(color);
    canvas.painter.drawPolygon(QPolygonF{QPointF(in.left(), y), QPointF(in.left() + 6 * c, y - 4.5 * c),
                                         QPointF(in.left() + 6 * c, y + 4.5 * c)});
    canvas.text(in.adjusted(8 * c, 0, 0, 0), Qt::AlignLeft, QStringLiteral("sp"), 11.5 * c, Face::MonoBold, color);
}

void paintStackRow(const StageCanvas& canvas, const MachineScene& scene, const StackRow& row, const StackFrame& frame,
                   const QRectF& in, double c)
{
    const Theme& theme = canvas.theme;
    const double pixels = std::min(13 * c, in.height() * 0.72);
    if (!row.cell) {
        const double name = std::min(canvas.width(frame.function, pixels, Face::Mono), in.width());
        canvas.figure(in, Qt::AlignLeft, frame.function, pixels, Face::Mono, theme.ink);
        if (!frame.base)
            return;
        const QRectF rest = in.adjusted(name + 6 * c, 0, 0, 0);
        const QString back = addressText(
            scene.shown().cells.value(*frame.base).isSmall() ? scene.shown().cells.value(*frame.base).small() : 0);
        canvas.words(rest, Qt::AlignRight, {Tr::tr("returns to %1").arg(back), QStringLiteral("↩ %1").arg(back)},
                     pixels * 0.9, Face::Text, theme.softInk);
        return;
    }
    if (scene.written(*row.cell))
        canvas.box(in.adjusted(-3 * c, 1, 3 * c, -1), 3 * c, theme.rowTint(theme.accent), {}, 0);
    const QString address = addressText(*row.cell);
    const double wide = canvas.width(address, pixels * 0.85, Face::Mono);
    const Integer& value = scene.shown().cells.value(*row.cell);
    const bool addressed = wide + 6 * c + canvas.width(valueText(value), 0, Face::MonoBold) <= in.width();
    if (addressed)
        canvas.text(in, Qt::AlignLeft, address, pixels * 0.85, Face::Mono, theme.softInk);
    paintValue(canvas, in.adjusted(addressed ? wide + 6 * c : 0, 0, 0, 0), Qt::AlignRight, value, pixels,
               Face::MonoBold, theme.ink);
}

void paintStack(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex index, const MachineCardParts& p,
                const CardColours& colours, double c)
{
    const Theme& theme = canvas.theme;
    const MachineThread& thread = scene.thread(index);
    const double label = canvas.words(p.stackLabel, Qt::AlignLeft, {Tr::tr("stack")}, 12.5 * c, Face::Text,
                                      theme.softInk);
    const QString start = addressText(scene.run.stackStart(index));
    canvas.words(p.stackLabel.adjusted(label + 8 * c, 0, 0, 0), Qt::AlignRight,
                 {Tr::tr("from %1", "an address").arg(start), start}, 11.5 * c, Face::Text, theme.softInk);
    const double rowHeight = p.stackRow;
    if (!hasStack(thread)) {
        const QRectF box(p.stack.topLeft(), QSizeF(p.stack.width(), rowHeight + 4 * c));
        canvas.box(box, 4 * c, {}, theme.line, 1.2 * c, Qt::DashLine);
        canvas.text(box.adjusted(7 * c, 0, -7 * c, 0), Qt::AlignLeft,
                    thread.phase == ThreadPhase::New ? Tr::tr("not started") : Tr::tr("returned"), 12.5 * c, Face::Text,
                    theme.softInk);
        return;
    }
    const std::vector<StackFrame> frames = framesOf(scene.run, scene.shown(), index);
    const Integer& sp = thread.context[Register::Sp];
    const std::vector<StackRow> rows = rowsOf(frames, sp.isSmall() ? sp.small() : -1);
    const double frameGap = 4 * c;
    const double border = 2 * c; // above and below the rows of a frame
    // As many of the latest rows as there is room for; the one in front of them says how many more there are.
    std::size_t first = rows.size();
    double used = 0;
    while (first > 0) {
        const bool newFrame = first == rows.size() || rows[first - 1].frame != rows[first].frame;
        const double more = rowHeight + (newFrame ? 2 * border + (first == rows.size() ? 0 : frameGap) : 0);
        const double words = first > 1 ? rowHeight * 0.85 : 0;
        if (used + more + words > p.stack.height() + 0.5 && first < rows.size())
            break;
        used += more;
        --first;
    }
    double y = p.stack.top();
    if (first > 0) {
        const QRectF line(p.stack.left(), y, p.stack.width(), rowHeight * 0.85);
        canvas.words(line, Qt::AlignLeft,
                     {Tr::tr("%1 more above", "lines of a stack").arg(numberText(first)),
                      QStringLiteral("+%1").arg(numberText(first))},
                     11.5 * c, Face::Text, theme.softInk);
        y = line.bottom();
    }
    // For the stack pointer.
    const double mark = std::max(24 * c, 11 * c + canvas.width(QStringLiteral("sp"), 11.5 * c, Face::MonoBold));
    for (std::size_t i = first; i < rows.size();) {
        std::size_t end = i;
        while (end < rows.size() && rows[end].frame == rows[i].frame)
            ++end;
        const bool latest = end == rows.size();
        const double height = static_cast<double>(end - i) * rowHeight + 2 * border;
        const QRectF box(p.stack.left(), y, p.stack.width() - mark, height);
        canvas.box(box, 4 * c, theme.panel, latest ? colours.edge : theme.line, (latest ? 1.8 : 1.2) * c);
        for (std::size_t k = i; k < end; ++k) {
            const QRectF line(box.left() + 7 * c, y + border + static_cast<double>(k - i) * rowHeight,
                              box.width() - 14 * c, rowHeight);
            paintStackRow(canvas, scene, rows[k], frames[rows[k].frame], line, c);
            if (rows[k].top)
                paintPointer(canvas, QRectF(box.right() + 2 * c, line.top(), mark - 2 * c, rowHeight),
                             isInCore(scene.shown(), index) ? colours.value : theme.softInk, c);
        }
        y = box.bottom() + frameGap;
        i = end;
    }
}

// All of the stack in one line: which functions, and what lies on top.
void paintStackLine(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex index, const QRectF& in, double c)
{
    const MachineThread& thread = scene.thread(index);
    if (!hasStack(thread))
        return;
    const std::vector<StackFrame> frames = framesOf(scene.run, scene.shown(), index, 4);
    const QString latest = frames.back().function;
    QStringList wordings{latest};
    if (frames.size() == 2)
        wordings.prepend(QStringLiteral("%1 ▸ %2").arg(frames.front().function, latest));
    else if (frames.size() > 2)
        wordings.prepend(QStringLiteral("… ▸ %1").arg(latest));
    canvas.words(in, Qt::AlignLeft, wordings, 12.5 * c, Face::Mono, canvas.theme.ink);
}

void paintRegister(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex index, Register r,
                   const QRectF& box, const CardColours& colours, double c)
{
    const Theme& theme = canvas.theme;
    const MachineThread& thread = scene.thread(index);
    const bool inCore = isInCore(scene.shown(), index);
    const bool gone = thread.phase == ThreadPhase::Finished;
    const Integer* old = scene.effect ? scene.moment.registerBefore(index, r) : nullptr;
    const QColor fill = old    ? theme.rowTint(theme.accent)
                      : inCore ? theme.tinted(colours.edge, theme.dark ? 0.2 : 0.09)
                               : theme.panel;
    canvas.box(box, 4 * c, fill, old ? theme.accent : colours.edge, (old ? 2.4 : 1.6) * c,
               inCore ? Qt::SolidLine : Qt::DashLine);
    const double pixels = std::min(box.height() * 0.68, 20 * c);
    const QRectF in = box.adjusted(5 * c, 0, -5 * c, 0);
    const QString name = registerText(r);
    const double namePixels = std::min(12 * c, pixels);
    const double nameWidth = canvas.width(name, namePixels, Face::Mono);
    canvas.text(in.adjusted(0, 0, 2, 0), Qt::AlignLeft, name, namePixels, Face::Mono, theme.softInk);
    QRectF rest = in.adjusted(nameWidth + 4 * c, 0, 0, 0);
    const Integer& value = thread.context[r];
    if (old) {
        const double oldPixels = pixels * 0.72;
        const QString now = registerValueText(r, value);
        const QString then = registerValueText(r, *old);
        const double nowWidth = canvas.width(now, pixels, Face::MonoBold);
        const double arrow = canvas.width(QStringLiteral("→"), oldPixels, Face::Mono) + 4 * c;
        const double room = rest.width() - nowWidth - arrow;
        if (room >= canvas.width(then, oldPixels, Face::Mono)) {
            QRectF before = rest;
            before.setRight(rest.right() - nowWidth - 2 * c);
            canvas.text(before, Qt::AlignRight, then + QStringLiteral("→"), oldPixels, Face::Mono, theme.softInk);
            rest.setLeft(rest.right() - nowWidth - 1);
        }
    }
    const QColor ink = gone ? theme.softInk : inCore ? colours.value : theme.ink;
    if (r == Register::Sp && value.isSmall())
        canvas.figure(rest, Qt::AlignRight, addressText(value.small()), pixels * 0.86, Face::Mono, ink);
    else
        paintValue(canvas, rest, Qt::AlignRight, value, pixels, Face::MonoBold, ink);
}

// The six flags by their signs, of which those that are set are strong.
void paintFlags(const StageCanvas& canvas, const MachineThread& thread, const QRectF& in, double c)
{
    static const std::array<QString, 6> signs{QStringLiteral("≥"), QStringLiteral(">"), QStringLiteral("≤"),
                                              QStringLiteral("<"), QStringLiteral("≠"), QStringLiteral("=")};
    const Theme& theme = canvas.theme;
    const double pixels = std::min(12.5 * c, in.height() * 0.75);
    const QString label = Tr::tr("flags");
    const double labelWidth = canvas.width(label, pixels * 0.95, Face::Text) + 7 * c;
    canvas.text(in, Qt::AlignLeft, label, pixels * 0.95, Face::Text, theme.softInk);
    const std::array<bool, 6> set = flagsOf(thread.context.comparison);
    const double width = std::min((in.width() - labelWidth) / 6, 20 * c);
    for (std::size_t i = 0; i < set.size(); ++i) {
        const QRectF place(in.left() + labelWidth + static_cast<double>(i) * width, in.top(), width, in.height());
        if (set[i])
            canvas.box(place.adjusted(1 * c, 2 * c, -1 * c, -2 * c), 3 * c, theme.tinted(theme.ink, 0.14), {}, 0);
        canvas.text(place, Qt::AlignHCenter, signs[i], pixels, set[i] ? Face::MonoBold : Face::Mono,
                    set[i] ? theme.ink : theme.softInk);
    }
}

// The instruction that is next, with its address before it where there is room.
void paintCounter(const StageCanvas& canvas, const MachineScene& scene, const MachineThread& thread, const QRectF& in,
                  double c)
{
    const Theme& theme = canvas.theme;
    const bool done = !hasStack(thread);
    const QString label = QStringLiteral("pc");
    const QString address = done ? QStringLiteral("–") : addressText(thread.context.pc);
    const QString text = done ? QString() : sourceText(*scene.run.program, thread.context.pc);
    const bool two = in.height() > 31 * c;
    const double pixels = (two ? 13.5 : 12.5) * c;
    QRectF line = two ? QRectF(in.topLeft(), QSizeF(in.width(), in.height() / 2)) : in;
    const double labelWidth = canvas.width(label, pixels, Face::Mono) + 6 * c;
    const double addressWidth = canvas.width(address, pixels, Face::MonoBold) + 7 * c;
    const double textWidth = canvas.width(text, pixels, Face::Mono);
    // The label goes first, then the instruction: half of one says nothing.
    const bool labelled = two || labelWidth + addressWidth + textWidth <= line.width();
    if (labelled) {
        canvas.text(line, Qt::AlignLeft, label, pixels, Face::Mono, theme.softInk);
        line.setLeft(line.left() + labelWidth);
    }
    canvas.figure(line, Qt::AlignLeft, address, pixels, Face::MonoBold, done ? theme.softInk : theme.ink);
    const QRectF rest = two ? QRectF(QPointF(in.left(), line.bottom()), in.bottomRight())
                            : line.adjusted(addressWidth, 0, 0, 0);
    canvas.words(rest, Qt::AlignLeft, {text}, pixels, Face::Mono, theme.ink);
}

// Which locks the thread holds.
void paintHeld(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex thread, const QRectF& in, double c)
{
    QStringList held;
    for (const LockState& lock : scene.shown().locks) {
        if (lock.holder == thread)
            held << cellText(*scene.run.program, lock.address);
    }
    if (held.isEmpty())
        return;
    const double pixels = 12 * c;
    const QString names = held.join(QLatin1Char(' '));
    const double icon = 14 * c;
    // Names that cannot be read are left to the cells of the locks.
    const double room = in.width() - icon - 4 * c;
    const bool named = canvas.fits(names, room, Face::Mono);
    const double width = named ? std::min(room, canvas.width(names, pixels, Face::Mono)) : 0;
    if (named)
        canvas.figure(QRectF(in.right() - width, in.top(), width, in.height()), Qt::AlignLeft, names, pixels,
                      Face::Mono, canvas.theme.ink);
    canvas.padlock(QRectF(in.right() - width - icon - 4 * c, in.center().y() - icon / 2, icon, icon),
                   canvas.theme.thread(thread), true);
}

void paintRegisters(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex index, const MachineCardParts& p,
                    const CardColours& colours, double c)
{
    const bool saved = !isInCore(scene.shown(), index) && hasStack(scene.thread(index));
    if (!p.registerLabel.isNull()) {
        const QString words = saved                                              ? Tr::tr("saved in TCB")
                            : scene.thread(index).phase == ThreadPhase::Finished ? Tr::tr("at the end", "registers")
                                                                                 : Tr::tr("registers");
        const double width = canvas.words(p.registerLabel, Qt::AlignLeft, {words}, 12.5 * c, Face::Text,
                                          canvas.theme.softInk);
        paintHeld(canvas, scene, index, p.registerLabel.adjusted(width + 6 * c, 0, 0, 0), c);
    }
    // Where not all fit, the stack pointer goes first.
    for (std::size_t i = 0; i < p.registers.size(); ++i)
        paintRegister(canvas, scene, index, scene.run.registers[i], p.registers[i], colours, c);
}

void paintCell(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex index, const QRectF& frame)
{
    const MachineThread& thread = scene.thread(index);
    const CardColours colours = coloursOf(canvas.theme, index, phaseOf(thread));
    const bool filled = colours.header.isValid();
    const QRectF in = paintCellFrame(canvas, colours, frame, scene.layout.scale);
    const double readable = canvas.fonts.least(); // smaller text is left out
    const bool two = frame.height() >= 2.8 * readable && frame.width() >= 3 * readable && hasStack(thread);
    const QRectF top = two ? QRectF(in.left(), in.top() + in.height() * 0.04, in.width(), in.height() * 0.5) : in;
    const double pixels = std::min({top.height() * 0.8, 20 * scene.layout.scale, in.width() * 0.6});
    const QString letters = letterOf(index);
    if (top.height() < readable * 0.9 || !canvas.fits(letters, in.width(), Face::Bold))
        return;
    if (colours.hatched) {
        const double half = std::min(canvas.width(letters, pixels, Face::Bold), in.width()) / 2 + 1;
        canvas.box(QRectF(top.center() - QPointF(half, pixels * 0.5), QSizeF(2 * half, pixels)), 2, canvas.theme.card,
                   {}, 0);
    }
    canvas.figure(top, Qt::AlignCenter, letters, pixels, Face::Bold, colours.name);
    if (!two)
        return;
    const QRectF below(in.left(), top.bottom(), in.width(), in.bottom() - top.bottom() - in.height() * 0.06);
    const QString pc = addressText(thread.context.pc);
    const double size = std::min(below.height() * 0.8, 13 * scene.layout.scale);
    if (!canvas.fits(pc, below.width(), Face::Mono))
        return;
    if (colours.hatched)
        canvas.box(below.adjusted(1, 1, -1, -1), 2, canvas.theme.card, {}, 0);
    canvas.figure(below, Qt::AlignCenter, pc, size, Face::Mono, filled ? colours.name : canvas.theme.ink);
}

} // namespace

void paintValue(const StageCanvas& canvas, const QRectF& in, Qt::Alignment align, const Integer& value, double pixels,
                Face face, const QColor& color)
{
    QString text = valueText(value, 400);
    if (!canvas.fits(text, in.width(), face))
        text = valueText(value, 0);
    canvas.figure(in, align, text, pixels, face, color);
}

void paintOld(const StageCanvas& canvas, const QRectF& in, Qt::Alignment align, const Integer& value, double pixels)
{
    const double width = canvas.words(in, align, {valueText(value, 12)}, pixels, Face::Mono, canvas.theme.softInk);
    if (width == 0)
        return;
    const double left = align & Qt::AlignRight   ? in.right() - width
                      : align & Qt::AlignHCenter ? in.center().x() - width / 2
                                                 : in.left();
    canvas.painter.setPen(QPen(canvas.theme.softInk, std::max(1.0, pixels * 0.1)));
    canvas.painter.drawLine(QPointF(left - 1, in.center().y()), QPointF(left + width + 1, in.center().y()));
}

QRectF registerBox(const MachineScene& scene, ThreadIndex thread, Register wanted)
{
    const MachineCardParts p = scene.layout.parts(scene.cardOf(thread), scene.cardStyle());
    const auto place = scene.run.registerPlace(wanted);
    return place && *place < p.registers.size() ? p.registers[*place] : p.counter;
}

void paintMachineCard(const StageCanvas& canvas, const MachineScene& scene, ThreadIndex thread, const QRectF& frame,
                      CardStyle style)
{
    const MachineThread& state = scene.thread(thread);
    const double c = scene.layout.cardScale;
    const MachineCardParts p = scene.layout.parts(frame, style);
    ThreadState told = phaseOf(state);
    const CardColours colours = coloursOf(canvas.theme, thread, told);
    const bool full = style == CardStyle::Full;
    const double radius = (full ? 7 : 6) * c;

    canvas.box(frame, radius, canvas.theme.card, {}, 0);
    paintCardHeader(canvas, p.header, colours, radius, c);
    canvas.box(frame, radius, {}, colours.edge, colours.edgeWidth * c);
    paintCardTitle(canvas, p.name, p.phase, colours, thread, told, full, c);
    if (full)
        paintStack(canvas, scene, thread, p, colours, c);
    else if (!p.stackLine.isNull())
        paintStackLine(canvas, scene, thread, p.stackLine, c);
    paintRegisters(canvas, scene, thread, p, colours, c);
    if (!p.flags.isNull())
        paintFlags(canvas, state, p.flags, c);
    paintCounter(canvas, scene, state, p.counter, c);
    if (!p.tally.isNull() && thread < scene.counts().threads.size())
        paintTally(canvas, p.tally, scene.counts().threads[thread], 13 * c);
    if (scene.selected == thread)
        canvas.ring(frame, 2 * c);
}

void paintMachineCards(const StageCanvas& canvas, const MachineScene& scene)
{
    const MachineStageLayout& layout = scene.layout;
    const bool grid = layout.style == CardStyle::Cell;
    for (ThreadIndex t = 0; t < layout.threads(); ++t) {
        if (grid)
            paintCell(canvas, scene, t, layout.frame(t));
        else
            paintMachineCard(canvas, scene, t, layout.frame(t), layout.style);
    }
    if (!grid)
        return;
    for (std::size_t place = 0; place < layout.enlargedShown(scene.enlarged); ++place) {
        const ThreadIndex thread = scene.enlarged[place];
        paintMachineCard(canvas, scene, thread, layout.enlargedFrame(static_cast<int>(place)), CardStyle::Compact);
        // Where in the grid the enlarged thread stands.
        canvas.box(layout.frame(thread).adjusted(-1.5, -1.5, 1.5, 1.5), 4, {}, canvas.theme.ink, 1.6);
    }
    if (scene.selected && *scene.selected < layout.threads())
        canvas.ring(layout.frame(*scene.selected), 1.6);
    paintLegend(canvas, layout.legend, layout.scale, countPhases(scene.shown().threads));
}

} // namespace interleave
