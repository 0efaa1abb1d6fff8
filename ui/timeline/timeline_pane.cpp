// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/timeline_pane.h"

#include "export/export_actions.h"
#include "sentences/run_words.h"
#include "style/theme.h"
#include "timeline/timeline_painting.h"
#include "timeline/timeline_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

TimelinePane::TimelinePane(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_selection(selection),
      m_replayed(new TimelineView(playback, selection, this)),
      m_kept(new TimelineView(m_keptPlayback, m_keptSelection, this)),
      m_keptHead(new QWidget),
      m_keptWords(new QLabel),
      m_words(new QLabel)
{
    m_keep = newAction(tr("&Keep this run above"), tr("This run stays above the next one, on the same axis (Shift+K)"),
                       Qt::SHIFT | Qt::Key_K);
    m_swap = newAction(tr("S&wap the two runs"), tr("Replay the kept run, and keep this one (Shift+X)"),
                       Qt::SHIFT | Qt::Key_X);
    m_swap->setIconText(tr("Swap"));
    m_letGo = newAction(tr("Let the kept run &go"), tr("Only the run that is replayed stays (Shift+Delete)"),
                        Qt::SHIFT | Qt::Key_Delete);
    m_letGo->setIconText(tr("Let go"));
    connect(m_keep, &QAction::triggered, this, &TimelinePane::keep);
    connect(m_swap, &QAction::triggered, this, &TimelinePane::swap);
    connect(m_letGo, &QAction::triggered, this, &TimelinePane::letGo);

    m_kept->setObjectName(QStringLiteral("keptTimeline"));
    m_kept->setAccessibleName(tr("Timeline of the kept run"));
    m_kept->setAccessibleDescription(tr("A run that was kept, on the same axis as the one below"));
    m_kept->setMinimapShown(false);
    m_kept->installEventFilter(this);
    m_keptWords->setObjectName(QStringLiteral("keptWords"));
    m_words->setObjectName(QStringLiteral("replayedWords"));
    auto* head = new QHBoxLayout(m_keptHead);
    head->setContentsMargins(0, 0, 8, 0);
    head->addWidget(m_keptWords, 1);
    for (QAction* action : {m_swap, m_letGo}) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->text().remove(u'&'));
        head->addWidget(button);
    }
    for (QLabel* words : {m_keptWords, m_words}) {
        words->setTextFormat(Qt::PlainText);
        words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_keptHead);
    m_column->addWidget(m_kept, 1);
    m_column->addWidget(m_words);
    m_column->addWidget(m_replayed, 1);
    showParts();
    setTabOrder(m_kept, m_replayed);
    // Its keys are those of the window. Those of the other half, which mean the same, work where that has the focus.
    for (QAction* action : m_replayed->keyActions())
        action->setShortcutContext(Qt::WindowShortcut);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);

    for (TimelineView* view : {m_kept, m_replayed}) {
        view->setShared(pairActions(), [this] { return picture(); });
        connect(view, &TimelineView::visibleChanged, this, [this, view] { shareAxis(*view); });
        connect(view, &TimelineView::laidOut, this, &TimelinePane::shareLegend);
    }
    connect(&m_kept->exportActions(), &ExportActions::done, &exportActions(), &ExportActions::done);
    connect(&m_kept->exportActions(), &ExportActions::failed, &exportActions(), &ExportActions::failed);
    connect(&m_playback, &Playback::historyChanged, this, &TimelinePane::takeHistory);
    connect(&m_selection, &Selection::changed, this,
            [this] { shareThread(m_selection, m_keptSelection, m_keptPlayback); });
    connect(&m_keptSelection, &Selection::changed, this,
            [this] { shareThread(m_keptSelection, m_selection, m_playback); });
    connect(&m_selection, &Selection::rangeChanged, this, [this] { m_keptSelection.selectRange(m_selection.range()); });
    connect(&m_keptSelection, &Selection::rangeChanged, this,
            [this] { m_selection.selectRange(m_keptSelection.range()); });
    takeHistory();
    takeColours();
}

TimelinePane::~TimelinePane()
{
    // They hold on to what is a member here, and would be deleted later than that.
    delete m_kept;
}

QAction* TimelinePane::newAction(const QString& text, const QString& explanation, const QKeySequence& key)
{
    auto* action = new QAction(text, this);
    action->setToolTip(explanation);
    action->setShortcut(key);
    addAction(action);
    return action;
}

