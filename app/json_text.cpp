// SPDX-License-Identifier: GPL-3.0-or-later
#include "json_text.h"

#include <array>

namespace interleave {

void JsonText::string(std::string_view utf8)
{
    separate();
    quote(utf8);
}

void JsonText::number(const Integer& number)
{
    separate();
    m_out.append(number);
}

void JsonText::number(std::uint64_t number)
{
    separate();
    m_out.append(number);
}

void JsonText::truth(bool is)
{
    separate();
    m_out.append(is ? "true" : "false");
}

void JsonText::null()
{
    separate();
    m_out.append("null");
}

JsonText& JsonText::member(std::string_view name)
{
    separate();
    quote(name);
    m_out.append(":");
    m_needsComma = false;
    return *this;
}

void JsonText::begin(char bracket)
{
    separate();
    m_out.append({&bracket, 1});
    m_needsComma = false;
}

void JsonText::end(char bracket)
{
    if (m_breaksLine)
        m_out.append("\n");
    m_breaksLine = false;
    m_out.append({&bracket, 1});
    m_needsComma = true;
}

void JsonText::separate()
{
    if (m_needsComma)
        m_out.append(",");
    if (m_breaksLine)
        m_out.append("\n");
    m_breaksLine = false;
    m_needsComma = true;
}

void JsonText::quote(std::string_view utf8)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    m_out.append("\"");
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            const std::array<char, 2> escaped{'\\', c};
            m_out.append({escaped.data(), escaped.size()});
        } else if (byte < 0x20) {
            const std::array<char, 6> escaped{'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
            m_out.append({escaped.data(), escaped.size()});
        } else {
            m_out.append({&c, 1});
        }
    }
    m_out.append("\"");
}

} // namespace interleave
