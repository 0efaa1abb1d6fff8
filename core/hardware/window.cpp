// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/window.h"

#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

namespace interleave {

WakeUp::WakeUp() : m_descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

WakeUp::~WakeUp()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

void WakeUp::wakeEverybody()
{
    if (m_descriptor >= 0)
        eventfd_write(m_descriptor, 1);
}

void WakeUp::sleep(std::chrono::nanoseconds time) const
{
    if (m_descriptor < 0) { // no descriptor to be had: sleep on, a stop then waits for one window
        std::this_thread::sleep_for(time);
        return;
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    const timespec timeout{seconds.count(), (time - seconds).count()};
    pollfd waiting{m_descriptor, POLLIN, 0};
    ppoll(&waiting, 1, &timeout, nullptr);
}

} // namespace interleave
