// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSpinBox>

namespace interleave {

// 1, 2, … up to the cores there are, then "all".
class CoresSpinBox : public QSpinBox {
    Q_OBJECT

public:
    explicit CoresSpinBox(int available, QWidget* parent = nullptr);

protected:
    [[nodiscard]] QString textFromValue(int value) const override;
    [[nodiscard]] int valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
};

} // namespace interleave
