// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "help/pictures.h"

#include <QKeySequence>
#include <QList>
#include <QString>
#include <vector>

namespace interleave {

// Keys of a step, and what they do.
struct StepKeys {
    QList<QKeySequence> keys;
    QString what;
};

struct FirstStep {
    QString title;
    QString text;
    std::vector<StepKeys> keys;
    HelpPicture picture = HelpPicture::None;
};

// The walk of the first five minutes.
[[nodiscard]] std::vector<FirstStep> firstSteps();

} // namespace interleave
