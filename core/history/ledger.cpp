// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/ledger.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <future>

namespace interleave {

namespace {

// Streaks between two keyframes of a path. A walk up to a keyframe takes at most one and a half times as many hops.
constexpr std::uint32_t hopsBetweenKeyframes = 1024;
// Losses between two keyframes of theirs; with many threads, as many as those.
constexpr std::size_t lossesBetweenKeyframes = 1024;

constexpr std::size_t bitsOfWord = 64;

template <typename T>
std::size_t bytesOf(const std::vector<T>& v)
{
    return v.capacity() * sizeof(T);
}

} // namespace

// Updates of one streak that were lost to the first store of another.
struct Ledger::Loss {
    std::uint32_t to = 0; // streak
    std::uint32_t count = 0;
    std::uint16_t of = 0; // thread
};

Result<Ledger, LedgerError> Ledger::fromStreaks(std::span<const Streak> streaks, ThreadIndex threads)
{
    using Kind = LedgerError::Kind;
    Ledger ledger;
    ledger.m_threads = threads;
    const std::size_t count = streaks.size();
    ledger.m_first.reserve(count + 1);
    ledger.m_thread.reserve(count);
    ledger.m_firstNumber.reserve(count);
    ledger.m_seen.reserve(count);
    ledger.m_seenStreak.reserve(count);
    ledger.m_firstValue.reserve(count);
    ledger.m_depth.reserve(count);
    ledger.m_clobberingStreaks.assign((count + bitsOfWord - 1) / bitsOfWord, 0);

    std::vector<std::uint32_t> nextNumber(threads, 1);
    std::uint64_t first = 1;
    for (std::size_t i = 0; i < count; ++i) {
        const Streak& streak = streaks[i];
        if (streak.length == 0)
            return LedgerError{Kind::EmptyStreak, i};
        if (streak.thread >= threads || streak.thread > UINT16_MAX)
            return LedgerError{Kind::UnknownThread, i};
        if (streak.seen >= first)
            return LedgerError{Kind::SeesTheFuture, i};
        if (streak.firstNumber != nextNumber[streak.thread])
            return LedgerError{Kind::NumbersNotConsecutive, i};
        if (first + streak.length >= UINT32_MAX || i + 1 >= noStreak)
            return LedgerError{Kind::TooLong, i};
        nextNumber[streak.thread] += streak.length;

        ledger.m_first.push_back(static_cast<Position>(first));
        ledger.m_thread.push_back(static_cast<std::uint16_t>(streak.thread));
        ledger.m_firstNumber.push_back(streak.firstNumber);
        ledger.m_seen.push_back(streak.seen);
        std::uint32_t seenStreak = noStreak;
        std::uint32_t value = 1;
        if (streak.seen != initialPosition) {
            seenStreak = ledger.streakBackFrom(static_cast<std::uint32_t>(i - 1), streak.seen);
            value = ledger.m_firstValue[seenStreak] + (streak.seen - ledger.m_first[seenStreak]) + 1;
        }
        ledger.m_seenStreak.push_back(seenStreak);
        ledger.m_depth.push_back(seenStreak == noStreak ? 1 : ledger.m_depth[seenStreak] + 1);
        ledger.m_firstValue.push_back(value);
        if (streak.seen + 1 != first) {
            ++ledger.m_clobbering;
            ledger.m_clobberingStreaks[i / bitsOfWord] |= std::uint64_t{1} << (i % bitsOfWord);
        }
        first += streak.length;
    }
    ledger.m_first.push_back(static_cast<Position>(first));

    // Two halves that do not need each other; a ledger of millions of streaks is made while somebody waits.
    constexpr std::size_t worthAThread = 1 << 15;
    const auto policy = count < worthAThread ? std::launch::deferred : std::launch::async;
    std::future<void> paths = std::async(policy, [&ledger] {
        ledger.indexThreads();
        ledger.keepPathKeyframes();
    });
    ledger.indexLoads();
    ledger.judge();
    paths.get();
    assert(ledger.m_surviving + ledger.m_lost == ledger.updates());
    assert(ledger.m_surviving == ledger.value(ledger.updates()));
    return ledger;
}

// The last streak at or before `hint` that begins at or before `position`. Loads see recent stores, so looking back in
// doubling strides finds it in a few cached reads where a binary search over all streaks would miss the cache.
std::uint32_t Ledger::streakBackFrom(std::uint32_t hint, Position position) const
{
    if (m_first[hint] <= position)
        return hint;
    std::uint32_t high = hint; // begins after position
    std::uint32_t stride = 1;
    while (high > stride && m_first[high - stride] > position) {
        high -= stride;
        stride *= 2;
    }
    const std::uint32_t low = high > stride ? high - stride : 0;
    const auto begin = m_first.begin();
    return static_cast<std::uint32_t>(std::upper_bound(begin + low, begin + high, position) - begin) - 1;
}

void Ledger::indexThreads()
{
    m_threadBegin.assign(m_threads + 1, 0);
    for (const std::uint16_t thread : m_thread)
        ++m_threadBegin[thread + 1];
    for (ThreadIndex t = 0; t < m_threads; ++t)
        m_threadBegin[t + 1] += m_threadBegin[t];
    m_ofThread.resize(m_thread.size());
    std::vector<std::uint32_t> next(m_threadBegin.begin(), m_threadBegin.end() - 1);
    for (std::uint32_t i = 0; i < m_thread.size(); ++i)
        m_ofThread[next[m_thread[i]]++] = i;
}

void Ledger::indexLoads()
{
    const std::size_t count = m_thread.size();
    // Bucket 0 holds the loads of the initial value, bucket s + 1 those that saw streak s.
    std::vector<std::uint32_t> begin(count + 2, 0);
    for (const std::uint32_t streak : m_seenStreak)
        ++begin[streak == noStreak ? 1 : streak + 2];
    for (std::size_t b = 1; b < begin.size(); ++b)
        begin[b] += begin[b - 1];
    m_loadsOf.assign(begin.begin() + 1, begin.end());
    m_load.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t bucket = m_seenStreak[i] == noStreak ? 0 : m_seenStreak[i] + 1;
        m_load[begin[bucket]++] = i;
    }
    const auto bySeen = [this](std::uint32_t a, std::uint32_t b) { return m_seen[a] < m_seen[b]; };
    for (std::size_t s = 0; s < count; ++s) {
        const auto from = m_load.begin() + m_loadsOf[s];
        const auto to = m_load.begin() + m_loadsOf[s + 1];
        if (to - from > 1 && !std::is_sorted(from, to, bySeen))
            std::stable_sort(from, to, bySeen);
    }
}

