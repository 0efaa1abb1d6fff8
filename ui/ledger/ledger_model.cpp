// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledger_model.h"

#include "hardware/recorded_history.h"
#include "machine/machine_history.h"
#include "sentences/durations.h"
#include "sentences/names.h"
#include "sentences/preemption_sentences.h"

#include <algorithm>
#include <climits>
#include <cmath>

namespace interleave {

void LedgerModel::setHistory(std::shared_ptr<const History> history)
{
    beginResetModel();
    m_history = std::move(history);
    m_recorded = dynamic_cast<const RecordedHistory*>(m_history.get());
    m_told.clear();
    m_reached.reset();
    m_anyAside = false;
    endResetModel();
}

// Whoever shows the rows draws them anew; which rows change is not worth finding out.
void LedgerModel::setReached(Position position)
{
    m_reached = position;
    if (!m_history)
        return;
    const Ledger& ledger = m_history->ledger();
    m_anyAside = position <= ledger.updates() && ledger.value(position) + ledger.lostUntil(position) < position;
}

LedgerModel::Standing LedgerModel::standingOf(const Update& update) const
{
    const Ledger& ledger = m_history->ledger();
    const Position reached = m_reached.value_or(ledger.updates());
    if (update.position > reached)
        return NotYet;
    if (!update.survived() && update.lostTo <= reached)
        return Lost;
    if (m_anyAside && !ledger.standsAfter(update.position, reached))
        return SetAside;
    return update.survived() ? Counts : Doomed;
}

void LedgerModel::setLostOnly(bool lostOnly)
{
    if (m_lostOnly == lostOnly)
        return;
    beginResetModel();
    m_lostOnly = lostOnly;
    endResetModel();
}

void LedgerModel::setNewestFirst(bool newestFirst)
{
    if (m_newestFirst == newestFirst)
        return;
    beginResetModel();
    m_newestFirst = newestFirst;
    endResetModel();
}

int LedgerModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid() || !m_history)
        return 0;
    const Ledger& ledger = m_history->ledger();
    const std::uint64_t rows = m_lostOnly ? ledger.lost() : ledger.updates();
    return static_cast<int>(std::min<std::uint64_t>(rows, INT_MAX));
}

int LedgerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

Position LedgerModel::positionAt(int row) const
{
    const auto index = static_cast<std::uint32_t>(m_newestFirst ? rowCount() - 1 - row : row);
    return m_lostOnly ? m_history->ledger().lostUpdate(index) : index + 1;
}

std::optional<int> LedgerModel::rowOf(Position position) const
{
    if (!m_history || position == initialPosition || position > m_history->ledger().updates())
        return std::nullopt;
    const Ledger& ledger = m_history->ledger();
    std::uint64_t index = position - 1;
    if (m_lostOnly) {
        if (ledger.update(position).survived())
            return std::nullopt;
        index = ledger.lostBefore(position);
    }
    if (index >= static_cast<std::uint64_t>(rowCount()))
        return std::nullopt;
    const int row = static_cast<int>(index);
    return m_newestFirst ? rowCount() - 1 - row : row;
}

LedgerModel::Told LedgerModel::told(Position position) const
{
    constexpr qsizetype mostKept = 4096;
    constexpr Position together = 16;
    if (const auto found = m_told.constFind(position); found != m_told.cend())
        return *found;
    if (m_told.size() > mostKept)
        m_told.clear();
    // Its neighbours are asked for next, and a history finds them most easily one after the other, in their order.
    const Position first = m_lostOnly ? position : position - (position - 1) % together;
    const Position last = m_lostOnly ? position : std::min(m_history->ledger().updates(), first + together - 1);
    for (Position p = first; p <= last; ++p) {
        const Step store = m_history->storeStep(p);
        const Update update = m_history->ledger().update(p);
        const bool toPreempted = m_recorded && !update.survived() && isPreemptionProven(*m_recorded, update.lostTo);
        m_told.insert(p, {m_history->event(store).value, m_history->timeOf(store), toPreempted});
    }
    return m_told.value(position);
}

QString LedgerModel::text(const Update& update, int column) const
{
    switch (column) {
    case UpdateColumn: return updateText(update.name);
    case ValueColumn: return numberText(told(update.position).value);
    case FateColumn: return fateText(update);
    case TimeColumn: return momentText(told(update.position).time, m_history->timeUnit());
    default: return {};
    }
}

QString LedgerModel::fateText(const Update& update) const
{
    const Standing standing = standingOf(update);
    if (standing == SetAside)
        return tr("set aside", "an update that will count again");
    if (update.survived())
        return standing == NotYet ? tr("will survive") : tr("survived");
    const QString destroyer = updateText(m_history->ledger().name(update.lostTo));
    return standing == Lost ? tr("lost to %1").arg(destroyer) : tr("will be lost to %1").arg(destroyer);
}

