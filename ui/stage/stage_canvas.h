// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/state.h"
#include "style/theme.h"

#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QPainter>

namespace interleave {

enum class Face { Text, Bold, Mono, MonoBold };

// Fonts and their metrics by size, kept from frame to frame: making them costs more than drawing with them.
class StageFonts {
public:
    struct Entry {
        QFont font;
        QFontMetricsF metrics;
    };

    void setBase(const QFont& font);
    [[nodiscard]] const Entry& at(double pixels, Face face) const;

private:
    QFont m_text;
    QFont m_mono;
    mutable QHash<int, Entry> m_entries;
};

// What the stage draws with: a painter, the colours, the fonts, and the few shapes that stand for something.
class StageCanvas {
public:
    StageCanvas(QPainter& usedPainter, const Theme& usedTheme, const StageFonts& usedFonts)
        : painter(usedPainter),
          theme(usedTheme),
          fonts(usedFonts)
    {}

    QPainter& painter;
    const Theme& theme;
    const StageFonts& fonts;

    [[nodiscard]] double width(const QString& text, double pixels, Face face) const;
    // One line, elided where it is wider than the rectangle.
    void text(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, Face face,
              const QColor& color) const;
    // The same for figures, which are made smaller instead: half a number is a wrong number.
    void figure(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, Face face,
                const QColor& color) const;
    // Several lines, wrapped at words, as many as fit.
    void paragraph(const QRectF& in, const QString& text, double pixels, const QColor& color) const;
    void box(const QRectF& rect, double radius, const QColor& fill, const QColor& edge, double edgeWidth,
             Qt::PenStyle style = Qt::SolidLine) const;
    // Around what is selected.
    void ring(const QRectF& around, double width) const;
    // Diagonal lines as geometry: unlike a pattern brush they keep their size in every export.
    void hatch(const QRectF& rect, const QColor& color, double spacing, double lineWidth) const;
    void cross(const QRectF& in, const QColor& color) const;
    void tick(const QRectF& in, const QColor& color) const;
    void padlock(const QRectF& in, const QColor& color, bool closed) const;
    // Running: a triangle. Ready: a ring. Blocked: a padlock. Finished: a tick. Spinning: an open ring with an arrow.
    void phaseIcon(const QRectF& in, const ThreadState& thread, const QColor& color) const;
    // A thread's letter on its colour; of a thread that waits, outlined and hatched.
    void letter(const QRectF& in, ThreadIndex thread, bool waits = false) const;

private:
    void line(const QRectF& in, Qt::Alignment align, const QString& text, const StageFonts::Entry& entry,
              double textWidth, const QColor& color) const;
};

// A colour with an opacity.
[[nodiscard]] QColor faded(QColor color, double opacity);

} // namespace interleave
