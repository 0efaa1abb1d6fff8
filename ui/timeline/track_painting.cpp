// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentences/names.h"
#include "style/theme.h"
#include "timeline/lock_painting.h"
#include "timeline/timeline_painting.h"
#include "timeline/timeline_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <optional>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::Timeline)
};

constexpr double hatchSpacing = 6;     // design pixels
constexpr double narrow = 5;           // spans below this are plain
constexpr double round = 160;          // and only above this are corners worth an outline of their own
constexpr double leastForText = 18;    // spans of at least this say who runs; of some times that, where
constexpr double leastWordHeight = 11; // below that nobody reads them
constexpr double besideAPadlock = 13;
constexpr double leastEntry = 14; // of the legend
constexpr double crossSize = 9;   // of one lost update, in design pixels
constexpr double readyPart = 0.3; // of the height of a bar

// One way to be, and how it looks: running is filled, ready an outline, blocked hatched.
struct Look {
    QColor own;
    QColor edge;
    QColor tint;
};

Look lookOf(const Theme& theme, ThreadIndex thread)
{
    const QColor& own = thread == noThread ? theme.softInk : theme.thread(thread);
    return {own, overPanel(theme, own, 0.6), overPanel(theme, own, 0.16)};
}

QRectF readyIn(const QRectF& span)
{
    const double height = std::max(3.0, std::round(span.height() * readyPart));
    return {span.left(), std::round(span.center().y() - height / 2), span.width(), height};
}

// Of whole pixels, which is much quicker than a line that is drawn, and there are many.
void paintOutline(const TimelineCanvas& canvas, const QRectF& rect, const QColor& colour)
{
    const double edge = std::max(1.0, std::round(canvas.unit));
    canvas.painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), edge), colour);
    canvas.painter.fillRect(QRectF(rect.left(), rect.bottom() - edge, rect.width(), edge), colour);
    canvas.painter.fillRect(QRectF(rect.left(), rect.top(), edge, rect.height()), colour);
    canvas.painter.fillRect(QRectF(rect.right() - edge, rect.top(), edge, rect.height()), colour);
}

