// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <chrono>

class QAction;
class QLabel;
class QScrollArea;

namespace interleave {

class ActionButton;
class QuietButton;

// Controls of what to run, and below them, in sight even where the window is too low for all of the controls, what is
// to be known before it runs, the button that runs it, and what came of the run shown.
class ControlsPanel : public QWidget {
    Q_OBJECT

public:
    // What runs by itself after a change is given this time before it is said to be not run.
    static constexpr std::chrono::milliseconds patience{400};

    // Whether a run can be made with what is set; if not, the panel says why.
    [[nodiscard]] bool canRun() const { return m_canRun; }
    // What is set is not what the run shown was made with.
    [[nodiscard]] bool differsFromShown() const { return m_differs; }
    // The buttons do and say what these do. The second one is there only while its action can be had.
    void setRunAction(QAction* action);
    void setLastRunAction(QAction* action);
    // As wide as the controls, which scroll only upwards and downwards where there is room for that.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void canRunChanged(bool canRun);
    void differsChanged(bool differs);

protected:
    explicit ControlsPanel(QWidget* parent);
    // Once, from the constructor. `hidden` says what of the controls is hidden and yet is not as usual.
    void setUp(QWidget* controls, QLabel* hidden, QWidget* result, const QString& noticeName);
    // What is to be known of what is set; nothing if empty.
    void setChecked(const QString& notice, bool canRun);
    void setDiffers(bool differs);
    // One of the controls that is only there where there is room for all of them with it: a text of several lines.
    void setOptional(QWidget* text);
    // Changes are run by themselves.
    void setRunsByItself() { m_runsByItself = true; }
    // Brings the controls back to how they began. For the derived class to place and to connect.
    [[nodiscard]] QuietButton& defaultsButton() const { return *m_defaults; }
    void setAtDefaults(bool atDefaults);
    virtual void takeColours();
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void shareRoom();
    [[nodiscard]] QWidget* createRunRow();
    void showHint();

    QScrollArea* m_scroll;
    QLabel* m_notice;
    ActionButton* m_run;
    ActionButton* m_lastRun;
    QLabel* m_hint;
    QuietButton* m_defaults;
    QString m_runText; // while nothing is under way
    QWidget* m_optional = nullptr;
    QTimer m_patience;
    bool m_runsByItself = false;
    bool m_canRun = true;
    bool m_differs = true; // nothing has been run yet
};

} // namespace interleave
