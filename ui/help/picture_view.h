// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "help/pictures.h"

#include <QWidget>

namespace interleave {

// A picture of the help by itself: as large as the UI scale says, smaller where there is no room.
class PictureView : public QWidget {
    Q_OBJECT

public:
    explicit PictureView(HelpPicture picture, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QSizeF sizeAt(double width) const;

    HelpPicture m_picture;
};

} // namespace interleave
