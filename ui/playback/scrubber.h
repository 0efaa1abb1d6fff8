// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "controls/flat_slider.h"

#include <vector>

namespace interleave {

class Playback;

// Steps to the values of a slider and back. A step is a value as long as an int can count the steps.
struct ScrubberScale {
    Step steps = 0;

    [[nodiscard]] int lastValue() const;
    [[nodiscard]] int valueOf(Step step) const;
    [[nodiscard]] Step stepOf(int value) const;
};

// How densely updates are lost along a history, each at the store that destroyed it, as one share of 0 to 1 for each of `columns` equal parts of its steps.
// Looks at no more than about `columns` places, however long the history is.
[[nodiscard]] std::vector<double> lossDensity(const History& history, int columns);

// Moves through a history; under the groove it shows where updates were lost.
class Scrubber : public FlatSlider {
    Q_OBJECT

public:
    explicit Scrubber(Playback& playback, QWidget* parent = nullptr);

protected:
    void paintMarks(QPainter& painter, const QRectF& groove) override;
    [[nodiscard]] double marksReach() const override { return 15.5; }
    void keyPressEvent(QKeyEvent* event) override;

private:
    void takeHistory();
    void follow();

    Playback& m_playback;
    ScrubberScale m_scale;
    std::vector<double> m_density;
    bool m_following = false;
};

} // namespace interleave
