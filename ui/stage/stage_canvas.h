// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/state.h"
#include "style/theme.h"

#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QStringList>
#include <algorithm>
#include <vector>

namespace interleave {

enum class Face { Text, Bold, Mono, MonoBold };

// A text as it was painted.
struct PaintedText {
    QString text;  // on the stage
    QString whole; // what it stands for: the same, unless it was elided
    QRectF ink;    // from the base line to the height of capitals and digits
    double pixels = 0;
};

// Fonts and their metrics by size, kept from frame to frame: making them costs more than drawing with them.
class StageFonts {
public:
    struct Entry {
        QFont font;
        QFontMetricsF metrics;
    };

    // The size of text that can just be read, at the normal scale.
    static constexpr double leastPixels = 11;

    void setBase(const QFont& font);
    // At this size, or at the least that can be read if that is larger.
    [[nodiscard]] const Entry& at(double pixels, Face face) const { return exactly(std::max(pixels, m_least), face); }
    [[nodiscard]] const Entry& exactly(double pixels, Face face) const;
    // The least size that can be read, at the scale of the base font.
    [[nodiscard]] double least() const { return m_least; }
    // Whatever is painted from now on is written down there; null: no more.
    void record(std::vector<PaintedText>* texts) const { m_record = texts; }
    [[nodiscard]] std::vector<PaintedText>* recorded() const { return m_record; }

private:
    double m_least = leastPixels;
    mutable std::vector<PaintedText>* m_record = nullptr;
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
    // One line, made smaller where it is wider than the rectangle; elided where it then could not be read any more.
    void text(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, Face face,
              const QColor& color) const;
    // The same for figures, which are made smaller still: half a number is a wrong number.
    void figure(const QRectF& in, Qt::Alignment align, const QString& text, double pixels, Face face,
                const QColor& color) const;
    // The first of several wordings, from the longest to the shortest, that can be read there; none if there is no room
    // for any. Gives the width that was used.
    double words(const QRectF& in, Qt::Alignment align, const QStringList& wordings, double pixels, Face face,
                 const QColor& color) const;
    // Whether a text can be read at this width, made smaller if need be.
    [[nodiscard]] bool fits(const QString& text, double width, Face face) const;
    void box(const QRectF& rect, double radius, const QColor& fill, const QColor& edge, double edgeWidth,
             Qt::PenStyle style = Qt::SolidLine) const;
    // Around what is selected.
    void ring(const QRectF& around, double width) const;
    // Diagonal lines as geometry: unlike a pattern brush they keep their size in every export.
    void hatch(const QRectF& rect, const QColor& color, double spacing, double lineWidth) const;
    void cross(const QRectF& in, const QColor& color) const;
    void tick(const QRectF& in, const QColor& color) const;
    void padlock(const QRectF& in, const QColor& color, bool closed) const;
    // A hollow diamond: set aside, to come back.
    void setAside(const QRectF& in, const QColor& color) const;
    // Running: a triangle. Ready: a ring. Blocked: a padlock. Finished: a tick. Spinning: an open ring with an arrow.
    void phaseIcon(const QRectF& in, const ThreadState& thread, const QColor& color) const;
    // A thread's letter on its colour; of a thread that waits, outlined and hatched.
    void letter(const QRectF& in, ThreadIndex thread, bool waits = false) const;

private:
    void line(const QRectF& in, Qt::Alignment align, const QString& text, const QString& whole,
              const StageFonts::Entry& entry, double textWidth, const QColor& color) const;
    // The largest size at which a text is no wider than that, from `pixels` down to `least`.
    [[nodiscard]] double fittingSize(const QString& text, double width, double pixels, double least, Face face) const;
};

// A colour with an opacity.
[[nodiscard]] QColor faded(QColor color, double opacity);

} // namespace interleave
