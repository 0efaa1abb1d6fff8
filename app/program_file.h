// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "result.h"

#include <QByteArray>
#include <QString>

namespace interleave {

// The bytes of a program's source; or why there are none, as "cannot read 'p.s': No such file or directory.".
[[nodiscard]] Result<QByteArray, QString> contentOfProgram(const QString& name);

} // namespace interleave
