// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace interleave {

class Integer;

// A figure of a result, at the right of its room. One that is too long for it gets smaller, and where that would be too
// small to be read it is rounded; never is it cut off. What it says is its text, for a screen reader too.
class FigureLabel : public QLabel {
    Q_OBJECT

public:
    // `name`: what it is the figure of.
    explicit FigureLabel(const QString& name, QWidget* parent = nullptr);

    void setFigure(const QString& figure);
    void setFigure(const Integer& figure);
    // What is to be known of it, besides all its digits where it is rounded.
    void setExplanation(const QString& explanation);
    // In design pixels.
    void setLook(const QColor& ink, int pixels, bool bold);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void set(const QString& whole, const QString& rounded, const QString& allDigits);
    void fit();
    [[nodiscard]] QFont fontOf(int pixels) const;

    QString m_name;
    QString m_whole;   // empty: it is always rounded
    QString m_rounded; // empty: it is never rounded
    QString m_allDigits;
    QString m_explanation;
    int m_pixels = 18;
    bool m_bold = false;
    bool m_fitting = false;
};

} // namespace interleave
