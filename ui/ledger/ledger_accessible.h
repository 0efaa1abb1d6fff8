// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace interleave {

// Lets screen readers read a LedgerTable as a table. Qt does so for its own views only. To be called before the first
// is shown; does nothing the second time.
void installLedgerAccessibility();

} // namespace interleave
