// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/cores_spin_box.h"

namespace interleave {

CoresSpinBox::CoresSpinBox(int available, QWidget* parent) : QSpinBox(parent)
{
    setRange(1, available + 1);
}

QString CoresSpinBox::textFromValue(int value) const
{
    return value == maximum() ? tr("all", "cores") : QSpinBox::textFromValue(value);
}

int CoresSpinBox::valueFromText(const QString& text) const
{
    return text.trimmed().compare(tr("all", "cores"), Qt::CaseInsensitive) == 0 ? maximum()
                                                                                : QSpinBox::valueFromText(text);
}

QValidator::State CoresSpinBox::validate(QString& text, int& position) const
{
    const QString typed = text.trimmed();
    const QString all = tr("all", "cores");
    if (all.compare(typed, Qt::CaseInsensitive) == 0)
        return QValidator::Acceptable;
    if (!typed.isEmpty() && all.startsWith(typed, Qt::CaseInsensitive))
        return QValidator::Intermediate;
    const QValidator::State state = QSpinBox::validate(text, position);
    // The number after the last core stands for "all", which is written so.
    return state == QValidator::Acceptable && QSpinBox::valueFromText(text) == maximum() ? QValidator::Invalid : state;
}

} // namespace interleave
