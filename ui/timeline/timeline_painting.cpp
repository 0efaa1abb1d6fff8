// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_painting.h"

#include "sentences/names.h"
#include "style/theme.h"
#include "timeline/timeline_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Timeline)
};

constexpr double axisText = 11.5;
constexpr double leastTickDistance = 92;
constexpr double leastLabel = 11;
constexpr double mostLabel = 18;

void paintAxis(const TimelineCanvas& canvas, const TimelineScene& scene)
{
    const double u = canvas.unit;
    const TimelineLayout& layout = scene.layout;
    QPainter& painter = canvas.painter;
    const auto ticks = axisTicks(scene.view, leastTickDistance * u, scene.unit);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(canvas.theme.line, 1));
    for (const AxisTick& tick : ticks) {
        const double x = std::round(layout.tracks().left() + scene.view.pixelOf(tick.time));
        painter.drawLine(QPointF(x, layout.axis().bottom() - 4 * u), QPointF(x, layout.tracks().bottom()));
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    const double half = leastTickDistance * u / 2;
    for (const AxisTick& tick : ticks) {
        const double x = layout.tracks().left() + scene.view.pixelOf(tick.time);
        QRectF in(x - half, 0, 2 * half, layout.axis().height() - 3 * u);
        Qt::Alignment align = Qt::AlignHCenter;
        if (in.right() > layout.tracks().right() + half * 0.6) {
            in.moveRight(layout.tracks().right());
            align = Qt::AlignRight;
        }
        canvas.whole(in, align, tick.text, axisText, canvas.theme.softInk);
    }
    const QString what = scene.unit == TimeUnit::Ticks ? Texts::tr("ticks") : Texts::tr("time");
    canvas.text(layout.corner().adjusted(14 * u, 0, -16 * u, -3 * u), Qt::AlignLeft, what, axisText,
                canvas.theme.softInk);
}

QString nameOf(const TimelineScene& scene, TrackName track)
{
    // A padlock says that it is a lock, which leaves more room for its name.
    const QString lock = track.kind == TrackName::Kind::Lock ? scene.locks.value(static_cast<qsizetype>(track.index))
                                                             : QString();
    return lock.isEmpty() ? trackText(shown(scene.index, track), scene.locks) : lock;
}

QRectF wordsOf(const TimelineScene& scene, int place, double u)
{
    const bool lock = scene.order[static_cast<std::size_t>(place)].kind == TrackName::Kind::Lock;
    const bool pinned = static_cast<std::size_t>(place) < scene.pinned;
    const QRectF label = scene.layout.label(place);
    if (scene.layout.isStrip())
        return label.adjusted((lock ? 30 : 10) * u, 0, -3 * u, 0);
    return label.adjusted((lock ? 30 : 14) * u, 0, (lock && !pinned ? -4 : -18) * u, -label.height() * 0.08);
}

// One size for all names that are seen, so that none stands out.
double sizeOfLabels(const TimelineCanvas& canvas, const TimelineScene& scene)
{
    const double u = canvas.unit;
    double size = std::clamp(std::floor(scene.layout.rowHeight() / u * 0.62), leastLabel, mostLabel);
    if (scene.layout.isStrip()) // of letters
        return size;
    for (int place = scene.layout.firstSeen(); place <= scene.layout.lastSeen(); ++place) {
        const QString name = nameOf(scene, scene.order[static_cast<std::size_t>(place)]);
        const double room = wordsOf(scene, place, u).width();
        while (size > leastLabel && QFontMetricsF(canvas.sized(size, true)).horizontalAdvance(name) > room)
            --size;
    }
    return std::max(size, leastLabel);
}

