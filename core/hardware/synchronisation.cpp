// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/synchronisation.h"

namespace interleave {

namespace {

constexpr std::array<std::string_view, allSynchronisations.size()> names = {
    "none", "mutex", "mutex-coarse", "spinlock", "atomic", "cas", "sharded"};

}

std::string_view nameOf(Synchronisation synchronisation)
{
    return names[static_cast<std::size_t>(synchronisation)];
}

std::optional<Synchronisation> synchronisationNamed(std::string_view name)
{
    for (const Synchronisation s : allSynchronisations)
        if (nameOf(s) == name)
            return s;
    return std::nullopt;
}

} // namespace interleave
