// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hardware/run.h"
#include "parameters/figure_card.h"

#include <optional>

class QLabel;

namespace interleave {

class FigureLabel;
class Fold;
class QuietButton;

// What came of a run: expected, final, lost, how recording it changed what it shows, and the context switches, with
// where they are known from.
class ResultCard : public FigureCard {
    Q_OBJECT

public:
    explicit ResultCard(QWidget* parent = nullptr);

    void setResult(const RunResult& result, const std::optional<RunResult>& counted);
    void clear();

signals:
    // The recorded run is wanted as a run of the machine.
    void replayRequested();

private:
    FigureLabel* addFigure(const QString& name, const QString& objectName);
    // Why the run cannot be replayed on the machine; empty: it can.
    void setReplayReason(const QString& reason);
    void takeColours() override;
    [[nodiscard]] QString observerText(const RunResult& result, const std::optional<RunResult>& counted) const;

    std::uint64_t m_expected = 0;
    std::uint64_t m_lost = 0;
    FigureLabel* m_expectedLabel;
    FigureLabel* m_finalLabel;
    FigureLabel* m_lostLabel;
    Fold* m_details;
    QLabel* m_observer;
    QLabel* m_switches;
    QuietButton* m_replay;
};

} // namespace interleave
