// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage/card_colours.h"

namespace interleave {

CardColours coloursOf(const Theme& theme, ThreadIndex thread, const ThreadState& state)
{
    const QColor& own = theme.thread(thread);
    const QColor& name = theme.threadText(thread);
    const QColor& inside = theme.onThread(thread);
    switch (state.phase) {
    case ThreadPhase::Running: return {own, own, inside, inside, name, 2.6, false};
    case ThreadPhase::Blocked: return {theme.tinted(own, 0.6), {}, name, theme.ink, name, 1.6, true};
    case ThreadPhase::Ready: return {theme.tinted(own, 0.6), {}, name, theme.softInk, name, 1.6, false};
    case ThreadPhase::New:
    case ThreadPhase::Finished: break;
    }
    return {theme.line, theme.tinted(theme.line, 0.75), theme.softInk, theme.softInk, theme.softInk, 1.4, false};
}

} // namespace interleave
