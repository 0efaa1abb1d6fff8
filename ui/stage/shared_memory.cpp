// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/shared_memory.h"

#include "sentences/names.h"
#include "stage/stage_pieces.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::SharedMemory)
};

struct CodeLine {
    LoopInstruction instruction;
    EventKind event;
    QString text;
};

// The program's own text, not the user's language.
std::vector<CodeLine> codeOf(const StageProgram& program)
{
    std::vector<CodeLine> lines{{LoopInstruction::Load, EventKind::Load, QStringLiteral("load  g_num")},
                                {LoopInstruction::Add, EventKind::Add, QStringLiteral("add   1")},
                                {LoopInstruction::Store, EventKind::Store, QStringLiteral("store g_num")}};
    if (program.sharded) {
        lines.front().text = QStringLiteral("load  shard");
        lines.back().text = QStringLiteral("store shard");
    }
    if (program.locks) {
        lines.insert(lines.begin(), {LoopInstruction::Acquire, EventKind::LockAcquire, QStringLiteral("lock")});
        lines.push_back({LoopInstruction::Release, EventKind::LockRelease, QStringLiteral("unlock")});
    }
    return lines;
}

// Beside the title of a column.
QRectF titleRoom(const QRectF& column, double s)
{
    return {column.left() + 62 * s, column.top(), column.width() - 62 * s, 20 * s};
}

void paintColumnTitle(const StageCanvas& canvas, const QRectF& column, const QString& title, double s)
{
    canvas.text(QRectF(column.left(), column.top(), column.width(), 20 * s), Qt::AlignLeft, title, 14 * s, Face::Bold,
                canvas.theme.softInk);
}

// Which lines the loop repeats: an arrow from the last of them back to the first.
void paintLoop(const StageCanvas& canvas, double x, double top, double bottom, double s)
{
    QPainter& painter = canvas.painter;
    painter.setPen(QPen(canvas.theme.softInk, 1.3 * s, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const double reach = 6 * s;
    painter.drawPolyline(
        QPolygonF{QPointF(x + reach, bottom), QPointF(x, bottom), QPointF(x, top), QPointF(x + reach, top)});
    painter.drawPolyline(QPolygonF{QPointF(x + reach - 3 * s, top - 3 * s), QPointF(x + reach, top),
                                   QPointF(x + reach - 3 * s, top + 3 * s)});
}

void paintCode(const StageCanvas& canvas, const StageScene& scene)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const QRectF& column = scene.layout.code;
    paintColumnTitle(canvas, column, Tr::tr("code"), s);
    const std::vector<CodeLine> lines = codeOf(scene.layout.program);
    const double top = column.top() + 24 * s;
    const double lineHeight = std::min((column.bottom() - top) / static_cast<double>(lines.size()), 30 * s);
    const double pixels = std::min(15.5 * s, lineHeight * 0.72);
    const double indent = 15 * s;
    double textWidth = 0;
    for (const CodeLine& each : lines)
        textWidth = std::max(textWidth, canvas.width(each.text, pixels, Face::MonoBold));

    std::size_t firstLooped = 0;
    std::size_t lastLooped = lines.size() - 1;
    if (scene.layout.program.locksLoop) {
        ++firstLooped;
        --lastLooped;
    }
    const auto middle = [&](std::size_t line) { return top + lineHeight * (static_cast<double>(line) + 0.5); };
    paintLoop(canvas, column.left() + 2 * s, middle(firstLooped), middle(lastLooped), s);

    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QRectF line(column.left() + indent, top + lineHeight * static_cast<double>(i), column.width() - indent,
                          lineHeight);
        const bool current = scene.moment.is(lines[i].event)
                          || (lines[i].event == EventKind::LockAcquire && scene.moment.is(EventKind::LockWait));
        if (current)
            canvas.box(line.adjusted(-2 * s, 0.5 * s, 0, -0.5 * s), 4 * s,
                       theme.rowTint(theme.thread(scene.moment.actor())), {}, 0);
        canvas.text(line.adjusted(3 * s, 0, 0, 0), Qt::AlignLeft, lines[i].text, pixels,
                    current ? Face::MonoBold : Face::Mono, current ? theme.ink : theme.softInk);
        std::vector<ThreadIndex> there;
        for (ThreadIndex t = 0; t < scene.layout.threads(); ++t) {
            if (scene.thread(t).next == lines[i].instruction)
                there.push_back(t);
        }
        paintLetters(canvas, line.adjusted(3 * s + textWidth + 8 * s, 0, -2 * s, 0), there, lineHeight * 0.8);
    }
}

