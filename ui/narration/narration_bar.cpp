// SPDX-License-Identifier: GPL-3.0-or-later
#include "narration/narration_bar.h"

#include "narration/link_button.h"
#include "playback/playback.h"
#include "style/theme.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

namespace interleave {

namespace {

constexpr double margin = 14;
constexpr double badge = 34;
constexpr int leastTextPixels = 12;
constexpr QChar more(0x2026); // where a text is cut

} // namespace

QString textInLines(const QString& text, const QFont& font, double width, int lines)
{
    const QFontMetricsF metrics(font);
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    QStringList kept;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        const qsizetype begin = line.textStart();
        const qsizetype end = begin + line.textLength();
        kept << text.sliced(begin, end - begin).trimmed();
        if (static_cast<int>(kept.size()) < lines || end >= text.size())
            continue;
        // More than there is room for: as many words as fit beside the mark of that.
        QString& last = kept.last();
        while (!last.isEmpty() && metrics.horizontalAdvance(last + u' ' + more) > width)
            last.truncate(std::max<qsizetype>(0, last.lastIndexOf(u' ')));
        last += last.isEmpty() ? QString(more) : QString(u' ') + more;
        break;
    }
    layout.endLayout();
    return kept.join(u'\n');
}

NarrationBar::NarrationBar(Playback& playback, QWidget* parent) : QWidget(parent), m_playback(playback)
{
    setAccessibleName(tr("Narration"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    createActions();
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        m_links[i] = new LinkButton(this);
        m_links[i]->setObjectName(i == 0 ? QStringLiteral("narrationLink") : QStringLiteral("narrationLinkBack"));
        m_links[i]->hide();
        connect(m_links[i], &QAbstractButton::clicked, this, [this, i] {
            if (i < m_narration.links.size())
                goTo(&m_narration.links[i]);
        });
    }
    connect(&playback, &Playback::historyChanged, this, &NarrationBar::follow);
    connect(&playback, &Playback::stepChanged, this, &NarrationBar::follow);
    follow();
}

void NarrationBar::follow()
{
    m_narration = m_playback.history() ? narrate(*m_playback.history(), m_playback.step()) : Narration{};
    setAccessibleDescription(m_narration.headline + QLatin1Char(' ') + m_narration.detail);
    setToolTip(m_narration.detail);
    using Leads = NarrationLink::Leads;
    m_follow->setEnabled(!m_narration.links.empty());
    m_followBack->setEnabled(m_narration.link(Leads::ToVictim) != nullptr);
    m_copy->setEnabled(!m_narration.headline.isEmpty());
    for (std::size_t i = 0; i < m_links.size(); ++i) {
        const bool shown = i < m_narration.links.size();
        const QAction* action = i == 0 ? m_follow : m_followBack;
        if (shown)
            m_links[i]->setLink(m_narration.links[i].text, action->shortcut().toString(QKeySequence::NativeText));
        m_links[i]->setVisible(shown);
    }
    placeLinks();
    update();
}

void NarrationBar::createActions()
{
    const auto create = [this](const QString& text, const QString& tip, const QKeySequence& key, auto&& slot) {
        auto* action = new QAction(text, this);
        action->setToolTip(tip);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
        return action;
    };
    m_follow = create(tr("&Jump between a lost update and its loss"),
                      tr("From the store of an update that will be lost to the store that destroys it, and back (J)"),
                      Qt::Key_J, [this] { goTo(m_narration.links.empty() ? nullptr : &m_narration.links.front()); });
    m_followBack = create(tr("Jump &back to the lost update"),
                          tr("From a store that destroys an update to the store of that update (Shift+J)"),
                          Qt::SHIFT | Qt::Key_J, [this] { goTo(m_narration.link(NarrationLink::Leads::ToVictim)); });
    m_copy = new QAction(tr("&Copy what is told"), this);
    connect(m_copy, &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(
            QStringList{m_narration.headline, m_narration.detail}.join(QLatin1Char(' ')).trimmed());
    });
}

void NarrationBar::goTo(const NarrationLink* link)
{
    if (!link)
        return;
    const Step step = link->step; // the link goes with the narration
    m_playback.pause();
    m_playback.setStep(step);
}

double NarrationBar::linksWidth() const
{
    int widest = 0;
    for (const LinkButton* link : m_links)
        if (!link->isHidden())
            widest = std::max(widest, link->sizeHint().width());
    return widest == 0 ? 0 : widest + margin * unit();
}

// One below the other at the right end, the first one level with the sentence.
void NarrationBar::placeLinks()
{
    const double unit = this->unit();
    const int right = width() - qRound(margin * unit);
    int top = qRound(margin * unit * 0.7);
    for (LinkButton* link : m_links) {
        QFont font = detailFont();
        link->setFont(font);
        const QSize size = link->sizeHint();
        link->setGeometry(right - size.width(), top, size.width(), size.height());
        top += size.height() + qRound(2 * unit);
    }
}

void NarrationBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeLinks();
}

void NarrationBar::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(m_copy);
    menu.addSeparator();
    menu.addAction(m_follow);
    menu.addAction(m_followBack);
    menu.exec(event->globalPos());
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
        painter.setPen(theme.onThread(m_narration.thread));
        painter.drawText(circle, Qt::AlignCenter, name);
    }
    text.setLeft(circle.right() + margin * unit);
    text.setRight(text.right() - linksWidth());

    // The sentence shrinks before it is cut: on a small window it matters more than its size.
    QFont headline = headlineFont();
    for (int size = headline.pixelSize();
         size > 12 && QFontMetricsF(headline).horizontalAdvance(m_narration.headline) > text.width(); --size)
        headline.setPixelSize(size);
    painter.setFont(headline);
    painter.setPen(m_narration.loses ? theme.lost : theme.ink);
    const QFontMetricsF metrics(headline);
    QRectF line(text.left(), text.top(), text.width(), QFontMetricsF(headlineFont()).height());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_narration.headline, Qt::ElideRight, line.width()));
    line = QRectF(text.left(), line.bottom() + 4 * unit, text.width(), text.bottom() - line.bottom());
    QFont detail = detailFont();
    QString shown;
    int size = detail.pixelSize();
    do {
        detail.setPixelSize(size);
        const int lines = std::max(1, static_cast<int>(line.height() / QFontMetricsF(detail).height()));
        shown = textInLines(m_narration.detail, detail, line.width(), lines);
    } while (shown.endsWith(more) && --size >= leastTextPixels);
    painter.setFont(detail);
    painter.setPen(theme.softInk);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip, shown);
}

// The size follows that of the window.
void NarrationBar::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    window()->installEventFilter(this);
    updateGeometry();
}

bool NarrationBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == window() && event->type() == QEvent::Resize)
        updateGeometry();
    return QWidget::eventFilter(watched, event);
}

void NarrationBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    placeLinks();
    update();
}

} // namespace interleave
