// SPDX-License-Identifier: GPL-3.0-or-later
#include "manual/manual_panel.h"

#include "controls/flat_combo_box.h"
#include "manual/goal_card.h"
#include "manual/pick_button.h"
#include "playback/playback.h"
#include "playback/selection.h"
#include "sentences/durations.h"
#include "sentences/faults.h"
#include "sentences/machine_errors.h"
#include "sentences/machine_narration.h"
#include "sentences/names.h"
#include "style/theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace interleave {

namespace {

// In design pixels.
constexpr double columnWidth = 230; // of the thread buttons
constexpr double besideFrom = 600;  // the panel is wide from here on

bool takesText(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget)
        || qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QTextEdit*>(widget)
        || qobject_cast<const QAbstractItemView*>(widget);
}

} // namespace

ManualPanel::ManualPanel(Playback& playback, Selection& selection, QWidget* parent)
    : QWidget(parent),
      m_playback(playback),
      m_selection(selection),
      m_title(new QLabel(tr("You are the scheduler"))),
      m_note(new QLabel),
      m_problem(new QLabel)
{
    setAccessibleName(tr("You are the scheduler"));
    setAccessibleDescription(tr("Pick which thread executes the next instruction"));
    for (QLabel* label : {m_title, m_note, m_problem})
        label->setWordWrap(true);
    m_note->setText(tr("Each pick is one instruction, on one core: manual mode has no more."));
    m_problem->setObjectName(QStringLiteral("manualProblem"));
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->hide();

    m_parts = new QGridLayout(this);
    m_parts->setContentsMargins(12, 8, 12, 8);
    m_head = createHead();
    m_foot = new QWidget;
    auto* foot = new QVBoxLayout(m_foot);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->addWidget(createButtons());
    foot->addWidget(createSchedule());
    foot->addWidget(m_problem);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* buttons = new QWidget;
    m_grid = new QGridLayout(buttons);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_scroll->setWidget(buttons);
    arrange();
    connect(&selection, &Selection::changed, this, &ManualPanel::showThreads);
    QCoreApplication::instance()->installEventFilter(this);
    takeLook();
    showRun();
}

ManualPanel::~ManualPanel() = default;

QWidget* ManualPanel::createHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(3);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(createGoals());
    column->addStretch(1);
    return head;
}

QWidget* ManualPanel::createGoals()
{
    m_goalBox = new QWidget;
    auto* column = new QVBoxLayout(m_goalBox);
    column->setContentsMargins(0, 4, 0, 4);
    auto* row = new QHBoxLayout;
    m_goalLabel = new QLabel(tr("&Goal"));
    m_goalChoice = new FlatComboBox;
    m_goalChoice->setObjectName(QStringLiteral("goalChoice"));
    m_goalChoice->setAccessibleName(tr("Goal"));
    m_goalChoice->setAccessibleDescription(tr("What the schedule is to bring about; choosing one begins anew"));
    m_goalLabel->setBuddy(m_goalChoice);
    row->addWidget(m_goalLabel);
    row->addWidget(m_goalChoice, 1);
    m_goalCard = new GoalCard;
    column->addLayout(row);
    column->addWidget(m_goalCard);
    connect(m_goalChoice, &QComboBox::activated, this, &ManualPanel::begin);
    return m_goalBox;
}

QWidget* ManualPanel::createButtons()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString& text, const char* name, void (ManualPanel::*slot)()) {
        auto* button = new QPushButton(text);
        button->setObjectName(QLatin1String(name));
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QPushButton::clicked, this, slot);
        row->addWidget(button);
        return button;
    };
    m_undo = add(tr("Undo"), "undoPick", &ManualPanel::undo);
    m_redo = add(tr("Redo"), "redoPick", &ManualPanel::redo);
    m_restart = add(tr("Restart"), "restartPicks", &ManualPanel::restart);
    return box;
}

