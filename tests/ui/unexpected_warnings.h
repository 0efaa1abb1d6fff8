// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>

namespace interleave {

// For QTest::failOnWarning(): every warning but those that the offscreen platform gives for any window, or any tip,
// that is shown.
inline QRegularExpression unexpectedWarning()
{
    return QRegularExpression(QStringLiteral("^(?!This plugin does not support (propagateSizeHints|raise))"));
}

} // namespace interleave