ExportActions& TimelinePane::exportActions() const
{
    return m_replayed->exportActions();
}

QString TimelinePane::wordsOfReplayed() const
{
    return m_playback.history() ? runWords(*m_playback.history(), m_program) : QString();
}

QString TimelinePane::wordsOfKept() const
{
    return hasKept() ? runWords(*m_keptPlayback.history(), m_keptProgram) : QString();
}

void TimelinePane::takeHistory()
{
    if (!m_swapping)
        m_program = m_nextProgram;
    const auto& history = m_playback.history();
    if (history && hasKept() && history->timeUnit() != m_keptPlayback.history()->timeUnit()) {
        letGo();
        emit said(tr("The kept run was let go: one of the two counts time in ticks and the other in seconds, so they "
                     "cannot share an axis."));
    }
    m_keep->setEnabled(history && history->steps() > 0);
    showWords();
}

void TimelinePane::takeKept(std::shared_ptr<const History> history, const QString& program, Step step)
{
    const bool had = hasKept();
    const std::optional<TimeRange> range = m_selection.range(); // of the axis, so that of both
    m_keptFollows = true;
    m_keptProgram = program;
    {
        const QScopedValueRollback sharing(m_sharing, true); // where its playhead is moves nobody else
        m_keptPlayback.setHistory(std::move(history));
        m_keptPlayback.setStep(step);
    }
    shareAxis(*m_replayed);
    const bool has = hasKept();
    if (!has) {
        m_replayed->setAxisEnd(0);
        if (m_kept->hasFocus())
            m_replayed->setFocus();
    }
    if (has != had) {
        showParts();
        shareLegend();
    }
    m_swap->setEnabled(has);
    m_letGo->setEnabled(has);
    shareThread(m_selection, m_keptSelection, m_keptPlayback);
    m_selection.selectRange(range);
    m_keptSelection.selectRange(range);
    showWords();
    emit keptChanged();
}

void TimelinePane::showParts()
{
    for (QWidget* ofKept : {m_keptHead, static_cast<QWidget*>(m_kept), static_cast<QWidget*>(m_words)})
        ofKept->setVisible(hasKept() && !m_strip);
}

void TimelinePane::setStrip(bool strip)
{
    m_strip = strip;
    m_replayed->setStrip(strip);
    showParts();
    takeSize();
    shareLegend();
}

void TimelinePane::takeSize()
{
    const int height = qRound(TimelineLayout::stripHeight * unitOf(this));
    setMinimumHeight(m_strip ? height : 0);
    setMaximumHeight(m_strip ? height : QWIDGETSIZE_MAX);
}

void TimelinePane::keep()
{
    if (!m_playback.history())
        return;
    takeKept(m_playback.history(), m_program, m_playback.step());
}

void TimelinePane::swap()
{
    const auto replayed = m_playback.history();
    const auto kept = m_keptPlayback.history();
    if (!kept || !replayed)
        return;
    const Step step = m_playback.step();
    const Step keptStep = m_keptPlayback.step();
    const QString program = std::exchange(m_program, m_keptProgram);
    m_playback.pause();
    {
        const QScopedValueRollback swapping(m_swapping, true);
        emit this->swapping();
        if (m_playback.history() != kept)
            m_playback.setHistory(kept);
    }
    m_playback.setStep(keptStep);
    takeKept(replayed, program, step);
}

void TimelinePane::letGo()
{
    if (hasKept())
        takeKept(nullptr, {}, 0);
}

// The longer run says where the axis ends; what is seen of one is seen of the other.
void TimelinePane::shareAxis(TimelineView& moved)
{
    if (m_sharing || !hasKept())
        return;
    const QScopedValueRollback sharing(m_sharing, true);
    double end = 0;
    for (const TimelineView* view : {m_kept, m_replayed})
        if (view->index())
            end = std::max(end, static_cast<double>(view->index()->end()));
    for (TimelineView* view : {m_kept, m_replayed})
        view->setAxisEnd(end);
    // A run that has just been kept shows what is seen already.
    const bool fromKept = &moved == m_kept && !(m_keptFollows && m_replayed->index());
    m_keptFollows = m_keptFollows && !m_kept->index();
    const TimelineView& from = fromKept ? *m_kept : *m_replayed;
    TimelineView& to = fromKept ? *m_replayed : *m_kept;
    if (from.index())
        to.showTimes(from.visible().begin, from.visible().end);
}

