// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>

namespace interleave {

// A horizontal slider as the design draws it: a thin groove, filled up to a ring. A press anywhere moves the ring there.
class FlatSlider : public QSlider {
    Q_OBJECT

public:
    explicit FlatSlider(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int valueAt(double x) const;
    [[nodiscard]] double xOf(int value) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

    // What lies under the groove, for subclasses.
    virtual void paintMarks(QPainter& painter, const QRectF& groove);
    // How far the marks reach below the middle of the groove, in design pixels.
    [[nodiscard]] virtual double marksReach() const { return 0; }

private:
    [[nodiscard]] QRectF groove() const;
};

} // namespace interleave