void paintLabel(const TimelineCanvas& canvas, const TimelineScene& scene, int place, double size)
{
    const double u = canvas.unit;
    const TrackName track = scene.order[static_cast<std::size_t>(place)];
    const QRectF label = scene.layout.label(place);
    const bool thread = track.kind == TrackName::Kind::Thread;
    const bool pinned = static_cast<std::size_t>(place) < scene.pinned;
    const auto& selected = thread                              ? scene.selected
                         : track.kind == TrackName::Kind::Core ? scene.selectedCore
                                                               : scene.selectedLock;
    if (selected == track.index) {
        canvas.painter.fillRect(label.united(scene.layout.row(place)), canvas.theme.selectionOn(canvas.theme.panel));
        canvas.painter.fillRect(QRectF(0, label.top(), 4 * u, label.height()), canvas.theme.accent);
    }
    const bool lock = track.kind == TrackName::Kind::Lock;
    if (lock)
        canvas.padlock({19 * u, label.center().y() - label.height() * 0.04}, 11 * u);
    const QRectF words = wordsOf(scene, place, u);
    if (pinned) { // a pin, seen from the side
        const QPointF at(label.right() - 10 * u, label.center().y());
        canvas.painter.setPen(QPen(canvas.theme.softInk, 1.6 * u));
        canvas.painter.drawLine(at + QPointF(-4 * u, -5 * u), at + QPointF(4 * u, -5 * u));
        canvas.painter.drawLine(at + QPointF(0, -5 * u), at + QPointF(0, 5 * u));
        canvas.painter.drawLine(at + QPointF(-3 * u, 0), at + QPointF(3 * u, 0));
    }
    const QColor& ink = thread ? canvas.theme.threadText(track.index) : canvas.theme.ink;
    const QString full = nameOf(scene, track);
    // What a thread or a core is called is never cut; its letter or its number says enough.
    if (!scene.layout.isStrip() && canvas.whole(words, Qt::AlignLeft, full, size, ink, true, leastLabel))
        return;
    if (thread)
        canvas.whole(words, Qt::AlignLeft, letterOf(track.index), size, ink, true);
    else if (track.kind == TrackName::Kind::Core)
        canvas.whole(words, Qt::AlignLeft, numberText(shown(scene.index, track).index), size, ink, true);
    else // both ends, since the names of locks differ there
        canvas.text(words, Qt::AlignLeft,
                    QFontMetricsF(canvas.sized(leastLabel, true)).elidedText(full, Qt::ElideMiddle, words.width()),
                    leastLabel, ink, true);
}

// Where another run on the same axis goes on, and this one is over.
void paintAfterTheRun(const TimelineCanvas& canvas, const TimelineScene& scene)
{
    const QRectF& tracks = scene.layout.tracks();
    const auto end = static_cast<double>(scene.index.end());
    if (scene.whole() <= end || scene.view.end <= end)
        return;
    const double x = tracks.left() + std::max(0.0, scene.view.pixelOf(end));
    canvas.painter.fillRect(QRectF(QPointF(x, tracks.top()), tracks.bottomRight()), canvas.theme.ground);
    canvas.painter.setPen(QPen(canvas.theme.softInk, 1));
    if (scene.view.begin < end)
        canvas.painter.drawLine(QPointF(x, tracks.top()), QPointF(x, tracks.bottom()));
    canvas.text(QRectF(QPointF(x + 8 * canvas.unit, tracks.top()), tracks.bottomRight()), Qt::AlignLeft,
                Texts::tr("this run is over"), axisText, canvas.theme.softInk);
}

} // namespace

QColor overPanel(const Theme& theme, const QColor& colour, double opacity)
{
    const auto mix = [opacity](int below, int above) {
        return static_cast<int>(std::lround(below * (1 - opacity) + above * opacity));
    };
    return {mix(theme.panel.red(), colour.red()), mix(theme.panel.green(), colour.green()),
            mix(theme.panel.blue(), colour.blue())};
}

QFont TimelineCanvas::sized(double pixels, bool bold) const
{
    QFont result = font;
    result.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels * unit))));
    result.setBold(bold);
    return result;
}

void TimelineCanvas::text(const QRectF& in, Qt::Alignment align, const QString& words, double pixels,
                          const QColor& color, bool bold) const
{
    const QFont textFont = sized(pixels, bold);
    const QFontMetricsF metrics(textFont);
    const QString shown = metrics.horizontalAdvance(words) > in.width() + 0.5
                            ? metrics.elidedText(words, Qt::ElideRight, in.width())
                            : words;
    const double wide = metrics.horizontalAdvance(shown);
    double x = in.left();
    if (align & Qt::AlignRight)
        x = in.right() - wide;
    else if (align & Qt::AlignHCenter)
        x = in.center().x() - wide / 2;
    painter.setFont(textFont);
    painter.setPen(color);
    painter.drawText(QPointF(x, in.center().y() + metrics.capHeight() / 2), shown);
}

