// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/top_row.h"

#include "sentences/names.h"

#include <QCoreApplication>
#include <algorithm>

namespace interleave {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(interleave::TopRow)
};

struct Group {
    QStringList labels; // from the longest
    ThreadPhase phase;
    std::vector<ThreadIndex> threads;
};

void paintChip(const StageCanvas& canvas, const QRectF& rect, ThreadIndex thread, ThreadPhase phase,
               const QString& text, double s)
{
    const Theme& theme = canvas.theme;
    const QColor& own = theme.thread(thread);
    const bool filled = phase == ThreadPhase::Running;
    canvas.box(rect, 6 * s, filled ? own : theme.card, own, 1.8 * s);
    if (phase == ThreadPhase::Blocked)
        canvas.hatch(rect.adjusted(2 * s, 2 * s, -2 * s, -2 * s), faded(own, 0.35), 6 * s, 1.3 * s);
    canvas.figure(rect.adjusted(4 * s, 0, -4 * s, 0), Qt::AlignCenter, text, 14.5 * s, Face::Bold,
                  filled                          ? theme.onThread(thread)
                  : phase == ThreadPhase::Blocked ? theme.ink
                                                  : theme.threadText(thread));
}

void paintGroup(const StageCanvas& canvas, const QRectF& in, const Group& group, double s)
{
    const Theme& theme = canvas.theme;
    const double gap = 6 * s;
    const auto count = static_cast<int>(group.threads.size());
    // Of the label the wording that leaves room for two chips, or for one and the number of the others.
    const double labelRoom = std::max(in.width() * 0.3, in.width() - std::min(count, 2) * 46 * s);
    const double labelWidth = canvas.words(QRectF(in.left(), in.top(), labelRoom, in.height()), Qt::AlignLeft,
                                           group.labels, 14 * s, Face::Text, theme.softInk);
    double x = in.left() + labelWidth + 9 * s;
    if (count == 0) {
        canvas.words(QRectF(x, in.top(), std::max(0.0, in.right() - x), in.height()), Qt::AlignLeft,
                     {QStringLiteral("–")}, 14 * s, Face::Text, theme.softInk);
        return;
    }
    const auto roomFor = [&](double chip, double reserved) {
        return std::max(0, static_cast<int>((in.right() - x - reserved + gap) / (chip + gap)));
    };
    double longest = 0;
    double longestName = 0;
    for (int i = 0; i < std::min(count, 40); ++i) {
        const ThreadIndex thread = group.threads[static_cast<std::size_t>(i)];
        longest = std::max(longest, canvas.width(letterOf(thread), 14.5 * s, Face::Bold));
        longestName = std::max(longestName, canvas.width(threadText(thread), 14.5 * s, Face::Bold));
    }
    const bool names = group.phase == ThreadPhase::Running && roomFor(longestName + 22 * s, 0) >= count;
    const double chip = names ? longestName + 22 * s : std::max(30 * s, longest + 14 * s);
    int shown = std::min(count, roomFor(chip, 0));
    if (shown < count) {
        const QString others = QStringLiteral("+%1").arg(numberText(static_cast<std::uint64_t>(count)));
        shown = std::min(shown, roomFor(chip, canvas.width(others, 14 * s, Face::Text) + gap));
    }
    for (int i = 0; i < shown; ++i) {
        const ThreadIndex thread = group.threads[static_cast<std::size_t>(i)];
        paintChip(canvas, QRectF(x, in.top() + 1, chip, in.height() - 2), thread, group.phase,
                  names ? threadText(thread) : letterOf(thread), s);
        x += chip + gap;
    }
    if (shown == count)
        return;
    const QString more = numberText(static_cast<std::uint64_t>(count - shown));
    canvas.words(QRectF(x, in.top(), std::max(1.0, in.right() - x), in.height()), Qt::AlignLeft,
                 {Tr::tr("+%1 more").arg(more), QStringLiteral("+%1").arg(more)}, 14 * s, Face::Text, theme.softInk);
}

} // namespace

// The groups keep their places, so that a glance finds them again after every step.
TopRowPlaces placesOf(const StageLayout& layout)
{
    const QRectF& row = layout.topRow;
    const bool locks = layout.program.locks;
    const double gap = 18 * layout.scale;
    const double first = row.width() * (locks ? 0.33 : 0.46);
    const double second = row.width() * (locks ? 0.27 : 0.54);
    TopRowPlaces places{QRectF(row.left(), row.top(), first - gap, row.height()),
                        QRectF(row.left() + first, row.top(), second - (locks ? gap : 0), row.height()),
                        {}};
    if (locks)
        places.waiting = QRectF(QPointF(row.left() + first + second, row.top()), row.bottomRight());
    return places;
}

void paintTopRow(const StageCanvas& canvas, const StageScene& scene)
{
    Group running{{Tr::tr("on a core"), Tr::tr("core")}, ThreadPhase::Running, {}};
    Group ready{{Tr::tr("ready")}, ThreadPhase::Ready, {}};
    Group waiting{{Tr::tr("waiting for the lock"), Tr::tr("waiting")}, ThreadPhase::Blocked, {}};
    for (ThreadIndex t = 0; t < scene.layout.threads(); ++t) {
        const ThreadState& thread = scene.thread(t);
        if (thread.phase == ThreadPhase::Running)
            running.threads.push_back(t);
        else if (thread.phase == ThreadPhase::Ready && !thread.spinning)
            ready.threads.push_back(t);
        if (thread.phase == ThreadPhase::Blocked || thread.spinning)
            waiting.threads.push_back(t);
    }
    const double s = scene.layout.scale;
    const TopRowPlaces places = placesOf(scene.layout);
    paintGroup(canvas, places.running, running, s);
    paintGroup(canvas, places.ready, ready, s);
    if (!places.waiting.isNull())
        paintGroup(canvas, places.waiting, waiting, s);
}

} // namespace interleave
