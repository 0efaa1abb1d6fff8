// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "program/integer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace interleave {

// The shared memory: cells at the addresses 0 to size() - 1, all 0 at the start. Only pages that were written to take
// room.
class Cells {
public:
    static constexpr std::int64_t pageSize = 1024;
    static constexpr std::int64_t mostCells = pageSize << 20;

    explicit Cells(std::int64_t size);

    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] bool contains(std::int64_t address) const { return address >= 0 && address < m_size; }

    // Of an address that is contained.
    [[nodiscard]] const Integer& at(std::int64_t address) const
    {
        const Page* const page = m_pages[pageOf(address)].get();
        return page ? (*page)[placeOf(address)] : m_untouched;
    }
    [[nodiscard]] Integer& at(std::int64_t address)
    {
        std::unique_ptr<Page>& page = m_pages[pageOf(address)];
        if (!page)
            page = std::make_unique<Page>();
        return (*page)[placeOf(address)];
    }

private:
    using Page = std::array<Integer, static_cast<std::size_t>(pageSize)>;

    static std::size_t pageOf(std::int64_t address) { return static_cast<std::size_t>(address / pageSize); }
    static std::size_t placeOf(std::int64_t address) { return static_cast<std::size_t>(address % pageSize); }

    std::int64_t m_size;
    std::vector<std::unique_ptr<Page>> m_pages;
    Integer m_untouched;
};

} // namespace interleave
