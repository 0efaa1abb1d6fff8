// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/time_spin_box.h"

#include "sentences/durations.h"
#include "sentences/names.h"

namespace interleave {

TimeSpinBox::TimeSpinBox(const LogScale& scale, QWidget* parent) : QSpinBox(parent), m_scale(scale)
{
    setRange(0, static_cast<int>(scale.valueAt(scale.lastNotch())));
}

void TimeSpinBox::stepBy(int steps)
{
    setValue(static_cast<int>(m_scale.valueAt(m_scale.notchOf(value()) + steps)));
}

QString TimeSpinBox::textFromValue(int nanoseconds) const
{
    return nanoseconds == 0 ? numberText(0) : timeText(nanoseconds);
}

int TimeSpinBox::valueFromText(const QString& text) const
{
    // The text of the value there is stands for that value, although it is rounded.
    if (text == textFromValue(value()))
        return value();
    const auto time = parsedTime(text);
    return time ? static_cast<int>(time->count()) : value();
}

QValidator::State TimeSpinBox::validate(QString& text, int&) const
{
    const auto time = parsedTime(text);
    return time && time->count() <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
}

void TimeSpinBox::fixup(QString& text) const
{
    emit const_cast<TimeSpinBox*>(this)->refused(text);
    text = textFromValue(value());
}

} // namespace interleave