// `words`: where it may say who or where it runs.
void paintSpan(const TimelineCanvas& canvas, const QRectF& span, const TimelineSpan& what, const Look& look, bool byWho,
               const QRectF& words = {})
{
    QPainter& painter = canvas.painter;
    const double u = canvas.unit;
    const bool wide = span.width() >= narrow * u;
    const bool rounded = span.width() >= round * u;
    painter.setRenderHint(QPainter::Antialiasing, rounded);
    const double radius = std::min({3 * u, span.width() / 3, span.height() / 3});
    switch (what.activity) {
    case Activity::Inactive: return;
    case Activity::Running:
        if (rounded) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(look.own);
            painter.drawRoundedRect(span.adjusted(0.3, 0, -0.3, 0), radius, radius);
        } else if (wide) { // a corner of one pixel each
            painter.fillRect(span.adjusted(0, 1, 0, -1), look.own);
            painter.fillRect(QRectF(span.left() + 1, span.top(), span.width() - 2, span.height()), look.own);
        } else {
            painter.fillRect(span, look.own);
        }
        if (words.width() >= (byWho ? 1.0 : 4.0) * leastForText * u && what.who != noThread
            && words.height() >= leastWordHeight * u)
            canvas.text(words.adjusted(3 * u, 0, -3 * u, 0), byWho ? Qt::AlignHCenter : Qt::AlignLeft,
                        byWho ? letterOf(what.who) : Texts::tr("core %1").arg(what.who),
                        std::min(15.0, words.height() / u * (words.height() > 20 * u ? 0.62 : 0.8)),
                        canvas.theme.on(look.own), byWho);
        return;
    case Activity::Ready: {
        const QRectF line = readyIn(span);
        if (!rounded) {
            if (!wide || line.height() <= 2 * std::max(1.0, std::round(u)))
                painter.fillRect(line, look.edge);
            else
                paintOutline(canvas, line, look.edge);
            return;
        }
        painter.setPen(QPen(look.edge, 1.2 * u));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(line.adjusted(0.8, 0.5, -0.8, -0.5), line.height() / 2, line.height() / 2);
        return;
    }
    case Activity::Waiting:
    case Activity::Asleep: {
        const bool asleep = what.activity == Activity::Asleep;
        painter.fillRect(span, look.tint);
        if (!wide) {
            painter.fillRect(QRectF(span.left(), span.top(), std::max(1.0, span.width() / 2), span.height()),
                             look.edge);
            return;
        }
        canvas.hatch(span, look.edge, (asleep ? 2.5 : 1.0) * hatchSpacing * u);
        if (!asleep) {
            paintOutline(canvas, span, look.edge);
            return;
        }
        painter.setPen(QPen(look.edge, 1.2 * u, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(span.adjusted(0.6, 0.6, -0.6, -0.6));
        return;
    }
    }
}

// Where spans are closer than the eye can part: in each column, how much of its time went to what, from the bottom.
void paintDense(const TimelineCanvas& canvas, const QRectF& bar, const std::vector<TrackColumn>& columns,
                std::optional<ThreadIndex> thread)
{
    struct Pile {
        int none = 0;
        int running = 0;
        int blocked = 0;
        int ready = 0;
        std::uint32_t who = noThread;
    };
    const double height = bar.height();
    const auto pileOf = [&](const TrackColumn& column) {
        const double running = column.share(Activity::Running);
        const double blocked = running + column.share(Activity::Waiting) + column.share(Activity::Asleep);
        const double ready = blocked + column.share(Activity::Ready);
        Pile pile;
        pile.running = static_cast<int>(std::lround(std::min(1.0, running) * height));
        if (running > 0)
            pile.running = std::max(1, pile.running);
        pile.blocked = std::max(pile.running, static_cast<int>(std::lround(std::min(1.0, blocked) * height)));
        pile.ready = std::max(pile.blocked, static_cast<int>(std::lround(std::min(1.0, ready) * height)));
        pile.who = thread ? *thread : column.who;
        return pile;
    };
    std::vector<Pile> piles(columns.size());
    for (std::size_t x = 0; x < columns.size(); ++x)
        if (columns[x].time > 0)
            piles[x] = pileOf(columns[x]);

    Look look;
    std::uint32_t lookIsOf = noThread - 1;
    QVector<QRectF> rects;
    // What is higher is painted first, down to the bottom, and then covered: what little changes in it is one rectangle.
    const auto paintLayer = [&](int Pile::*top, int Pile::*below, const auto& flush) {
        std::size_t from = 0;
        for (std::size_t x = 1; x <= piles.size(); ++x) {
            const Pile& run = piles[from];
            if (x < piles.size() && piles[x].*top == run.*top && piles[x].who == run.who
                && (piles[x].*top > piles[x].*below) == (run.*top > run.*below))
                continue;
            if (run.*top > run.*below) {
                if (lookIsOf != run.who) {
                    flush();
                    look = lookOf(canvas.theme, run.who);
                    lookIsOf = run.who;
                }
                rects.append(QRectF(bar.left() + static_cast<double>(from), bar.bottom() - run.*top,
                                    static_cast<double>(x - from), run.*top));
            }
            from = x;
        }
        flush();
    };
    const auto fillWith = [&](const QColor Look::*colour, bool hatched) {
        return [&, colour, hatched] {
            if (rects.isEmpty())
                return;
            canvas.fill(rects, look.*colour);
            if (hatched)
                canvas.hatch(rects, look.edge, hatchSpacing * canvas.unit);
            rects.clear();
        };
    };
    paintLayer(&Pile::ready, &Pile::blocked, fillWith(&Look::tint, false));
    paintLayer(&Pile::blocked, &Pile::running, fillWith(&Look::tint, true));
    paintLayer(&Pile::running, &Pile::none, fillWith(&Look::own, false));
}

// Calls `single` for a column that stands alone, `crowded` for every column that does not.
template <typename Count, typename Single, typename Crowded>
void byCrowd(const std::vector<TrackColumn>& columns, double apart, Count&& count, Single&& single, Crowded&& crowded)
{
    std::vector<std::size_t> group;
    const auto flush = [&] {
        if (group.size() == 1)
            single(group.front());
        else
            for (const std::size_t x : group)
                crowded(x);
        group.clear();
    };
    for (std::size_t x = 0; x < columns.size(); ++x) {
        if (count(columns[x]) == 0)
            continue;
        if (!group.empty() && static_cast<double>(x - group.back()) > apart)
            flush();
        group.push_back(x);
    }
    flush();
}

void paintSwitches(const TimelineCanvas& canvas, const QRectF& place, const std::vector<TrackColumn>& columns)
{
    const double size = std::max(5.0, 7 * canvas.unit);
    const double height = std::round(place.height() * 0.6);
    std::vector<QPointF> alone;
    std::vector<bool> preempted;
    QVector<QRectF> crowd;
    byCrowd(
        columns, size, [](const TrackColumn& column) { return column.sums.switches(); },
        [&](std::size_t x) {
            alone.push_back({place.left() + static_cast<double>(x), place.bottom()});
            preempted.push_back(columns[x].sums.preempted > 0);
        },
        [&](std::size_t x) {
            const double left = place.left() + static_cast<double>(x);
            if (!crowd.isEmpty() && crowd.back().right() == left)
                crowd.back().setRight(left + 1);
            else
                crowd.append(QRectF(left, place.bottom() - height, 1, height));
        });
    canvas.fill(crowd, canvas.theme.softInk);
    for (std::size_t i = 0; i < alone.size(); ++i)
        canvas.departure(alone[i], size, preempted[i]);
}

// Few are crosses on the bar; many a band whose height tells which part of the updates was lost.
void paintLost(const TimelineCanvas& canvas, const QRectF& bar, const QRectF& lane,
               const std::vector<TrackColumn>& columns)
{
    // Where few tracks have much room, their marks grow with them.
    const double size = std::max({6.0, crossSize * canvas.unit, std::min(bar.height() * 0.42, 14 * canvas.unit)});
    std::vector<double> alone;
    QVector<QRectF> band;
    byCrowd(
        columns, size, [](const TrackColumn& column) { return column.sums.lost; },
        [&](std::size_t x) { alone.push_back(bar.left() + static_cast<double>(x) + 0.5); },
        [&](std::size_t x) {
            const TimelineSums& sums = columns[x].sums;
            const double share = static_cast<double>(sums.lost) / std::max(1U, sums.updates);
            const double height = std::round(lane.height() * (0.3 + 0.7 * share));
            const QRectF rect(lane.left() + static_cast<double>(x), lane.bottom() - height, 1, height);
            if (!band.isEmpty() && band.back().right() == rect.left() && band.back().height() == rect.height())
                band.back().setRight(rect.right());
            else
                band.append(rect);
        });
    canvas.fill(band, canvas.theme.lost);
    band.erase(std::remove_if(band.begin(), band.end(),
                              [&](const QRectF& rect) { return rect.width() < 4 * canvas.unit; }),
               band.end());
    canvas.hatch(band, canvas.theme.panel, 4 * canvas.unit, true);
    for (const double x : alone)
        canvas.cross({x, bar.center().y()}, size);
}

} // namespace

