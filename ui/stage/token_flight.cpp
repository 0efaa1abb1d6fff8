// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/token_flight.h"

#include "sentences/names.h"
#include "stage/stage_pieces.h"

#include <algorithm>

namespace interleave {

namespace {

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
                           faded(moment.lostCount > 0 ? canvas.theme.lost : canvas.theme.softInk, 1.25 - after), 5 * s);
            paintErased(canvas, moment, scene.layout.erased, scene.layout.counterBox, after, s);
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
                              canvas.theme.onThread(event.thread));
            else
                canvas.padlock(inside, canvas.theme.onThread(event.thread), event.kind == EventKind::LockAcquire);
        } else {
            paintPulse(canvas, scene.layout.lockBox, own, after, s);
        }
        return;
    }
    default: paintPulse(canvas, card, own, progress, s); return;
    }
}

} // namespace interleave