bool TimelineCanvas::whole(const QRectF& in, Qt::Alignment align, const QString& words, double pixels,
                           const QColor& color, bool bold, double least) const
{
    QFont smaller = sized(pixels, bold);
    int size = smaller.pixelSize();
    const auto width = [&] {
        smaller.setPixelSize(size);
        return QFontMetricsF(smaller).horizontalAdvance(words);
    };
    while (size > 1 && width() > in.width() + 0.5)
        --size;
    if (size < static_cast<int>(std::floor(least * unit)))
        return false;
    // Not wider than the room by now, so that nothing is left out.
    text(in, align, words, size / unit, color, bold);
    return true;
}

void TimelineCanvas::fill(const QVector<QRectF>& rects, const QColor& color) const
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (painter.paintEngine()->type() == QPaintEngine::Raster) { // which draws rectangles of floats line by line
        for (const QRectF& rect : rects)
            painter.fillRect(rect, color);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRects(rects);
}

void TimelineCanvas::hatch(const QVector<QRectF>& rects, const QColor& color, double spacing, bool crossed) const
{
    QVector<QLineF> lines;
    for (const QRectF& rect : rects) {
        // On x + y = k * spacing; the other way on x - y = k * spacing.
        const auto first = static_cast<int>(std::ceil((rect.left() + rect.top()) / spacing));
        const auto last = static_cast<int>(std::floor((rect.right() + rect.bottom()) / spacing));
        for (int k = first; k <= last; ++k) {
            const double sum = k * spacing;
            const double from = std::max(rect.left(), sum - rect.bottom());
            const double to = std::min(rect.right(), sum - rect.top());
            if (to > from)
                lines.append(QLineF(from, sum - from, to, sum - to));
        }
        if (!crossed)
            continue;
        const auto least = static_cast<int>(std::ceil((rect.left() - rect.bottom()) / spacing));
        const auto most = static_cast<int>(std::floor((rect.right() - rect.top()) / spacing));
        for (int k = least; k <= most; ++k) {
            const double difference = k * spacing;
            const double from = std::max(rect.left(), difference + rect.top());
            const double to = std::min(rect.right(), difference + rect.bottom());
            if (to > from)
                lines.append(QLineF(from, from - difference, to, to - difference));
        }
    }
    painter.setPen(QPen(color, std::max(1.0, unit)));
    painter.drawLines(lines);
}

