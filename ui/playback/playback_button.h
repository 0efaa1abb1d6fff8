// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "playback/playback_icons.h"

#include <QToolButton>

namespace interleave {

// A button for an action of the playback, drawn flat; the main one is filled with the accent.
class PlaybackButton : public QToolButton {
    Q_OBJECT

public:
    PlaybackButton(QAction* action, PlaybackIcon icon, QWidget* parent = nullptr);

    void setIconShown(PlaybackIcon icon);
    void setMain(bool isMain) { m_isMain = isMain; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    PlaybackIcon m_icon;
    bool m_isMain = false;
};

} // namespace interleave
