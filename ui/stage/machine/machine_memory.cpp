// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/assembler.h"
#include "sentences/names.h"
#include "stage/machine/machine_scene.h"
#include "stage/machine/machine_text.h"
#include "stage/stage_pieces.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::MachineMemory)
};

void paintTitle(const StageCanvas& canvas, const QRectF& column, const QString& title, double s)
{
    canvas.text(QRectF(column.left(), column.top(), column.width(), 20 * s), Qt::AlignLeft, title, 14 * s, Face::Bold,
                canvas.theme.softInk);
}

// A line of the listing: a label, or an instruction.
struct ListingLine {
    std::int64_t address = 0;
    const Label* label = nullptr;
};

std::vector<ListingLine> listingOf(const Program& program, std::int64_t around, int most)
{
    // Enough on either side of `around`, whatever the length of the program.
    const std::int64_t reach = most + 1;
    const std::int64_t from = std::max(program.loadAddress, around - reach);
    const std::int64_t to = std::min(program.endAddress(), around + reach);
    std::vector<ListingLine> lines;
    std::size_t middle = 0;
    for (std::int64_t address = from; address < to; ++address) {
        for (const Label& label : program.labels) {
            if (label.address == address)
                lines.push_back({address, &label});
        }
        if (address == around)
            middle = lines.size();
        lines.push_back({address, nullptr});
    }
    const auto rows = static_cast<std::size_t>(most);
    if (lines.size() <= rows)
        return lines;
    const std::size_t before = std::min(middle, rows / 2);
    const std::size_t first = std::min(middle - before, lines.size() - rows);
    return {lines.begin() + static_cast<std::ptrdiff_t>(first),
            lines.begin() + static_cast<std::ptrdiff_t>(first + rows)};
}

// Where the listing stands: at what was executed, else at what the acting thread is about to execute.
std::int64_t middleOf(const MachineScene& scene)
{
    if (scene.moment.step && scene.moment.step->pc >= 0)
        return scene.moment.step->pc;
    ThreadIndex thread = scene.moment.actor();
    if (thread >= scene.shown().threads.size())
        thread = 0;
    return scene.shown().threads.empty() ? scene.run.program->loadAddress : scene.thread(thread).context.pc;
}

void paintCode(const StageCanvas& canvas, const MachineScene& scene)
{
    const Theme& theme = canvas.theme;
    const MachineStageLayout& layout = scene.layout;
    const double s = layout.scale;
    paintTitle(canvas, layout.code, Tr::tr("code"), s);
    std::map<std::int64_t, std::vector<ThreadIndex>> standing;
    for (ThreadIndex t = 0; t < scene.shown().threads.size(); ++t) {
        const ThreadPhase phase = scene.thread(t).phase;
        if (phase != ThreadPhase::New && phase != ThreadPhase::Finished)
            standing[scene.thread(t).context.pc].push_back(t);
    }
    const std::vector<ListingLine> lines = listingOf(*scene.run.program, middleOf(scene), layout.codeRows());
    const std::int64_t executed = scene.moment.step ? scene.moment.step->pc : -1;
    const double pixels = std::min(14.5 * s, layout.codeRow * 0.72);
    const double chip = layout.codeRow * 0.82;
    double addressWidth = canvas.width(addressText(scene.run.program->endAddress()), pixels * 0.85, Face::Mono) + 9 * s;
    // An instruction that can be read is worth more than its address.
    double longest = 0;
    for (const ListingLine& line : lines) {
        if (!line.label)
            longest = std::max(longest, canvas.width(sourceText(*scene.run.program, line.address), 0, Face::Mono));
    }
    if (addressWidth + longest + 2 * chip > layout.code.width())
        addressWidth = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QRectF line = layout.codeLine(static_cast<int>(i));
        const QRectF text = line.adjusted(addressWidth, 0, 0, 0);
        if (lines[i].label) {
            canvas.text(text, Qt::AlignLeft, QString::fromStdString(lines[i].label->name), pixels, Face::Mono,
                        theme.softInk);
            continue;
        }
        const bool current = lines[i].address == executed;
        if (current)
            canvas.box(line.adjusted(-4 * s, 0.5 * s, 2 * s, -0.5 * s), 4 * s,
                       theme.rowTint(theme.thread(scene.moment.actor())), {}, 0);
        if (addressWidth > 0)
            canvas.figure(QRectF(line.topLeft(), QSizeF(addressWidth, line.height())), Qt::AlignLeft,
                          addressText(lines[i].address), pixels * 0.85, Face::Mono, theme.softInk);
        const auto there = standing.find(lines[i].address);
        const QString words = sourceText(*scene.run.program, lines[i].address);
        const Face face = current ? Face::MonoBold : Face::Mono;
        double letters = 0;
        if (there != standing.end()) {
            const double shown = std::min<double>(static_cast<double>(there->second.size()), 4);
            const double wanted = shown * chip * 1.2 + (there->second.size() > 4 ? 22 * s : 0) + 4;
            letters = std::min(wanted, std::max(1.4 * chip, text.width() - canvas.width(words, 0, face) - 5 * s));
        }
        canvas.figure(text.adjusted(0, 0, -(letters > 0 ? letters + 5 * s : 0), 0), Qt::AlignLeft, words, pixels, face,
                      current || there != standing.end() ? theme.ink : theme.softInk);
        if (letters > 0)
            paintLetters(canvas, QRectF(line.right() - letters, line.top(), letters, line.height()), there->second,
                         chip);
    }
}

