// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/cells.h"

#include <algorithm>
#include <cassert>

namespace interleave {

Cells::Cells(std::int64_t size)
    : m_size(size),
      m_chapters(static_cast<std::size_t>(size) / (cellsOfPage * pagesOfChapter) + 1)
{
    assert(size >= 0 && size <= mostCells);
}

Cells::Cells(const Snapshot& snapshot) : Cells(snapshot.m_size)
{
    for (const auto& [index, page] : snapshot.m_pages) {
        std::unique_ptr<Chapter>& chapter = m_chapters[index / pagesOfChapter];
        if (!chapter)
            chapter = std::make_unique<Chapter>();
        chapter->read[index % pagesOfChapter] = page.get();
        chapter->kept[index % pagesOfChapter] = page;
    }
}

const Cell& Cells::untouched()
{
    static const Cell cell;
    return cell;
}

Cell& Cells::own(std::int64_t address)
{
    std::unique_ptr<Chapter>& chapter = m_chapters[chapterOf(address)];
    if (!chapter)
        chapter = std::make_unique<Chapter>();
    const std::size_t index = pageOf(address);
    auto page = chapter->read[index] ? std::make_shared<Page>(*chapter->read[index]) : std::make_shared<Page>();
    chapter->read[index] = page.get();
    chapter->written[index] = page.get();
    chapter->kept[index] = page;
    return (*page)[placeOf(address)];
}

Cells::Snapshot Cells::snapshot()
{
    Snapshot snapshot;
    snapshot.m_size = m_size;
    for (std::size_t c = 0; c < m_chapters.size(); ++c) {
        if (!m_chapters[c])
            continue;
        Chapter& chapter = *m_chapters[c];
        chapter.written.fill(nullptr);
        for (std::size_t p = 0; p < pagesOfChapter; ++p)
            if (chapter.kept[p])
                snapshot.m_pages.emplace_back(static_cast<std::uint32_t>(c * pagesOfChapter + p), chapter.kept[p]);
    }
    snapshot.m_pages.shrink_to_fit();
    return snapshot;
}

std::vector<std::int64_t> Cells::touched() const
{
    std::vector<std::int64_t> addresses;
    for (std::size_t c = 0; c < m_chapters.size(); ++c) {
        if (!m_chapters[c])
            continue;
        for (std::size_t p = 0; p < pagesOfChapter; ++p) {
            const Page* const page = m_chapters[c]->read[p];
            for (std::size_t i = 0; page && i < cellsOfPage; ++i)
                if ((*page)[i].stores > 0)
                    addresses.push_back(static_cast<std::int64_t>((c * pagesOfChapter + p) * cellsOfPage + i));
        }
    }
    return addresses;
}

const Cell& Cells::Snapshot::at(std::int64_t address) const
{
    const auto wanted = static_cast<std::size_t>(address) / cellsOfPage;
    const auto found = std::lower_bound(m_pages.begin(), m_pages.end(), wanted,
                                        [](const auto& entry, std::size_t index) { return entry.first < index; });
    return found == m_pages.end() || found->first != wanted ? untouched() : (*found->second)[placeOf(address)];
}

std::size_t Cells::Snapshot::bytesBeside(const Snapshot* before) const
{
    std::size_t bytes = m_pages.capacity() * sizeof(m_pages[0]);
    std::size_t at = 0;
    for (const auto& [index, page] : m_pages) {
        while (before && at < before->m_pages.size() && before->m_pages[at].first < index)
            ++at;
        if (!before || at == before->m_pages.size() || before->m_pages[at].second != page)
            bytes += sizeof(Page);
    }
    return bytes;
}

} // namespace interleave
