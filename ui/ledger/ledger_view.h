// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QTimer>
#include <QWidget>

class QAbstractButton;
class QLabel;
class QModelIndex;

namespace interleave {

class LedgerModel;
class LedgerTable;
class Playback;
class Selection;

// Every update of the run: survived, or lost to whom, as it is at the current step. A click or Enter leads to just after
// the store that destroyed it, or just after its own.
class LedgerView : public QWidget {
    Q_OBJECT

public:
    LedgerView(Playback& playback, Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] LedgerModel& model() { return *m_model; }

public slots:
    void setLostOnly(bool lostOnly);

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeHistory();
    void followPlayback();
    void scrollToReached();
    void followSelection();
    void followRange();
    void scrollToRange();
    void jumpTo(const QModelIndex& index);
    void showSelected();
    void takeColours();
    void reserveDetails();

    Playback& m_playback;
    Selection& m_selection;
    LedgerModel* m_model;
    LedgerTable* m_table;
    QLabel* m_title;
    QLabel* m_count;
    QLabel* m_details;
    QAbstractButton* m_lostOnly;
    QTimer m_later; // follows a fast playback now and then
    QTimer m_rangeLater; // when the hand that measures rests
    bool m_jumping = false;
    bool m_selecting = false;
};

} // namespace interleave