// The frame of a cell, as the last step left it: read, written, or neither.
void paintCellBox(const StageCanvas& canvas, const MachineScene& scene, const QRectF& box, std::int64_t address,
                  double s)
{
    const Theme& theme = canvas.theme;
    const ThreadIndex actor = scene.moment.actor();
    if (scene.written(address))
        canvas.box(box, 4 * s, theme.rowTint(theme.thread(actor)), theme.thread(actor), 2.2 * s);
    else if (scene.read(address))
        canvas.box(box, 4 * s, theme.panel, theme.thread(actor), 2.2 * s);
    else
        canvas.box(box, 4 * s, theme.panel, theme.line, 1.2 * s);
}

void paintCellValue(const StageCanvas& canvas, const MachineScene& scene, const QRectF& box, std::int64_t address,
                    double s)
{
    const double pad = (box.width() < 30 * s ? 2 : 4) * s;
    QRectF in = box.adjusted(pad, 0, -pad, 0);
    const double pixels = std::min(18 * s, box.height() * 0.7);
    const CellAccess* written = scene.written(address);
    if (written && written->before != written->after && box.width() >= 52 * s) {
        // What was there before, if both can be read.
        const double now = canvas.width(valueText(written->after), 0, Face::MonoBold) + 4 * s;
        const QRectF old(in.left(), in.top(), std::min(in.width() * 0.4, in.width() - now), in.height());
        if (canvas.fits(valueText(written->before, 12), old.width(), Face::Mono)) {
            paintOld(canvas, old, Qt::AlignLeft, written->before, pixels * 0.75);
            in.setLeft(old.right() + 4 * s);
        }
    }
    paintValue(canvas, in, box.width() >= 52 * s ? Qt::AlignRight : Qt::AlignHCenter,
               scene.shown().cells.value(address), pixels, Face::MonoBold, canvas.theme.ink);
}

void paintCounter(const StageCanvas& canvas, const MachineScene& scene)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const QRectF& box = scene.layout.counterBox;
    const CounterCell& counter = *scene.run.counter;
    UpdateName writer = scene.moment.counts.writer;
    if (!scene.effect && (scene.moment.is(EventKind::Store) || scene.moment.is(EventKind::Update)))
        writer = scene.moment.step->event.other;
    const bool written = !writer.isInitialValue();
    const QColor own = written ? theme.thread(writer.thread) : theme.softInk;
    canvas.box(box, 7 * s, written ? theme.tinted(own, theme.dark ? 0.18 : 0.07) : theme.panel, own, 2.6 * s);
    const QRectF in = box.adjusted(10 * s, 6 * s, -10 * s, -5 * s);
    const QRectF label(in.left(), in.top(), in.width(), 17 * s);
    const QString name = QString::fromStdString(counter.name);
    canvas.figure(label, Qt::AlignLeft, name, 15.5 * s, Face::Mono, theme.ink);
    const double left = std::min(label.width(), canvas.width(name, 15.5 * s, Face::Mono)) + 7 * s;
    const QRectF beside = label.adjusted(left, 0, 0, 0);
    const QString note = written ? Tr::tr("by %1", "written by").arg(updateText(writer)) : QString();
    canvas.words(beside, Qt::AlignRight, {note}, 13 * s, Face::Text, theme.softInk);
    const QRectF below(in.left(), in.bottom() - 16 * s, in.width(), 16 * s);
    const QString address = addressText(counter.address);
    const CellAccess* change = scene.written(counter.address);
    // What was there before is worth more than where it is.
    QRectF rest = below;
    const QString before = change && change->before != change->after ? valueText(change->before, 12) : QString();
    const double needed = before.isEmpty() ? 0 : canvas.width(before, 14 * s, Face::Mono) + 6 * s;
    if (canvas.width(address, 12 * s, Face::Mono) + needed <= below.width()) {
        canvas.text(below, Qt::AlignLeft, address, 12 * s, Face::Mono, theme.softInk);
        rest.setLeft(below.left() + canvas.width(address, 12 * s, Face::Mono) + 6 * s);
    }
    if (!before.isEmpty())
        paintOld(canvas, rest, Qt::AlignRight, change->before, 14 * s);
    const QRectF value(in.left(), label.bottom(), in.width(), below.top() - label.bottom());
    paintValue(canvas, value, Qt::AlignCenter, scene.shown().cells.value(counter.address),
               std::min(value.height() * 0.95, 60 * s), Face::MonoBold,
               written ? theme.threadText(writer.thread) : theme.ink);
    if (scene.read(counter.address) && !change)
        canvas.box(box.adjusted(-4 * s, -4 * s, 4 * s, 4 * s), 9 * s, {}, theme.thread(scene.moment.actor()), 1.6 * s);
}

