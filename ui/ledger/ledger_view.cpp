// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledger_view.h"

#include "controls/pill_button.h"
#include "history/ledger.h"
#include "ledger/ledger_model.h"
#include "ledger/ledger_table.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/durations.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace interleave {

namespace {

// Above this pace the list moves now and then only: nobody reads a list that races by.
constexpr double followedSpeed = 8;
constexpr int pauseWhenFast = 250; // ms
constexpr int pauseOfTheHand = 120; // ms

} // namespace

LedgerView::LedgerView(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_selection(selection),
      m_model(new LedgerModel(this)),
      m_table(new LedgerTable(m_model)),
      m_title(new QLabel(tr("Ledger"))),
      m_count(new QLabel),
      m_details(new QLabel),
      m_lostOnly(new PillButton(tr("lost only")))
{
    setAccessibleName(tr("Ledger"));
    m_table->setObjectName(QStringLiteral("ledgerTable"));
    m_table->setAccessibleName(tr("Updates, newest first"));
    m_table->setAccessibleDescription(tr(
        "Every update: survived, or lost to whom. A sign for a pause: that thread was preempted between its load and "
        "its store. Enter leads to the store that an update is lost to, or to its own if it survives."));
    m_lostOnly->setObjectName(QStringLiteral("lostOnlyButton"));
    m_lostOnly->setAccessibleName(tr("Show lost updates only"));
    m_lostOnly->setToolTip(tr("Show only the updates that were lost"));
    m_count->setObjectName(QStringLiteral("ledgerCount"));
    m_details->setObjectName(QStringLiteral("ledgerDetails"));
    m_details->setWordWrap(true);
    m_details->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addSpacing(8);
    head->addWidget(m_count, 1);
    head->addWidget(m_lostOnly);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 6, 12, 6);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_details);
    takeColours();

    connect(m_lostOnly, &QAbstractButton::toggled, this, &LedgerView::setLostOnly);
    connect(m_table, &QAbstractItemView::clicked, this, &LedgerView::jumpTo);
    connect(m_table, &QAbstractItemView::activated, this, &LedgerView::jumpTo);
    connect(m_table, &LedgerTable::jumpWanted, this, &LedgerView::jumpTo);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!m_selecting && current.isValid())
                    m_selection.selectUpdate(m_model->positionAt(current.row()));
            });
    connect(&playback, &Playback::historyChanged, this, &LedgerView::takeHistory);
    connect(&playback, &Playback::stepChanged, this, &LedgerView::followPlayback);
    connect(&playback, &Playback::playingChanged, this, &LedgerView::followPlayback);
    connect(&selection, &Selection::changed, this, &LedgerView::followSelection);
    m_later.setSingleShot(true);
    m_later.setInterval(pauseWhenFast);
    connect(&m_later, &QTimer::timeout, this, &LedgerView::scrollToReached);
    connect(&selection, &Selection::rangeChanged, this, &LedgerView::followRange);
    m_rangeLater.setSingleShot(true);
    m_rangeLater.setInterval(pauseOfTheHand);
    connect(&m_rangeLater, &QTimer::timeout, this, &LedgerView::scrollToRange);
    takeHistory();
}

void LedgerView::takeHistory()
{
    const QScopedValueRollback selecting(m_selecting, true);
    m_model->setHistory(m_playback.history());
    QString count;
    if (const auto& history = m_playback.history()) {
        const Ledger& ledger = history->ledger();
        if (ledger.updates() > 0)
            count = ledger.lost() == 0 && ledger.updates() == 1 ? tr("1 update, not lost")
                  : ledger.lost() == 0
                      ? tr("%1 updates, none lost").arg(numberText(ledger.updates()))
                      : tr("%1 of %2 lost").arg(numberText(ledger.lost()), numberText(ledger.updates()));
    }
    m_count->setText(count);
    reserveDetails();
    // What was selected belongs to a history that is gone.
    m_selection.selectUpdate(std::nullopt);
    m_selection.selectRange(std::nullopt);
    showSelected();
    followPlayback();
}