// Finds every update's last descendant, from the last streak to the first: all children of a streak come after it.
// Within a streak the last descendant can only grow towards the front, so survivors are a prefix of each streak.
void Ledger::judge()
{
    const auto count = static_cast<std::uint32_t>(m_thread.size());
    m_descendant.resize(count);
    m_lostToBefore.assign(count + 1, 0);
    m_lostBefore.assign(count + 1, 0);
    if (count == 0)
        return;
    const std::uint32_t final = count - 1;
    std::vector<std::uint32_t> ofHead(count);
    std::vector<Loss> losses;
    for (std::uint32_t s = count; s-- > 0;) {
        std::uint32_t descendant = s;
        Position end = m_first[s + 1]; // positions from here on are judged
        std::uint32_t lostHere = 0;
        const auto judgeFrom = [&](Position from) {
            if (descendant != final && from < end) {
                lostHere += end - from;
                losses.push_back({descendant + 1, end - from, m_thread[s]});
            }
            end = from;
        };
        for (std::uint32_t k = m_loadsOf[s + 1]; k-- > m_loadsOf[s];) {
            const std::uint32_t child = m_load[k];
            if (ofHead[child] > descendant) {
                judgeFrom(m_seen[child] + 1);
                descendant = ofHead[child];
            }
            m_descendant[k] = descendant;
        }
        judgeFrom(m_first[s]);
        ofHead[s] = descendant;
        m_lostBefore[s + 1] = lostHere;
    }
    for (std::uint32_t s = 0; s < count; ++s)
        m_lostBefore[s + 1] += m_lostBefore[s];
    m_lost = m_lostBefore[count];
    indexLosses(losses);

    for (PathPoint at = endOf(final); at.streak != noStreak; at = parentOfHead(at.streak))
        m_surviving += at.position - m_first[at.streak] + 1;
}

