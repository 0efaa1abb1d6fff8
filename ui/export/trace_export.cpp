// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/trace_export.h"

#include "export/trace_file.h"
#include "history/history.h"
#include "sentences/durations.h"
#include "sentences/names.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMetaObject>
#include <QWidget>
#include <functional>
#include <utility>

namespace interleave {

TraceExport::TraceExport(std::function<Job()> job, QWidget* owner)
    : QObject(owner),
      m_job(std::move(job)),
      m_owner(owner),
      m_askForPath(askForExportPath),
      m_action(new QAction(tr("E&xport the trace…"), this))
{
    m_action->setObjectName(QStringLiteral("exportTrace"));
    m_action->setToolTip(tr("Saves this run for other trace viewers, as Chrome trace event JSON"));
    m_action->setStatusTip(m_action->toolTip());
    m_action->setEnabled(false);
    connect(m_action, &QAction::triggered, this, [this] {
        const Job wanted = m_job();
        if (!wanted.history || m_running)
            return;
        QString path = m_askForPath(m_owner, QStringLiteral("interleave-trace.json"), tr("Trace (*.json)"));
        if (path.isEmpty())
            return;
        if (QFileInfo(path).suffix().isEmpty())
            path += QStringLiteral(".json");
        start(wanted, path);
    });
    m_reporter.setInterval(50);
    connect(&m_reporter, &QTimer::timeout, this, [this] { emit progressed(m_progress); });
}

TraceExport::~TraceExport()
{
    m_thread.request_stop();
}

void TraceExport::setEnabled(bool enabled)
{
    m_enabled = enabled;
    m_action->setEnabled(m_enabled && !m_running);
}

void TraceExport::cancel()
{
    m_thread.request_stop();
}

void TraceExport::start(const Job& job, const QString& path)
{
    m_progress = 0;
    m_running = true;
    m_action->setEnabled(false);
    m_reporter.start();
    emit started();
    m_thread = std::jthread([this, job, path](const std::stop_token& stop) {
        const auto trace = traceOf(*job.history, factsOf(*job.history, job.program.toStdString()), stop,
                                   [this](double part) { m_progress = part; });
        std::function<void()> tell;
        if (!trace || stop.stop_requested()) {
            tell = [this] { emit cancelled(); };
        } else if (const Exported saved = saveBytes(trace->bytes, path); saved) {
            const bool inTicks = job.history->timeUnit() == TimeUnit::Ticks;
            tell = [this, path, detail = detailText(trace->summary, inTicks)] {
                emit done(tr("Saved %1. %2", "a path; a sentence").arg(QDir::toNativeSeparators(path), detail));
            };
        } else {
            tell = [this, sentence = saved.error()] { emit failed(sentence); };
        }
        QMetaObject::invokeMethod(
            this,
            [this, tell = std::move(tell)] {
                m_reporter.stop();
                m_running = false;
                setEnabled(m_enabled);
                emit stopped();
                tell();
            },
            Qt::QueuedConnection);
    });
}

QString detailText(const TraceSummary& summary, bool inTicks)
{
    const auto isAll = [](const TraceSummary::Share& share) { return share.shown == share.all; };
    if (summary.spanWidth == 0 && isAll(summary.lostUpdates) && isAll(summary.counterValues) && isAll(summary.switches))
        return TraceExport::tr("Everything that happened is in it.");
    QStringList parts;
    if (summary.spanWidth > 0)
        parts << TraceExport::tr("what is shorter than %1 is merged")
                     .arg(inTicks ? ticksText(summary.spanWidth) : timeText(static_cast<double>(summary.spanWidth)));
    const auto some = [&](const TraceSummary::Share& share, const QString& text) {
        if (!isAll(share))
            parts << text.arg(numberText(share.shown), numberText(share.all));
    };
    some(summary.lostUpdates, TraceExport::tr("%1 of %2 lost updates have their arrow"));
    some(summary.counterValues, TraceExport::tr("%1 of %2 values of the counter are shown"));
    some(summary.switches, TraceExport::tr("%1 of %2 switches are shown"));
    return TraceExport::tr("The run is too long for all of it: %1; its totals are whole.")
        .arg(parts.join(QStringLiteral(", ")));
}

} // namespace interleave
