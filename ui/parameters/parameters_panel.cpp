// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parameters_panel.h"

#include "controls/pill_button.h"
#include "parameters/cores_spin_box.h"
#include "parameters/parameter_row.h"
#include "parameters/result_card.h"
#include "parameters/time_spin_box.h"
#include "sentences/names.h"
#include "sentences/run_errors.h"
#include "style/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QScopedValueRollback>
#include <algorithm>

namespace interleave {

namespace {

constexpr auto whole = LogScale::Values::Whole;
constexpr double leastWindow = 10; // ns; below it there is only none

QSpinBox* spinBox(int least, int most)
{
    auto* box = new QSpinBox;
    box->setRange(least, most);
    return box;
}

} // namespace

ParametersPanel::ParametersPanel(QWidget* parent)
    : ControlsPanel(parent),
      m_synchroniseLabel(new QLabel(tr("Synchronise"))),
      m_pills(new QButtonGroup(this)),
      m_explanation(new QLabel),
      m_record(new QCheckBox(tr("&Record, to replay it"))),
      m_result(new ResultCard)
{
    auto* controls = new QWidget;
    auto* column = new QVBoxLayout(controls);
    column->setContentsMargins(12, 10, 12, 4);
    column->setSpacing(5);
    createRows(*column);
    column->addWidget(m_record);
    column->addWidget(m_synchroniseLabel);
    createPills(*column);
    m_explanation->setObjectName(QStringLiteral("synchronisationExplanation"));
    m_record->setObjectName(QStringLiteral("recordCheck"));
    m_record->setChecked(true);
    m_record->setToolTip(tr("Recorded runs can be replayed step by step. Recording changes the timing a little."));
    m_record->setAccessibleDescription(m_record->toolTip());
    m_explanation->setWordWrap(true);
    m_explanation->setTextFormat(Qt::PlainText);
    column->addWidget(m_explanation);
    column->addStretch(1);
    setUp(controls, m_result, QStringLiteral("parametersNotice"));
    connect(m_record, &QCheckBox::toggled, this, &ParametersPanel::change);
    connect(m_result, &ResultCard::replayRequested, this, &ParametersPanel::replayRequested);
    setParameters(RunParameters{}, 5, true);
    check();
}

void ParametersPanel::createRows(QVBoxLayout& column)
{
    const auto cores = static_cast<int>(availableCores());
    const LogScale windows(leastWindow, static_cast<double>(RunParameters::maxWindow.count()), whole,
                           LogScale::Zero::First);
    const auto add = [this, &column](const QString& objectName, auto... arguments) {
        auto* row = new ParameterRow(arguments...);
        row->setObjectName(objectName);
        column.addWidget(row);
        connect(row, &ParameterRow::valueChanged, this, &ParametersPanel::change);
        return row;
    };
    const ParameterNames names = ParameterNames::ofTheWindow();
    const QString usual = timeText(99.9e3);
    m_threads = add(QStringLiteral("threads"), names.threads, tr("How many threads add to the counter"),
                    LogScale(1, RunParameters::maxThreads, whole), spinBox(1, RunParameters::maxThreads), usual);
    m_iterations = add(QStringLiteral("iterations"), names.iterations, tr("How often each thread adds one"),
                       LogScale(1, mostIterations, whole), spinBox(1, mostIterations), numberText(mostIterations));
    m_cores = add(QStringLiteral("cores"), names.cores,
                  tr("On how many cores the threads may run: on one they take turns, on several they run at once"),
                  LogScale::linear(1, cores + 1), new CoresSpinBox(cores), usual);
    auto* time = new TimeSpinBox(windows);
    m_window = add(QStringLiteral("window"), names.window,
                   tr("Work between load and store, such as 500 ns, 20 µs, 1 ms; from 1 ms on the thread sleeps"),
                   windows, time, usual);
    connect(time, &TimeSpinBox::refused, this, [this](const QString& text) {
        m_refused = text;
        check();
    });
    m_trials = add(QStringLiteral("trials"), tr("Trials"), tr("How often the charts repeat each run"),
                   LogScale(1, mostTrials, whole), spinBox(1, mostTrials), usual);
}

void ParametersPanel::createPills(QVBoxLayout& column)
{
    auto* grid = new QGridLayout;
    grid->setSpacing(6);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    m_pills->setExclusive(true);
    int place = 0;
    for (const Synchronisation way : allSynchronisations) {
        auto* pill = new PillButton(textOf(way));
        pill->setObjectName(QLatin1String("pill-") + textOf(way));
        pill->setToolTip(explanationOf(way));
        pill->setAccessibleName(tr("Synchronise: %1").arg(textOf(way)));
        pill->setAccessibleDescription(explanationOf(way));
        m_pills->addButton(pill, static_cast<int>(way));
        grid->addWidget(pill, place / 2, place % 2);
        ++place;
    }
    column.addLayout(grid);
    m_pills->button(static_cast<int>(Synchronisation::None))->setChecked(true);
    connect(m_pills, &QButtonGroup::idToggled, this, [this](int, bool checked) {
        if (checked)
            change();
    });
}

Synchronisation ParametersPanel::synchronisation() const
{
    return static_cast<Synchronisation>(m_pills->checkedId());
}

RunParameters ParametersPanel::parameters() const
{
    RunParameters parameters;
    parameters.threads = static_cast<std::uint32_t>(m_threads->value());
    parameters.iterations = static_cast<std::uint32_t>(m_iterations->value());
    parameters.synchronisation = synchronisation();
    const auto cores = static_cast<std::uint32_t>(m_cores->value());
    parameters.cores = cores > availableCores() ? 0 : cores;
    parameters.window = std::chrono::nanoseconds(m_window->value());
    return parameters;
}

int ParametersPanel::trials() const
{
    return m_trials->value();
}

bool ParametersPanel::recording() const
{
    return m_record->isChecked();
}

void ParametersPanel::setParameters(const RunParameters& parameters, int trials, bool recording)
{
    const RunParameters before = this->parameters();
    const int trialsBefore = this->trials();
    const bool recordingBefore = this->recording();
    {
        const QScopedValueRollback setting(m_setting, true);
        const auto bounded = [](std::uint64_t value, std::uint64_t most) {
            return static_cast<int>(std::min(value, most));
        };
        m_threads->setValue(bounded(parameters.threads, RunParameters::maxThreads));
        m_iterations->setValue(bounded(parameters.iterations, mostIterations));
        const std::uint32_t all = availableCores() + 1;
        m_cores->setValue(parameters.cores == 0 ? static_cast<int>(all) : bounded(parameters.cores, all));
        m_window->setValue(static_cast<int>(
            std::clamp(parameters.window, std::chrono::nanoseconds{0}, RunParameters::maxWindow).count()));
        m_pills->button(static_cast<int>(parameters.synchronisation))->setChecked(true);
        m_trials->setValue(trials);
        m_record->setChecked(recording);
    }
    if (this->parameters() != before || this->trials() != trialsBefore || this->recording() != recordingBefore)
        change();
}

void ParametersPanel::change()
{
    if (m_setting)
        return;
    m_refused.clear();
    check();
    emit parametersChanged();
}

// Says what the combination does, and why it cannot run if it cannot.
void ParametersPanel::check()
{
    const ParameterNames names = ParameterNames::ofTheWindow();
    m_explanation->setText(explanationOf(synchronisation()));
    const auto checked = validated(parameters(), recording() ? RunMode::Recorded : RunMode::Counted);
    QString notice;
    if (!m_refused.isEmpty())
        notice = tr("%1 must be a time between 0 and 1 s, such as 500 ns, 20 µs or 1 ms, not “%2”.")
                     .arg(names.window, m_refused.left(24));
    else if (!checked)
        notice = sentenceOf(checked.error(), names);
    if (!checked && recording() && validated(parameters(), RunMode::Counted))
        notice += QLatin1Char(' ') + tr("Without recording it can run.");
    setChecked(notice, checked.hasValue());
}

void ParametersPanel::setResult(const RunResult& result, const std::optional<RunResult>& counted)
{
    m_result->setResult(result, counted);
}

void ParametersPanel::clearResult()
{
    m_result->clear();
}

void ParametersPanel::takeColours()
{
    ControlsPanel::takeColours();
    const Theme& theme = Theme::of(this);
    QFont small = font();
    small.setPixelSize(static_cast<int>(13 * unitOf(this)));
    m_explanation->setFont(small);
    QPalette soft = palette();
    soft.setColor(QPalette::WindowText, theme.softInk);
    m_explanation->setPalette(soft);
}

} // namespace interleave
