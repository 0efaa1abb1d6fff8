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
    const double left = std::min(canvas.width(function, pixels, Face::Mono), in.width());
    canvas.text(in, Qt::AlignLeft, function, pixels, Face::Mono, theme.ink);
    if (!variable.isEmpty())
        canvas.figure(in.adjusted(left + 6 * c, 0, 0, 0), Qt::AlignRight, variable, pixels, Face::Mono, theme.ink);
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
    if (!p.registerLabel.isNull())
        canvas.text(holdsLock ? p.registerLabel : p.registerLabel.united(p.badge), Qt::AlignLeft,
                    isSaved(state) ? Tr::tr("saved in TCB") : Tr::tr("register"), 12.5 * c, Face::Text, theme.softInk);
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
        canvas.text(p.counterLabel, Qt::AlignLeft, Tr::tr("pc"), 12.5 * c, Face::Text, theme.softInk);
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

// A thread whose letter is about as wide as letters get.
constexpr ThreadIndex widestLetter = 'D' - 'A';

void paintCardTitle(const StageCanvas& canvas, QRectF nameRect, QRectF phaseRect, const CardColours& colours,
                    ThreadIndex thread, const ThreadState& state, bool full, double c)
{
    const double namePixels = (full ? 15.5 : 16) * c;
    const double phasePixels = (full ? 13 : 12.5) * c;
    QString name = full ? threadText(thread) : letterOf(thread);
    const QString phase = phaseText(state);
    const double icon = (full ? 14 : 13) * c;
    // The name takes what the state leaves it, down to its letter; alike on all cards and in every state.
    double widestPhase = 0;
    for (const auto each :
         {ThreadPhase::New, ThreadPhase::Ready, ThreadPhase::Running, ThreadPhase::Blocked, ThreadPhase::Finished})
        widestPhase = std::max(widestPhase, canvas.width(textOf(each), phasePixels, Face::Text));
    const double roomForName = phaseRect.right() - widestPhase - icon - 10 * c - nameRect.left();
    if (full && canvas.width(threadText(widestLetter), namePixels, Face::Bold) > roomForName)
        name = letterOf(thread);
    const double phaseWidth = std::min(canvas.width(phase, phasePixels, Face::Text) + icon + 5 * c,
                                       nameRect.width() + phaseRect.width()
                                           - canvas.width(letterOf(thread), namePixels, Face::Bold) - 8 * c);
    phaseRect.setLeft(phaseRect.right() - phaseWidth);
    nameRect.setRight(phaseRect.left() - 5 * c);
    if (canvas.width(name, namePixels, Face::Bold) > nameRect.width())
        name = letterOf(thread);
    if (colours.hatched) {
        const double wide = std::min(nameRect.width(), canvas.width(name, namePixels, Face::Bold));
        const double high = namePixels * 1.15;
        clearBehind(canvas, QRectF(nameRect.left(), nameRect.center().y() - high / 2, wide, high), c);
        clearBehind(canvas, QRectF(phaseRect.left(), phaseRect.center().y() - high / 2, phaseRect.width(), high), c);
    }
    canvas.figure(nameRect, Qt::AlignLeft, name, namePixels, Face::Bold, colours.name);
    const QRectF iconRect(phaseRect.left(), phaseRect.center().y() - icon / 2, icon, icon);
    canvas.phaseIcon(iconRect, state, colours.phase);
    canvas.text(phaseRect.adjusted(icon + 5 * c, 0, 0, 0), Qt::AlignLeft, phase, phasePixels, Face::Text,
                colours.phase);
}

void paintTally(const StageCanvas& canvas, const QRectF& rect, const ThreadState& state, bool words, double pixels)
{
    const Theme& theme = canvas.theme;
    const bool loses = state.lost() > 0;
    const Face lostFace = loses ? Face::Bold : Face::Text;
    const QColor lostColour = loses ? theme.lost : theme.softInk;
    const double icon = pixels * 0.95;
    const double gap = pixels * 0.7;
    QString survived = Tr::tr("survived %1").arg(numberText(state.surviving));
    QString lost = Tr::tr("lost %1").arg(numberText(state.lost()));
    const auto total = [&] {
        return canvas.width(survived, pixels, Face::Text) + canvas.width(lost, pixels, lostFace) + gap;
    };
    double needed = total() + (loses ? icon + 2 : 0);
    if (words && needed <= rect.width()) {
        double x = rect.right() - canvas.width(lost, pixels, lostFace);
        canvas.text(QRectF(QPointF(x, rect.top()), rect.bottomRight()), Qt::AlignLeft, lost, pixels, lostFace,
                    lostColour);
        if (loses) {
            x -= icon + 2;
            canvas.cross(QRectF(x, rect.center().y() - icon / 2, icon, icon), theme.lost);
        }
        canvas.text(QRectF(QPointF(rect.left(), rect.top()), QPointF(x - gap, rect.bottom())), Qt::AlignRight, survived,
                    pixels, Face::Text, theme.softInk);
        return;
    }
    survived = numberText(state.surviving);
    lost = numberText(state.lost());
    needed = total() + 2 * icon + 4;
    const double k = needed > rect.width() ? rect.width() / needed : 1;
    const double size = pixels * k;
    double x = rect.right() - canvas.width(lost, size, lostFace);
    canvas.text(QRectF(QPointF(x, rect.top()), rect.bottomRight()), Qt::AlignLeft, lost, size, lostFace, lostColour);
    x -= icon * k + 2;
    canvas.cross(QRectF(x, rect.center().y() - icon * k / 2, icon * k, icon * k), lostColour);
    x -= gap * k + canvas.width(survived, size, Face::Text);
    canvas.text(QRectF(x, rect.top(), rect.width(), rect.height()), Qt::AlignLeft, survived, size, Face::Text,
                theme.softInk);
    x -= icon * k + 2;
    canvas.tick(QRectF(x, rect.center().y() - icon * k / 2, icon * k, icon * k),
                state.surviving > 0 ? theme.survived : theme.softInk);
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
    paintTally(canvas, p.tally, state, full || frame.width() > 170 * c, 13 * c);
    if (scene.shown.lockHolder == thread) {
        const double icon = std::min(p.badge.height(), 16 * c);
        const QRectF glyph(p.badge.left(), p.badge.center().y() - icon / 2, icon, icon);
        canvas.padlock(glyph, canvas.theme.thread(thread), true);
        const QString words = Tr::tr("holds", "the lock");
        const QRectF beside = p.badge.adjusted(icon + 3 * c, 0, 0, 0);
        if (full && canvas.width(words, 12.5 * c, Face::Text) <= beside.width())
            canvas.text(beside, Qt::AlignLeft, words, 12.5 * c, Face::Text, canvas.theme.softInk);
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
    for (std::size_t place = 0; place < scene.enlarged.size(); ++place) {
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
