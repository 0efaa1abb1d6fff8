// SPDX-License-Identifier: GPL-3.0-or-later
#include "parameters/result_card.h"

#include "machine/machine_settings.h"
#include "parameters/figure_label.h"
#include "parameters/fold.h"
#include "parameters/quiet_button.h"
#include "parameters/share_bar.h"
#include "sentences/names.h"
#include "sentences/switch_sources.h"
#include "style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <cmath>

namespace interleave {

namespace {

QString percentText(std::uint64_t part, std::uint64_t whole)
{
    const double percent = whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    if (part > 0 && percent < 0.1)
        return ResultCard::tr("under 0.1\u00A0%");
    const int decimals = percent < 10 && percent != std::floor(percent) ? 1 : 0;
    return ResultCard::tr("%1\u00A0%", "percentage").arg(QLocale().toString(percent, 'f', decimals));
}

// "none · 50 threads × 200,000": what the run was made with.
QString runText(const RunParameters& parameters)
{
    const QString threads = threadsText(parameters.threads);
    QString text = ResultCard::tr("%1 · %2 × %3", "a way to synchronise, 50 threads, iterations")
                       .arg(textOf(parameters.synchronisation), threads, numberText(parameters.iterations));
    if (parameters.cores > 0 && parameters.cores < availableCores())
        text = ResultCard::tr("%1 · %2", "a run, 1 core").arg(text, coresText(parameters.cores));
    if (parameters.window.count() > 0)
        text = ResultCard::tr("%1 · %2", "a run, the time between its loads and stores")
                   .arg(text, timeText(static_cast<double>(parameters.window.count())));
    return text;
}

QString obstacleToReplayOf(const RunResult& result)
{
    if (!result.history)
        return ResultCard::tr("This run was only counted: only a recorded one can be seen instruction by instruction.");
    if (result.parameters.synchronisation != Synchronisation::None)
        return ResultCard::tr("The machine replays recorded runs without synchronisation only.");
    if (result.parameters.threads > MachineSettings::mostThreads)
        return ResultCard::tr("The machine has at most %1, so it cannot replay this run of %2.")
            .arg(threadsText(MachineSettings::mostThreads), threadsText(result.parameters.threads));
    return {};
}

// Two sources count from moments that are not quite the same, so the figures are of the source that is named.
QString switchesText(const RunResult& result)
{
    if (!result.switches)
        return {};
    const SwitchLog& log = *result.switches;
    if (log.isComplete()) {
        std::uint64_t involuntary = 0;
        for (const std::vector<SwitchRecord>& thread : log.threads)
            for (const SwitchRecord& record : thread)
                involuntary += record.out && record.preempted ? 1U : 0U;
        return ResultCard::tr("The kernel told of %1 context switches, %2 involuntary.")
            .arg(numberText(log.captured()), numberText(involuntary));
    }
    return ResultCard::tr("%1 Voluntary: %2, involuntary: %3.", "a sentence about their source; context switches")
        .arg(sentenceOf(log.source, log.refusal, log.captured(), log.overflow), numberText(result.voluntarySwitches()),
             numberText(result.involuntarySwitches()));
}

} // namespace

ResultCard::ResultCard(QWidget* parent)
    : FigureCard(parent),
      m_details(new Fold(tr("Details"), QStringLiteral("panel/detailsOfHardware"))),
      m_observer(newText(QStringLiteral("observerEffect"))),
      m_switches(newText(QStringLiteral("contextSwitches"))),
      m_replay(new QuietButton(tr("See each instruction")))
{
    setAccessibleName(tr("Result"));
    m_expectedLabel = addFigure(tr("expected"), QStringLiteral("expectedValue"));
    m_finalLabel = addFigure(tr("final"), QStringLiteral("finalValue"));
    m_lostLabel = addFigure(tr("lost"), QStringLiteral("lostValue"));
    column().addWidget(&bar());
    m_observer->setToolTip(tr("The same parameters twice: once with a record of every update, once only counted. "
                              "Recording stores by an exchange, which changes the timing."));
    m_switches->setToolTip(tr("Voluntary: a thread slept or waited. Involuntary: it could have gone on, and was made "
                              "to leave its core."));
    for (QLabel* label : {m_observer, m_switches}) {
        label->setAccessibleDescription(label->toolTip());
        m_details->column().addWidget(label);
    }
    column().addWidget(m_details);
    m_replay->setObjectName(QStringLiteral("replayOnMachine"));
    m_details->addToHead(m_replay);
    connect(m_replay, &QAbstractButton::clicked, this, &ResultCard::replayRequested);
    takeColours();
    clear();
}

FigureLabel* ResultCard::addFigure(const QString& name, const QString& objectName)
{
    auto* row = new QHBoxLayout;
    const auto [label, figure] = newFigure(name, objectName);
    row->addWidget(label);
    row->addWidget(figure, 1);
    column().addLayout(row);
    return figure;
}

void ResultCard::setReplayReason(const QString& reason)
{
    m_replay->setEnabled(reason.isEmpty());
    m_replay->setToolTip(
        reason.isEmpty() ? tr("See it instruction by instruction: replays this very run on the machine") : reason);
    m_replay->setAccessibleDescription(m_replay->toolTip());
}

void ResultCard::clear()
{
    m_expected = 0;
    m_lost = 0;
    setRun(tr("No run yet."));
    for (FigureLabel* label : {m_expectedLabel, m_finalLabel, m_lostLabel})
        label->setFigure(tr("–", "no value yet"));
    bar().setShares(0, 0);
    m_observer->clear();
    m_switches->clear();
    m_details->hide();
    setReplayReason({});
    m_replay->hide();
    takeColours();
}

void ResultCard::setResult(const RunResult& result, const std::optional<RunResult>& counted)
{
    m_expected = result.expected;
    m_lost = result.lost;
    setRun(runText(result.parameters));
    m_expectedLabel->setFigure(numberText(result.expected));
    m_finalLabel->setFigure(numberText(result.final));
    m_lostLabel->setFigure(numberText(result.lost));
    bar().setShares(result.lost, result.expected);
    m_observer->setText(observerText(result, counted));
    m_switches->setText(switchesText(result));
    m_switches->setVisible(!m_switches->text().isEmpty());
    m_details->show();
    setReplayReason(obstacleToReplayOf(result));
    m_replay->show();
    takeColours();
}

QString ResultCard::observerText(const RunResult& result, const std::optional<RunResult>& counted) const
{
    const auto loss = [](const RunResult& run) {
        return tr("%1 (%2)", "updates lost, their share")
            .arg(numberText(run.lost), percentText(run.lost, run.expected));
    };
    if (!result.recorded)
        return tr("Counted, nothing recorded: lost %1.").arg(loss(result));
    if (!counted)
        return tr("Recorded, this run lost %1.").arg(loss(result));
    const QString both = tr("Recorded, this run lost %1; counted, %2.")
                             .arg(percentText(result.lost, result.expected), loss(*counted));
    if (result.lost == 0 && counted->lost == 0)
        return both;
    return tr("%1 Recording changes the timing.", "a sentence on both runs").arg(both);
}

void ResultCard::takeColours()
{
    const Theme& theme = Theme::of(this);
    for (QLabel* name : names())
        colour(name, theme.softInk, smallFont());
    colour(m_observer, theme.softInk, smallFont());
    colour(m_switches, theme.softInk, smallFont());
    const bool known = m_expected > 0;
    m_expectedLabel->setLook(theme.ink, figurePixels, false);
    m_finalLabel->setLook(known ? theme.survived : theme.softInk, figurePixels, true);
    m_lostLabel->setLook(known && m_lost > 0 ? theme.lost : theme.softInk, figurePixels, true);
    m_replay->setFont(smallFont());
    m_details->button().setFont(smallFont());
}

} // namespace interleave
