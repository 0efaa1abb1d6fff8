// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/timeline_painting.h"

namespace interleave {

// A band along the bar of a thread, for as long as it holds a lock, whichever.
void paintHeld(const TimelineCanvas& canvas, const TimelineScene& scene, int place);
// How a band looks where it is alone, for a legend.
void paintHeldSample(const TimelineCanvas& canvas, const QRectF& bar);
// Lights one lock: a veil over all tracks but where somebody holds it (between lines) or waits for it (between dashes).
void paintLit(const TimelineCanvas& canvas, const TimelineScene& scene, LockIndex lock);

} // namespace interleave
