// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/card_stage.h"

#include "playback/playback.h"
#include "playback/selection.h"
#include "stage/stage_accessible.h"
#include "style/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWhatsThis>
#include <algorithm>

namespace interleave {

namespace {

constexpr int longestMilliseconds = 350;
// Of the time that a step has at the current speed.
constexpr double movingShare = 0.8;
// Shorter movements are not seen, only paid for.
constexpr int shortestMilliseconds = 40;

} // namespace

CardStage::CardStage(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_selection(selection)
{
    installStageAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_fonts.setBase(font());
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { setProgress(value.toDouble()); });
    connect(&m_animation, &QVariantAnimation::finished, this, &CardStage::endAnimation);
    connect(&playback, &Playback::historyChanged, this, &CardStage::setHistory);
    connect(&playback, &Playback::stepChanged, this, &CardStage::setStep);
    connect(&selection, &Selection::changed, this, [this] {
        if (hasHistory())
            selectionChanged();
        dropLayers();
    });
}

void CardStage::begin()
{
    setHistory();
}

QSize CardStage::sizeHint() const
{
    return {840, 560};
}

QSize CardStage::minimumSizeHint() const
{
    return {440, 320};
}

void CardStage::setHistory()
{
    m_animation.stop();
    m_backwards = false;
    m_progress = 1;
    readHistory();
    layOut();
    dropLayers();
    if (hasHistory()) {
        m_step = m_playback.step();
        showStep(m_step, false);
    }
    if (QAccessible::isActive()) {
        QAccessibleEvent reset(this, QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&reset);
    }
}

void CardStage::setStep(Step step, bool smoothly)
{
    if (!hasHistory())
        return;
    const bool forwards = step == m_step + 1;
    const bool backwards = m_step > 0 && step == m_step - 1;
    m_animation.stop();
    m_backwards = false;
    m_progress = 1;
    const Step shownBefore = m_step;
    m_step = step;
    const double milliseconds = std::min<double>(longestMilliseconds, 1000 * movingShare / m_playback.speed());
    const bool moves = smoothly && (forwards || backwards) && milliseconds >= shortestMilliseconds;
    // A step back is the same movement run backwards, so what it takes back stays the moment until it is done.
    showStep(moves && backwards ? shownBefore : step, moves);
    if (moves) {
        m_animation.setDuration(static_cast<int>(milliseconds));
        m_backwards = backwards;
        m_progress = backwards ? 1 : 0;
        m_animation.start();
    }
    announce();
}

void CardStage::showStep(Step step, bool moves)
{
    readStep(step, moves || m_progress < 1);
    dropLayers();
}

void CardStage::setProgress(double progress)
{
    m_progress = std::clamp(m_backwards ? 1 - progress : progress, 0.0, 1.0);
    update();
}

void CardStage::setAnimationProgress(double progress)
{
    if (!hasHistory())
        return;
    const bool backwards = m_backwards;
    m_animation.stop();
    m_backwards = backwards;
    showStep(stepShown(), true);
    setProgress(progress);
    if (progress >= 1)
        endAnimation();
}

void CardStage::endAnimation()
{
    if (m_backwards) {
        m_backwards = false;
        m_progress = 1;
        showStep(m_step, false);
    }
    m_progress = 1;
    update();
}

void CardStage::dropLayers()
{
    m_layers.fill(QPixmap());
    update();
}

void CardStage::paintEmpty(QPainter& painter, const QSizeF& wanted) const
{
    const Theme& theme = Theme::of(this);
    painter.fillRect(QRectF(QPointF(0, 0), wanted), theme.ground);
    const double unit = unitOf(this);
    painter.setFont(m_fonts.at(18 * unit, Face::Text).font);
    painter.setPen(theme.softInk);
    painter.drawText(QRectF(QPointF(0, 0), wanted).adjusted(24 * unit, 24 * unit, -24 * unit, -24 * unit),
                     Qt::AlignCenter | Qt::TextWordWrap, emptyText());
}

void CardStage::paintStage(QPainter* painter, const QSizeF& wanted) const
{
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (hasHistory())
        paintAll(*painter, wanted);
    else
        paintEmpty(*painter, wanted);
    painter->restore();
}

void CardStage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (!hasHistory()) {
        paintEmpty(painter, size());
        return;
    }
    QPixmap& layer = m_layers[effectShown() ? 1 : 0];
    const double ratio = devicePixelRatioF();
    if (layer.isNull() || layer.devicePixelRatio() != ratio) {
        layer = QPixmap((QSizeF(size()) * ratio).toSize());
        layer.setDevicePixelRatio(ratio);
        QPainter layerPainter(&layer);
        layerPainter.setRenderHints(painter.renderHints());
        paintLayer(layerPainter);
    }
    painter.drawPixmap(0, 0, layer);
    paintMovement(painter);
    // The card that is selected shows where the focus is, if there is one.
    if (hasFocus() && m_focusByKey && !m_selection.thread()) {
        painter.setPen(QPen(Theme::of(this).accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

void CardStage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
    if (hasHistory())
        showStep(stepShown(), false);
}

void CardStage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::PaletteChange:
    case QEvent::LocaleChange:
    case QEvent::LanguageChange:
        m_fonts.setBase(font());
        layOut();
        dropLayers();
        break;
    default: break;
    }
}

std::vector<PaintedText> CardStage::paintedTexts(const QSizeF& wanted) const
{
    std::vector<PaintedText> texts;
    QImage nowhere(1, 1, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&nowhere);
    m_fonts.record(&texts);
    paintStage(&painter, wanted);
    m_fonts.record(nullptr);
    return texts;
}

QString CardStage::textAt(const QPoint& point, QRect* region) const
{
    if (!hasHistory())
        return {};
    const PartRegions regions = parts();
    const PartRegion* part = regionAt(regions, point);
    if (!part)
        return {};
    *region = part->rect.toAlignedRect();
    return textOf(*part);
}

void CardStage::explain(const QPoint& point)
{
    QRect region;
    const QString text = textAt(point, &region);
    if (!text.isEmpty())
        QWhatsThis::showText(mapToGlobal(point), text, this);
}

bool CardStage::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        auto* help = static_cast<QHelpEvent*>(event);
        QRect region;
        const QString text = textAt(help->pos(), &region);
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this, region);
        return true;
    }
    case QEvent::QueryWhatsThis: {
        QRect region;
        event->setAccepted(!textAt(static_cast<QHelpEvent*>(event)->pos(), &region).isEmpty());
        return true;
    }
    case QEvent::WhatsThis: explain(static_cast<QHelpEvent*>(event)->pos()); return true;
    default: return QWidget::event(event);
    }
}