// Of many locks, each is told of in one line: its name, who holds it, and who waits.
void paintLockLine(const StageCanvas& canvas, const MachineRun::Lock& lock, ThreadIndex holder,
                   const std::vector<ThreadIndex>& waiting, const QRectF& box, double mostChip, double s)
{
    const Theme& theme = canvas.theme;
    const bool held = holder != noThread;
    const QRectF in = box.adjusted(5 * s, 0, -5 * s, 0);
    const double icon = std::min(14 * s, box.height() * 0.72);
    canvas.padlock(QRectF(in.left(), in.center().y() - icon / 2, icon, icon),
                   held ? theme.thread(holder) : theme.softInk, held);
    const double chip = std::min(box.height() * 0.8, mostChip);
    const double pixels = std::min(13 * s, box.height() * 0.66);
    const QRectF rest = in.adjusted(icon + 4 * s, 0, 0, 0);
    const double holders = held ? chip + 4 * s : 0;
    const double waiters = waiting.empty() ? 0
                                           : std::min<double>(2, static_cast<double>(waiting.size())) * chip * 1.3 + 4;
    const double nameWidth = canvas.words(QRectF(rest.left(), rest.top(),
                                                 std::max(0.0, rest.width() - holders - waiters), rest.height()),
                                          Qt::AlignLeft, {lock.name, lock.brief}, pixels, Face::Mono, theme.ink);
    if (!held)
        return;
    const QRectF badge(rest.left() + nameWidth + 4 * s, rest.center().y() - chip / 2, chip, chip);
    canvas.letter(badge, holder);
    if (!waiting.empty())
        paintLetters(canvas, QRectF(QPointF(badge.right() + 3 * s, rest.top()), rest.bottomRight()), waiting, chip,
                     true);
}

