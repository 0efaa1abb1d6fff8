// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>

namespace interleave {

// A check box in the colours of the theme, whose border can be seen.
class FlatCheckBox : public QCheckBox {
    Q_OBJECT

public:
    explicit FlatCheckBox(const QString& text, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace interleave
