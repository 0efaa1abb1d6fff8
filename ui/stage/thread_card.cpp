// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/thread_card.h"

#include "sentences/names.h"
#include "stage/stage_text.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::ThreadCard)
};

bool isOnCore(const ThreadState& state)
{
    return state.phase == ThreadPhase::Running;
}

bool isSaved(const ThreadState& state)
{
    return state.phase == ThreadPhase::Ready || state.phase == ThreadPhase::Blocked;
}

void paintFrame(const StageCanvas& canvas, const QRectF& rect, const QColor& edge, double edgeWidth,
                const QString& function, const QString& variable, double c)
{
    const Theme& theme = canvas.theme;
    canvas.box(rect, 4 * c, theme.panel, edge, edgeWidth);
    const QRectF in = rect.adjusted(7 * c, 0, -7 * c, 0);
    const double pixels = std::min(14 * c, rect.height() * 0.62);
    // The variable's value before the function's name.
    double right = in.right();
    if (!variable.isEmpty())
        right -= std::min(in.width(), canvas.width(variable, pixels, Face::Mono)) + 6 * c;
    const double name = canvas.words(QRectF(in.topLeft(), QPointF(std::max(in.left(), right), in.bottom())),
                                     Qt::AlignLeft, {function}, pixels, Face::Mono, theme.ink);
    if (!variable.isEmpty())
        canvas.figure(in.adjusted(name > 0 ? name + 6 * c : 0, 0, 0, 0), Qt::AlignRight, variable, pixels, Face::Mono,
                      theme.ink);
}

void paintStack(const StageCanvas& canvas, const CardParts& p, const CardColours& colours, const ThreadState& state,
                double c)
{
    const Theme& theme = canvas.theme;
    if (!p.stackLabel.isNull())
        canvas.text(p.stackLabel, Qt::AlignLeft, Tr::tr("stack"), 12.5 * c, Face::Text, theme.softInk);
    const bool lives = state.phase != ThreadPhase::New && state.phase != ThreadPhase::Finished;
    if (!lives) {
        canvas.box(p.mainFrame, 4 * c, {}, theme.line, 1.2 * c, Qt::DashLine);
        const QString gone = state.phase == ThreadPhase::New ? Tr::tr("not started") : Tr::tr("returned");
        canvas.text(p.mainFrame.adjusted(7 * c, 0, -7 * c, 0), Qt::AlignLeft, gone, 12.5 * c, Face::Text,
                    theme.softInk);
        return;
    }
    // What the frames are called is the program's own text, not the user's language.
    paintFrame(canvas, p.mainFrame, theme.line, 1.2 * c, QStringLiteral("worker"),
               QStringLiteral("i = %1").arg(numberText(state.done)), c);
    if (state.current != 0)
        paintFrame(canvas, p.innerFrame, colours.edge, 1.8 * c, QStringLiteral("increment"), {}, c);
}

void paintRegister(const StageCanvas& canvas, const CardParts& p, const CardColours& colours, const ThreadState& state,
                   bool holdsLock, double c)
{
    const Theme& theme = canvas.theme;
    if (!p.registerLabel.isNull()) {
        const QStringList wordings = isSaved(state) ? QStringList{Tr::tr("register, saved in TCB"),
                                                                  Tr::tr("saved in TCB"), Tr::tr("in TCB")}
                                                    : QStringList{Tr::tr("register: its own copy"), Tr::tr("register")};
        canvas.words(holdsLock ? p.registerLabel : p.registerLabel.united(p.badge), Qt::AlignLeft, wordings, 12.5 * c,
                     Face::Text, theme.softInk);
    }
    canvas.box(p.registerBox, 5 * c, isOnCore(state) ? theme.tinted(colours.edge, theme.dark ? 0.2 : 0.1) : theme.panel,
               colours.edge, 2 * c, isSaved(state) ? Qt::DashLine : Qt::SolidLine);
    const QRectF in = p.registerBox.adjusted(5 * c, 0, -5 * c, 0);
    if (state.registerValue)
        canvas.figure(in, Qt::AlignCenter, numberText(*state.registerValue), p.registerBox.height() * 0.7,
                      Face::MonoBold, colours.value);
    else
        canvas.figure(in, Qt::AlignCenter, Tr::tr("empty", "register"), p.registerBox.height() * 0.4, Face::Text,
                      theme.softInk);
}

void paintCounter(const StageCanvas& canvas, const CardParts& p, const ThreadState& state, double c)
{
    const Theme& theme = canvas.theme;
    const bool none = state.next == LoopInstruction::None;
    if (!p.counterLabel.isNull())
        canvas.words(p.counterLabel, Qt::AlignLeft, {Tr::tr("pc: next", "program counter"), Tr::tr("pc")}, 12.5 * c,
                     Face::Text, theme.softInk);
    canvas.figure(p.counter, Qt::AlignLeft, none ? QStringLiteral("–") : textOf(state.next), 15 * c, Face::Mono,
                  none ? theme.softInk : theme.ink);
}

} // namespace

