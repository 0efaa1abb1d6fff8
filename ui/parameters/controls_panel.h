// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QScrollArea;

namespace interleave {

// Controls of what to run, and below them, in sight even where the window is too low for all of the controls, why it
// cannot run and what came of the last run.
class ControlsPanel : public QWidget {
    Q_OBJECT

public:
    // Whether a run can be made with what is set; if not, the panel says why.
    [[nodiscard]] bool canRun() const { return m_canRun; }
    // As wide as the controls, which scroll only upwards and downwards where there is room for that.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void canRunChanged(bool canRun);

protected:
    explicit ControlsPanel(QWidget* parent);
    // Once, from the constructor.
    void setUp(QWidget* controls, QWidget* result, const QString& noticeName);
    // What is to be known of what is set; nothing if empty.
    void setChecked(const QString& notice, bool canRun);
    virtual void takeColours();
    void changeEvent(QEvent* event) override;

private:
    QScrollArea* m_scroll;
    QLabel* m_notice;
    bool m_canRun = true;
};

} // namespace interleave