void paintTrack(const TimelineCanvas& canvas, const TimelineScene& scene, int place, TrackColumns& columns)
{
    const TrackName track = scene.order[static_cast<std::size_t>(place)];
    const bool thread = track.kind == TrackName::Kind::Thread;
    const QRectF bar = scene.layout.bar(place);
    const VisibleTime& view = scene.view;
    columns.read(scene.close, track, view);
    scene.count(columns.cells());

    const auto from = static_cast<Time>(std::floor(view.begin));
    const auto to = std::max(from + 1, static_cast<Time>(std::ceil(view.end)));
    if (const auto spans = scene.close.spans(track, from, to, mostSpans(view))) {
        scene.count(spans->size());
        Look look = lookOf(canvas.theme, track.index);
        // Words stand above the band of a lock, and behind its padlock.
        const double foot = thread && scene.index.locks() > 0 ? scene.layout.held(place).height() : 0;
        for (const TimelineSpan& told : *spans) {
            const TimelineSpan span = shown(scene.close, track, told);
            if (!thread)
                look = lookOf(canvas.theme, span.who);
            const double left = std::max(-20.0, view.pixelOf(static_cast<double>(span.begin)));
            const double right = std::min(view.width + 20, view.pixelOf(static_cast<double>(span.end)));
            const double width = std::max(1.0, right - left);
            const QRectF rect(bar.left() + left, bar.top(), width, bar.height());
            paintSpan(canvas, rect, span, look, !thread,
                      rect.intersected(bar).adjusted(foot > 0 ? besideAPadlock * canvas.unit : 0, 0, 0, -foot));
        }
    } else {
        paintDense(canvas, bar, columns.all(), thread ? std::optional(track.index) : std::nullopt);
    }
    if (thread)
        paintHeld(canvas, scene, place);
    paintSwitches(canvas, scene.layout.switches(place), columns.all());
    paintLost(canvas, bar, scene.layout.lane(place), columns.all());
}

