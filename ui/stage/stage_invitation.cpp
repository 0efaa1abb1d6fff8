// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/stage_invitation.h"

#include "stage/card_stage.h"
#include "style/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <algorithm>
#include <cmath>

namespace interleave {

namespace {

// In design pixels: of the words on a stage of a normal window, at most, and the least that still invites.
constexpr double normalPixels = 22;
constexpr double mostPixels = 40;
constexpr double leastPixels = 14;
constexpr double stageHeight = 420; // of a stage that has the normal size

} // namespace

StageInvitation::StageInvitation(CardStage& stage) : QWidget(&stage), m_stage(stage), m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("stageInvitation"));
    m_button->setObjectName(QStringLiteral("invitationButton"));
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setCursor(Qt::PointingHandCursor);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &StageInvitation::pressed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    stage.installEventFilter(this);
    hide();
}

void StageInvitation::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    if (isVisible()) {
        placeInRoom();
        update();
    }
}

void StageInvitation::setButton(const QString& text)
{
    m_button->setText(text);
    m_button->setAccessibleDescription(m_text);
    m_button->setVisible(!text.isEmpty());
    // Only the button takes the mouse: clicks beside it are the stage's.
    setAttribute(Qt::WA_TransparentForMouseEvents, text.isEmpty());
    if (isVisible())
        placeInRoom();
}

void StageInvitation::invite()
{
    placeInRoom();
    const bool appears = !isVisible();
    show();
    raise();
    if (appears && QAccessible::isActive()) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void StageInvitation::dismiss()
{
    // The focus goes back to where the keys of the playback are.
    if (m_button->hasFocus())
        m_stage.setFocus();
    hide();
}

bool StageInvitation::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_stage && isVisible()
        && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest))
        QMetaObject::invokeMethod(this, &StageInvitation::placeInRoom, Qt::QueuedConnection); // once it is laid out
    return QWidget::eventFilter(watched, event);
}

void StageInvitation::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    const bool looks = event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
                    || event->type() == QEvent::PaletteChange;
    if (looks && isVisible() && !m_fitting)
        placeInRoom();
}

void StageInvitation::placeInRoom()
{
    placeIn(m_stage.invitationRoom());
}

QFont StageInvitation::fontAt(double pixels) const
{
    QFont font = m_stage.font();
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
    font.setBold(true);
    return font;
}

// In one line, or in two of about the same width.
QStringList StageInvitation::linesAt(double pixels, int count) const
{
    if (count == 1)
        return {m_text};
    const QFontMetrics metrics(fontAt(pixels));
    QStringList best{m_text};
    int least = metrics.horizontalAdvance(m_text);
    for (qsizetype space = m_text.indexOf(u' '); space >= 0; space = m_text.indexOf(u' ', space + 1)) {
        const QStringList lines{m_text.left(space), m_text.mid(space + 1)};
        const int wide = std::max(metrics.horizontalAdvance(lines[0]), metrics.horizontalAdvance(lines[1]));
        if (wide < least) {
            least = wide;
            best = lines;
        }
    }
    return best;
}

QSize StageInvitation::sizeFor(const QStringList& lines, double pixels) const
{
    const QFontMetrics metrics(fontAt(pixels));
    const int pad = static_cast<int>(std::lround(pixels));
    QSize size(2 * pad, metrics.height() + (static_cast<int>(lines.size()) - 1) * metrics.lineSpacing() + pad * 2 / 3);
    int widest = 0;
    for (const QString& line : lines)
        widest = std::max(widest, metrics.horizontalAdvance(line));
    size.rwidth() += widest;
    if (!m_button->isHidden())
        size.rwidth() += metrics.horizontalAdvance(m_button->text()) + 2 * pad;
    return size;
}

void StageInvitation::placeIn(const QRect& room)
{
    const double unit = unitOf(&m_stage);
    // With the stage it grows, so that the last row can read it when it is presented.
    const double stage = std::clamp(m_stage.height() / (stageHeight * unit), 1.0, mostPixels / normalPixels);
    double pixels = normalPixels * unit * stage;
    // As large as one line or two can be. A little over the edges of the room is better than words that nobody can read.
    const auto fits = [&] {
        for (const int count : {1, 2}) {
            m_lines = linesAt(pixels, count);
            const QSize wanted = sizeFor(m_lines, pixels);
            if (wanted.width() <= m_stage.width() - 8 && wanted.height() <= room.height() + 8)
                return true;
        }
        return false;
    };
    while (!fits() && pixels > leastPixels * unit)
        pixels -= 1;
    fit(pixels);
    const QSize size = sizeFor(m_lines, pixels);
    QRect place(QPoint(), size);
    place.moveCenter(room.center());
    place.moveLeft(std::clamp(place.left(), 4, std::max(4, m_stage.width() - size.width() - 4)));
    place.moveTop(std::clamp(place.top(), 2, std::max(2, m_stage.height() - size.height() - 2)));
    setGeometry(place);
}

void StageInvitation::fit(double pixels)
{
    m_pixels = pixels;
    m_fitting = true;
    const Theme& theme = Theme::of(&m_stage);
    const int pad = static_cast<int>(std::lround(pixels));
    const QFontMetrics metrics(fontAt(pixels));
    if (!m_button->isHidden()) {
        const QSize all = sizeFor(m_lines, pixels);
        const int high = metrics.height() + pad / 4;
        const int wide = metrics.horizontalAdvance(m_button->text()) + pad * 5 / 3;
        m_button->setStyleSheet(QStringLiteral("QPushButton { background: %1; color: %2; border: none; padding: 0; "
                                               "border-radius: %3px; font-size: %4px; font-weight: bold; }"
                                               "QPushButton:focus { border: 2px solid %5; }")
                                    .arg(theme.accent.name(), theme.onAccent.name())
                                    .arg(high / 2)
                                    .arg(static_cast<int>(std::lround(pixels * 0.9)))
                                    .arg(theme.ink.name()));
        m_button->setGeometry(all.width() - wide - pad / 3, (all.height() - high) / 2, wide, high);
    }
    m_fitting = false;
    update();
}

void StageInvitation::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(&m_stage);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double edge = std::max(2.0, m_pixels * 0.1);
    const QRectF pill = QRectF(rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2);
    painter.setPen(QPen(theme.accent, edge));
    painter.setBrush(theme.card);
    const double radius = std::min(pill.height() / 2, m_pixels * 1.1);
    painter.drawRoundedRect(pill, radius, radius);
    painter.setFont(fontAt(m_pixels));
    painter.setPen(theme.accent);
    QRectF words = rect();
    if (!m_button->isHidden())
        words.setRight(m_button->x());
    painter.drawText(words, Qt::AlignCenter, m_lines.join(u'\n'));
}

} // namespace interleave
