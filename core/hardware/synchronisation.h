// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace interleave {

// Ways to synchronise the updates of the shared counter.
enum class Synchronisation : std::uint8_t {
    None,        // a relaxed load, an add, a separate relaxed store: the race
    Mutex,       // a mutex around each update
    MutexCoarse, // a mutex around the whole loop
    Spinlock,    // test-and-test-and-set around each update (Rudolph, Segall: ISCA 1984)
    Atomic,      // one fetch_add for each update
    Cas,         // a compare-exchange loop for each update
    Sharded,     // one counter per thread, summed at the end: nothing is shared
};

inline constexpr std::array<Synchronisation, 7> allSynchronisations = {
    Synchronisation::None,   Synchronisation::Mutex, Synchronisation::MutexCoarse, Synchronisation::Spinlock,
    Synchronisation::Atomic, Synchronisation::Cas,   Synchronisation::Sharded};

// The name used on the command line and in files.
[[nodiscard]] std::string_view nameOf(Synchronisation synchronisation);
[[nodiscard]] std::optional<Synchronisation> synchronisationNamed(std::string_view name);

// A lock is taken (around each update or around the loop).
[[nodiscard]] constexpr bool usesLock(Synchronisation synchronisation)
{
    return synchronisation == Synchronisation::Mutex || synchronisation == Synchronisation::MutexCoarse
           || synchronisation == Synchronisation::Spinlock;
}

// A lock is taken around each update.
[[nodiscard]] constexpr bool locksEachUpdate(Synchronisation synchronisation)
{
    return synchronisation == Synchronisation::Mutex || synchronisation == Synchronisation::Spinlock;
}

} // namespace interleave
