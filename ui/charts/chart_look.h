// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"

#include <QFont>
#include <QSizeF>
#include <QStringList>

class QWidget;

namespace interleave {

// How a chart is drawn: colours, typeface, and the height of its normal text in pixels, which everything follows.
struct ChartLook {
    const Theme* theme = nullptr;
    QFont typeface;
    double textPixels = normalTextPixels;

    // The look of the charts in a widget: its palette, its font, the UI scale.
    static ChartLook of(const QWidget* widget);
    // The light look, at normal size, for files that no window has shown.
    static ChartLook plain();

    // The same for a chart of this size: what is shown large is to be read from afar.
    [[nodiscard]] ChartLook fittedTo(const QSizeF& chart) const;
    [[nodiscard]] QFont font(double size = 1, bool bold = false) const;
    [[nodiscard]] double lineHeight(double size = 1) const;
    // A line that is as large as fits into a room, at most `size`, and at least a good part of it. Of one that is still
    // too long the last of its parts, which dots join, are left out: a number is never cut.
    struct Line {
        QString text;
        double size = 1;
    };
    [[nodiscard]] Line fitted(const QString& text, double room, double size = 1, bool bold = false) const;
    // A sentence as lines of a width.
    [[nodiscard]] QStringList wrapped(const QString& text, double room, double size = 1) const;
    [[nodiscard]] double width(const QString& text, double size = 1, bool bold = false) const;
};

} // namespace interleave