void paintLock(const StageCanvas& canvas, const MachineScene& scene, const MachineRun::Lock& lock, const QRectF& box)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    ThreadIndex holder = noThread;
    std::vector<ThreadIndex> waiting;
    for (const LockState& state : scene.shown().locks) {
        if (state.address == lock.address) {
            holder = state.holder;
            waiting = state.waiting;
        }
    }
    const bool held = holder != noThread;
    const QColor own = held ? theme.thread(holder) : theme.softInk;
    canvas.box(box, 6 * s, held ? theme.tinted(own, theme.dark ? 0.18 : 0.07) : theme.panel, own,
               (held ? 2.4 : 1.4) * s);
    if (box.height() < 40 * s) {
        paintLockLine(canvas, lock, holder, waiting, box, scene.layout.lockChip(), s);
        return;
    }
    const QRectF in = box.adjusted(8 * s, 4 * s, -8 * s, -4 * s);
    const double row = std::min(in.height() / 2, 26 * s);
    const double top = in.center().y() - row;
    const QRectF above(in.left(), top, in.width(), row);
    const QRectF below(in.left(), top + row, in.width(), row);
    const double icon = std::min(17 * s, row * 0.85);
    canvas.padlock(QRectF(above.left(), above.center().y() - icon / 2, icon, icon), own, held);
    const double chip = std::min(row * 0.86, 22 * s);
    const QRectF name = above.adjusted(icon + 5 * s, 0, 0, 0);
    const QString address = addressText(lock.address);
    const double nameWidth = canvas.width(lock.name, 14.5 * s, Face::Mono);
    canvas.figure(name, Qt::AlignLeft, lock.name, 14.5 * s, Face::Mono, theme.ink);
    const QRectF rest = name.adjusted(nameWidth + 6 * s, 0, 0, 0);
    canvas.words(rest, Qt::AlignRight, {address}, 12 * s, Face::Mono, theme.softInk);
    if (!held) {
        canvas.text(below, Qt::AlignLeft, Tr::tr("free"), 13.5 * s, Face::Text, theme.softInk);
        return;
    }
    const QRectF badge(below.left(), below.center().y() - chip / 2, chip, chip);
    canvas.letter(badge, holder);
    if (waiting.empty()) {
        canvas.words(below.adjusted(chip + 6 * s, 0, 0, 0), Qt::AlignLeft, {Tr::tr("holds it")}, 13 * s, Face::Text,
                     theme.softInk);
        return;
    }
    // Who waits stands behind who holds it.
    const QString arrow = QStringLiteral("←");
    const double arrowWidth = canvas.width(arrow, 14 * s, Face::Text);
    canvas.text(QRectF(badge.right() + 4 * s, below.top(), arrowWidth + 1, below.height()), Qt::AlignLeft, arrow,
                14 * s, Face::Text, theme.softInk);
    paintLetters(canvas, below.adjusted(chip + arrowWidth + 9 * s, 0, 0, 0), waiting, chip, true);
}

// The first cell of a variable that is shown: such that the one that the step touched is among them.
std::int64_t firstCell(const MachineScene& scene, const Variable& variable, std::size_t places)
{
    if (static_cast<std::int64_t>(places) >= variable.cells || !scene.moment.step)
        return 0;
    const auto placeOf = [&](const std::optional<CellAccess>& access) -> std::int64_t {
        if (!access || access->address < variable.address)
            return -1;
        const std::int64_t place = (access->address - variable.address) / cellDistance;
        return place < variable.cells ? place : -1;
    };
    const std::int64_t touched = std::max(placeOf(scene.moment.step->written), placeOf(scene.moment.step->read));
    const auto shown = static_cast<std::int64_t>(places);
    return touched < 0 ? 0 : std::min(touched / shown * shown, variable.cells - shown);
}

// The first variable that is shown, likewise.
std::size_t firstVariable(const MachineScene& scene)
{
    const std::size_t places = scene.layout.variables.size();
    if (places >= scene.run.variables.size() || places == 0 || !scene.moment.step)
        return 0;
    for (std::size_t i = 0; i < scene.run.variables.size(); ++i) {
        const Variable& variable = *scene.run.variables[i];
        for (const auto& access : {scene.moment.step->written, scene.moment.step->read}) {
            if (access && access->address >= variable.address
                && access->address < variable.address + variable.cells * cellDistance)
                return std::min(i / places * places, scene.run.variables.size() - places);
        }
    }
    return 0;
}

void paintVariables(const StageCanvas& canvas, const MachineScene& scene)
{
    const Theme& theme = canvas.theme;
    const double s = scene.layout.scale;
    const std::size_t first = firstVariable(scene);
    for (std::size_t i = 0; i < scene.layout.variables.size() && first + i < scene.run.variables.size(); ++i) {
        const MachineVariablePlace& place = scene.layout.variables[i];
        const Variable& variable = *scene.run.variables[first + i];
        const std::size_t cells = std::min(place.cells.size(), static_cast<std::size_t>(variable.cells));
        const std::int64_t from = firstCell(scene, variable, cells);
        QString name = QString::fromStdString(variable.name);
        const bool partly = static_cast<std::int64_t>(cells) < variable.cells;
        const QString bare = name;
        QString range = bare;
        if (partly) {
            range = cells == 1 ? QStringLiteral("[%1]").arg(from)
                               : QStringLiteral("[%1..%2]").arg(from).arg(from + static_cast<std::int64_t>(cells) - 1);
            name += range;
        }
        const double pixels = std::min(14 * s, place.name.height() * 0.62);
        const double nameWidth = canvas.width(name, pixels, Face::Mono);
        // Which part of an array is shown is told before what it is called, and that before both cannot be read.
        canvas.words(place.name, Qt::AlignLeft, {name, range, bare}, pixels, Face::Mono, theme.ink);
        const QRectF rest = place.name.adjusted(nameWidth + 4 * s, 0, 0, 0);
        const QString address = addressText(variable.address + from * cellDistance);
        canvas.words(rest, Qt::AlignRight, {address}, 11.5 * s, Face::Mono, theme.softInk);
        for (std::size_t k = 0; k < cells; ++k) {
            const std::int64_t cell = variable.address + (from + static_cast<std::int64_t>(k)) * cellDistance;
            paintCellBox(canvas, scene, place.cells[k], cell, s);
            paintCellValue(canvas, scene, place.cells[k], cell, s);
        }
    }
    if (!scene.layout.moreVariables.isNull()) {
        const QString more = numberText(scene.run.variables.size() - scene.layout.variables.size());
        canvas.words(scene.layout.moreVariables, Qt::AlignLeft,
                     {Tr::tr("%1 more variables").arg(more), QStringLiteral("+%1").arg(more)}, 12 * s, Face::Text,
                     theme.softInk);
    }
}