QWidget* ManualPanel::createSchedule()
{
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_scheduleLabel = new QLabel(tr("Sche&dule"));
    m_schedule = new QLineEdit;
    m_schedule->setObjectName(QStringLiteral("scheduleText"));
    m_schedule->setPlaceholderText(tr("such as 0:3,1:12"));
    m_scheduleLabel->setBuddy(m_schedule);
    m_copy = new QPushButton(tr("Copy"));
    m_copy->setObjectName(QStringLiteral("copySchedule"));
    m_copy->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_scheduleLabel);
    row->addWidget(m_schedule, 1);
    row->addWidget(m_copy);
    connect(m_schedule, &QLineEdit::returnPressed, this, &ManualPanel::enterSchedule);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_schedule->text()); });
    return box;
}

void ManualPanel::setProgram(std::shared_ptr<const Program> program, std::optional<BuiltIn> builtIn,
                             MachineSettings settings)
{
    m_program = std::move(program);
    m_builtIn = builtIn;
    m_settings = std::move(settings);
    m_begun = false;
    listGoals();
    if (isVisible())
        begin();
    else
        m_run.reset();
}

void ManualPanel::listGoals()
{
    m_goals = m_builtIn ? goalsOf(*m_builtIn) : std::vector<Goal>();
    m_goalChoice->clear();
    m_goalChoice->addItem(tr("none: as you like"));
    for (const Goal& goal : m_goals)
        m_goalChoice->addItem(titleOf(goal));
    m_goalBox->setVisible(!m_goals.empty());
}

std::optional<Goal> ManualPanel::goal() const
{
    const int index = m_goalChoice->currentIndex() - 1;
    return index >= 0 && static_cast<std::size_t>(index) < m_goals.size()
             ? std::optional(m_goals[static_cast<std::size_t>(index)])
             : std::nullopt;
}

GoalState ManualPanel::goalState() const
{
    const auto wanted = goal();
    return m_run && wanted ? judge(*wanted, *m_run->history()) : GoalState::NotYet;
}

void ManualPanel::begin()
{
    m_begun = true;
    m_run.reset();
    showProblem({});
    if (m_program) {
        const auto wanted = goal();
        auto run = ManualRun::start(m_program, wanted ? settingsOf(*wanted) : m_settings);
        if (run)
            m_run.emplace(std::move(*run));
        else
            showProblem(interleave::sentenceOf(run.error(), SettingNames::ofTheWindow()));
    }
    showRun(true);
}

void ManualPanel::take(const ManualRun::Changed& changed)
{
    if (changed) {
        showProblem({});
        showRun();
        return;
    }
    showProblem(interleave::sentenceOf(changed.error(), SettingNames::ofTheWindow()));
}

void ManualPanel::pick(ThreadIndex thread)
{
    if (m_run && m_run->canPick(thread))
        take(m_run->pick(thread));
}

void ManualPanel::undo()
{
    if (!m_run || !m_run->canUndo())
        return;
    m_run->undo();
    take(m_run->history());
}

void ManualPanel::redo()
{
    if (!m_run || !m_run->canRedo())
        return;
    m_run->redo();
    take(m_run->history());
}

void ManualPanel::restart()
{
    if (!m_run || !m_run->canUndo())
        return;
    m_run->restart();
    take(m_run->history());
}

void ManualPanel::enterSchedule()
{
    if (!m_run)
        return;
    const QString text = m_schedule->text().simplified().remove(u' ');
    if (text.isEmpty()) {
        restart();
        return;
    }
    const auto schedule = parseSchedule(text.toStdString(), m_run->settings().threads);
    if (schedule)
        take(m_run->setSchedule(*schedule));
    else
        showProblem(interleave::sentenceOf(schedule.error(), SettingNames::ofTheWindow()));
}

