// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QList>

namespace interleave {

// A name with the sign of what has not been run yet before it.
[[nodiscard]] QString markedText(const QString& name);
// "Not run yet; the run shown has 50."
[[nodiscard]] QString notRunText(const QString& shown);

// The name of a parameter. It tells its controls, and whoever points at them, what the parameter is; whether its value
// is that of the run shown; and why it cannot be changed, if it cannot.
class ParameterLabel : public QLabel {
    Q_OBJECT

public:
    ParameterLabel(const QString& name, const QString& description, QWidget* parent = nullptr);

    [[nodiscard]] const QString& name() const { return m_name; }
    // A control of this parameter; the first one is the label's buddy. One with an accessible name keeps that.
    void addControl(QWidget* control);
    void setDescription(const QString& description);
    // Why it cannot be changed; empty: it can.
    void setReason(const QString& reason);
    // It has not been run yet with this value: what the run shown has. Empty: it has.
    void setMark(const QString& shown);
    [[nodiscard]] bool isMarked() const { return !m_shown.isEmpty(); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void describe();
    void takeColour();

    QString m_name;
    QString m_description;
    QString m_reason;
    QString m_shown;
    QList<QWidget*> m_controls;
    bool m_colouring = false;
};

} // namespace interleave
