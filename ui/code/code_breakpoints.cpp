// SPDX-License-Identifier: GPL-3.0-or-later
// What CodeView does with breakpoints.
#include "code/breakpoint_search.h"
#include "code/code_view.h"
#include "code/program_document.h"
#include "code/source_view.h"
#include "machine/machine_history.h"
#include "playback/playback.h"

#include <QAction>
#include <algorithm>

namespace interleave {

void CodeView::showBreakpoints()
{
    std::vector<int> rows;
    if (!m_reading)
        for (const std::uint32_t line : m_breakpoints.lines())
            if (const int row = rowOf(line); row >= 0)
                rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    source().setBreakpoints(std::move(rows));
}

void CodeView::breakpointsMoved()
{
    m_clear->setEnabled(!m_breakpoints.isEmpty());
    showBreakpoints();
    emit breakpointsChanged();
}

void CodeView::toggleBreakpoint()
{
    toggleAt(source().currentRow());
}

void CodeView::toggleAt(int row)
{
    if (m_reading) {
        say(tr("Breakpoints stop runs of the machine; this was one of the hardware."));
        return;
    }
    std::vector<std::uint32_t> lines;
    if (edits()) {
        lines = {static_cast<std::uint32_t>(row) + 1};
    } else {
        // A line that carries out nothing stands for the next one that does.
        for (auto r = static_cast<std::size_t>(std::max(row, 0)); r < m_face.rows.size() && lines.empty(); ++r)
            lines = m_face.rows[r].assembly;
    }
    if (edits() && m_document.program() && !m_document.isPending())
        lines = {instructionLineFrom(*m_document.program(), lines.front())};
    if (lines.empty() || lines.front() == 0) {
        say(tr("There is no instruction from this line on to stop at."));
        return;
    }
    const bool some = std::any_of(lines.begin(), lines.end(),
                                  [this](auto line) { return m_breakpoints.contains(line); });
    if (some)
        std::for_each(lines.begin(), lines.end(), [this](auto line) { m_breakpoints.remove(line); });
    else
        m_breakpoints.toggle(lines.front());
    say({});
    breakpointsMoved();
}

void CodeView::clearBreakpoints()
{
    m_breakpoints.clear();
    breakpointsMoved();
}

std::vector<std::int64_t> CodeView::breakpoints() const
{
    return m_document.program() && !m_document.isPending() ? m_breakpoints.addresses(*m_document.program())
                                                           : std::vector<std::int64_t>();
}

void CodeView::runToBreakpoint()
{
    if (m_search->isSearching()) {
        m_search->cancel();
        return;
    }
    if (m_reading || !m_current) {
        say(m_reading ? tr("Breakpoints stop runs of the machine; this was one of the hardware.")
                       : tr("Press Run first: breakpoints belong to the program as it is now."));
        return;
    }
    if (m_breakpoints.isEmpty()) {
        say(tr("There is no breakpoint yet: click beside a line, or press F9."));
        return;
    }
    m_playback.pause();
    m_said.clear();
    m_search->start(machine(), breakpoints(), m_playback.step() + 1);
}

std::optional<Step> CodeView::barrier(Step from, Step to) const
{
    if (m_reading || !m_current || m_breakpoints.isEmpty())
        return std::nullopt;
    const auto run = machine();
    // A breakpoint stops before its instruction. The one that the playback stands at has stopped it already.
    return run->nextExecutionOf(breakpoints(), from + 1, std::min(to + 1, run->steps()));
}

} // namespace interleave