void ManualPanel::showProblem(const QString& sentence)
{
    m_problem->setText(sentence.isEmpty() ? sentence : QStringLiteral("\u26A0 ") + sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void ManualPanel::showRun(bool fromStart)
{
    makeButtons(m_run ? m_run->settings().threads : 0);
    m_schedule->setText(m_run ? QString::fromStdString(textOf(m_run->schedule())) : QString());
    m_schedule->setCursorPosition(static_cast<int>(m_schedule->text().size()));
    enableActions();
    const auto wanted = goal();
    m_goalCard->setVisible(wanted.has_value());
    // The goal says enough; below the stage there is no room to spare.
    m_note->setVisible(!wanted.has_value());
    if (wanted)
        m_goalCard->setGoal(*wanted, goalState(), m_run ? m_run->picks() : 0);
    showThreads();
    if (!m_run)
        return;
    const std::shared_ptr<const MachineHistory> history = m_run->history();
    // A program that is new is looked at from its beginning; a pick moves on from where everyone looks.
    if (fromStart)
        m_playback.setHistory(history);
    m_playback.replaceHistory(history, history->steps());
    emit historyMade(history);
}

// What cannot be done now says why, where it stands.
void ManualPanel::enableActions()
{
    const auto set = [this](QWidget* control, bool enabled, const QString& does, const QString& whyNot) {
        control->setEnabled(enabled);
        const QString text = enabled ? does : m_run ? whyNot : tr("There is no program that could run");
        control->setToolTip(text);
        control->setAccessibleDescription(text);
    };
    const QString nothingPicked = tr("No thread has been picked yet");
    const bool picked = m_run && m_run->canUndo();
    set(m_undo, picked, tr("Takes the last pick back (Backspace or Ctrl+Z)"), nothingPicked);
    set(m_redo, m_run && m_run->canRedo(), tr("Makes the pick again that was taken back (Ctrl+Y)"),
        tr("No pick has been taken back"));
    set(m_restart, picked, tr("Takes all picks back; Redo makes them again"), nothingPicked);
    set(m_schedule, m_run.has_value(),
        tr("Thread and instructions, one after the other: 0:3,1:12. Enter takes what is written"), {});
    set(m_copy, !m_schedule->text().isEmpty(), tr("Copies the schedule"), nothingPicked);
}

QString ManualPanel::reasonFor(ThreadIndex thread, const MachineState& now) const
{
    const MachineThread& of = now.threads[thread];
    if (of.phase == ThreadPhase::Finished)
        return tr("finished");
    if (of.waitsFor) {
        const QString lock = cellText(*m_program, *of.waitsFor);
        const auto held = std::ranges::find(now.locks, *of.waitsFor, &LockState::address);
        if (held == now.locks.end() || held->holder == noThread)
            return tr("waits for the lock %1").arg(lock);
        if (held->isHandedTo(thread))
            return tr("is handed the lock %1").arg(lock);
        return held->holder == thread ? tr("waits for the lock %1, which it holds itself").arg(lock)
                                      : tr("waits for the lock %1, held by %2").arg(lock, letterOf(held->holder));
    }
    if (of.wakesAt)
        return tr("sleeps until %1").arg(momentText(static_cast<double>(*of.wakesAt), TimeUnit::Ticks));
    if (m_run->history()->outcome() == Outcome::Fault && m_run->history()->fault().thread == thread)
        return tr("failed: %1").arg(instructionText(*m_program, of.context.pc));
    return tr("the run is over");
}

void ManualPanel::showThreads()
{
    if (!m_run || m_picks.empty())
        return;
    const MachineHistory& history = *m_run->history();
    const MachineState now = history.machineState(history.steps());
    const Schedule schedule = m_run->schedule();
    for (PickButton* button : m_picks) {
        const ThreadIndex thread = button->thread();
        if (m_run->canPick(thread))
            button->offer(instructionText(*m_program, now.threads[thread].context.pc));
        else
            button->refuse(reasonFor(thread, now), now.threads[thread].phase == ThreadPhase::Finished);
        button->setLatest(!schedule.empty() && schedule.back().thread == thread);
        button->setSelected(m_selection.thread() == thread);
    }
}

void ManualPanel::makeButtons(ThreadIndex threads)
{
    if (m_picks.size() == threads)
        return;
    for (PickButton* button : m_picks)
        button->deleteLater();
    m_picks.clear();
    for (ThreadIndex thread = 0; thread < threads; ++thread) {
        auto* button = new PickButton(thread);
        connect(button, &QAbstractButton::clicked, this, [this, thread] { pick(thread); });
        m_picks.push_back(button);
    }
    arrangeButtons();
}

// All in one column; or, under a stage, where there is width but little height, the threads beside the rest.
void ManualPanel::arrange()
{
    const bool wide = width() >= besideFrom * unitOf(this);
    for (QWidget* part : {m_head, static_cast<QWidget*>(m_scroll), m_foot})
        m_parts->removeWidget(part);
    for (int row = 0; row < 3; ++row)
        m_parts->setRowStretch(row, 0);
    m_parts->addWidget(m_head, 0, 0);
    m_parts->addWidget(m_foot, wide ? 1 : 2, 0);
    if (wide)
        m_parts->addWidget(m_scroll, 0, 1, 2, 1);
    else
        m_parts->addWidget(m_scroll, 1, 0);
    // However many threads there are, they take no height from the stage: they scroll.
    m_scroll->setSizePolicy(QSizePolicy::Expanding, wide ? QSizePolicy::Ignored : QSizePolicy::Expanding);
    m_scroll->setMinimumHeight(static_cast<int>(60 * unitOf(this)));
    m_parts->setRowStretch(wide ? 0 : 1, 1);
    m_parts->setColumnStretch(0, 1);
    m_parts->setColumnStretch(1, wide ? 1 : 0);
    m_parts->setHorizontalSpacing(wide ? static_cast<int>(16 * unitOf(this)) : 0);
    arrangeButtons();
}

void ManualPanel::arrangeButtons()
{
    const int room = m_scroll->width() - m_scroll->verticalScrollBar()->sizeHint().width();
    const int columns = std::max(1, static_cast<int>(room / (columnWidth * unitOf(this))));
    for (int row = 0; row < m_grid->rowCount(); ++row)
        m_grid->setRowStretch(row, 0);
    for (std::size_t i = 0; i < m_picks.size(); ++i)
        m_grid->addWidget(m_picks[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    m_grid->setRowStretch(static_cast<int>(m_picks.size()) / columns + 1, 1);
}

bool ManualPanel::handles(const QKeyEvent& event, bool act)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    const int key = event.key();
    if (modifiers == Qt::ControlModifier && (key == Qt::Key_Z || key == Qt::Key_Y)) {
        if (act)
            key == Qt::Key_Y || shift ? redo() : undo();
        return true;
    }
    if (modifiers != Qt::NoModifier || shift)
        return false;
    if (key == Qt::Key_Backspace) {
        if (act)
            undo();
        return true;
    }
    const bool digit = key >= Qt::Key_1 && key <= Qt::Key_9;
    const bool letter = key >= Qt::Key_A && key <= Qt::Key_Z;
    const auto thread = static_cast<ThreadIndex>(digit ? key - Qt::Key_1 : key - Qt::Key_A);
    if ((!digit && !letter) || thread >= m_picks.size())
        return false;
    if (act)
        pick(thread);
    return true;
}

bool ManualPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return false;
    const auto* widget = qobject_cast<const QWidget*>(watched);
    const bool receives = widget && (widget->hasFocus() || (widget->isWindow() && !QApplication::focusWidget()));
    if (!receives || widget->window() != window() || !isVisible() || takesText(widget)
        || QApplication::activePopupWidget())
        return false;
    auto* key = static_cast<QKeyEvent*>(event);
    // A list finds its entries by letters. Digits it has no use for, and whoever has just chosen a goal goes on to pick.
    const bool letter = key->key() >= Qt::Key_A && key->key() <= Qt::Key_Z;
    if (letter && key->modifiers() == Qt::NoModifier && qobject_cast<const QComboBox*>(widget))
        return false;
    if (event->type() == QEvent::KeyPress)
        return handles(*key, true);
    if (handles(*key, false)) // a letter may be a shortcut of others as well
        key->accept();
    return key->isAccepted();
}

void ManualPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_begun)
        begin();
    else if (m_run && m_playback.history() != m_run->history()) // somebody else's is shown by now
        showRun(true);
}

void ManualPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ManualPanel::takeLook()
{
    const Theme& theme = Theme::of(this);
    QFont large = font();
    large.setBold(true);
    large.setPixelSize(static_cast<int>(normalTextPixels * unitOf(this) * 1.2));
    m_title->setFont(large);
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, theme.softInk);
    m_note->setPalette(soft);
    m_scheduleLabel->setPalette(soft);
}

void ManualPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        takeLook();
        arrange();
    }
}

} // namespace interleave