void paintCounterBox(const StageCanvas& canvas, const StageScene& scene)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const QRectF& box = scene.layout.counterBox;
    const UpdateName writer = scene.writer();
    const bool written = !scene.layout.program.sharded && !writer.isInitialValue();
    const QColor own = written ? theme.thread(writer.thread) : theme.softInk;
    canvas.box(box, 7 * s, written ? theme.tinted(own, theme.dark ? 0.18 : 0.07) : theme.panel, own, 2.8 * s);
    const QRectF in = box.adjusted(11 * s, 7 * s, -11 * s, -5 * s);
    const double labelHeight = 17 * s;
    const QRectF label(in.left(), in.top(), in.width(), labelHeight);
    const QString name = QStringLiteral("g_num");
    canvas.text(label, Qt::AlignLeft, name, 16 * s, Face::Mono, theme.ink);
    const double left = canvas.width(name, 16 * s, Face::Mono) + 8 * s;
    QString note = written ? Tr::tr("by %1", "written by").arg(updateText(writer)) : QString();
    if (scene.layout.program.sharded)
        note = Tr::tr("the sum");
    canvas.words(label.adjusted(left, 0, 0, 0), Qt::AlignRight, {note}, 13 * s, Face::Text, theme.softInk);
    const QRectF value(in.left(), label.bottom(), in.width(), in.bottom() - label.bottom());
    canvas.figure(value, Qt::AlignCenter, numberText(scene.shown.counter), std::min(value.height() * 0.92, 64 * s),
                  Face::MonoBold, written ? theme.threadText(writer.thread) : theme.ink);
}

// Words before letters, if they leave the letters room; returns the width that they took.
double paintWords(const StageCanvas& canvas, const QRectF& row, const QString& words, double most, double s)
{
    const double used = canvas.words(QRectF(row.topLeft(), QSizeF(std::max(0.0, most), row.height())), Qt::AlignLeft,
                                     {words}, 13 * s, Face::Text, canvas.theme.softInk);
    return used > 0 ? used + 6 * s : 0;
}

void paintLock(const StageCanvas& canvas, const StageScene& scene)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const QRectF& box = scene.layout.lockBox;
    const ThreadIndex holder = scene.shown.lockHolder;
    const bool held = holder != noThread;
    const QColor own = held ? theme.thread(holder) : theme.softInk;
    canvas.box(box, 7 * s, held ? theme.tinted(own, theme.dark ? 0.18 : 0.07) : theme.panel, own,
               held ? 2.8 * s : 1.6 * s);
    const QRectF in = box.adjusted(9 * s, 7 * s, -9 * s, -6 * s);
    const double icon = 18 * s;
    canvas.padlock(QRectF(in.left(), in.top(), icon, icon), held ? own : theme.softInk, held);
    canvas.text(QRectF(in.left() + icon + 5 * s, in.top() + 1 * s, in.width() - icon - 5 * s, 17 * s), Qt::AlignLeft,
                QStringLiteral("lock"), 16 * s, Face::Mono, theme.ink);
    const double rowHeight = (in.bottom() - in.top() - icon - 3 * s) / 2;
    const QRectF by(in.left(), in.top() + icon + 3 * s, in.width(), rowHeight);
    const double letterHeight = std::min(rowHeight * 0.86, 24 * s);
    if (!held) {
        canvas.text(by, Qt::AlignLeft, Tr::tr("free"), 15 * s, Face::Text, theme.softInk);
    } else {
        const double room = paintWords(canvas, by, Tr::tr("held by"), in.width() - letterHeight * 1.7, s);
        paintLetters(canvas, by.adjusted(room, 0, 0, 0), {holder}, letterHeight);
    }
    std::vector<ThreadIndex> waiting;
    for (ThreadIndex t = 0; t < scene.layout.threads(); ++t) {
        if (scene.thread(t).phase == ThreadPhase::Blocked || scene.thread(t).spinning)
            waiting.push_back(t);
    }
    if (waiting.empty())
        return;
    const QRectF row(in.left(), by.bottom(), in.width(), rowHeight);
    const double room = paintWords(canvas, row, Tr::tr("wait", "threads"), in.width() - letterHeight * 3.4, s);
    paintLetters(canvas, row.adjusted(room, 0, 0, 0), waiting, letterHeight * 0.9, true);
}

