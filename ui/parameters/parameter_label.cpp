// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parameter_label.h"

#include "style/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QScopedValueRollback>

namespace interleave {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(interleave::ParameterLabel)
};

} // namespace

QString markedText(const QString& name)
{
    return Texts::tr("• %1", "a parameter whose value has not been run yet").arg(name);
}

QString notRunText(const QString& shown)
{
    return Texts::tr("Not run yet; the run shown has %1.", "a value").arg(shown);
}

ParameterLabel::ParameterLabel(const QString& name, const QString& description, QWidget* parent)
    : QLabel(name, parent),
      m_name(name),
      m_description(description)
{
    setTextFormat(Qt::PlainText);
    describe();
}

void ParameterLabel::addControl(QWidget* control)
{
    if (m_controls.isEmpty())
        setBuddy(control);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(m_name);
    m_controls << control;
    describe();
}

void ParameterLabel::setDescription(const QString& description)
{
    m_description = description;
    describe();
}

void ParameterLabel::setReason(const QString& reason)
{
    m_reason = reason;
    for (QWidget* control : m_controls)
        control->setEnabled(reason.isEmpty());
    describe();
}

void ParameterLabel::setMark(const QString& shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    setText(isMarked() ? markedText(m_name) : m_name);
    takeColour();
    describe();
}

void ParameterLabel::describe()
{
    QString all = m_reason.isEmpty() ? m_description : m_reason;
    if (isMarked())
        all = tr("%1\n%2", "what a parameter is, and that it has not been run yet").arg(all, notRunText(m_shown));
    setToolTip(all);
    for (QWidget* control : m_controls) {
        control->setToolTip(all);
        control->setAccessibleDescription(all);
    }
}

void ParameterLabel::takeColour()
{
    const QScopedValueRollback colouring(m_colouring, true);
    if (!isMarked()) {
        setPalette({});
        return;
    }
    QPalette marked = palette();
    marked.setColor(QPalette::WindowText, Theme::of(this).accent);
    setPalette(marked);
}

void ParameterLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isMarked() && !m_colouring)
        takeColour();
}

} // namespace interleave