void paintCardHeader(const StageCanvas& canvas, const QRectF& header, const CardColours& colours, double radius,
                     double c)
{
    if (colours.hatched)
        canvas.hatch(header.adjusted(2 * c, 2 * c, -2 * c, 0), faded(colours.edge, 0.42), 8 * c, 1.6 * c);
    if (!colours.header.isValid())
        return;
    QPainterPath path; // round above, square below
    const QRectF r = header;
    path.moveTo(r.bottomLeft());
    path.lineTo(r.left(), r.top() + radius);
    path.quadTo(r.topLeft(), QPointF(r.left() + radius, r.top()));
    path.lineTo(r.right() - radius, r.top());
    path.quadTo(r.topRight(), QPointF(r.right(), r.top() + radius));
    path.lineTo(r.bottomRight());
    path.closeSubpath();
    canvas.painter.setPen(Qt::NoPen);
    canvas.painter.setBrush(colours.header);
    canvas.painter.drawPath(path);
}

namespace {

// On the hatching a word needs quiet ground.
void clearBehind(const StageCanvas& canvas, const QRectF& words, double c)
{
    canvas.box(words.adjusted(-4 * c, -1 * c, 4 * c, 1 * c), 4 * c, canvas.theme.card, {}, 0);
}

} // namespace

// The name takes what the state leaves it, down to its letter; alike on all cards and in every state.
void paintCardTitle(const StageCanvas& canvas, const QRectF& nameRect, const QRectF& phaseRect,
                    const CardColours& colours, ThreadIndex thread, const ThreadState& state, bool full, double c)
{
    const QRectF title = nameRect.united(phaseRect);
    const double namePixels = (full ? 15.5 : 16) * c;
    const double phasePixels = (full ? 13 : 12.5) * c;
    const double icon = std::max((full ? 14 : 13) * c, canvas.fonts.least());
    const double gap = 5 * c;
    double widestPhase = 0;
    for (const auto each :
         {ThreadPhase::New, ThreadPhase::Ready, ThreadPhase::Running, ThreadPhase::Blocked, ThreadPhase::Finished})
        widestPhase = std::max(widestPhase, canvas.width(textOf(each), phasePixels, Face::Text));
    widestPhase = std::max(widestPhase, canvas.width(phaseText(state), phasePixels, Face::Text));
    const auto room = [&](bool worded) { return title.width() - icon - gap - (worded ? widestPhase + gap : 0); };
    // A thread whose letter is about as wide as letters get.
    constexpr ThreadIndex widestLetter = 'D' - 'A';
    const bool named = full
                    && std::max(canvas.width(threadText(widestLetter), namePixels, Face::Bold),
                                canvas.width(threadText(thread), namePixels, Face::Bold))
                           <= room(true);
    const QString name = named ? threadText(thread) : letterOf(thread);
    // Where not even the letter fits beside it, the state's sign says enough.
    const bool worded = canvas.width(name, 0, Face::Bold) <= room(true);
    const QString phase = worded ? phaseText(state) : QString();
    const double phaseWidth = icon + (worded ? gap + canvas.width(phase, phasePixels, Face::Text) : 0);
    const QRectF phaseBox(title.right() - phaseWidth, title.top(), phaseWidth, title.height());
    const QRectF nameBox(title.topLeft(), QPointF(phaseBox.left() - gap, title.bottom()));
    if (colours.hatched) {
        const double wide = std::min(nameBox.width(), canvas.width(name, namePixels, Face::Bold));
        const double high = namePixels * 1.15;
        clearBehind(canvas, QRectF(nameBox.left(), nameBox.center().y() - high / 2, wide, high), c);
        clearBehind(canvas, QRectF(phaseBox.left(), phaseBox.center().y() - high / 2, phaseBox.width(), high), c);
    }
    canvas.figure(nameBox, Qt::AlignLeft, name, namePixels, Face::Bold, colours.name);
    canvas.phaseIcon(QRectF(phaseBox.left(), phaseBox.center().y() - icon / 2, icon, icon), state, colours.phase);
    if (worded)
        canvas.figure(phaseBox.adjusted(icon + gap, 0, 0, 0), Qt::AlignLeft, phase, phasePixels, Face::Text,
                      colours.phase);
}

