// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

namespace interleave {

// Turns Ctrl+C and a termination request into a stop request, for as long as it lives. To be made before any other
// thread, so that all of them leave these signals to it.
class Interruption {
public:
    Interruption();

    [[nodiscard]] std::stop_token token() const { return m_source.get_token(); }
    [[nodiscard]] bool happened() const { return m_source.stop_requested(); }

private:
    std::stop_source m_source;
    std::jthread m_watcher;
};

} // namespace interleave
