// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>

namespace interleave {

// For QTest::failOnWarning(): every warning but the one that the offscreen platform gives for any window shown.
inline QRegularExpression unexpectedWarning()
{
    return QRegularExpression(QStringLiteral("^(?!This plugin does not support propagateSizeHints)"));
}

} // namespace interleave