// The first lock that is shown, such that the one that the step touched is among them.
std::size_t firstLock(const MachineScene& scene)
{
    const std::size_t places = scene.layout.lockBoxes.size();
    const std::size_t count = scene.run.locks.size();
    if (places >= count || places == 0 || !scene.moment.step)
        return 0;
    std::optional<std::int64_t> touched;
    for (const auto& access : {scene.moment.step->read, scene.moment.step->written}) {
        if (access)
            touched = access->address;
    }
    if (scene.moment.is(EventKind::LockWait) && scene.moment.actor() < scene.moment.after.threads.size())
        touched = scene.moment.after.threads[scene.moment.actor()].waitsFor;
    for (std::size_t i = 0; touched && i < count; ++i) {
        if (scene.run.locks[i].address == *touched)
            return std::min(i / places * places, count - places);
    }
    return 0;
}

// As many cells of the heap as there are rows, by address; where not all fit, those first that the step touched.
std::vector<std::int64_t> heapCells(const MachineScene& scene)
{
    std::vector<std::int64_t> cells;
    if (scene.moment.step) {
        for (const auto& access : {scene.moment.step->written, scene.moment.step->read}) {
            if (access && scene.run.isHeap(access->address)
                && std::find(cells.begin(), cells.end(), access->address) == cells.end())
                cells.push_back(access->address);
        }
    }
    const auto rows = static_cast<std::size_t>(scene.layout.heapRows());
    const std::size_t most = scene.moment.heap.size() > rows ? rows - 1 : rows; // the last row says how many more
    for (std::size_t i = 0; i < scene.moment.heap.size() && cells.size() < most; ++i) {
        if (std::find(cells.begin(), cells.end(), scene.moment.heap[i]) == cells.end())
            cells.push_back(scene.moment.heap[i]);
    }
    cells.resize(std::min(cells.size(), std::max<std::size_t>(most, 1)));
    std::sort(cells.begin(), cells.end());
    return cells;
}

void paintHeap(const StageCanvas& canvas, const MachineScene& scene)
{
    const Theme& theme = canvas.theme;
    const MachineStageLayout& layout = scene.layout;
    const double s = layout.scale;
    paintTitle(canvas, layout.heap, Tr::tr("heap"), s);
    const std::vector<std::int64_t> cells = scene.run.shape.heap ? heapCells(scene) : std::vector<std::int64_t>();
    if (cells.empty()) {
        const QRectF box = layout.heapLine(0);
        canvas.box(box, 4 * s, {}, theme.line, 1.2 * s, Qt::DashLine);
        canvas.words(box.adjusted(5 * s, 0, -5 * s, 0), Qt::AlignCenter, {Tr::tr("empty", "heap")}, 13 * s, Face::Text,
                     theme.softInk);
        return;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const QRectF line = layout.heapLine(static_cast<int>(i));
        paintCellBox(canvas, scene, line, cells[i], s);
        const QString address = addressText(cells[i]);
        const double width = canvas.width(address, 11.5 * s, Face::Mono);
        const double value = canvas.width(valueText(scene.shown().cells.value(cells[i])), 0, Face::MonoBold);
        const bool addressed = width + value + 16 * s <= line.width(); // the value goes first
        if (addressed)
            canvas.text(line.adjusted(5 * s, 0, 0, 0), Qt::AlignLeft, address, 11.5 * s, Face::Mono, theme.softInk);
        paintCellValue(canvas, scene, line.adjusted(addressed ? width + 8 * s : 0, 0, 0, 0), cells[i], s);
    }
    if (scene.moment.heap.size() > static_cast<std::size_t>(layout.heapRows()))
        canvas.figure(layout.heapLine(layout.heapRows() - 1), Qt::AlignLeft,
                      Tr::tr("+%1 more").arg(numberText(scene.moment.heap.size() - cells.size())), 13 * s, Face::Text,
                      theme.softInk);
}

} // namespace