void CardStage::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !hasHistory()) {
        QWidget::mousePressEvent(event);
        return;
    }
    const ThreadIndex thread = threadAt(event->position());
    if (thread == noThread)
        m_selection.selectThread(std::nullopt);
    else
        selectThread(thread);
}

std::optional<ThreadIndex> CardStage::neighbour(int by) const
{
    if (threads() == 0)
        return std::nullopt;
    const auto selected = selectedThread();
    if (!selected)
        return by > 0 ? 0 : threads() - 1;
    const std::int64_t wanted = std::int64_t{*selected} + by;
    if (wanted < 0 || wanted >= std::int64_t{threads()})
        return std::nullopt;
    return static_cast<ThreadIndex>(wanted);
}

// Left and Right step through the run wherever Playback's actions are at hand; Up, Down and Tab then reach every card.
void CardStage::keyPressEvent(QKeyEvent* event)
{
    // What the mouse points at is explained; else the next click asks.
    if (event->key() == Qt::Key_F1 && event->modifiers() == Qt::ShiftModifier && hasHistory()) {
        if (underMouse())
            explain(mapFromGlobal(QCursor::pos()));
        else
            QWhatsThis::enterWhatsThisMode();
        return;
    }
    int by = 0;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down: by = 1; break;
    case Qt::Key_Left:
    case Qt::Key_Up: by = -1; break;
    case Qt::Key_PageDown: by = std::max(1, cardColumns()); break;
    case Qt::Key_PageUp: by = -std::max(1, cardColumns()); break;
    case Qt::Key_Escape:
        if (selectedThread()) {
            m_selection.selectThread(std::nullopt);
            return;
        }
        break;
    default: break;
    }
    if (by == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (const auto thread = neighbour(by))
        selectThread(*thread);
}

void CardStage::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    m_focusByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (event->reason() == Qt::TabFocusReason && threads() > 0 && tabVisitsCards())
        selectThread(0);
    else if (event->reason() == Qt::BacktabFocusReason && threads() > 0 && tabVisitsCards())
        selectThread(threads() - 1);
    update();
}

bool CardStage::focusNextPrevChild(bool next)
{
    if (hasFocus() && hasHistory() && tabVisitsCards()) {
        if (const auto thread = neighbour(next ? 1 : -1)) {
            selectThread(*thread);
            return true;
        }
    }
    return QWidget::focusNextPrevChild(next);
}

std::optional<ThreadIndex> CardStage::selectedThread() const
{
    const auto thread = m_selection.thread();
    return thread && *thread < threads() ? thread : std::nullopt;
}

void CardStage::selectThread(ThreadIndex thread)
{
    m_selection.selectThread(thread);
    if (QAccessible::isActive()) {
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(static_cast<int>(thread));
        QAccessible::updateAccessibility(&focus);
    }
}

void CardStage::announce() const
{
    if (!QAccessible::isActive())
        return;
    auto* self = const_cast<CardStage*>(this); // events name the object that they are about
    QAccessibleEvent described(self, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&described);
    if (const Event* last = m_playback.lastEvent(); last && last->thread < threads()) {
        QAccessibleEvent named(self, QAccessible::NameChanged);
        named.setChild(static_cast<int>(last->thread));
        QAccessible::updateAccessibility(&named);
    }
}

} // namespace interleave
