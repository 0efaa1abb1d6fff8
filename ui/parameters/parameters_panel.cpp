// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/parameters_panel.h"

#include "controls/flat_check_box.h"
#include "controls/flow_layout.h"
#include "controls/pill_button.h"
#include "parameters/cores_spin_box.h"
#include "parameters/fold.h"
#include "parameters/parameter_label.h"
#include "parameters/parameter_row.h"
#include "parameters/quiet_button.h"
#include "parameters/result_card.h"
#include "parameters/time_spin_box.h"
#include "sentences/names.h"
#include "sentences/run_errors.h"
#include "sentences/run_lengths.h"
#include "style/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLabel>
#include <QScopedValueRollback>
#include <QVBoxLayout>
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

// What is chosen in a few words, so short that they fit into one line; explanationOf() has the rest.
QString shortlyExplained(Synchronisation way)
{
    switch (way) {
    case Synchronisation::None: return ParametersPanel::tr("Nothing: this is the race.");
    case Synchronisation::Mutex: return ParametersPanel::tr("A lock around each update.");
    case Synchronisation::MutexCoarse: return ParametersPanel::tr("A lock around the whole loop.");
    case Synchronisation::Spinlock: return ParametersPanel::tr("A lock that is asked for busily.");
    case Synchronisation::Atomic: return ParametersPanel::tr("One instruction that does it all.");
    case Synchronisation::Cas: return ParametersPanel::tr("Stores only if nobody else has.");
    case Synchronisation::Sharded: return ParametersPanel::tr("A counter of its own for each.");
    }
    return {};
}

// A run that was made names all of them by their number.
bool areAllCores(std::uint32_t cores)
{
    return cores == 0 || cores >= availableCores();
}

QString coresValueText(std::uint32_t cores)
{
    return areAllCores(cores) ? ParametersPanel::tr("all", "cores") : numberText(cores);
}

QString windowValueText(std::chrono::nanoseconds window)
{
    return window.count() == 0 ? numberText(0) : timeText(static_cast<double>(window.count()));
}

} // namespace

ParametersPanel::ParametersPanel(QWidget* parent)
    : ControlsPanel(parent),
      m_synchroniseLabel(new ParameterLabel(tr("Synchronise"), tr("What keeps the threads out of one another's way"))),
      m_pills(new QButtonGroup(this)),
      m_explanation(new QLabel),
      m_record(new FlatCheckBox(tr("&Record, to replay it"))),
      m_more(new Fold(tr("More"), QStringLiteral("panel/moreOfHardware"))),
      m_result(new ResultCard)
{
    auto* controls = new QWidget;
    auto* column = new QVBoxLayout(controls);
    column->setContentsMargins(12, 6, 12, 2);
    column->setSpacing(4);
    column->addWidget(m_synchroniseLabel);
    createPills(*column);
    m_explanation->setObjectName(QStringLiteral("synchronisationExplanation"));
    m_explanation->setWordWrap(true);
    m_explanation->setTextFormat(Qt::PlainText);
    column->addWidget(m_explanation);
    createRows(*column);
    createMore(*column);
    column->addStretch(1);
    setUp(controls, m_more->unusualText(), m_result, QStringLiteral("parametersNotice"));
    connect(m_result, &ResultCard::replayRequested, this, &ParametersPanel::replayRequested);
    connect(&defaultsButton(), &QAbstractButton::clicked, this,
            [this] { setParameters(m_defaults, m_defaultTrials, m_defaultRecording); });
    setParameters(m_defaults, m_defaultTrials, m_defaultRecording);
    check();
}

ParameterRow* ParametersPanel::addRow(QVBoxLayout& column, ParameterRow* row, const QString& objectName)
{
    row->setObjectName(objectName);
    column.addWidget(row);
    connect(row, &ParameterRow::valueChanged, this, &ParametersPanel::change);
    return row;
}

void ParametersPanel::createRows(QVBoxLayout& column)
{
    const ParameterNames names = ParameterNames::ofTheWindow();
    m_threads = addRow(column,
                       new ParameterRow(names.threads, tr("How many threads add to the counter"),
                                        LogScale(1, RunParameters::maxThreads, whole),
                                        spinBox(1, RunParameters::maxThreads), timeText(99.9e3)),
                       QStringLiteral("threads"));
    m_iterations = addRow(column,
                          new ParameterRow(names.iterations, tr("How often each thread adds one"),
                                           LogScale(1, mostIterations, whole), spinBox(1, mostIterations),
                                           numberText(mostIterations)),
                          QStringLiteral("iterations"));
}

void ParametersPanel::createMore(QVBoxLayout& column)
{
    m_more->setObjectName(QStringLiteral("moreParameters"));
    m_more->addToHead(&defaultsButton());
    column.addWidget(m_more);
    QVBoxLayout& inside = m_more->column();
    const auto cores = static_cast<int>(availableCores());
    const LogScale windows(leastWindow, static_cast<double>(RunParameters::maxWindow.count()), whole,
                           LogScale::Zero::First);
    const ParameterNames names = ParameterNames::ofTheWindow();
    const QString usual = timeText(99.9e3);
    m_cores =
        addRow(inside,
               new ParameterRow(
                   names.cores,
                   tr("On how many cores the threads may run: on one they run one at a time, on several they run at once"),
                   LogScale::linear(1, cores + 1), new CoresSpinBox(cores), usual),
               QStringLiteral("cores"));
    auto* time = new TimeSpinBox(windows);
    m_window = addRow(
        inside,
        new ParameterRow(names.window,
                         tr("Work between load and store, such as 500 ns, 20 µs, 1 ms; from 1 ms on the thread sleeps"),
                         windows, time, usual),
        QStringLiteral("window"));
    connect(time, &TimeSpinBox::refused, this, [this](const QString& text) {
        m_refused = text;
        check();
    });
    m_trials = addRow(inside,
                      new ParameterRow(tr("Trials"), tr("How often the charts repeat each run"),
                                       LogScale(1, mostTrials, whole), spinBox(1, mostTrials), usual),
                      QStringLiteral("trials"));
    m_record->setObjectName(QStringLiteral("recordCheck"));
    m_record->setChecked(true);
    m_record->setFocusPolicy(Qt::TabFocus);
    m_record->setToolTip(tr("Recorded runs can be replayed step by step. Recording changes the timing a little."));
    m_record->setAccessibleDescription(m_record->toolTip());
    inside.addWidget(m_record);
    connect(m_record, &QCheckBox::toggled, this, &ParametersPanel::change);
    connect(m_more, &Fold::toggled, this, &ParametersPanel::compareWithShown);
}

