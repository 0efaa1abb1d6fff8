// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "output_buffer.h"

#include <optional>
#include <string_view>

namespace interleave {

// JSON as it goes out, member by member: the order is ours, and numbers have any length. (Qt sorts, and knows 64 bits.)
class JsonText {
public:
    explicit JsonText(OutputBuffer& out) : m_out(out) {}

    // As the value of the member begun last, or as the next element of an array.
    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginArray() { begin('['); }
    void endArray() { end(']'); }
    void string(std::string_view utf8);
    void number(const Integer& number);
    void number(std::uint64_t number);
    void truth(bool is);
    void null();
    // Begins a member; its value comes next.
    JsonText& member(std::string_view name);
    // A line break before what comes next.
    void breakLine() { m_breaksLine = true; }

private:
    void begin(char bracket);
    void end(char bracket);
    void separate();
    void quote(std::string_view utf8);

    OutputBuffer& m_out;
    bool m_needsComma = false;
    bool m_breaksLine = false;
};

} // namespace interleave
