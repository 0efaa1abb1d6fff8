// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parameter_row.h"

#include "controls/flat_slider.h"
#include "parameters/parameter_label.h"
#include "style/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>
#include <cmath>

namespace interleave {

namespace {

constexpr double sliderHeight = 20; // design pixels: what it paints and no more

} // namespace

ParameterRow::ParameterRow(const QString& name, const QString& description, const LogScale& scale, QSpinBox* spinBox,
                           const QString& widestText, QWidget* parent)
    : QWidget(parent),
      m_scale(scale),
      m_widestText(widestText),
      m_label(new ParameterLabel(name, description)),
      m_spinBox(spinBox),
      m_slider(new FlatSlider)
{
    spinBox->setButtonSymbols(QAbstractSpinBox::NoButtons);
    spinBox->setAlignment(Qt::AlignRight);
    spinBox->setGroupSeparatorShown(true);
    // A number half typed is none yet.
    spinBox->setKeyboardTracking(false);
    m_slider->setRange(0, m_scale.lastNotch());
    m_slider->setPageStep(std::max(1, m_scale.lastNotch() / 10));
    // A slider that is dragged leaves the keys with whoever had them; what is typed has to go somewhere.
    m_slider->setFocusPolicy(Qt::TabFocus);
    spinBox->setFocusPolicy(Qt::StrongFocus);
    m_label->addControl(spinBox);
    m_label->addControl(m_slider);
    m_label->addControl(this); // for whoever points between them

    auto* head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(m_label, 1);
    head->addWidget(spinBox);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_slider);

    connect(m_slider, &QSlider::valueChanged, this, [this](int notch) {
        if (!m_showing)
            m_spinBox->setValue(static_cast<int>(m_scale.valueAt(notch)));
    });
    connect(spinBox, &QSpinBox::valueChanged, this, [this](int value) {
        showValue();
        emit valueChanged(value);
    });
    takeLook();
    showValue();
}

int ParameterRow::value() const
{
    return m_spinBox->value();
}

void ParameterRow::setValue(int value)
{
    m_spinBox->setValue(value);
}

QString ParameterRow::text() const
{
    return tr("%1 %2", "a parameter and its value: Cores 1").arg(m_label->name(), m_spinBox->text());
}

void ParameterRow::setReason(const QString& reason)
{
    m_label->setReason(reason);
}

void ParameterRow::setRange(int least, int most, const LogScale& scale)
{
    m_scale = scale;
    {
        const QScopedValueRollback showing(m_showing, true);
        m_slider->setRange(0, m_scale.lastNotch());
        m_slider->setPageStep(std::max(1, m_scale.lastNotch() / 10));
    }
    m_spinBox->setRange(least, most);
    showValue();
}

void ParameterRow::showValue()
{
    const QScopedValueRollback showing(m_showing, true);
    m_slider->setValue(m_scale.notchOf(m_spinBox->value()));
}

void ParameterRow::takeLook()
{
    const double unit = unitOf(this);
    m_slider->setFixedHeight(static_cast<int>(std::ceil(sliderHeight * unit)));
    m_spinBox->setFixedWidth(fontMetrics().horizontalAdvance(m_widestText) + static_cast<int>(17 * unit));
}

void ParameterRow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        takeLook();
}

} // namespace interleave