template <typename Draw>
void TimelineCanvas::stamp(Stamp& with, QPointF centre, double size, Draw&& draw) const
{
    const bool pixels = painter.paintEngine()->type() == QPaintEngine::Raster
                     && painter.transform().type() <= QTransform::TxTranslate;
    if (!pixels) {
        draw(painter, centre);
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const double side = std::ceil(size + 6 * unit) + 1;
    if (with.size != size) {
        with.size = size;
        with.pixmap = QPixmap((QSizeF(side, side) * ratio).toSize());
        with.pixmap.setDevicePixelRatio(ratio);
        with.pixmap.fill(Qt::transparent);
        QPainter on(&with.pixmap);
        draw(on, QPointF(side / 2, side / 2));
    }
    const QPointF corner = (centre - QPointF(side / 2, side / 2)) * ratio;
    painter.drawPixmap(QPointF(std::round(corner.x()), std::round(corner.y())) / ratio, with.pixmap);
}

void TimelineCanvas::drawCross(QPainter& on, QPointF centre, double size) const
{
    on.setRenderHint(QPainter::Antialiasing, true);
    const QPointF a(size / 2, size / 2);
    const QPointF b(size / 2, -size / 2);
    for (const auto& [color, width] : {std::pair(theme.panel, 5.0), std::pair(theme.lost, 2.2)}) {
        on.setPen(QPen(color, width * unit, Qt::SolidLine, Qt::RoundCap));
        on.drawLine(centre - a, centre + a);
        on.drawLine(centre - b, centre + b);
    }
}

void TimelineCanvas::drawDeparture(QPainter& on, QPointF tip, double size, bool preempted) const
{
    on.setRenderHint(QPainter::Antialiasing, true);
    const QPointF points[] = {tip, tip + QPointF(-size / 2, -size * 0.8), tip + QPointF(size / 2, -size * 0.8)};
    on.setPen(QPen(theme.ink, std::max(1.0, unit)));
    on.setBrush(preempted ? QBrush(theme.ink) : QBrush(theme.panel));
    on.drawPolygon(points, 3);
}

void TimelineCanvas::cross(QPointF centre, double size) const
{
    stamp(m_cross, centre, size, [&](QPainter& on, QPointF at) { drawCross(on, at, size); });
}

void TimelineCanvas::drawPadlock(QPainter& on, QPointF centre, double size) const
{
    on.setRenderHint(QPainter::Antialiasing, true);
    const QRectF body(centre.x() - size * 0.4, centre.y() - size * 0.06, size * 0.8, size * 0.56);
    const QRectF arch(centre.x() - size * 0.25, centre.y() - size * 0.5, size * 0.5, size * 0.6);
    QPainterPath shackle(QPointF(arch.left(), body.top()));
    shackle.lineTo(arch.left(), arch.center().y());
    shackle.arcTo(QRectF(arch.left(), arch.top(), arch.width(), arch.width()), 180, -180);
    shackle.lineTo(arch.right(), body.top());
    // Whatever is below, it stands out.
    on.setBrush(Qt::NoBrush);
    on.setPen(QPen(theme.panel, size * 0.14 + 2 * unit));
    on.drawPath(shackle);
    on.drawRect(body);
    on.setPen(QPen(theme.ink, std::max(1.0, size * 0.14)));
    on.drawPath(shackle);
    on.fillRect(body, theme.ink);
}

void TimelineCanvas::padlock(QPointF centre, double size) const
{
    stamp(m_padlock, centre, size, [&](QPainter& on, QPointF at) { drawPadlock(on, at, size); });
}

void TimelineCanvas::departure(QPointF tip, double size, bool preempted) const
{
    const QPointF half(0, size * 0.4);
    stamp(m_departures[preempted ? 1 : 0], tip - half, size,
          [&](QPainter& on, QPointF at) { drawDeparture(on, at + half, size, preempted); });
}

std::vector<TrackColumn> minimapColumns(const TimelineIndex& index, double width, double whole)
{
    const VisibleTime view{0, whole, std::max(1.0, std::floor(width))};
    std::vector<TrackColumn> all(static_cast<std::size_t>(view.width));
    TrackColumns one;
    for (std::uint32_t t = 0; t < index.threads(); ++t) {
        one.read(index, {TrackName::Kind::Thread, t}, view);
        for (std::size_t x = 0; x < all.size(); ++x) {
            all[x].time = std::max(all[x].time, one.all()[x].time);
            all[x].sums += one.all()[x].sums;
        }
    }
    return all;
}

void paintMinimap(const TimelineCanvas& canvas, const QRectF& box, std::size_t tracks,
                  const std::vector<TrackColumn>& columns)
{
    QPainter& painter = canvas.painter;
    const Theme& theme = canvas.theme;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(box, theme.card);
    const auto threads = static_cast<double>(std::max<std::size_t>(1, tracks));
    // How many threads run at once, against the most that do.
    double most = 0;
    for (const TrackColumn& column : columns)
        most = std::max(most, column.share(Activity::Running));
    QVector<QRectF> running;
    QVector<QRectF> lost;
    const double half = std::round(box.height() * 0.6);
    for (std::size_t x = 0; x < columns.size(); ++x) {
        const double left = box.left() + static_cast<double>(x);
        if (const double share = columns[x].share(Activity::Running) / std::max(most, 1 / threads); share > 0) {
            const double height = std::max(1.0, std::round(share * (half - 2)));
            running.append(QRectF(left, box.top() + half - height, 1, height));
        }
        if (columns[x].sums.lost > 0)
            lost.append(QRectF(left, box.top() + half + 1, 1, box.height() - half - 2));
    }
    canvas.fill(running, overPanel(theme, theme.softInk, 0.5));
    canvas.fill(lost, theme.lost);

    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.line, 1));
    painter.drawRect(box.adjusted(0, 0, -1, -1));
}

