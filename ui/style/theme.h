// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QColor>
#include <QPalette>
#include <QString>
#include <array>

class QWidget;

namespace interleave {

// The colours of one appearance. Red means lost and nothing else; a thread has a colour and a letter. Whatever text is
// written in has a contrast of textContrast to all that it stands on, and whatever a control is known by one of
// controlContrast: the hues of the design are made darker or lighter as far as that needs.
struct Theme {
    bool dark = false;
    QColor ground;
    QColor panel;
    QColor card;
    QColor line; // between things; nothing is known by it
    QColor ink;
    QColor softInk;
    QColor accent;
    QColor onAccent; // text on the accent
    QColor lost;
    QColor survived;
    std::array<QColor, 8> threads; // filled shapes and edges
    std::array<QColor, 8> threadTexts;
    std::array<QColor, 8> onThreads;
    QColor controlLine; // the borders of controls

    // How much of a colour there is at most in a ground that has text in soft ink, or in its own colour, on it.
    static constexpr double rowTintLight = 0.2;
    static constexpr double rowTintDark = 0.24;

    static const Theme& light();
    static const Theme& darkTheme();
    // The theme that a widget's palette belongs to.
    static const Theme& of(const QWidget* widget);
    static const Theme& forPalette(const QPalette& palette);

    [[nodiscard]] const QColor& thread(ThreadIndex index) const { return threads[index % threads.size()]; }
    // A thread's letter or name in its colour, and a text on a shape that is filled with its colour.
    [[nodiscard]] const QColor& threadText(ThreadIndex index) const { return threadTexts[index % threads.size()]; }
    [[nodiscard]] const QColor& onThread(ThreadIndex index) const { return onThreads[index % threads.size()]; }
    // The same of any other fill.
    [[nodiscard]] QColor on(const QColor& fill) const;
    // A ground that tells a row or a box from its neighbours by a colour, with text on it.
    [[nodiscard]] QColor rowTint(const QColor& over) const { return tinted(over, dark ? rowTintDark : rowTintLight); }
    // The ground of what is selected, where thread names and fates stand on it.
    [[nodiscard]] QColor selectionOn(const QColor& below) const;
    // The colour for text on any of the grounds, tinted ones included.
    [[nodiscard]] QColor text(const QColor& hue) const;
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