std::vector<LegendEntry> legendOf(const TimelineIndex& index, double perPixel)
{
    const TimelineSums all = index.totals(index.begin(), index.end());
    // Losses of one track that are closer than two crosses are wide.
    const auto crowds = [&] {
        constexpr int enough = 200; // who has more has them crowded
        for (std::uint32_t thread = 0; thread < index.threads(); ++thread) {
            const TrackName track{TrackName::Kind::Thread, thread};
            if (index.totals(track, index.begin(), index.end()).lost > enough)
                return true;
            std::optional<Time> last;
            if (index.totals(track, index.begin(), index.begin() + 1).lost > 0)
                last = index.begin();
            for (auto time = index.nextLost(track, index.begin()); time; time = index.nextLost(track, *time)) {
                if (last && static_cast<double>(*time - *last) <= crossSize * perPixel)
                    return true;
                last = time;
            }
        }
        return false;
    };
    std::vector<LegendEntry> entries;
    const auto add = [&entries](LegendEntry entry, bool occurs) {
        if (occurs)
            entries.push_back(entry);
    };
    add(LegendEntry::Running, all.in(Activity::Running) > 0);
    add(LegendEntry::Ready, all.in(Activity::Ready) > 0);
    add(LegendEntry::Waiting, all.in(Activity::Waiting) > 0);
    add(LegendEntry::Lost, all.lost > 0);
    add(LegendEntry::ManyLost, all.lost > 1 && crowds());
    add(LegendEntry::Asleep, all.in(Activity::Asleep) > 0);
    add(LegendEntry::Preempted, all.preempted > 0);
    add(LegendEntry::GaveUp, all.voluntary > 0);
    bool held = false;
    for (LockIndex lock = 0; lock < index.locks() && !held; ++lock)
        held = index.totals({TrackName::Kind::Lock, lock}, index.begin(), index.end()).in(Activity::Running) > 0;
    add(LegendEntry::Holds, held);
    return entries;
}

std::size_t legendRoom(const TimelineLayout& layout)
{
    return static_cast<std::size_t>(std::max(0.0, (layout.legend().height() + 1) / (leastEntry * layout.unit())));
}

namespace {

QString legendText(LegendEntry entry)
{
    switch (entry) {
    case LegendEntry::Running: return Texts::tr("running");
    case LegendEntry::Ready: return Texts::tr("ready");
    case LegendEntry::Waiting: return Texts::tr("waits for a lock");
    case LegendEntry::Lost: return Texts::tr("lost");
    case LegendEntry::ManyLost: return Texts::tr("many lost");
    case LegendEntry::Asleep: return Texts::tr("asleep");
    case LegendEntry::Preempted: return Texts::tr("preempted");
    case LegendEntry::GaveUp: return Texts::tr("left voluntarily");
    case LegendEntry::Holds: return Texts::tr("holds a lock");
    }
    return {};
}

void paintSample(const TimelineCanvas& canvas, const QRectF& in, LegendEntry entry)
{
    const double u = canvas.unit;
    const Look look = lookOf(canvas.theme, noThread);
    const auto state = [&](Activity activity) {
        TimelineSpan span;
        span.activity = activity;
        paintSpan(canvas, in, span, look, false);
    };
    const QRectF band = in.adjusted(0, 3 * u, 0, -u);
    switch (entry) {
    case LegendEntry::Running: state(Activity::Running); return;
    case LegendEntry::Ready: state(Activity::Ready); return;
    case LegendEntry::Waiting: state(Activity::Waiting); return;
    case LegendEntry::Lost: canvas.cross(in.center(), crossSize * u); return;
    case LegendEntry::ManyLost:
        canvas.painter.fillRect(band, canvas.theme.lost);
        canvas.painter.setRenderHint(QPainter::Antialiasing, false);
        canvas.hatch(band, canvas.theme.panel, 4 * u, true);
        return;
    case LegendEntry::Asleep: state(Activity::Asleep); return;
    case LegendEntry::Preempted:
    case LegendEntry::GaveUp:
        canvas.departure({in.center().x(), in.bottom() - 2 * u}, 8 * u, entry == LegendEntry::Preempted);
        return;
    case LegendEntry::Holds:
        state(Activity::Running);
        paintHeldSample(canvas, in);
        return;
    }
}

} // namespace

void paintLegend(const TimelineCanvas& canvas, const TimelineScene& scene)
{
    if (scene.legend.empty())
        return;
    const double u = canvas.unit;
    const QRectF all = scene.layout.legend();
    const double height = std::clamp(std::floor(all.height() / static_cast<double>(scene.legend.size())),
                                     leastEntry * u, 22 * u);
    double y = all.top();
    for (const LegendEntry entry : scene.legend) {
        if (y + height > all.bottom() + 1)
            break;
        paintSample(canvas, QRectF(all.left() + 2 * u, y + height / 2 - 5 * u, 15 * u, 10 * u), entry);
        canvas.text(QRectF(all.left() + 22 * u, y, all.width() - 24 * u, height), Qt::AlignLeft, legendText(entry),
                    height >= 18 * u ? 12 : 11, canvas.theme.softInk);
        y += height;
    }
}

} // namespace interleave
