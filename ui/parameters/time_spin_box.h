// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "controls/log_scale.h"

#include <QSpinBox>

namespace interleave {

// A time in nanoseconds, written as people write it: 0, 500 ns, 20 µs, 1.5 ms. Steps along a scale.
class TimeSpinBox : public QSpinBox {
    Q_OBJECT

public:
    TimeSpinBox(const LogScale& scale, QWidget* parent = nullptr);

    void stepBy(int steps) override;

signals:
    // What was typed is no time in the range; the value before it stays.
    void refused(const QString& text);

protected:
    [[nodiscard]] QString textFromValue(int nanoseconds) const override;
    [[nodiscard]] int valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
    void fixup(QString& text) const override;

private:
    LogScale m_scale;
};

} // namespace interleave
