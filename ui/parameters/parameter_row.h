// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "controls/log_scale.h"

#include <QWidget>

class QSpinBox;

namespace interleave {

class FlatSlider;
class ParameterLabel;

// A parameter: its name, a spin box for exact values, and below them a slider over a scale.
class ParameterRow : public QWidget {
    Q_OBJECT

public:
    // `spinBox` has the range of the parameter and room for `widestText`; the row takes it over.
    ParameterRow(const QString& name, const QString& description, const LogScale& scale, QSpinBox* spinBox,
                 const QString& widestText, QWidget* parent = nullptr);

    [[nodiscard]] int value() const;
    void setValue(int value);
    // "Cores 1": its name and its value.
    [[nodiscard]] QString text() const;
    // Why it cannot be changed, and it is grey; empty: it can.
    void setReason(const QString& reason);
    // Another range, with a scale to go with it; a value beyond becomes the nearest.
    void setRange(int least, int most, const LogScale& scale);
    [[nodiscard]] ParameterLabel& label() const { return *m_label; }
    [[nodiscard]] QSpinBox* spinBox() const { return m_spinBox; }
    [[nodiscard]] FlatSlider* slider() const { return m_slider; }

signals:
    void valueChanged(int value);

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeLook();
    void showValue();

    LogScale m_scale;
    QString m_widestText;
    ParameterLabel* m_label;
    QSpinBox* m_spinBox;
    FlatSlider* m_slider;
    bool m_showing = false;
};

} // namespace interleave
