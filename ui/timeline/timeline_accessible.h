// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace interleave {

// Lets screen readers see the tracks of every TimelineView, with what happened on each, and the marks that are seen.
void installTimelineAccessibility();

} // namespace interleave
