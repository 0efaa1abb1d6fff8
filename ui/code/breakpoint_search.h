// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/machine_history.h"

#include <QObject>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace interleave {

// Looks for the next step at a breakpoint, off the UI thread: the run may be long. Signals arrive on the UI thread.
class BreakpointSearch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~BreakpointSearch() override;

    [[nodiscard]] bool isSearching() const { return m_searching; }
    // From this step on; a search that is under way is given up.
    void start(std::shared_ptr<const MachineHistory> history, std::vector<std::int64_t> addresses, Step from);
    void cancel();

signals:
    void searchingChanged(bool searching);
    // Not after cancel().
    void found(interleave::Step step);
    void foundNone();

private:
    void finish(quint64 search, const std::optional<Step>& step);
    void setSearching(bool searching);

    bool m_searching = false;
    quint64 m_search = 0;  // the number of the latest
    std::jthread m_thread; // last: joined before anything it uses goes
};

} // namespace interleave