void paintVisibleRange(const TimelineCanvas& canvas, const TimelineScene& scene)
{
    QPainter& painter = canvas.painter;
    const Theme& theme = canvas.theme;
    const QRectF box = scene.layout.minimap();
    const double whole = scene.whole();
    const double from = box.left() + scene.view.begin / whole * box.width();
    const double to = std::max(from + 3, box.left() + scene.view.end / whole * box.width());
    QColor veil = theme.accent;
    veil.setAlphaF(0.16F);
    painter.setPen(Qt::NoPen);
    painter.fillRect(QRectF(from, box.top(), to - from, box.height()), veil);
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme.accent, 1.6 * canvas.unit));
    painter.drawRoundedRect(QRectF(from, box.top(), to - from, box.height()).adjusted(0.8, 0.8, -0.8, -0.8), 3, 3);
    const double u = canvas.unit;
    if (!scene.layout.isStrip())
        canvas.text(QRectF(14 * u, box.top(), box.left() - 30 * u, box.height()), Qt::AlignLeft, Texts::tr("whole run"),
                    axisText, theme.softInk);
}

void paintPlayhead(const TimelineCanvas& canvas, const TimelineScene& scene, double time)
{
    const TimelineLayout& layout = scene.layout;
    const double u = canvas.unit;
    QPainter& painter = canvas.painter;
    painter.setRenderHint(QPainter::Antialiasing, true);
    if (!layout.minimap().isNull()) {
        const double onMinimap = layout.minimap().left() + time / scene.whole() * layout.minimap().width();
        painter.setPen(QPen(canvas.theme.ink, 1.4 * u));
        painter.drawLine(QPointF(onMinimap, layout.minimap().top()), QPointF(onMinimap, layout.minimap().bottom()));
    }
    // Of a strip that shows the whole run alone, the playhead stands on that.
    const bool tracks = layout.hasTracks();
    if (tracks && !scene.view.shows(time))
        return;
    const QRectF& on = tracks ? layout.tracks() : layout.minimap();
    const double x = tracks ? on.left() + scene.view.pixelOf(time) : on.left() + time / scene.whole() * on.width();
    const double top = layout.axis().bottom();
    painter.setPen(QPen(canvas.theme.ink, 1.8 * u));
    painter.drawLine(QPointF(x, top - 2 * u), QPointF(x, on.bottom()));
    const QPointF head[] = {{x - 6 * u, top - 7 * u}, {x + 6 * u, top - 7 * u}, {x, top + 2 * u}};
    painter.setPen(Qt::NoPen);
    painter.setBrush(canvas.theme.ink);
    painter.drawPolygon(head, 3);
}

void paintTimeline(const TimelineCanvas& canvas, const TimelineScene& scene,
                   const std::function<void(QPainter&)>& minimap)
{
    const TimelineLayout& layout = scene.layout;
    QPainter& painter = canvas.painter;
    painter.fillRect(QRectF(QPointF(), layout.size()), canvas.theme.panel);
    painter.save();
    painter.setClipRect(layout.tracks().united(layout.labels()));
    const double labels = sizeOfLabels(canvas, scene);
    for (int place = layout.firstSeen(); place <= layout.lastSeen(); ++place)
        paintLabel(canvas, scene, place, labels);
    painter.restore();
    if (!layout.isStrip())
        paintAxis(canvas, scene);
    painter.save();
    painter.setClipRect(layout.tracks());
    TrackColumns columns;
    for (int place = layout.firstSeen(); place <= layout.lastSeen(); ++place)
        paintTrack(canvas, scene, place, columns);
    if (scene.pinned > 0) {
        const double y = layout.row(static_cast<int>(scene.pinned)).top() - 0.5;
        painter.setPen(QPen(canvas.theme.softInk, 1));
        painter.drawLine(QPointF(layout.tracks().left(), y), QPointF(layout.tracks().right(), y));
    }
    painter.restore();
    paintAfterTheRun(canvas, scene);
    if (!layout.minimap().isNull()) {
        minimap(painter);
        paintVisibleRange(canvas, scene);
    }
    if (!layout.legend().isNull())
        paintLegend(canvas, scene);
}

} // namespace interleave
