// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "controls/log_scale.h"

#include <QWidget>

class QLabel;

namespace interleave {

class FlatSlider;
class Playback;
class Scrubber;

// The controls of a playback in one row: buttons, the place in the run, the speed. Adds the playback's actions to
// itself, so that their keys work in its window.
class PlaybackBar : public QWidget {
    Q_OBJECT

public:
    explicit PlaybackBar(Playback& playback, QWidget* parent = nullptr);

    // The notches of the speed slider; the one after the last of the scale plays the whole run in 10 s.
    [[nodiscard]] static const LogScale& speedScale();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showStep();
    void showSpeed();
    void takeSizes();
    [[nodiscard]] QString stepText(quint64 step) const;
    [[nodiscard]] static QString speedText(double speed);

    Playback& m_playback;
    Scrubber* m_scrubber;
    QLabel* m_stepLabel;
    FlatSlider* m_speedSlider;
    QLabel* m_speedLabel;
    bool m_showing = false;
};

} // namespace interleave
