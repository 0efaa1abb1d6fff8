// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "code/source_marks.h"

#include <QWidget>

namespace interleave {

class SourceView;

// The margin of a source view: a dot for a breakpoint, the line's number, and a chip for every thread that stands there.
class SourceGutter : public QWidget {
    Q_OBJECT

public:
    explicit SourceGutter(SourceView* view);

    void setThreads(ThreadIndex threads);
    [[nodiscard]] int widthWanted() const;
    [[nodiscard]] QSize sizeHint() const override { return {widthWanted(), 0}; }

    // One chip as it is laid out; several threads that do not fit share the last one.
    struct Place {
        QRectF rect;
        std::vector<SourceMarks::Chip> threads;
    };
    [[nodiscard]] std::vector<Place> placesOf(int row) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Columns {
        double bar = 0, dot = 0, numbers = 0, chips = 0, end = 0; // where each begins
    };
    [[nodiscard]] Columns columns() const;
    [[nodiscard]] QFont numberFont() const;
    [[nodiscard]] double chipWidth() const;
    void paintRow(QPainter& painter, int row, const QRectF& rect) const;
    void paintChip(QPainter& painter, const Place& place) const;

    SourceView* m_view;
    ThreadIndex m_threads = 1;
};

} // namespace interleave
