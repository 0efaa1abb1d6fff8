// SPDX-License-Identifier: GPL-3.0-or-later
#include "interruption.h"

#include <csignal>
#include <ctime>

namespace interleave {

Interruption::Interruption()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_watcher = std::jthread([signals, source = m_source](const std::stop_token& done) mutable {
        const timespec patience{0, 50'000'000};
        while (!done.stop_requested())
            if (sigtimedwait(&signals, nullptr, &patience) > 0)
                source.request_stop();
    });
}

} // namespace interleave
