// SPDX-License-Identifier: GPL-3.0-or-later
#include "narration/narration_bar.h"

#include "playback/playback.h"
#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

namespace interleave {

namespace {

constexpr double margin = 14;
constexpr double badge = 34;

}

NarrationBar::NarrationBar(Playback& playback, QWidget* parent) : QWidget(parent), m_playback(playback)
{
    setAccessibleName(tr("Narration"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&playback, &Playback::historyChanged, this, &NarrationBar::follow);
    connect(&playback, &Playback::stepChanged, this, &NarrationBar::follow);
    follow();
}

void NarrationBar::follow()
{
    m_narration = m_playback.history() ? narrate(*m_playback.history(), m_playback.step()) : Narration{};
    setAccessibleDescription(m_narration.headline + QLatin1Char(' ') + m_narration.detail);
    setToolTip(m_narration.detail);
    update();
}

// Larger in a large window, as the stage is.
double NarrationBar::unit() const
{
    constexpr double normalHeight = 820;
    return unitOf(this) * std::clamp(window()->height() / normalHeight / std::max(1.0, unitOf(this)), 1.0, 1.7);
}

QFont NarrationBar::detailFont() const
{
    QFont font = this->font();
    font.setPixelSize(qRound(normalTextPixels * unit()));
    return font;
}

QFont NarrationBar::headlineFont() const
{
    QFont font = this->font();
    font.setPixelSize(qRound(19 * unit()));
    font.setBold(true);
    return font;
}

QSize NarrationBar::sizeHint() const
{
    const double height = 2 * margin * unit() + QFontMetricsF(headlineFont()).height()
                          + 2 * QFontMetricsF(detailFont()).height() + 4 * unit();
    return {qRound(600 * unit()), qRound(height)};
}

void NarrationBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(this);
    const double unit = this->unit();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.panel);
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(QPointF(0, 0.5), QPointF(width(), 0.5));

    QRectF text = QRectF(rect()).adjusted(margin * unit, margin * unit, -margin * unit, -margin * unit / 2);
    const QRectF circle(text.left(), text.top(), badge * unit, badge * unit);
    const bool hasThread = m_narration.thread != noThread;
    painter.setPen(Qt::NoPen);
    painter.setBrush(hasThread ? theme.thread(m_narration.thread) : theme.line);
    painter.drawEllipse(circle);
    if (hasThread) {
        QFont letter = headlineFont();
        const QString name = letterOf(m_narration.thread);
        letter.setPixelSize(qRound((name.size() == 1 ? 17 : 12) * unit));
        painter.setFont(letter);
        painter.setPen(theme.onAccent);
        painter.drawText(circle, Qt::AlignCenter, name);
    }
    text.setLeft(circle.right() + margin * unit);

    // The sentence shrinks before it is cut: on a small window it matters more than its size.
    QFont headline = headlineFont();
    for (int size = headline.pixelSize(); size > 12 && QFontMetricsF(headline).horizontalAdvance(m_narration.headline) > text.width(); --size)
        headline.setPixelSize(size);
    painter.setFont(headline);
    painter.setPen(m_narration.loses ? theme.lost : theme.ink);
    const QFontMetricsF metrics(headline);
    QRectF line(text.left(), text.top(), text.width(), QFontMetricsF(headlineFont()).height());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_narration.headline, Qt::ElideRight, line.width()));
    painter.setFont(detailFont());
    painter.setPen(theme.softInk);
    line = QRectF(text.left(), line.bottom() + 4 * unit, text.width(), text.bottom() - line.bottom());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_narration.detail);
}

void NarrationBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateGeometry();
}

void NarrationBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

} // namespace interleave
