// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QColor>
#include <QPalette>
#include <QString>
#include <array>

class QWidget;

namespace interleave {

// The colours of one appearance. Red means lost and nothing else; a thread has a colour and a letter.
struct Theme {
    bool dark = false;
    QColor ground;
    QColor panel;
    QColor card;
    QColor line;
    QColor ink;
    QColor softInk;
    QColor accent;
    QColor onAccent; // text on the accent or on a thread's colour
    QColor lost;
    QColor survived;
    std::array<QColor, 8> threads;

    static const Theme& light();
    static const Theme& darkTheme();
    // The theme that a widget's palette belongs to.
    static const Theme& of(const QWidget* widget);
    static const Theme& forPalette(const QPalette& palette);

    [[nodiscard]] const QColor& thread(ThreadIndex index) const { return threads[index % threads.size()]; }
    // `over` laid over the ground with an opacity of 0 to 1, as a solid colour.
    [[nodiscard]] QColor tinted(const QColor& over, double opacity) const;
    [[nodiscard]] QPalette palette() const;
    // The style sheet of the whole application at a UI scale (1 is normal).
    [[nodiscard]] QString styleSheet(double scale) const;
};

// A, B, … Z, AA, AB, …
[[nodiscard]] QString letterOf(ThreadIndex index);

// Device-independent pixels per design pixel at the widget's font: 1 at the normal size, following the UI scale.
[[nodiscard]] double unitOf(const QWidget* widget);

// Pixel size of normal text at scale 1.
inline constexpr int normalTextPixels = 14;

} // namespace interleave
