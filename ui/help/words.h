// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "help/pictures.h"

#include <QString>
#include <array>
#include <cstdint>
#include <vector>

namespace interleave {

// What a word belongs to, in the order of the page.
enum class WordGroup : std::uint8_t { Memory, Threads, Updates, Locks, Scheduling, Runs, Timeline, Figures };

inline constexpr std::array wordGroups{WordGroup::Memory,   WordGroup::Threads,    WordGroup::Updates,
                                       WordGroup::Locks,    WordGroup::Scheduling, WordGroup::Runs,
                                       WordGroup::Timeline, WordGroup::Figures};

// A word on the screen and what it means.
struct Word {
    WordGroup group;
    QString word;
    QString meaning;
    HelpPicture picture = HelpPicture::None;
    // What else the screen and textbooks call it, so that the search finds it.
    QString otherNames = {};
};

// All words of the help, group by group.
[[nodiscard]] std::vector<Word> allWords();

[[nodiscard]] QString titleOf(WordGroup group);

} // namespace interleave