void LedgerView::setLostOnly(bool lostOnly)
{
    const QScopedValueRollback selecting(m_selecting, true);
    m_lostOnly->setChecked(lostOnly);
    m_model->setLostOnly(lostOnly);
    m_table->setAccessibleName(lostOnly ? tr("Lost updates, newest first") : tr("Updates, newest first"));
    followPlayback();
    followSelection();
}

void LedgerView::followPlayback()
{
    const Position reached = m_playback.history() ? m_playback.state().lastStore : initialPosition;
    m_model->setReached(reached);
    m_table->setReached(reached);
    if (m_selection.update()) // what is told of it changes with the step
        showSelected();
    if (m_jumping)
        return;
    if (!m_playback.isPlaying() || m_playback.speed() <= followedSpeed)
        scrollToReached();
    else if (!m_later.isActive())
        m_later.start();
}

void LedgerView::scrollToReached()
{
    m_later.stop();
    const Position reached = m_playback.history() ? m_playback.state().lastStore : initialPosition;
    if (const auto row = m_model->rowOf(reached))
        m_table->scrollTo(m_model->index(*row, 0));
    else if (reached == initialPosition && m_model->rowCount() > 0)
        m_table->scrollTo(m_model->index(m_model->newestFirst() ? m_model->rowCount() - 1 : 0, 0));
}

void LedgerView::followSelection()
{
    const QScopedValueRollback selecting(m_selecting, true);
    const auto row = m_selection.update() ? m_model->rowOf(*m_selection.update()) : std::nullopt;
    if (!row) {
        m_table->selectionModel()->clear();
    } else if (m_table->currentIndex().row() != *row || !m_table->selectionModel()->hasSelection()) {
        const QModelIndex index = m_model->index(*row, 0);
        m_table->selectionModel()->setCurrentIndex(index,
                                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->scrollTo(index);
    }
    m_table->viewport()->update();
    showSelected();
}

void LedgerView::followRange()
{
    m_model->setRange(m_selection.range());
    m_table->viewport()->update();
    showSelected();
    if (m_selection.range())
        m_rangeLater.start();
    else
        m_rangeLater.stop();
}

void LedgerView::scrollToRange()
{
    if (const auto row = m_model->firstRowInRange())
        m_table->scrollTo(m_model->index(*row, 0));
}

void LedgerView::jumpTo(const QModelIndex& index)
{
    if (!index.isValid() || !m_playback.history())
        return;
    const QScopedValueRollback jumping(m_jumping, true);
    const History& history = *m_playback.history();
    const Update update = history.ledger().update(m_model->positionAt(index.row()));
    m_selection.selectUpdate(update.position);
    m_playback.pause();
    m_playback.setStep(history.storeStep(update.survived() ? update.position : update.lostTo) + 1);
}

void LedgerView::showSelected()
{
    const auto update = m_selection.update();
    const bool known = update && m_playback.history() && *update >= 1
                    && *update <= m_playback.history()->ledger().updates();
    const bool some = m_model->rowCount() > 0;
    const auto& range = m_selection.range();
    const TimeUnit unit = m_playback.history() ? m_playback.history()->timeUnit() : TimeUnit::Nanoseconds;
    m_details->setText(known   ? m_model->details(*update)
                       : !some ? QString()
                       : range ? tr("Bracketed: stored in the measured stretch, %1 to %2.")
                                     .arg(momentText(range->from, unit), momentText(range->to, unit))
                               : tr("Click an update to go to the store that it is lost to, or to its own if it survives."));
}

void LedgerView::takeColours()
{
    const Theme& theme = Theme::of(this);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, theme.softInk);
    m_title->setPalette(soft);
    m_count->setPalette(soft);
    m_details->setPalette(soft);
    reserveDetails();
}

// As many lines always, so that the list above keeps its place. What is told of switches takes its room from the list:
// a window that is as low as it can be must not grow when a run is done.
void LedgerView::reserveDetails()
{
    constexpr int lines = 2;
    const int ofSwitches = m_model->knowsSwitches() ? 2 * fontMetrics().lineSpacing() : 0;
    m_details->setMinimumHeight(lines * fontMetrics().lineSpacing() + 2 + ofSwitches);
    m_table->setMinimumHeight(m_table->minimumSizeHint().height() - ofSwitches);
}

void LedgerView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeColours();
}

} // namespace interleave
