// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "help/pictures.h"

#include <QAbstractListModel>
#include <QString>
#include <QStringList>
#include <vector>

namespace interleave {

// A line of a page that can be searched: a word and its meaning, or what a key does.
struct HelpRow {
    QString title;
    QString text = {};
    QStringList keys = {};
    HelpPicture picture = HelpPicture::None;
    // What else it is found by; not shown.
    QString otherNames = {};
};

struct HelpGroup {
    QString title;
    std::vector<HelpRow> rows;
};

// The rows that fit what was typed, each group under its heading.
class HelpRowModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit HelpRowModel(QObject* parent = nullptr);

    void setGroups(std::vector<HelpGroup> groups);
    // Rows in which every word of the filter occurs, in whatever case. An empty filter lets all through.
    void setFilter(const QString& filter);
    [[nodiscard]] const QString& filter() const { return m_filter; }

    // Null where a heading stands.
    [[nodiscard]] const HelpRow* rowAt(const QModelIndex& index) const;
    // How many rows there are to be seen, headings not counted.
    [[nodiscard]] int matches() const { return m_matches; }
    // The row that fits the filter best: the one that is called so, before one that only mentions it.
    [[nodiscard]] QModelIndex best() const;
    // The row with this title.
    [[nodiscard]] QModelIndex indexOf(const QString& title) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Shown {
        const HelpGroup* group;
        const HelpRow* row; // null: the heading of the group
    };

    void choose();

    std::vector<HelpGroup> m_groups;
    std::vector<Shown> m_shown;
    QString m_filter;
    int m_matches = 0;
};

} // namespace interleave
