// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "export/picture.h"
#include "playback/playback.h"
#include "playback/selection.h"

#include <QWidget>

class QAction;
class QLabel;
class QVBoxLayout;

namespace interleave {

class ExportActions;
class TimelineView;

// The timeline of the run that is replayed, and above it that of a run that was kept to compare it with. Both are on one
// axis: what is seen of one is seen of the other, and the longer one says where it ends. The kept run has a playhead of
// its own; a thread that is selected and a stretch that is measured are so in both.
class TimelinePane : public QWidget {
    Q_OBJECT

public:
    TimelinePane(Playback& playback, Selection& selection, QWidget* parent = nullptr);
    ~TimelinePane() override;

    [[nodiscard]] TimelineView& replayed() const { return *m_replayed; }
    // Hidden and without a history while no run is kept.
    [[nodiscard]] TimelineView& kept() const { return *m_kept; }
    [[nodiscard]] bool hasKept() const { return m_keptPlayback.history() != nullptr; }
    [[nodiscard]] const Playback& keptPlayback() const { return m_keptPlayback; }
    // What a half says about its run.
    [[nodiscard]] QString wordsOfReplayed() const;
    [[nodiscard]] QString wordsOfKept() const;

    [[nodiscard]] const QString& programName() const { return m_program; }
    // What the machine runs is called so in the words about the next history.
    void setProgramName(const QString& name) { m_nextProgram = name; }

    // For presenting: one run, low, without words. A run that is kept stays so, unseen.
    void setStrip(bool strip);
    [[nodiscard]] bool isStrip() const { return m_strip; }

    [[nodiscard]] QAction* keepAction() const { return m_keep; }
    [[nodiscard]] QAction* swapAction() const { return m_swap; }
    [[nodiscard]] QAction* letGoAction() const { return m_letGo; }
    [[nodiscard]] QList<QAction*> pairActions() const { return {m_keep, m_swap, m_letGo}; }
    // Of both, one above the other.
    [[nodiscard]] ExportActions& exportActions() const;
    [[nodiscard]] Picture picture() const;

public slots:
    // The run that is replayed stays above whatever is run next.
    void keep();
    // The kept run is the one that is replayed, and the other is kept.
    void swap();
    void letGo();

signals:
    // Another run is kept, or none any more.
    void keptChanged();
    // The kept run is about to be replayed. Whoever shows more of a run than its history sets the playback to it now;
    // otherwise that is done afterwards.
    void swapping();
    // A sentence on why a run is no longer kept.
    void said(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QAction* newAction(const QString& text, const QString& explanation, const QKeySequence& key);
    void takeHistory();
    void takeKept(std::shared_ptr<const History> history, const QString& program, Step step);
    void shareAxis(TimelineView& moved);
    void shareThread(Selection& from, Selection& to, const Playback& of);
    void shareLegend();
    void takeColours();
    void showWords();
    void showParts();
    void takeSize();

    Playback& m_playback;
    Selection& m_selection;
    Playback m_keptPlayback;
    Selection m_keptSelection;
    QString m_nextProgram;
    QString m_program; // of the run that is replayed
    QString m_keptProgram;
    bool m_sharing = false;
    bool m_keptFollows = false; // until its index is there
    bool m_swapping = false;
    bool m_strip = false;

    TimelineView* m_replayed;
    TimelineView* m_kept;
    QWidget* m_keptHead;
    QLabel* m_keptWords;
    QLabel* m_words;
    QVBoxLayout* m_column;
    QAction* m_keep;
    QAction* m_swap;
    QAction* m_letGo;
};

} // namespace interleave
