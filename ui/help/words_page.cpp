// SPDX-License-Identifier: GPL-3.0-or-later
#include "help/words_page.h"

#include "help/rows_view.h"
#include "help/words.h"

namespace interleave {

WordsPage::WordsPage(QWidget* parent) : SearchPage(tr("Words and what they mean"), tr("Look for a word"), parent)
{
    std::vector<HelpGroup> groups;
    for (const WordGroup group : wordGroups)
        groups.push_back({titleOf(group), {}});
    for (const Word& word : allWords())
        groups[static_cast<std::size_t>(word.group)].rows.push_back(
            {word.word, word.meaning, {}, word.picture, word.otherNames});
    rows().setGroups(std::move(groups));
    view().goTo(rows().best());
}

} // namespace interleave
