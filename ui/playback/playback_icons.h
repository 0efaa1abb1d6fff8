// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

class QPainter;

namespace interleave {

enum class PlaybackIcon { Play, Pause, Forward, Back, NextLost, PreviousLost, Start, End, Faster, Slower };

// Draws an icon as large as fits in `rect`; crisp at every scale, and in need of no font.
void drawPlaybackIcon(QPainter& painter, PlaybackIcon icon, const QRectF& rect, const QColor& colour);

// The same as an icon for menus, in the text colour of the application's palette.
[[nodiscard]] QIcon playbackIcon(PlaybackIcon icon);

} // namespace interleave
