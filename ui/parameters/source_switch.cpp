// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/source_switch.h"

#include "controls/pill_button.h"

#include <QButtonGroup>
#include <QHBoxLayout>

namespace interleave {

SourceSwitch::SourceSwitch(QWidget* parent) : QWidget(parent), m_pills(new QButtonGroup(this))
{
    setAccessibleName(tr("Where runs come from"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 2);
    row->setSpacing(6);
    const auto add = [&](Source source, const QString& text, const QString& explanation, const char* name) {
        auto* pill = new PillButton(text);
        pill->setObjectName(QLatin1String(name));
        pill->setToolTip(explanation);
        pill->setAccessibleName(tr("Run on: %1").arg(text));
        pill->setAccessibleDescription(explanation);
        m_pills->addButton(pill, static_cast<int>(source));
        row->addWidget(pill, 1);
    };
    add(Source::Hardware, tr("Hardware"), tr("Real threads of this computer race; each run comes out differently"),
        "source-hardware");
    add(Source::Machine, tr("Machine"),
        tr("A program runs on virtual cores, instruction by instruction; the same settings give the same run"),
        "source-machine");
    m_pills->setExclusive(true);
    m_pills->button(static_cast<int>(Source::Hardware))->setChecked(true);
    connect(m_pills, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (checked)
            emit sourceChanged(static_cast<Source>(id));
    });
}

Source SourceSwitch::source() const
{
    return static_cast<Source>(m_pills->checkedId());
}

void SourceSwitch::setSource(Source source)
{
    m_pills->button(static_cast<int>(source))->setChecked(true);
}

} // namespace interleave