void paintShards(const StageCanvas& canvas, const StageScene& scene)
{
    const Theme& theme = canvas.theme;
    const StageLayout& layout = scene.layout;
    const double s = layout.scale;
    const ThreadIndex first = layout.firstShardShown(scene.moment.actor());
    const int shown = layout.shardsShown();
    for (int place = 0; place < shown; ++place) {
        const ThreadIndex thread = first + static_cast<ThreadIndex>(place);
        const QRectF cell = layout.shardFrame(place);
        const QColor& own = theme.thread(thread);
        canvas.box(cell, 5 * s, theme.tinted(own, theme.dark ? 0.18 : 0.07), own,
                   (thread == scene.moment.actor() ? 2.6 : 1.4) * s);
        const QRectF in = cell.adjusted(4 * s, 1 * s, -4 * s, -1 * s);
        const QRectF top(in.left(), in.top(), in.width(), in.height() * 0.42);
        const QRectF below(in.left(), top.bottom(), in.width(), in.bottom() - top.bottom());
        canvas.figure(top, Qt::AlignCenter, letterOf(thread), std::min(top.height() * 0.9, 14 * s), Face::Bold,
                      theme.threadText(thread));
        canvas.figure(below, Qt::AlignCenter, numberText(scene.shown.shards[thread]),
                      std::min(below.height() * 0.85, 22 * s), Face::MonoBold, theme.ink);
    }
    const auto hidden = layout.threads() - static_cast<ThreadIndex>(shown);
    const QStringList notes = hidden > 0
                                ? QStringList{Tr::tr("one each, %1 more").arg(numberText(hidden)),
                                              QStringLiteral("+%1").arg(numberText(hidden))}
                                : QStringList{Tr::tr("one each, nothing shared"), Tr::tr("one each", "shards")};
    canvas.words(QRectF(layout.shardArea.left(), layout.counterBox.bottom() - 13 * s, layout.shardArea.width(), 14 * s),
                 Qt::AlignLeft, notes, 12.5 * s, Face::Text, theme.softInk);
}

} // namespace

void paintSharedMemory(const StageCanvas& canvas, const StageScene& scene)
{
    const Theme& theme = canvas.theme;
    const StageLayout& layout = scene.layout;
    const double s = layout.scale;
    const QString caption = Tr::tr("shared by all threads of one process");
    canvas.words(layout.caption, Qt::AlignRight,
                 {Tr::tr("%1 · the heap is empty", "what is shared").arg(caption), caption,
                  Tr::tr("shared by all threads")},
                 14 * s, Face::Text, theme.softInk);
    canvas.box(layout.shared, 9 * s, theme.card, theme.line, 1.4 * s);
    const double x = (layout.code.right() + layout.data.left()) / 2;
    canvas.painter.setPen(QPen(theme.line, 1.2 * s));
    canvas.painter.drawLine(QPointF(x, layout.shared.top() + 10 * s), QPointF(x, layout.shared.bottom() - 10 * s));
    paintCode(canvas, scene);
    paintColumnTitle(canvas, layout.data, Tr::tr("data"), s);
    paintFates(canvas, titleRoom(layout.data, s), scene.shown.lost, scene.shown.setAside, s);
    if (layout.program.locks)
        paintLock(canvas, scene);
    paintCounterBox(canvas, scene);
    if (layout.program.sharded)
        paintShards(canvas, scene);
}

} // namespace interleave
