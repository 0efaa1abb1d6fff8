// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/machine/run_heading.h"

#include "sentences/names.h"
#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

constexpr double headingHeight = 52;
constexpr double margin = 14;

} // namespace

RunHeading::RunHeading(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void RunHeading::setRun(std::shared_ptr<const MachineHistory> run, std::uint64_t lastTick)
{
    m_run = std::move(run);
    m_lastTick = lastTick;
    m_tick = 0;
    setAccessibleName(title());
    setAccessibleDescription(subtitle());
    update();
}

void RunHeading::setTick(std::uint64_t tick)
{
    m_tick = tick;
    update();
}

QString RunHeading::title() const
{
    if (!m_run)
        return tr("No run to compare with");
    const std::uint64_t ticks = m_run->ticks();
    return tr("%1: %2", "how many cores, how many ticks")
        .arg(coresText(m_run->settings().cores), ticks == 1 ? tr("1 tick") : tr("%1 ticks").arg(numberText(ticks)));
}

QString RunHeading::subtitle() const
{
    if (!m_run)
        return {};
    const CoreIndex cores = m_run->settings().cores;
    return cores == 1 ? tr("concurrent: one thread at a time")
                      : tr("parallel: up to %1 at once", "threads").arg(threadsText(cores));
}

QSize RunHeading::sizeHint() const
{
    const double unit = unitOf(this);
    return {static_cast<int>(320 * unit), static_cast<int>(std::ceil(headingHeight * unit))};
}

QSize RunHeading::minimumSizeHint() const
{
    return {static_cast<int>(160 * unitOf(this)), sizeHint().height()};
}

void RunHeading::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(this);
    const double u = unitOf(this);
    painter.fillRect(rect(), theme.ground);
    const QRectF row(margin * u, 6 * u, width() - 2 * margin * u, 24 * u);
    QFont bold = font();
    bold.setBold(true);
    bold.setPixelSize(static_cast<int>(17 * u));
    QFont soft = font();
    soft.setPixelSize(static_cast<int>(13.5 * u));
    const double titleWidth = std::min(row.width(), QFontMetricsF(bold).horizontalAdvance(title()) + 1);
    painter.setFont(bold);
    painter.setPen(theme.ink);
    painter.drawText(QRectF(row.topLeft(), QSizeF(titleWidth, row.height())), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(bold).elidedText(title(), Qt::ElideRight, titleWidth));
    const QRectF rest = row.adjusted(titleWidth + 14 * u, 0, 0, 0);
    if (QFontMetricsF(soft).horizontalAdvance(subtitle()) <= rest.width()) {
        painter.setFont(soft);
        painter.setPen(theme.softInk);
        painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter, subtitle());
    }
    if (!m_run || m_lastTick == 0)
        return;
    // On the axis of both: the length of the bar is the time that the run takes.
    const auto share = [this](std::uint64_t ticks) {
        return std::clamp(static_cast<double>(ticks) / static_cast<double>(m_lastTick), 0.0, 1.0);
    };
    const QRectF axis(row.left(), row.bottom() + 6 * u, row.width(), 9 * u);
    const QRectF whole(axis.topLeft(), QSizeF(std::max(2 * u, axis.width() * share(m_run->ticks())), axis.height()));
    const QRectF over(axis.topLeft(), QSizeF(axis.width() * share(std::min(m_tick, m_run->ticks())), axis.height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    painter.drawRoundedRect(whole, 4 * u, 4 * u);
    painter.setBrush(theme.accent);
    if (over.width() > 0)
        painter.drawRoundedRect(over, std::min(4 * u, over.width() / 2), 4 * u);
}

void RunHeading::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(title());
        setAccessibleDescription(subtitle());
    }
    update();
}

} // namespace interleave