// Orders losses by the store they are to, and adds up those of one thread to one store.
void Ledger::indexLosses(const std::vector<Loss>& losses)
{
    const std::size_t count = m_thread.size();
    std::vector<std::uint32_t> next(count + 1, 0);
    for (const Loss& loss : losses)
        ++next[loss.to + 1];
    for (std::size_t s = 0; s < count; ++s)
        next[s + 1] += next[s];
    std::vector<Loss> ordered(losses.size());
    for (const Loss& loss : losses)
        ordered[next[loss.to]++] = loss;
    for (auto begin = ordered.begin(), end = begin; begin != ordered.end(); begin = end) {
        end = std::find_if(begin, ordered.end(), [to = begin->to](const Loss& loss) { return loss.to != to; });
        if (end - begin > 1)
            std::sort(begin, end, [](const Loss& a, const Loss& b) { return a.of < b.of; });
        for (auto loss = begin; loss != end; ++loss) {
            m_lostToBefore[loss->to + 1] += loss->count;
            if (loss != begin && m_lossOf.back() == loss->of) {
                m_lossCount.back() += loss->count;
                continue;
            }
            m_lossTo.push_back(loss->to);
            m_lossOf.push_back(loss->of);
            m_lossCount.push_back(loss->count);
        }
    }
    for (std::size_t s = 0; s < count; ++s)
        m_lostToBefore[s + 1] += m_lostToBefore[s];

    const std::size_t distance = std::max<std::size_t>(lossesBetweenKeyframes, m_threads);
    std::vector<std::uint32_t> sums(m_threads, 0);
    for (std::size_t i = 0; i < m_lossTo.size(); ++i) {
        if (i % distance == 0)
            m_lossKeyframes.insert(m_lossKeyframes.end(), sums.begin(), sums.end());
        sums[m_lossOf[i]] += m_lossCount[i];
    }
}

Ledger::PathPoint Ledger::endOf(std::uint32_t streak) const
{
    return {streak, m_first[streak + 1] - 1};
}

// The streak that holds a keyframe, or nothing.
std::optional<std::size_t> Ledger::keyframeAt(std::uint32_t streak) const
{
    if (m_depth[streak] % hopsBetweenKeyframes != 0)
        return std::nullopt;
    const auto found = std::lower_bound(m_keyframes.begin(), m_keyframes.end(), streak,
                                        [](const Keyframe& k, std::uint32_t s) { return k.streak < s; });
    if (found == m_keyframes.end() || found->streak != streak)
        return std::nullopt;
    return static_cast<std::size_t>(found - m_keyframes.begin());
}

// Adds, per thread, the updates on the path from `at` to the initial value. Returns where it met a keyframe.
Ledger::PathPoint Ledger::addPath(PathPoint at, std::span<std::uint32_t> standing) const
{
    while (at.streak != noStreak) {
        const std::uint32_t thread = m_thread[at.streak];
        if (const auto k = keyframeAt(at.streak)) {
            for (ThreadIndex t = 0; t < m_threads; ++t)
                standing[t] += m_keyframeStanding[*k * m_threads + t];
            standing[thread] -= m_first[at.streak + 1] - 1 - at.position;
            return at;
        }
        standing[thread] += at.position - m_first[at.streak] + 1;
        at = parentOfHead(at.streak);
    }
    return at;
}

// Two threads in lockstep each build on their own last store, so the path swings between two branches that may be
// millions of streaks long; nothing here may walk them store by store. Keyframes stand at every 1024th streak of a
// path, left out where the path ends within half of that, so there is at most one for every 512 streaks.
void Ledger::keepPathKeyframes()
{
    const auto count = static_cast<std::uint32_t>(m_thread.size());
    std::vector<std::uint32_t> height(count, 0);
    for (std::uint32_t s = count; s-- > 0;)
        if (m_seenStreak[s] != noStreak)
            height[m_seenStreak[s]] = std::max(height[m_seenStreak[s]], height[s] + 1);
    std::vector<std::uint32_t> standing(m_threads);
    for (std::uint32_t s = 0; s < count; ++s) {
        if (m_depth[s] % hopsBetweenKeyframes != 0 || height[s] < hopsBetweenKeyframes / 2)
            continue;
        std::fill(standing.begin(), standing.end(), 0);
        const PathPoint above = addPath(parentOfHead(s), standing);
        standing[m_thread[s]] += m_first[s + 1] - m_first[s];
        m_keyframes.push_back({s, above});
        m_keyframeStanding.insert(m_keyframeStanding.end(), standing.begin(), standing.end());
    }
}

