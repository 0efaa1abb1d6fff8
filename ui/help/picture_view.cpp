// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/picture_view.h"

#include "style/theme.h"

#include <QEvent>
#include <QPainter>
#include <cmath>

namespace interleave {

PictureView::PictureView(HelpPicture picture, QWidget* parent) : QWidget(parent), m_picture(picture)
{
    setAccessibleName(descriptionOf(picture));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSizeF PictureView::sizeAt(double width) const
{
    const QSizeF wanted = sizeOf(m_picture) * unitOf(this);
    return wanted.width() <= width ? wanted : wanted * (width / wanted.width());
}

QSize PictureView::sizeHint() const
{
    const QSizeF wanted = sizeOf(m_picture) * unitOf(this);
    return {static_cast<int>(std::ceil(wanted.width())), static_cast<int>(std::ceil(wanted.height()))};
}

int PictureView::heightForWidth(int width) const
{
    return static_cast<int>(std::ceil(sizeAt(width).height()));
}

void PictureView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintPicture(painter, QRectF(QPointF(), sizeAt(width())), m_picture, Theme::of(this));
}

void PictureView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    update();
}

} // namespace interleave
