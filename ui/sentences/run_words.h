// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace interleave {

class History;

// A run in few words, to tell it from another: "no lock, 4 threads, 12,345 of 80,000 lost"; of the machine "peterson,
// 2 threads on 2 cores, none of 20 lost". `program` is what the machine ran; without it that is left out.
[[nodiscard]] QString runWords(const History& history, const QString& program = {});

} // namespace interleave
