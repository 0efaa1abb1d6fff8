// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/history.h"
#include "history/ledger.h"
#include "playback/selection.h"

#include <QAbstractTableModel>
#include <QHash>
#include <memory>
#include <optional>

namespace interleave {

class RecordedHistory;

// The updates of a history as rows, all of them or the lost ones, newest first or in order. Holds nothing per row but
// for those looked at last, so it serves runs of any length.
class LedgerModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { UpdateColumn, ValueColumn, FateColumn, TimeColumn, columns };
    enum Role {
        PositionRole = Qt::UserRole, // quint32
        ThreadRole,                  // quint32
        SurvivedRole,                // bool
        PreemptedRole, // bool: lost to a thread that was provably preempted between its load and its store
        StandingRole,  // Standing
    };
    // How it is with an update at the step that is reached.
    enum Standing {
        NotYet,   // its store is still to come
        Counts,   // it is on the surviving path, and survives
        Doomed,   // it is on the path, and will be lost
        SetAside, // it is off the path, and comes back
        Lost,     // the store that it was lost to has happened
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setHistory(std::shared_ptr<const History> history);
    [[nodiscard]] const std::shared_ptr<const History>& history() const { return m_history; }
    void setLostOnly(bool lostOnly);
    [[nodiscard]] bool lostOnly() const { return m_lostOnly; }
    void setNewestFirst(bool newestFirst);
    [[nodiscard]] bool newestFirst() const { return m_newestFirst; }

    // The last store that has happened; all of them, unless it is set. Fates are told as they are then.
    void setReached(Position position);

    // The update that a row shows.
    [[nodiscard]] Position positionAt(int row) const;
    // The row of an update; none if it is not listed.
    [[nodiscard]] std::optional<int> rowOf(Position position) const;
    // "loaded 7 (B 2), stored 8 over C 3's 8; lost to A 3", and where known whether the thread whose store decided it was
    // on its core between its load and that store.
    [[nodiscard]] QString details(Position position) const;
    // What a row shows, column by column, with tabs between.
    [[nodiscard]] QString rowText(int row) const;
    // How it stands with an update at the step that is reached.
    [[nodiscard]] Standing standingOf(const Update& update) const;
    // Of a fate, as it is told then, the words that a mark beside it does not say: "lost to A 3" becomes "A 3".
    [[nodiscard]] QString shortFate(const Update& update) const;
    // Details may go on with what the kernel's context switches say.
    [[nodiscard]] bool knowsSwitches() const;
    // A stretch of time that was measured, whose updates are marked.
    void setRange(const std::optional<TimeRange>& range);
    [[nodiscard]] bool hasRange() const { return m_range.has_value(); }
    // Stored within it.
    [[nodiscard]] bool isInRange(Position position) const;
    // The row of the first listed update that is stored at its begin or later; none if there is none in it.
    [[nodiscard]] std::optional<int> firstRowInRange() const;
    // Why there are no rows, where there are none.
    [[nodiscard]] QString emptyText() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    // What a history may have to execute again to tell.
    struct Told {
        std::int64_t value = 0;
        double time = 0;
        bool toPreempted = false;
    };
    [[nodiscard]] Told told(Position position) const;
    [[nodiscard]] QString text(const Update& update, int column) const;
    [[nodiscard]] QString fateText(const Update& update) const;

    mutable QHash<Position, Told> m_told;
    std::shared_ptr<const History> m_history;
    const RecordedHistory* m_recorded = nullptr; // the same, if it is one
    std::optional<TimeRange> m_range;
    std::optional<Position> m_reached;
    bool m_anyAside = false; // at the step that is reached
    bool m_lostOnly = false;
    bool m_newestFirst = true;
};

} // namespace interleave
