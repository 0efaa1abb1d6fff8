// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace interleave {

// Makes the stage known to screen readers: a list whose items are the threads, each with all that its card tells.
// May be called any number of times.
void installStageAccessibility();

} // namespace interleave
