// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"

#include <QObject>
#include <optional>

namespace interleave {

// What all looks have selected together: a thread, an update.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] std::optional<ThreadIndex> thread() const { return m_thread; }
    // Position of the update; none if nothing is selected.
    [[nodiscard]] std::optional<Position> update() const { return m_update; }

public slots:
    void selectThread(std::optional<interleave::ThreadIndex> thread);
    void selectUpdate(std::optional<interleave::Position> update);
    void clear();

signals:
    void changed();

private:
    std::optional<ThreadIndex> m_thread;
    std::optional<Position> m_update;
};

} // namespace interleave
