// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace interleave {

// JSON text, handed on in pieces of about 64 KiB. The sink must outlive it.
class JsonPieces {
public:
    explicit JsonPieces(const std::function<void(std::string_view)>& sink) : m_sink(sink)
    {
        m_text.reserve(2 * pieceSize);
    }

    JsonPieces& operator<<(std::string_view text)
    {
        m_text += text;
        if (m_text.size() >= pieceSize)
            flush();
        return *this;
    }
    template <std::integral Number>
    JsonPieces& operator<<(Number number)
    {
        std::array<char, 24> digits;
        const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
        return *this << std::string_view(digits.data(), static_cast<std::size_t>(written.ptr - digits.data()));
    }
    JsonPieces& quoted(std::string_view utf8)
    {
        static constexpr std::string_view digits = "0123456789abcdef";
        m_text += '"';
        for (const char c : utf8) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x20) {
                m_text += "\\u00";
                m_text += digits[byte >> 4];
                m_text += digits[byte & 15];
                continue;
            }
            if (c == '"' || c == '\\')
                m_text += '\\';
            m_text += c;
        }
        m_text += '"';
        return *this;
    }
    void flush()
    {
        if (m_text.empty())
            return;
        m_bytes += m_text.size();
        m_sink(m_text);
        m_text.clear();
    }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes + m_text.size(); }

private:
    static constexpr std::size_t pieceSize = std::size_t{64} << 10;

    const std::function<void(std::string_view)>& m_sink;
    std::string m_text;
    std::uint64_t m_bytes = 0;
};

} // namespace interleave