// The latest update that both descend from.
Position Ledger::commonAncestor(PathPoint a, PathPoint b) const
{
    const auto depth = [this](const PathPoint& p) { return p.streak == noStreak ? 0 : m_depth[p.streak]; };
    while (a.streak != b.streak) {
        if (depth(a) != depth(b)) {
            PathPoint& deeper = depth(a) > depth(b) ? a : b;
            const PathPoint& other = depth(a) > depth(b) ? b : a;
            const auto k = keyframeAt(deeper.streak);
            const bool canJump = k && depth(m_keyframes[*k].above) >= depth(other);
            deeper = canJump ? m_keyframes[*k].above : parentOfHead(deeper.streak);
            continue;
        }
        const auto ka = keyframeAt(a.streak);
        const auto kb = keyframeAt(b.streak);
        if (ka && kb && m_keyframes[*ka].above.streak != m_keyframes[*kb].above.streak) {
            a = m_keyframes[*ka].above;
            b = m_keyframes[*kb].above;
        } else {
            a = parentOfHead(a.streak);
            b = parentOfHead(b.streak);
        }
    }
    return std::min(a.position, b.position);
}

std::size_t Ledger::bytes() const
{
    return bytesOf(m_first) + bytesOf(m_thread) + bytesOf(m_firstNumber) + bytesOf(m_seen) + bytesOf(m_seenStreak)
           + bytesOf(m_firstValue) + bytesOf(m_lostBefore) + bytesOf(m_lostToBefore) + bytesOf(m_clobberingStreaks)
           + bytesOf(m_lossTo) + bytesOf(m_lossOf) + bytesOf(m_lossCount) + bytesOf(m_lossKeyframes) + bytesOf(m_load)
           + bytesOf(m_loadsOf) + bytesOf(m_descendant) + bytesOf(m_ofThread) + bytesOf(m_threadBegin)
           + bytesOf(m_depth) + bytesOf(m_keyframes) + bytesOf(m_keyframeStanding);
}

std::size_t Ledger::streakAt(Position position) const
{
    assert(position >= 1 && position <= updates());
    return static_cast<std::size_t>(std::upper_bound(m_first.begin(), m_first.end(), position) - m_first.begin()) - 1;
}

std::uint32_t Ledger::lastDescendant(std::size_t streak, Position position) const
{
    const auto from = m_load.begin() + m_loadsOf[streak];
    const auto to = m_load.begin() + m_loadsOf[streak + 1];
    const auto child =
        std::lower_bound(from, to, position, [this](std::uint32_t load, Position p) { return m_seen[load] < p; });
    return child == to ? static_cast<std::uint32_t>(streak)
                       : m_descendant[static_cast<std::size_t>(child - m_load.begin())];
}

Update Ledger::update(Position position) const
{
    const std::size_t s = streakAt(position);
    const std::uint32_t offset = position - m_first[s];
    const std::uint32_t descendant = lastDescendant(s, position);
    Update update;
    update.position = position;
    update.name = {m_thread[s], m_firstNumber[s] + offset};
    update.value = m_firstValue[s] + offset;
    update.seen = offset == 0 ? m_seen[s] : position - 1;
    update.lostTo = descendant + 1 == m_thread.size() ? 0 : m_first[descendant + 1];
    return update;
}

UpdateName Ledger::name(Position position) const
{
    if (position == initialPosition)
        return {};
    const std::size_t s = streakAt(position);
    return {m_thread[s], m_firstNumber[s] + (position - m_first[s])};
}

std::uint64_t Ledger::value(Position position) const
{
    if (position == initialPosition)
        return 0;
    const std::size_t s = streakAt(position);
    return m_firstValue[s] + (position - m_first[s]);
}

