// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace interleave {

// A list to choose one entry from, drawn flat in the colours of the theme like the fields beside it.
class FlatComboBox : public QComboBox {
    Q_OBJECT

public:
    explicit FlatComboBox(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QSize grown(QSize size) const;
};

} // namespace interleave