void paintTally(const StageCanvas& canvas, const QRectF& rect, const ThreadState& state, double pixels)
{
    const Theme& theme = canvas.theme;
    enum class Mark { None, Lost, SetAside };
    struct Part {
        QString text;
        Mark mark = Mark::None;
        QColor ink;
        Face face = Face::Text;
    };
    const bool loses = state.lost() > 0;
    const QColor lostInk = loses ? theme.lost : theme.softInk;
    const Face lostFace = loses ? Face::Bold : Face::Text;
    const QString lost = numberText(state.lost());
    const Part done{Tr::tr("done %1", "updates").arg(numberText(state.done)), Mark::None, theme.softInk};
    const Part lostWords{Tr::tr("lost %1").arg(lost), loses ? Mark::Lost : Mark::None, lostInk, lostFace};
    const Part lostSign{lost, Mark::Lost, lostInk, lostFace};
    std::vector<std::vector<Part>> wordings{{done, lostWords}, {done, lostSign}, {lostSign}};
    if (state.setAside > 0) {
        const QString aside = numberText(state.setAside);
        const Part sign{aside, Mark::SetAside, theme.ink, Face::Bold};
        const Part words{Tr::tr("set aside %1").arg(aside), Mark::SetAside, theme.ink, Face::Bold};
        wordings = {{done, lostWords, words}, {done, lostSign, sign}, {lostSign, sign}, {sign}};
    }
    const auto needed = [&](const std::vector<Part>& parts, double size) {
        double sum = size * 0.7 * static_cast<double>(parts.size() - 1);
        for (const Part& part : parts)
            sum += canvas.width(part.text, size, part.face) + (part.mark == Mark::None ? 0 : size * 0.95 + 2);
        return sum;
    };
    // The most words that can be read, and then as large as they can be.
    const double least = canvas.fonts.least();
    const auto found = std::find_if(wordings.begin(), wordings.end() - 1,
                                    [&](const auto& parts) { return needed(parts, least) <= rect.width(); });
    double size = std::max(pixels, least);
    while (size > least && needed(*found, size) > rect.width())
        size = std::max(least, size - 0.5);
    double right = rect.right();
    for (auto part = found->rbegin(); part != found->rend(); ++part) {
        const double wide = canvas.width(part->text, size, part->face);
        canvas.figure(QRectF(QPointF(right - wide, rect.top()), QPointF(right, rect.bottom())), Qt::AlignRight,
                      part->text, size, part->face, part->ink);
        right -= wide;
        if (part->mark != Mark::None) {
            const double icon = size * 0.95;
            right -= icon + 2;
            const QRectF at(right, rect.center().y() - icon / 2, icon, icon);
            if (part->mark == Mark::Lost)
                canvas.cross(at, part->ink);
            else
                canvas.setAside(at, part->ink);
        }
        right -= size * 0.7;
    }
}

void paintThreadCard(const StageCanvas& canvas, const StageScene& scene, ThreadIndex thread, const QRectF& frame,
                     CardStyle style)
{
    const ThreadState& state = scene.thread(thread);
    const double c = scene.layout.cardScale;
    const CardParts p = scene.layout.parts(frame, style);
    const CardColours colours = coloursOf(canvas.theme, thread, state);
    const bool full = style == CardStyle::Full;
    const double radius = (full ? 7 : 6) * c;

    canvas.box(frame, radius, canvas.theme.card, {}, 0);
    paintCardHeader(canvas, p.header, colours, radius, c);
    canvas.box(frame, radius, {}, colours.edge, colours.edgeWidth * c);
    paintCardTitle(canvas, p.name, p.phase, colours, thread, state, full, c);
    if (full)
        paintStack(canvas, p, colours, state, c);
    paintRegister(canvas, p, colours, state, scene.shown.lockHolder == thread, c);
    paintCounter(canvas, p, state, c);
    paintTally(canvas, p.tally, state, 13 * c);
    if (scene.shown.lockHolder == thread) {
        const double icon = std::min(p.badge.height(), 16 * c);
        const QRectF glyph(p.badge.left(), p.badge.center().y() - icon / 2, icon, icon);
        canvas.padlock(glyph, canvas.theme.thread(thread), true);
        const QString words = Tr::tr("holds", "the lock");
        const QRectF beside = p.badge.adjusted(icon + 3 * c, 0, 0, 0);
        if (full)
            canvas.words(beside, Qt::AlignLeft, {words}, 12.5 * c, Face::Text, canvas.theme.softInk);
    }
    if (scene.selected == thread)
        canvas.ring(frame, 2 * c);
}

void paintCards(const StageCanvas& canvas, const StageScene& scene)
{
    const StageLayout& layout = scene.layout;
    if (layout.style != CardStyle::Cell) {
        for (ThreadIndex t = 0; t < layout.threads(); ++t)
            paintThreadCard(canvas, scene, t, layout.frame(t), layout.style);
        return;
    }
    for (std::size_t place = 0; place < layout.enlargedShown(scene.enlarged); ++place) {
        const ThreadIndex thread = scene.enlarged[place];
        paintThreadCard(canvas, scene, thread, layout.enlargedFrame(static_cast<int>(place)), CardStyle::Compact);
        // Where in the grid the enlarged thread stands.
        const QRectF cell = layout.frame(thread);
        canvas.box(cell.adjusted(-1.5, -1.5, 1.5, 1.5), 4, {}, canvas.theme.ink, 1.6);
    }
    if (scene.selected && *scene.selected < layout.threads())
        canvas.ring(layout.frame(*scene.selected), 1.6);
}

} // namespace interleave