Position Ledger::positionOf(UpdateName name) const
{
    if (name.isInitialValue())
        return initialPosition;
    const auto from = m_ofThread.begin() + m_threadBegin[name.thread];
    const auto to = m_ofThread.begin() + m_threadBegin[name.thread + 1];
    const auto after = std::upper_bound(
        from, to, name.number, [this](std::uint32_t number, std::uint32_t s) { return number < m_firstNumber[s]; });
    assert(after != from);
    const std::uint32_t s = *(after - 1);
    return m_first[s] + (name.number - m_firstNumber[s]);
}

std::uint32_t Ledger::doneBy(ThreadIndex thread, Position position) const
{
    const auto from = m_ofThread.begin() + m_threadBegin[thread];
    const auto to = m_ofThread.begin() + m_threadBegin[thread + 1];
    const auto after = std::upper_bound(from, to, position,
                                        [this](Position p, std::uint32_t s) { return p < m_first[s]; });
    if (after == from)
        return 0;
    const std::uint32_t s = *(after - 1);
    return m_firstNumber[s] - 1 + std::min(position, m_first[s + 1] - 1) - m_first[s] + 1;
}

Position Ledger::lostUpdate(std::uint64_t k) const
{
    assert(k < m_lost);
    const auto s = static_cast<std::size_t>(std::upper_bound(m_lostBefore.begin(), m_lostBefore.end(), k)
                                            - m_lostBefore.begin())
                   - 1;
    const std::uint32_t lostHere = m_lostBefore[s + 1] - m_lostBefore[s];
    return m_first[s + 1] - lostHere + static_cast<Position>(k - m_lostBefore[s]);
}

std::uint64_t Ledger::lostBefore(Position position) const
{
    if (position > updates())
        return m_lost;
    if (position <= 1)
        return 0;
    const std::size_t s = streakAt(position);
    const std::uint32_t lostHere = m_lostBefore[s + 1] - m_lostBefore[s];
    const Position firstLost = m_first[s + 1] - lostHere;
    return m_lostBefore[s] + (position > firstLost ? position - firstLost : 0);
}

std::uint64_t Ledger::updatesLostTo(Position position) const
{
    const std::size_t s = streakAt(position);
    return position == m_first[s] ? m_lostToBefore[s + 1] - m_lostToBefore[s] : 0;
}

std::uint64_t Ledger::lostUntil(Position position) const
{
    return position == initialPosition ? 0 : m_lostToBefore[streakAt(position) + 1];
}

std::vector<std::uint32_t> Ledger::lostUntilByThread(Position position) const
{
    std::vector<std::uint32_t> lost(m_threads, 0);
    if (position == initialPosition || m_lossTo.empty())
        return lost;
    const auto streak = static_cast<std::uint32_t>(streakAt(position));
    const auto end = static_cast<std::size_t>(std::upper_bound(m_lossTo.begin(), m_lossTo.end(), streak)
                                              - m_lossTo.begin());
    if (end == 0)
        return lost;
    const std::size_t distance = std::max<std::size_t>(lossesBetweenKeyframes, m_threads);
    const std::size_t keyframe = (end - 1) / distance;
    std::copy_n(m_lossKeyframes.begin() + static_cast<std::ptrdiff_t>(keyframe * m_threads), m_threads, lost.begin());
    for (std::size_t i = keyframe * distance; i < end; ++i)
        lost[m_lossOf[i]] += m_lossCount[i];
    return lost;
}

Position Ledger::nextDestroyer(Position position) const
{
    if (position >= updates())
        return 0;
    const std::size_t start = position == initialPosition ? 0 : streakAt(position) + 1;
    const auto found = std::upper_bound(m_lostToBefore.begin() + static_cast<std::ptrdiff_t>(start),
                                        m_lostToBefore.end(), m_lostToBefore[start]);
    return found == m_lostToBefore.end() ? 0 : m_first[static_cast<std::size_t>(found - m_lostToBefore.begin()) - 1];
}

Position Ledger::previousDestroyer(Position position) const
{
    if (position <= 1 || m_thread.empty())
        return 0;
    const std::uint32_t until = m_lostToBefore[streakAt(std::min(position - 1, updates())) + 1];
    if (until == 0)
        return 0;
    const auto found = std::lower_bound(m_lostToBefore.begin(), m_lostToBefore.end(), until);
    return m_first[static_cast<std::size_t>(found - m_lostToBefore.begin()) - 1];
}

