// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/card_colours.h"

namespace interleave {

CardColours coloursOf(const Theme& theme, ThreadIndex thread, const ThreadState& state)
{
    const QColor& own = theme.thread(thread);
    switch (state.phase) {
    case ThreadPhase::Running: return {own, own, theme.onAccent, theme.onAccent, own, 2.6, false};
    case ThreadPhase::Blocked: return {theme.tinted(own, 0.6), {}, own, theme.ink, own, 1.6, true};
    case ThreadPhase::Ready: return {theme.tinted(own, 0.6), {}, own, theme.softInk, own, 1.6, false};
    case ThreadPhase::New:
    case ThreadPhase::Finished: break;
    }
    return {theme.line, theme.tinted(theme.line, 0.75), theme.softInk, theme.softInk, theme.softInk, 1.4, false};
}

} // namespace interleave
