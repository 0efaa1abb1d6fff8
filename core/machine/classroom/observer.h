// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "machine/cells.h"
#include "machine/context.h"

#include <cstddef>
#include <cstdint>

namespace interleave {

enum class SwitchCause : std::uint8_t { Halt, Interrupt };

// Where the machine stands when an observer is told of something.
struct Moment {
    const Context& context; // of the thread on the core
    const Cells& cells;
    std::uint64_t instructions = 0; // executed so far
    std::size_t thread = 0;
};

// Watches the classroom simulator, in this order for each instruction.
class ClassroomObserver {
public:
    virtual ~ClassroomObserver() = default;

    virtual void aboutToExecute(const Moment& moment) = 0;
    virtual void registersDumped(const Moment& moment) = 0;
    virtual void cellDumped(const Moment& moment, std::int64_t address) = 0;
    virtual void executed(const Moment& moment, std::int64_t address) = 0; // not counted yet
    virtual void switched(const Moment& moment, SwitchCause cause) = 0;    // the context is that of who comes in
};

} // namespace interleave
