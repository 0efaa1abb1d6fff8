// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/machine_mode.h"

#include "code/program_document.h"
#include "code/program_files.h"
#include "hardware/recorded_history.h"
#include "history/ledger.h"
#include "parameters/machine_panel.h"
#include "parameters/machine_parameters.h"
#include "parameters/machine_result_card.h"
#include "sentences/machine_errors.h"
#include "sentences/names.h"
#include "sentences/programs.h"
#include "window/recorded_replay.h"

#include <QScopedValueRollback>

namespace interleave {

namespace {

constexpr int pauseAfterChange = 150; // ms
constexpr int noticeable = 250;       // ms

// As it is called on the stage.
QString titleOf(const MachineResult& run)
{
    return run.choice.program ? interleave::titleOf(run.choice.program->id) : run.program;
}

} // namespace

MachineMode::MachineMode(MachinePanel& panel, ProgramDocument& document, ProgramFiles& files, QObject* parent)
    : QObject(parent),
      m_panel(panel),
      m_document(document),
      m_files(files),
      m_controller(new MachineController(this))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseAfterChange);
    connect(&m_pause, &QTimer::timeout, this, [this] { start(Reason::Change); });
    m_waiting.setSingleShot(true);
    m_waiting.setInterval(noticeable);
    connect(&m_waiting, &QTimer::timeout, this, [this] { setBusy(true); });

    connect(&m_panel, &MachinePanel::parametersChanged, this, &MachineMode::changed);
    connect(&m_panel.parameters(), &MachineParameters::programPicked, this, &MachineMode::pick);
    connect(&m_document, &ProgramDocument::programChanged, this, &MachineMode::takeProgram);
    // How long another program takes, nobody knows before it has run.
    connect(&m_document, &ProgramDocument::replaced, this, [this] { m_lastTook = {}; });
    connect(&m_document, &ProgramDocument::renamed, this, &MachineMode::showProgram);

    connect(m_controller, &MachineController::started, this, [this] { m_waiting.start(); });
    connect(m_controller, &MachineController::progressed, this, &MachineMode::progressed);
    connect(m_controller, &MachineController::finished, this, &MachineMode::show);
    connect(m_controller, &MachineController::failed, this,
            [this](const MachineError& error) { showFailure(sentenceOf(error, SettingNames::ofTheWindow())); });
    connect(m_controller, &MachineController::refused, this, &MachineMode::showFailure);
    connect(m_controller, &MachineController::stopped, this, [this] {
        m_waiting.stop();
        setBusy(false);
    });
    showProgram();
}

void MachineMode::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    m_pause.stop();
    tellManual();
    const bool shown = m_run.history && m_run.history->sharedProgram() == m_document.program();
    // The document may have changed while a run of what it was is still under way.
    const bool coming = m_controller->isRunning() && m_running == m_document.program();
    if (active && !shown && !coming && m_panel.canRun())
        start(Reason::Asked);
}

void MachineMode::open(const MachineResult& run)
{
    m_active = true;
    m_asked = run;
    if (run.history)
        show(run);
    tellManual();
}

void MachineMode::run()
{
    start(Reason::Asked);
}

// What a run is made of, so that it can be made again.
void MachineMode::remember()
{
    m_running = m_document.program();
    m_asked.choice = m_panel.parameters().choice();
    m_asked.program = m_document.name();
    m_asked.text = m_document.text();
}

void MachineMode::cancel()
{
    m_pause.stop();
    m_controller->cancel();
}

void MachineMode::setComparing(bool comparing)
{
    if (m_comparing == comparing)
        return;
    m_comparing = comparing;
    if (comparing && m_active) {
        start(Reason::Change);
    } else if (!comparing && m_run.onOneCore) {
        m_run.onOneCore.reset();
        emit finished(m_run, true);
    }
}

void MachineMode::start(Reason reason)
{
    m_pause.stop();
    if (m_document.isPending())
        m_document.assembleNow();
    if (!m_document.program() || !m_panel.canRun()) {
        showFailure(m_document.program() ? m_panel.parameters().problem() : m_document.errorSentence());
        return;
    }
    m_reason = reason;
    m_recorded.reset();
    MachineJob job;
    job.program = m_document.program();
    job.settings = m_panel.parameters().choice().settings;
    job.besideOneCore = m_comparing && job.settings.cores > 1;
    remember();
    if (isManual()) {
        m_controller->cancel();
        emit manualWanted(job);
    } else {
        m_controller->run(job);
    }
}