// A run without a clobbering store may have millions of streaks; a word at a time they are passed over quickly.
Position Ledger::nextClobbering(Position position) const
{
    if (position >= updates())
        return 0;
    const std::size_t start = position == initialPosition ? 0 : streakAt(position) + 1;
    if (start >= m_thread.size())
        return 0;
    std::size_t word = start / bitsOfWord;
    std::uint64_t bits = m_clobberingStreaks[word] & (~std::uint64_t{0} << (start % bitsOfWord));
    while (bits == 0) {
        if (++word == m_clobberingStreaks.size())
            return 0;
        bits = m_clobberingStreaks[word];
    }
    return m_first[word * bitsOfWord + static_cast<std::size_t>(std::countr_zero(bits))];
}

Position Ledger::previousClobbering(Position position) const
{
    if (position <= 1 || m_thread.empty())
        return 0;
    const std::size_t start = streakAt(std::min(position - 1, updates()));
    std::size_t word = start / bitsOfWord;
    std::uint64_t bits = m_clobberingStreaks[word] & (~std::uint64_t{0} >> (bitsOfWord - 1 - start % bitsOfWord));
    while (bits == 0) {
        if (word-- == 0)
            return 0;
        bits = m_clobberingStreaks[word];
    }
    return m_first[word * bitsOfWord + bitsOfWord - 1 - static_cast<std::size_t>(std::countl_zero(bits))];
}

Ledger::PathPoint Ledger::pointOf(Position position) const
{
    return position == initialPosition ? PathPoint{noStreak, initialPosition}
                                       : PathPoint{static_cast<std::uint32_t>(streakAt(position)), position};
}

bool Ledger::standsAfter(Position update, Position store) const
{
    return update <= store && commonAncestor(pointOf(update), pointOf(store)) == update;
}

PathChange Ledger::pathChange(Position position) const
{
    const auto streak = static_cast<std::uint32_t>(streakAt(position));
    if (position != m_first[streak] || streak == 0)
        return {};
    const std::uint64_t common = value(commonAncestor(endOf(streak - 1), parentOfHead(streak)));
    return {value(position - 1) - common, m_firstValue[streak] - 1 - common};
}

std::vector<std::uint32_t> Ledger::standing(Position position) const
{
    std::vector<std::uint32_t> standing(m_threads, 0);
    if (position != initialPosition)
        addPath({static_cast<std::uint32_t>(streakAt(position)), position}, standing);
    return standing;
}

std::vector<Position> Ledger::loadsThatSaw(Position position) const
{
    std::vector<Position> loads;
    std::uint32_t from = 0;
    std::uint32_t to = m_loadsOf.empty() ? 0 : m_loadsOf[0];
    bool nextContinuesStreak = false;
    if (position != initialPosition) {
        const std::size_t s = streakAt(position);
        const auto bySeen = [this](std::uint32_t load, Position p) { return m_seen[load] < p; };
        const auto begin = m_load.begin();
        from = static_cast<std::uint32_t>(
            std::lower_bound(begin + m_loadsOf[s], begin + m_loadsOf[s + 1], position, bySeen) - begin);
        to = static_cast<std::uint32_t>(
            std::lower_bound(begin + from, begin + m_loadsOf[s + 1], position + 1, bySeen) - begin);
        nextContinuesStreak = position != m_first[s + 1] - 1;
    }
    loads.reserve(to - from + 1);
    if (nextContinuesStreak)
        loads.push_back(position + 1);
    for (std::uint32_t k = from; k < to; ++k)
        loads.push_back(m_first[m_load[k]]);
    return loads;
}

std::uint64_t Ledger::loadsThatSawBelow(Position position) const
{
    if (position == initialPosition)
        return 0;
    if (position > updates())
        return updates();
    const std::size_t s = streakAt(position);
    const auto begin = m_load.begin();
    const auto heads = std::lower_bound(begin + m_loadsOf[s], begin + m_loadsOf[s + 1], position,
                                        [this](std::uint32_t load, Position p) { return m_seen[load] < p; })
                       - begin;
    // Updates within streaks saw the one before them: those at positions 2 .. position that begin no streak.
    const std::uint64_t continued = position - (s + 1);
    return static_cast<std::uint64_t>(heads) + continued;
}

} // namespace interleave
