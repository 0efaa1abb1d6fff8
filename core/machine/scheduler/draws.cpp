// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/draws.h"

namespace interleave {

Draws::Wide Draws::redrawn(Wide product, std::uint64_t bound)
{
    const std::uint64_t tooMany = (0 - bound) % bound; // 2^64 mod bound
    while (static_cast<std::uint64_t>(product) < tooMany)
        product = Wide{m_generator()} * bound;
    return product;
}

} // namespace interleave
