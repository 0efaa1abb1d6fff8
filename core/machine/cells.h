// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "history/event.h"
#include "program/integer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace interleave {

// One cell of memory, and what is known of the stores to it.
struct Cell {
    Integer value;
    std::uint32_t stores = 0;      // so far
    std::uint16_t firstWriter = 0; // the thread of the first store, if there was one
    bool severalWriters = false;   // stores of more than one thread
    bool blind = false;            // a store whose register did not come from this cell
    bool updated = false;          // a store of what was loaded and changed, or a fetchadd
    bool apart = false;            // an update by separate instructions, that others may come between
    bool taken = false;            // as a lock
};

// The shared memory: cells at the addresses 0 to size() - 1, all 0 at the start. Only pages that were written to take
// room, and copies share the pages that neither has written since.
class Cells {
public:
    static constexpr std::int64_t mostCells = std::int64_t{1} << 30;

    // A memory as it once was. Cheap to keep: it shares what has not changed.
    class Snapshot;

    explicit Cells(std::int64_t size = 0);
    explicit Cells(const Snapshot& snapshot);
    Cells(const Cells&) = delete;
    Cells(Cells&&) noexcept = default;
    Cells& operator=(const Cells&) = delete;
    Cells& operator=(Cells&&) noexcept = default;
    ~Cells() = default;

    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] bool contains(std::int64_t address) const { return address >= 0 && address < m_size; }

    // Of an address that is contained.
    [[nodiscard]] const Cell& at(std::int64_t address) const
    {
        const Chapter* const chapter = m_chapters[chapterOf(address)].get();
        if (!chapter)
            return untouched();
        const Page* const page = chapter->read[pageOf(address)];
        return page ? (*page)[placeOf(address)] : untouched();
    }
    [[nodiscard]] Cell& writable(std::int64_t address)
    {
        Chapter* const chapter = m_chapters[chapterOf(address)].get();
        Page* const page = chapter ? chapter->written[pageOf(address)] : nullptr;
        return page ? (*page)[placeOf(address)] : own(address);
    }
    [[nodiscard]] const Integer& value(std::int64_t address) const { return at(address).value; }

    // From now on the pages belong to both.
    [[nodiscard]] Snapshot snapshot();

    // The addresses that were ever written to, rising.
    [[nodiscard]] std::vector<std::int64_t> touched() const;

private:
    static constexpr std::size_t cellsOfPage = 16;
    static constexpr std::size_t pagesOfChapter = 1024;
    using Page = std::array<Cell, cellsOfPage>;
    struct Chapter {
        std::array<const Page*, pagesOfChapter> read{};
        std::array<Page*, pagesOfChapter> written{}; // those that are ours alone
        std::array<std::shared_ptr<const Page>, pagesOfChapter> kept;
    };

    static std::size_t chapterOf(std::int64_t address)
    {
        return static_cast<std::size_t>(address) / (cellsOfPage * pagesOfChapter);
    }
    static std::size_t pageOf(std::int64_t address)
    {
        return static_cast<std::size_t>(address) / cellsOfPage % pagesOfChapter;
    }
    static std::size_t placeOf(std::int64_t address) { return static_cast<std::size_t>(address) % cellsOfPage; }
    static const Cell& untouched();
    Cell& own(std::int64_t address);

    std::int64_t m_size;
    std::vector<std::unique_ptr<Chapter>> m_chapters;
};

class Cells::Snapshot {
public:
    [[nodiscard]] std::int64_t size() const { return m_size; }
    // Of an address that is contained.
    [[nodiscard]] const Cell& at(std::int64_t address) const;
    // Bytes held by this snapshot and not by the one before it.
    [[nodiscard]] std::size_t bytesBeside(const Snapshot* before) const;

private:
    friend class Cells;
    std::int64_t m_size = 0;
    std::vector<std::pair<std::uint32_t, std::shared_ptr<const Page>>> m_pages; // by index
};

} // namespace interleave
