// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "help/search_page.h"

namespace interleave {

// Every word on the screen and what it means.
class WordsPage : public SearchPage {
    Q_OBJECT

public:
    explicit WordsPage(QWidget* parent = nullptr);
};

} // namespace interleave
