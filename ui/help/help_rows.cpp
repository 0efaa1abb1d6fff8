// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/help_rows.h"

#include <algorithm>

namespace interleave {

namespace {

// "Ctrl+T", "ctrl + t" and "Ctrl T" are one key to who looks for it.
QString searchable(const QString& text)
{
    QString folded = text.toCaseFolded();
    folded.replace(QLatin1Char('+'), QLatin1Char(' '));
    return folded.simplified();
}

QString everythingOf(const HelpGroup& group, const HelpRow& row)
{
    return searchable(
        QStringList{group.title, row.title, row.text, row.otherNames, row.keys.join(QLatin1Char(' '))}.join(
            QLatin1Char('\n')));
}

// How well a row fits, 0 best.
int rankOf(const HelpRow& row, const QString& filter)
{
    const QString title = searchable(row.title);
    if (title == filter)
        return 0;
    for (const QString& key : row.keys)
        if (searchable(key) == filter)
            return 1;
    for (const QString& name : row.otherNames.split(QLatin1Char(',')))
        if (searchable(name) == filter)
            return 2;
    if (title.startsWith(filter))
        return 3;
    return title.contains(filter) ? 4 : 5;
}

} // namespace

HelpRowModel::HelpRowModel(QObject* parent) : QAbstractListModel(parent) {}

void HelpRowModel::setGroups(std::vector<HelpGroup> groups)
{
    beginResetModel();
    m_groups = std::move(groups);
    choose();
    endResetModel();
}

void HelpRowModel::setFilter(const QString& filter)
{
    if (searchable(filter) == m_filter)
        return;
    beginResetModel();
    m_filter = searchable(filter);
    choose();
    endResetModel();
}

void HelpRowModel::choose()
{
    m_shown.clear();
    m_matches = 0;
    const QStringList words = m_filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const HelpGroup& group : m_groups) {
        bool headed = false;
        for (const HelpRow& row : group.rows) {
            const QString text = everythingOf(group, row);
            if (!std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word); }))
                continue;
            if (!headed)
                m_shown.push_back({&group, nullptr});
            headed = true;
            m_shown.push_back({&group, &row});
            ++m_matches;
        }
    }
}

const HelpRow* HelpRowModel::rowAt(const QModelIndex& index) const
{
    return index.isValid() ? m_shown[static_cast<std::size_t>(index.row())].row : nullptr;
}

QModelIndex HelpRowModel::best() const
{
    int best = -1;
    int bestRank = 0;
    for (int i = 0; i < rowCount(); ++i) {
        const HelpRow* row = m_shown[static_cast<std::size_t>(i)].row;
        if (!row)
            continue;
        const int rank = m_filter.isEmpty() ? 0 : rankOf(*row, m_filter);
        if (best < 0 || rank < bestRank) {
            best = i;
            bestRank = rank;
        }
    }
    return best < 0 ? QModelIndex() : index(best);
}

QModelIndex HelpRowModel::indexOf(const QString& title) const
{
    const auto found = std::find_if(m_shown.begin(), m_shown.end(),
                                    [&](const Shown& shown) { return shown.row && shown.row->title == title; });
    return found == m_shown.end() ? QModelIndex() : index(static_cast<int>(found - m_shown.begin()));
}

int HelpRowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant HelpRowModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Shown& shown = m_shown[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return shown.row ? shown.row->title : shown.group->title;
    if (role != Qt::AccessibleTextRole || !shown.row)
        return {};
    const HelpRow& row = *shown.row;
    if (!row.keys.isEmpty())
        return tr("%1: %2", "what, keys").arg(row.title, row.keys.join(QStringLiteral(", ")));
    const QString meaning = tr("%1: %2", "word, meaning").arg(row.title, row.text);
    const QString picture = descriptionOf(row.picture);
    return picture.isEmpty() ? meaning : QVariant(tr("%1 %2", "word and meaning, picture").arg(meaning, picture));
}

Qt::ItemFlags HelpRowModel::flags(const QModelIndex& index) const
{
    // Headings are passed over by the keys.
    return rowAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

} // namespace interleave