void ParametersPanel::createPills(QVBoxLayout& column)
{
    auto* group = new QWidget;
    group->setAccessibleName(m_synchroniseLabel->name());
    auto* rows = new FlowLayout(group);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    m_pills->setExclusive(true);
    for (const Synchronisation way : allSynchronisations) {
        auto* pill = new PillButton(textOf(way));
        pill->setObjectName(QLatin1String("pill-") + textOf(way));
        pill->setToolTip(explanationOf(way));
        pill->setAccessibleName(tr("Synchronise: %1").arg(textOf(way)));
        pill->setAccessibleDescription(explanationOf(way));
        m_pills->addButton(pill, static_cast<int>(way));
        rows->addWidget(pill);
    }
    column.addWidget(group);
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

void ParametersPanel::setDefaults(const RunParameters& parameters, int trials, bool recording)
{
    m_defaults = parameters;
    m_defaultTrials = trials;
    m_defaultRecording = recording;
    compareWithDefaults();
}

void ParametersPanel::setShown(const std::optional<RunParameters>& parameters)
{
    m_shown = parameters;
    compareWithShown();
}

void ParametersPanel::change()
{
    if (m_setting)
        return;
    m_refused.clear();
    check();
    emit parametersChanged();
}

// Says what the combination does, how long it takes, and why it cannot run if it cannot.
void ParametersPanel::check()
{
    const ParameterNames names = ParameterNames::ofTheWindow();
    m_explanation->setText(shortlyExplained(synchronisation()));
    m_explanation->setToolTip(explanationOf(synchronisation()));
    const RunParameters set = parameters();
    const auto checked = validated(set, recording() ? RunMode::Recorded : RunMode::Counted);
    QString notice;
    if (!m_refused.isEmpty())
        notice = tr("%1 must be a time between 0 and 1 s, such as 500 ns, 20 µs or 1 ms, not “%2”.")
                     .arg(names.window, m_refused.left(24));
    else if (!checked)
        notice = sentenceOf(checked.error(), names);
    else
        notice = longRunText(set, recording());
    if (!checked && recording() && validated(set, RunMode::Counted))
        notice += QLatin1Char(' ') + tr("Without recording it can run.");
    setChecked(notice, checked.hasValue());
    compareWithDefaults();
    compareWithShown();
}

void ParametersPanel::compareWithDefaults()
{
    const RunParameters set = parameters();
    QStringList unusual;
    if (set.cores != m_defaults.cores)
        unusual << m_cores->text();
    if (set.window != m_defaults.window)
        unusual << m_window->text();
    if (trials() != m_defaultTrials)
        unusual << m_trials->text();
    if (recording() != m_defaultRecording)
        unusual << (recording() ? tr("recorded") : tr("not recorded"));
    m_more->setUnusual(unusual);
    setAtDefaults(unusual.isEmpty() && set == m_defaults);
}

void ParametersPanel::compareWithShown()
{
    const RunParameters set = parameters();
    RunParameters shown = m_shown.value_or(set);
    if (areAllCores(shown.cores) && areAllCores(set.cores))
        shown.cores = set.cores;
    shown.switches = set.switches; // how the kernel's are watched is no choice of the panel
    const auto mark = [](ParameterLabel& label, bool differs, const QString& value) {
        label.setMark(differs ? value : QString());
    };
    mark(*m_synchroniseLabel, set.synchronisation != shown.synchronisation, textOf(shown.synchronisation));
    mark(m_threads->label(), set.threads != shown.threads, numberText(shown.threads));
    mark(m_iterations->label(), set.iterations != shown.iterations, numberText(shown.iterations));
    mark(m_cores->label(), set.cores != shown.cores, coresValueText(shown.cores));
    mark(m_window->label(), set.window != shown.window, windowValueText(shown.window));
    m_more->setMarked(m_cores->label().isMarked() || m_window->label().isMarked());
    for (const Synchronisation way : allSynchronisations) {
        auto* pill = m_pills->button(static_cast<int>(way));
        const bool differs = way == set.synchronisation && m_synchroniseLabel->isMarked();
        pill->setAccessibleDescription(
            differs ? tr("%1 %2", "two sentences").arg(explanationOf(way), notRunText(textOf(shown.synchronisation)))
                    : explanationOf(way));
    }
    setDiffers(!m_shown || set != shown);
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
    // All of them in two rows.
    QFont ofPills = font();
    ofPills.setPixelSize(static_cast<int>(12 * unitOf(this)));
    for (QAbstractButton* pill : m_pills->buttons())
        pill->setFont(ofPills);
}

} // namespace interleave
