// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/schedule.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

namespace interleave {

namespace {

constexpr std::uint64_t mostCount = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view blanks = " \t\r\n\f\v";

// Where the text without the blanks at its ends begins, and what it is then.
struct Stripped {
    std::size_t begin = 0;
    std::string_view text;
};

Stripped stripped(std::string_view text)
{
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    const std::size_t end = text.find_last_not_of(blanks);
    return {begin, end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin)};
}

// Digits and nothing else. A number that is too large for 64 bits is too large for everything here as well.
std::optional<std::uint64_t> number(std::string_view text)
{
    const bool isNumber = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!isNumber)
        return std::nullopt;
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc::result_out_of_range ? std::numeric_limits<std::uint64_t>::max() : value;
}

} // namespace

Result<Schedule, ScheduleError> parseSchedule(std::string_view text, ThreadIndex threads)
{
    using Kind = ScheduleError::Kind;
    if (stripped(text).text.empty())
        return ScheduleError{Kind::Empty, 1, {}, threads};
    Schedule schedule;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t comma = std::min(text.find(',', from), text.size());
        const auto [begin, entry] = stripped(text.substr(from, comma - from));
        const auto refused = [&, start = from + begin, written = entry](Kind kind) {
            return ScheduleError{kind, start + 1, std::string(written), threads};
        };
        const std::size_t colon = entry.find(':');
        if (colon == std::string_view::npos)
            return refused(Kind::NotAnEntry);
        const auto thread = number(stripped(entry.substr(0, colon)).text);
        const auto count = number(stripped(entry.substr(colon + 1)).text);
        if (!thread || !count)
            return refused(Kind::NotAnEntry);
        if (*thread >= threads)
            return refused(Kind::UnknownThread);
        if (*count > mostCount)
            return refused(Kind::CountTooLarge);
        append(schedule, static_cast<ThreadIndex>(*thread), *count);
        from = comma + 1;
    }
    return schedule;
}

std::string textOf(const Schedule& schedule)
{
    std::string text;
    for (const ScheduleEntry& entry : schedule) {
        if (!text.empty())
            text += ',';
        text += std::to_string(entry.thread);
        text += ':';
        text += std::to_string(entry.count);
    }
    return text;
}

void append(Schedule& schedule, ThreadIndex thread, std::uint64_t count)
{
    // A pick that something came of is no entry of its own.
    if (count != 0 && schedule.size() > 1 && schedule.back() == ScheduleEntry{thread, 0}
        && schedule[schedule.size() - 2].thread == thread)
        schedule.pop_back();
    if (!schedule.empty() && schedule.back().thread == thread) {
        ScheduleEntry& last = schedule.back();
        // A thread that executed and was then picked again, for nothing, was picked twice.
        const bool isAnotherPick = count == 0 && last.count != 0;
        const bool fits = last.count <= mostCount && count <= mostCount - last.count;
        if (!isAnotherPick && fits) {
            last.count += count;
            return;
        }
    }
    schedule.push_back({thread, count});
}

std::uint64_t instructionsIn(const Schedule& schedule)
{
    std::uint64_t sum = 0;
    for (const ScheduleEntry& entry : schedule)
        if (__builtin_add_overflow(sum, entry.count, &sum))
            return std::numeric_limits<std::uint64_t>::max();
    return sum;
}

} // namespace interleave