QRectF cellBox(const MachineScene& scene, std::int64_t address)
{
    const MachineStageLayout& layout = scene.layout;
    if (scene.run.counter && scene.run.counter->address == address)
        return layout.counterBox;
    const std::size_t begin = firstLock(scene);
    for (std::size_t i = 0; i < scene.run.locks.size(); ++i) {
        if (scene.run.locks[i].address == address)
            return i >= begin && i - begin < layout.lockBoxes.size() ? layout.lockBoxes[i - begin] : layout.moreLocks;
    }
    const std::size_t first = firstVariable(scene);
    for (std::size_t i = 0; i < layout.variables.size() && first + i < scene.run.variables.size(); ++i) {
        const Variable& variable = *scene.run.variables[first + i];
        const std::int64_t beyond = address - variable.address;
        if (beyond < 0 || beyond >= variable.cells * cellDistance)
            continue;
        const std::size_t cells = std::min(layout.variables[i].cells.size(), static_cast<std::size_t>(variable.cells));
        const std::int64_t place = beyond / cellDistance - firstCell(scene, variable, cells);
        return place >= 0 && place < static_cast<std::int64_t>(cells)
                 ? layout.variables[i].cells[static_cast<std::size_t>(place)]
                 : QRectF();
    }
    if (layout.heap.isNull() || !scene.run.shape.heap || !scene.run.isHeap(address))
        return {};
    const std::vector<std::int64_t> cells = heapCells(scene);
    const auto found = std::find(cells.begin(), cells.end(), address);
    const auto row = static_cast<int>(found - cells.begin());
    return found != cells.end() && row < layout.heapRows() ? layout.heapLine(row) : QRectF();
}

void paintMachineMemory(const StageCanvas& canvas, const MachineScene& scene)
{
    const Theme& theme = canvas.theme;
    const MachineStageLayout& layout = scene.layout;
    const double s = layout.scale;
    if (!layout.caption.isNull()) {
        const QString caption = Tr::tr("shared by all threads of one process");
        QStringList wordings{caption, Tr::tr("shared by all threads")};
        if (layout.heap.isNull())
            wordings.prepend(Tr::tr("%1 · the heap is empty", "what is shared").arg(caption));
        canvas.words(layout.caption, Qt::AlignLeft, wordings, 13 * s, Face::Text, theme.softInk);
    }
    canvas.box(layout.shared, 9 * s, theme.card, theme.line, 1.4 * s);
    const auto divide = [&](double x) {
        canvas.painter.setPen(QPen(theme.line, 1.2 * s));
        canvas.painter.drawLine(QPointF(x, layout.shared.top() + 10 * s), QPointF(x, layout.shared.bottom() - 10 * s));
    };
    if (!layout.code.isNull()) {
        divide((layout.code.right() + layout.data.left()) / 2);
        paintCode(canvas, scene);
    }
    if (!layout.heap.isNull()) {
        divide((layout.data.right() + layout.heap.left()) / 2);
        paintHeap(canvas, scene);
    }
    paintTitle(canvas, layout.data, Tr::tr("data"), s);
    if (scene.run.counter) {
        paintFates(canvas, QRectF(layout.data.left() + 62 * s, layout.data.top(), layout.data.width() - 62 * s, 20 * s),
                   scene.counts().lost, scene.counts().setAside, s);
        paintCounter(canvas, scene);
    }
    const std::size_t first = firstLock(scene);
    for (std::size_t i = 0; i < layout.lockBoxes.size() && first + i < scene.run.locks.size(); ++i)
        paintLock(canvas, scene, scene.run.locks[first + i], layout.lockBoxes[i]);
    if (!layout.moreLocks.isNull()) {
        const QString more = numberText(scene.run.locks.size() - layout.lockBoxes.size());
        canvas.words(layout.moreLocks, Qt::AlignLeft, {Tr::tr("+%1 more").arg(more), QStringLiteral("+%1").arg(more)},
                     13 * s, Face::Text, theme.softInk);
    }
    paintVariables(canvas, scene);
}

} // namespace interleave
