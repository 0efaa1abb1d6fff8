// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/goal.h"
#include "machine/manual_run.h"

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QGridLayout;
class QKeyEvent;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace interleave {

class GoalCard;
class PickButton;
class Playback;
class Selection;

// You are the scheduler: whoever sits here picks which thread executes the next instruction, with the mouse or with its
// letter, takes picks back without limit, and may follow a goal. The playback is led to the end of every run so made.
// While the panel is to be seen the keys work in its whole window, except where text is entered.
class ManualPanel : public QWidget {
    Q_OBJECT

public:
    ManualPanel(Playback& playback, Selection& selection, QWidget* parent = nullptr);
    ~ManualPanel() override;

    // What is to be scheduled. A panel that is hidden begins when it is shown.
    void setProgram(std::shared_ptr<const Program> program, std::optional<BuiltIn> builtIn, MachineSettings settings);
    // Null before there is a program, and where it cannot be run.
    [[nodiscard]] const ManualRun* run() const { return m_run ? &*m_run : nullptr; }
    [[nodiscard]] std::optional<Goal> goal() const;
    [[nodiscard]] GoalState goalState() const;

public slots:
    void pick(interleave::ThreadIndex thread);
    void undo();
    void redo();
    void restart();

signals:
    // Every run that came of a pick, or of what the panel began with; the playback has it.
    void historyMade(std::shared_ptr<const interleave::MachineHistory> history);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* createHead();
    QWidget* createGoals();
    QWidget* createButtons();
    QWidget* createSchedule();
    void listGoals();
    void begin();
    void take(const ManualRun::Changed& changed);
    void showRun(bool fromStart = false);
    void showThreads();
    void enableActions();
    void makeButtons(ThreadIndex threads);
    void arrange();
    void arrangeButtons();
    void enterSchedule();
    void showProblem(const QString& sentence);
    void takeLook();
    [[nodiscard]] QString reasonFor(ThreadIndex thread, const MachineState& now) const;
    // What a key does here; nothing if it does nothing.
    [[nodiscard]] bool handles(const QKeyEvent& event, bool act);

    Playback& m_playback;
    Selection& m_selection;
    std::shared_ptr<const Program> m_program;
    std::optional<BuiltIn> m_builtIn;
    MachineSettings m_settings;
    std::vector<Goal> m_goals;
    std::optional<ManualRun> m_run;

    QLabel* m_title;
    QLabel* m_note;
    QLabel* m_problem;
    QLabel* m_goalLabel = nullptr;
    QComboBox* m_goalChoice = nullptr;
    GoalCard* m_goalCard = nullptr;
    QWidget* m_goalBox = nullptr;
    QGridLayout* m_parts = nullptr;
    QWidget* m_head = nullptr;
    QWidget* m_foot = nullptr;
    QScrollArea* m_scroll = nullptr;
    QGridLayout* m_grid = nullptr;
    std::vector<PickButton*> m_picks;
    QPushButton* m_undo = nullptr;
    QPushButton* m_redo = nullptr;
    QPushButton* m_restart = nullptr;
    QLabel* m_scheduleLabel = nullptr;
    QLineEdit* m_schedule = nullptr;
    QPushButton* m_copy = nullptr;
    bool m_begun = false; // with the program that is set
};

} // namespace interleave
