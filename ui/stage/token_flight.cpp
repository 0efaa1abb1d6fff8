// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/token_flight.h"

#include "sentences/names.h"
#include "stage/stage_pieces.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::TokenFlight)
};

// The values that left the surviving path fall out of the counter and lie beside it.
void paintErased(const StageCanvas& canvas, const StageScene& scene, double fall)
{
    const StageMoment& moment = scene.moment;
    const QRectF& area = scene.layout.erased;
    if (moment.erased.empty() || area.isNull())
        return;
    const double s = scene.layout.scale;
    // Where a line of words is needed, it takes the place of the last token.
    const bool more = moment.erasedCount > moment.erased.size();
    const std::size_t tokens = more ? moment.erased.size() - 1 : moment.erased.size();
    const double lines = static_cast<double>(tokens) + (more ? 0.8 : 0);
    const double gap = 4 * s;
    const double height = std::min(34 * s, (area.height() - gap * (lines - 1)) / lines);
    const double width = std::min(area.width(), height * 4.2);
    for (std::size_t i = 0; i < tokens; ++i) {
        const QRectF rest(area.left(), area.top() + (height + gap) * static_cast<double>(i), width, height);
        const QPointF from = scene.layout.counterBox.center() - rest.center();
        const double left = 1 - eased(fall);
        // Over the edge of the box in an arc.
        const QPointF offset(from.x() * left, from.y() * left - std::sin(left * M_PI) * height * 0.9);
        const Erased& erased = moment.erased[i];
        paintErasedToken(canvas, rest.translated(offset), erased.name, numberText(erased.value));
    }
    if (more && fall >= 1) {
        const QRectF rest(area.left(), area.top() + (height + gap) * static_cast<double>(tokens), area.width(),
                          height * 0.8);
        canvas.figure(rest, Qt::AlignLeft, Tr::tr("+%1 more").arg(numberText(moment.erasedCount - tokens)),
                      height * 0.6, Face::Bold, canvas.theme.lost);
    }
}

QRectF counterTarget(const StageScene& scene)
{
    const StageLayout& layout = scene.layout;
    if (!layout.program.sharded)
        return layout.counterBox;
    const ThreadIndex first = layout.firstShardShown(scene.moment.actor());
    return layout.shardFrame(static_cast<int>(scene.moment.actor() - first));
}

} // namespace

double arrivalOf(EventKind kind)
{
    switch (kind) {
    case EventKind::Load: return 0.8;
    case EventKind::Store: return 0.55;
    case EventKind::Add: return 0.4;
    case EventKind::LockAcquire:
    case EventKind::LockRelease:
    case EventKind::LockWait: return 0.75;
    default: return 0;
    }
}

void paintFlight(const StageCanvas& canvas, const StageScene& scene, double progress)
{
    const StageMoment& moment = scene.moment;
    if (!moment.event || moment.actor() >= scene.layout.threads())
        return;
    const Event& event = *moment.event;
    const double s = scene.layout.scale;
    const QColor& own = canvas.theme.thread(event.thread);
    const QRectF card = scene.cardOf(event.thread);
    const CardStyle style = scene.cardStyle();
    const QRectF registerBox = scene.layout.parts(card, style).registerBox;
    const double arrival = arrivalOf(event.kind);
    const double onTheWay = arrival > 0 ? progress / arrival : 1;
    const double after = arrival < 1 ? (progress - arrival) / (1 - arrival) : 1;
    const bool rests = progress >= 1;
    const double wayOpacity = rests ? restingWay : 1;

    switch (event.kind) {
    case EventKind::Load:
    case EventKind::Store: {
        const bool load = event.kind == EventKind::Load;
        const QRectF target = counterTarget(scene);
        QPolygonF way = scene.layout.route(card, style, target);
        if (load)
            way = reversed(way);
        paintWay(canvas, way, own, wayOpacity, s);
        if (event.clobbering && after > 0) {
            if (!rests) // the flash
                canvas.box(target.adjusted(-3 * s, -3 * s, 3 * s, 3 * s), 9 * s, {},
                           faded(canvas.theme.lost, 1.25 - after), 5 * s);
            paintErased(canvas, scene, after);
        }
        if (onTheWay < 1)
            paintToken(canvas, pointOn(way, eased(onTheWay)), numberText(event.value), own, s);
        else if (!event.clobbering)
            paintPulse(canvas, load ? registerBox : target, own, after, s);
        return;
    }
    case EventKind::Add: {
        paintPulse(canvas, registerBox, own, progress, s);
        if (!rests) {
            const QPointF at(registerBox.center().x(), registerBox.top() - 14 * s * eased(progress));
            paintToken(canvas, at, QStringLiteral("+1"), own, s * 0.8);
        }
        return;
    }
    case EventKind::LockAcquire:
    case EventKind::LockRelease:
    case EventKind::LockWait: {
        if (scene.layout.lockBox.isNull())
            return;
        QPolygonF way = scene.layout.route(card, style, scene.layout.lockBox);
        if (event.kind == EventKind::LockAcquire)
            way = reversed(way);
        paintWay(canvas, way, own, wayOpacity, s);
        if (onTheWay < 1) {
            const QPointF at = pointOn(way, eased(onTheWay));
            const double side = 34 * s;
            const QRectF token(at.x() - side / 2, at.y() - side / 2, side, side);
            canvas.box(token, side / 2, own, canvas.theme.ground, 2 * s);
            const QRectF inside = token.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2);
            if (event.kind == EventKind::LockWait)
                canvas.figure(inside, Qt::AlignCenter, letterOf(event.thread), 18 * s, Face::Bold,
                              canvas.theme.onAccent);
            else
                canvas.padlock(inside, canvas.theme.onAccent, event.kind == EventKind::LockAcquire);
        } else {
            paintPulse(canvas, scene.layout.lockBox, own, after, s);
        }
        return;
    }
    default: paintPulse(canvas, card, own, progress, s); return;
    }
}

} // namespace interleave
