// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/scrubber.h"

#include "history/ledger.h"
#include "playback/playback.h"
#include "style/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <algorithm>
#include <climits>
#include <cmath>

namespace interleave {

int ScrubberScale::lastValue() const
{
    return static_cast<int>(std::min<Step>(steps, INT_MAX));
}

int ScrubberScale::valueOf(Step step) const
{
    if (steps <= INT_MAX)
        return static_cast<int>(std::min(step, steps));
    if (step >= steps)
        return INT_MAX;
    return static_cast<int>(static_cast<long double>(step) / static_cast<long double>(steps) * INT_MAX);
}

Step ScrubberScale::stepOf(int value) const
{
    value = std::max(value, 0);
    if (steps <= INT_MAX)
        return std::min(static_cast<Step>(value), steps);
    if (value >= INT_MAX)
        return steps;
    return static_cast<Step>(std::ceil(static_cast<long double>(value) / INT_MAX * static_cast<long double>(steps)));
}

std::vector<double> lossDensity(const History& history, int columns)
{
    std::vector<double> density(static_cast<std::size_t>(std::max(columns, 0)), 0);
    const Ledger& ledger = history.ledger();
    if (density.empty() || history.steps() == 0 || ledger.lost() == 0)
        return density;
    const auto columnOf = [&](Step step) {
        const auto column = static_cast<std::size_t>(static_cast<double>(step) / static_cast<double>(history.steps())
                                                     * static_cast<double>(density.size()));
        return std::min(column, density.size() - 1);
    };
    const std::uint64_t updates = ledger.updates();
    if (updates <= density.size()) { // few enough to mark each store that an update was lost to
        for (Position position = 1; position <= updates; ++position)
            if (ledger.updatesLostTo(position) > 0)
                density[columnOf(history.storeStep(position) + 1)] = 1;
        return density;
    }
    // A sample per column; what lies between two samples belongs to the columns between them.
    std::size_t column = 0;
    Position from = 1;
    for (std::size_t sample = 1; sample <= density.size(); ++sample) {
        const auto to = static_cast<Position>(updates * sample / density.size());
        // One store may destroy more updates than there are stores in the part.
        const auto lost = static_cast<double>(ledger.lostUntil(to) - ledger.lostUntil(from - 1));
        const double share = std::min(1.0, lost / static_cast<double>(to + 1 - from));
        const std::size_t last = columnOf(history.storeStep(to));
        for (; column <= last; ++column)
            density[column] = std::max(density[column], share);
        column = last;
        from = to + 1;
    }
    return density;
}

Scrubber::Scrubber(Playback& playback, QWidget* parent) : FlatSlider(parent), m_playback(playback)
{
    setObjectName(QStringLiteral("scrubber"));
    setAccessibleName(tr("Place in the run"));
    setAccessibleDescription(
        tr("Moves to any step of the run; the marks below show the stores that updates were lost to."));
    setToolTip(tr("Drag to any step of the run. The red marks show the stores that updates were lost to."));
    connect(this, &QSlider::valueChanged, this, [this](int value) {
        if (!m_following)
            m_playback.setStep(m_scale.stepOf(value));
    });
    connect(&playback, &Playback::historyChanged, this, &Scrubber::takeHistory);
    connect(&playback, &Playback::stepChanged, this, &Scrubber::follow);
    takeHistory();
}

void Scrubber::takeHistory()
{
    m_scale.steps = m_playback.steps();
    m_density.clear();
    const QScopedValueRollback following(m_following, true);
    setRange(0, m_scale.lastValue());
    setSingleStep(1);
    setPageStep(std::max(1, m_scale.lastValue() / 20));
    setEnabled(m_scale.steps > 0);
    follow();
    update();
}

void Scrubber::follow()
{
    const QScopedValueRollback following(m_following, true);
    setValue(m_scale.valueOf(m_playback.step()));
}

void Scrubber::keyPressEvent(QKeyEvent* event)
{
    // One step at a time is a step, however coarse the values are, and worth animating.
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Up)
        m_playback.stepForward();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Down)
        m_playback.stepBack();
    else
        FlatSlider::keyPressEvent(event);
}

void Scrubber::paintMarks(QPainter& painter, const QRectF& groove)
{
    const auto columns = static_cast<std::size_t>(std::clamp(groove.width(), 0.0, 2000.0));
    if (m_density.size() != columns)
        m_density = m_playback.history() ? lossDensity(*m_playback.history(), static_cast<int>(columns))
                                         : std::vector<double>(columns, 0);
    const double unit = unitOf(this);
    const double top = groove.bottom() + 8 * unit;
    const double width = groove.width() / static_cast<double>(std::max<std::size_t>(columns, 1));
    // A mark alone stays visible from afar; a run of them becomes a band.
    const double least = std::max(width, 2.0 * unit);
    QColor colour = Theme::of(this).lost;
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t column = 0; column < columns; ++column) {
        if (m_density[column] <= 0)
            continue;
        colour.setAlphaF(static_cast<float>(0.25 + 0.75 * std::sqrt(m_density[column])));
        const double left = groove.left() + static_cast<double>(column) * width;
        painter.fillRect(QRectF(left, top,
                                columns > 1 && column + 1 < columns && m_density[column + 1] > 0 ? width : least,
                                5 * unit),
                         colour);
    }
    painter.setRenderHint(QPainter::Antialiasing);
}

} // namespace interleave