void TimelinePane::shareThread(Selection& from, Selection& to, const Playback& of)
{
    if (m_sharing)
        return;
    const QScopedValueRollback sharing(m_sharing, true);
    const auto thread = from.thread();
    const bool there = thread && of.history() && *thread < of.history()->threads();
    to.selectThread(there ? thread : std::nullopt);
}

// Where a half is too low for the whole legend, the lower one goes on with it.
void TimelinePane::shareLegend()
{
    m_replayed->setLegendWithout(hasKept() && !m_strip ? m_kept->shownLegend() : std::vector<LegendEntry>());
}

void TimelinePane::showWords()
{
    m_words->setText(tr("Replayed: %1", "a run in few words").arg(wordsOfReplayed()));
    m_keptWords->setText(tr("Kept: %1", "a run in few words").arg(wordsOfKept()));
    for (QLabel* words : {m_words, m_keptWords})
        words->setToolTip(words->text());
    const bool has = hasKept();
    m_swap->setEnabled(has);
    m_letGo->setEnabled(has);
}

Picture TimelinePane::picture() const
{
    if (!hasKept())
        return m_replayed->picture();
    const double head = 26 * unitOf(this);
    const Picture above = m_kept->picture();
    const Picture below = m_replayed->picture();
    Picture both{tr("Timelines of two runs"), above.size, Theme::of(this).panel, {}};
    both.size.rheight() += below.size.height() + 2 * head;
    both.paint = [this, above, below, head](QPainter& painter, const QSizeF&) {
        const Theme& theme = Theme::of(this);
        double top = 0;
        for (const auto& [picture, words] :
             {std::pair(&above, m_keptWords->text()), std::pair(&below, m_words->text())}) {
            painter.save();
            painter.translate(0, top);
            painter.fillRect(QRectF(0, 0, picture->size.width(), head), theme.panel);
            const double u = unitOf(this);
            TimelineCanvas{painter, theme, font(), u}.text(QRectF(14 * u, 0, picture->size.width() - 28 * u, head),
                                                           Qt::AlignLeft, words, 13, theme.ink, true);
            painter.translate(0, head);
            picture->paint(painter, picture->size);
            painter.restore();
            top += head + picture->size.height();
        }
    };
    return both;
}

// The kept run has a playhead of its own, so these keys move that; whatever else plays is the run below.
bool TimelinePane::eventFilter(QObject* watched, QEvent* event)
{
    const bool asks = event->type() == QEvent::ShortcutOverride;
    if (watched == m_kept && hasKept() && (asks || event->type() == QEvent::KeyPress)) {
        auto* key = static_cast<QKeyEvent*>(event);
        const QKeySequence pressed(QKeyCombination(key->modifiers() & ~Qt::KeypadModifier, Qt::Key(key->key())));
        for (QAction* action : {m_keptPlayback.nextClobberingAction(), m_keptPlayback.previousClobberingAction(),
                                m_keptPlayback.startAction(), m_keptPlayback.endAction()}) {
            if (!action->shortcuts().contains(pressed))
                continue;
            key->accept();
            if (!asks)
                action->trigger();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TimelinePane::takeColours()
{
    const Theme& theme = Theme::of(this);
    QPalette own = palette();
    own.setColor(QPalette::Window, theme.panel);
    QFont bold = font();
    bold.setBold(true);
    const int left = qRound(14 * unitOf(this));
    for (QLabel* words : {m_keptWords, m_words}) {
        words->setAutoFillBackground(true);
        words->setPalette(own);
        words->setFont(bold);
        words->setContentsMargins(left, 2, 8, 0);
    }
    m_keptHead->setAutoFillBackground(true);
    m_keptHead->setPalette(own);
}

// As much room for the tracks of both, though only one has a minimap.
void TimelinePane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int minimap = m_replayed->minimumSizeHint().height() - m_kept->minimumSizeHint().height();
    const int tracks = std::max(2 * minimap, height() - m_keptHead->sizeHint().height() - m_words->sizeHint().height());
    m_column->setStretchFactor(m_kept, tracks - minimap);
    m_column->setStretchFactor(m_replayed, tracks + minimap);
}

void TimelinePane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        takeColours();
        takeSize();
    }
}

} // namespace interleave