QString LedgerModel::shortFate(const Update& update) const
{
    return update.survived() || standingOf(update) == SetAside ? fateText(update)
                                                               : updateText(m_history->ledger().name(update.lostTo));
}

QString LedgerModel::rowText(int row) const
{
    QStringList cells;
    for (int column = 0; column < columns; ++column)
        cells << index(row, column).data().toString();
    return cells.join(QLatin1Char('\t'));
}

QString LedgerModel::details(Position position) const
{
    const Update update = m_history->ledger().update(position);
    const Event store = m_history->event(m_history->storeStep(position));
    const Event load = m_history->event(m_history->loadStep(position));
    const QString seen = tr("loaded %1 (%2)", "value, update").arg(numberText(load.value), updateText(load.other));
    QString stored = tr("stored %1").arg(numberText(store.value));
    if (!store.other.isInitialValue() && store.clobbering)
        stored = tr("stored %1 over %2's %3", "value, update, value")
                     .arg(numberText(store.value), updateText(store.other), numberText(store.overwrittenValue));
    QString fate = fateText(update);
    if (standingOf(update) == SetAside)
        fate = update.survived() ? tr("set aside for now, and will survive")
                                 : tr("set aside for now, and will be lost to %1")
                                       .arg(updateText(m_history->ledger().name(update.lostTo)));
    const QString told = tr("%1: %2, %3; %4", "update: loaded, stored; fate")
                             .arg(updateText(update.name), seen, stored, fate);
    const QString clause = m_recorded ? preemptionClause(*m_recorded, update.survived() ? position : update.lostTo)
                                      : QString();
    return clause.isEmpty() ? told : tr("%1. %2.", "two sentences").arg(told, clause);
}

bool LedgerModel::knowsSwitches() const
{
    return m_recorded && m_recorded->switches().isComplete();
}

void LedgerModel::setRange(const std::optional<TimeRange>& range)
{
    m_range = range;
}

// By whole units of time, as the timeline counts what is in a stretch.
bool LedgerModel::isInRange(Position position) const
{
    if (!m_history || !m_range || position == initialPosition || position > m_history->ledger().updates())
        return false;
    const double from = std::floor(m_range->from);
    const double time = told(position).time;
    return time >= from && time < std::max(from + 1, std::ceil(m_range->to));
}

std::optional<int> LedgerModel::firstRowInRange() const
{
    if (!m_history || !m_range)
        return std::nullopt;
    const Ledger& ledger = m_history->ledger();
    Position low = 1;
    Position high = ledger.updates() + 1;
    while (low < high) {
        const Position middle = low + (high - low) / 2;
        if (m_history->timeOf(m_history->storeStep(middle)) < std::floor(m_range->from))
            low = middle + 1;
        else
            high = middle;
    }
    if (m_lostOnly && low <= ledger.updates()) {
        const std::uint64_t lost = ledger.lostBefore(low);
        low = lost < ledger.lost() ? ledger.lostUpdate(lost) : ledger.updates() + 1;
    }
    return isInRange(low) ? rowOf(low) : std::nullopt;
}

QString LedgerModel::emptyText() const
{
    if (!m_history || rowCount() > 0)
        return {};
    const auto* machine = dynamic_cast<const MachineHistory*>(m_history.get());
    if (machine && machine->outcome() == Outcome::Paused && machine->ledger().updates() == 0)
        return tr("No update was made yet.");
    if (m_history->counterName().empty())
        return tr("No cell of this program is a counter.");
    return m_history->ledger().updates() == 0 ? tr("No update was made.") : tr("No update was lost.");
}

QVariant LedgerModel::data(const QModelIndex& index, int role) const
{
    if (!m_history || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Position position = positionAt(index.row());
    if (role == PositionRole)
        return position;
    const Update update = m_history->ledger().update(position);
    switch (role) {
    case Qt::DisplayRole: return text(update, index.column());
    case Qt::AccessibleTextRole:
        // What the marks in the row say.
        if (index.column() == UpdateColumn && isInRange(position))
            return tr("%1, in the measured stretch", "A 3").arg(text(update, UpdateColumn));
        return index.column() == FateColumn && told(position).toPreempted
                 ? tr("%1, whose thread was preempted", "lost to A 3").arg(text(update, FateColumn))
                 : text(update, index.column());
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: return details(position);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (index.column() == ValueColumn || index.column() == TimeColumn ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    case ThreadRole: return update.name.thread;
    case SurvivedRole: return update.survived();
    case PreemptedRole: return told(position).toPreempted;
    case StandingRole: return standingOf(update);
    default: return {};
    }
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case UpdateColumn: return tr("Update");
    case ValueColumn: return tr("Stored");
    case FateColumn: return tr("Fate");
    case TimeColumn: return tr("Time");
    default: return {};
    }
}

} // namespace interleave
