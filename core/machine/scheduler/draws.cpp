// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/scheduler/draws.h"

namespace interleave {

Draws::Draws(const Draws& other) : m_ahead(other.m_ahead)
{
    if (other.m_generator && other.m_beyondBase > mostBeyondBase) {
        other.m_base = std::make_shared<const std::mt19937_64>(*other.m_generator);
        other.m_beyondBase = 0;
    }
    m_base = other.m_base;
    m_beyondBase = other.m_beyondBase;
}

void Draws::goOn()
{
    m_generator = std::make_unique<std::mt19937_64>(*m_base);
    m_generator->discard(m_beyondBase);
}

Draws::Wide Draws::redrawn(Wide product, std::uint64_t bound)
{
    const std::uint64_t tooMany = (0 - bound) % bound; // 2^64 mod bound
    while (static_cast<std::uint64_t>(product) < tooMany)
        product = Wide{generate()} * bound;
    return product;
}

} // namespace interleave
