// SPDX-License-Identifier: GPL-3.0-or-later
#include "output_buffer.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <unistd.h>
#include <utility>

namespace interleave {

namespace {

constexpr std::size_t longestNumber = 20; // of 64 bits

} // namespace

OutputBuffer::OutputBuffer(int descriptor, std::function<void()> failed)
    : m_descriptor(descriptor),
      m_failed(std::move(failed))
{}

void OutputBuffer::append(const Integer& number, std::size_t width)
{
    if (!number.isSmall())
        return appendAligned(number.toString(), width);
    std::array<char, longestNumber> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number.small()).ptr;
    appendAligned({digits.data(), static_cast<std::size_t>(end - digits.data())}, width);
}

void OutputBuffer::append(std::uint64_t number, std::size_t width)
{
    std::array<char, longestNumber> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    appendAligned({digits.data(), static_cast<std::size_t>(end - digits.data())}, width);
}

void OutputBuffer::appendAligned(std::string_view bytes, std::size_t width)
{
    if (bytes.size() < width)
        appendSpaces(width - bytes.size());
    append(bytes);
}

void OutputBuffer::appendSpaces(std::size_t count)
{
    static constexpr std::string_view spaces = "                                                                ";
    for (; count > spaces.size(); count -= spaces.size())
        append(spaces);
    append(spaces.substr(0, count));
}

void OutputBuffer::appendBeyond(std::string_view bytes)
{
    flush();
    if (bytes.size() > capacity)
        write(bytes);
    else
        append(bytes);
}

void OutputBuffer::flush()
{
    write({m_bytes.data(), std::exchange(m_used, 0)});
}

void OutputBuffer::write(std::string_view bytes)
{
    while (!bytes.empty() && m_error == 0) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            m_error = errno;
            if (m_failed)
                m_failed();
        }
    }
}

} // namespace interleave