bool MachineMode::isManual() const
{
    return m_active && m_panel.parameters().choice().settings.policy == Policy::Manual;
}

void MachineMode::tellManual()
{
    if (m_manual == isManual())
        return;
    m_manual = isManual();
    emit manualChanged(m_manual);
}

void MachineMode::takeManual(const std::shared_ptr<const MachineHistory>& history)
{
    m_run = m_asked;
    m_run.history = history;
    {
        const QScopedValueRollback setting(m_setting, true);
        m_panel.parameters().setCounters(history->counters());
    }
    m_panel.result().setResult(*history, titleOf(m_run));
}

void MachineMode::takeEarlier(const MachineResult& run)
{
    m_run = run;
    m_pause.stop();
    const BuiltInProgram* const builtIn = run.choice.program;
    const bool same = builtIn ? m_document.builtIn() == builtIn : m_document.text() == run.text;
    {
        const QScopedValueRollback setting(m_setting, true);
        if (same || (builtIn ? m_files.showBuiltIn(builtIn->id) : m_files.showText(run.text)))
            m_panel.parameters().setChoice(run.choice);
    }
    m_panel.result().setResult(*run.history, titleOf(m_run));
}

bool MachineMode::replay(const std::shared_ptr<const RecordedHistory>& recorded)
{
    if (const QString problem = obstacleToReplayOf(*recorded); !problem.isEmpty()) {
        emit failed(problem);
        return false;
    }
    {
        const QScopedValueRollback setting(m_setting, true);
        if (!m_files.showBuiltIn(BuiltIn::UnlockedCounter))
            return false;
        m_panel.parameters().setChoice(choiceForReplayOf(*recorded));
    }
    m_pause.stop();
    m_reason = Reason::Replay;
    m_recorded = recorded;
    MachineJob job;
    job.program = m_document.program();
    job.settings = m_panel.parameters().choice().settings;
    job.prepare = [recorded](MachineSettings& settings, const std::stop_token& stop) {
        return prepareReplayOf(*recorded, settings, stop);
    };
    remember();
    m_controller->run(job);
    return true;
}

void MachineMode::changed()
{
    tellManual();
    if (m_setting || !m_active)
        return;
    if (!m_panel.canRun())
        m_pause.stop();
    else if (m_lastTook < quick)
        m_pause.start();
}

void MachineMode::pick(BuiltIn program)
{
    if (!m_files.showBuiltIn(program))
        showProgram();
}

// The panel follows the document, whoever changed it.
void MachineMode::showProgram()
{
    const QScopedValueRollback setting(m_setting, true);
    QString problem;
    if (!m_document.program())
        problem = tr("The program cannot run: %1.").arg(m_document.errorSentence());
    m_panel.parameters().setProgram(m_document.builtIn(), m_document.name(), problem);
}

void MachineMode::takeProgram()
{
    showProgram();
    changed();
}

void MachineMode::show(const MachineResult& run)
{
    m_run = m_asked;
    m_run.history = run.history;
    m_run.onOneCore = run.onOneCore;
    m_run.took = run.took;
    m_lastTook = run.took;
    const auto recorded = std::exchange(m_recorded, nullptr);
    {
        const QScopedValueRollback setting(m_setting, true);
        m_panel.parameters().setCounters(run.history->counters());
        if (recorded) {
            MachineChoice choice = m_panel.parameters().choice();
            choice.settings = run.history->settings();
            choice.schedule.clear();
            m_panel.parameters().setChoice(choice);
            m_run.choice = m_panel.parameters().choice();
        }
    }
    m_panel.result().setResult(*run.history, titleOf(m_run));
    emit finished(m_run, m_reason == Reason::Change);
    if (recorded)
        emit said(replayed(*recorded, *run.history));
    else if (m_comparing && !run.onOneCore)
        emit said(tr("There is one core only; with two or more it is shown beside one."));
    else
        emit said(run.history->outcome() == Outcome::Fault || run.history->outcome() == Outcome::StepLimit
                      ? endOf(*run.history)
                      : QString());
}

void MachineMode::showFailure(const QString& sentence)
{
    m_recorded.reset();
    m_panel.result().setProblem(sentence);
    emit failed(sentence);
}

void MachineMode::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    emit busyChanged(busy);
}

} // namespace interleave
