// SPDX-License-Identifier: GPL-3.0-or-later
#include "hardware/order_proof.h"

#include <algorithm>
#include <queue>

namespace interleave {

namespace {

using Kind = ProofError::Kind;

// Where an update stands and what it stored.
struct Place {
    Position position;
    std::uint64_t value;
};

// The streaks of one thread that the proof has placed so far.
class PlacedStreaks {
public:
    void reserve(std::size_t streaks) { m_streaks.reserve(streaks); }
    void add(const Streak& streak, Position first, std::uint64_t firstValue)
    {
        m_streaks.push_back({streak.firstNumber, first, static_cast<std::uint32_t>(firstValue)});
        m_done = streak.firstNumber + streak.length - 1;
        m_last = first + streak.length - 1;
    }
    // The number and the position of the latest update placed; 0 if there is none.
    [[nodiscard]] std::uint32_t done() const { return m_done; }
    [[nodiscard]] Position last() const { return m_last; }

    // The place of an update, 1 <= number <= done(). Looks back in doubling strides: what a load saw is recent.
    [[nodiscard]] Place of(std::uint32_t number) const
    {
        std::size_t high = m_streaks.size();
        std::size_t stride = 1;
        while (high > stride && m_streaks[high - stride].firstNumber > number) {
            high -= stride;
            stride *= 2;
        }
        const auto low = static_cast<std::ptrdiff_t>(high > stride ? high - stride : 0);
        const auto after = std::upper_bound(m_streaks.begin() + low,
                                            m_streaks.begin() + static_cast<std::ptrdiff_t>(high), number,
                                            [](std::uint32_t n, const Entry& e) { return n < e.firstNumber; });
        const Entry& entry = *(after - 1);
        const std::uint32_t offset = number - entry.firstNumber;
        return {entry.first + offset, std::uint64_t{entry.firstValue} + offset};
    }

private:
    struct Entry {
        std::uint32_t firstNumber;
        Position first;
        std::uint32_t firstValue;
    };
    std::vector<Entry> m_streaks;
    std::uint32_t m_done = 0;
    Position m_last = initialPosition;
};

class Prover {
public:
    explicit Prover(const Recording& recording)
        : m_recording(recording), m_parameters(recording.parameters), m_threads(recording.parameters.threads)
    {
    }

    Result<ProvenOrder, ProofError> prove()
    {
        bool proven = m_recording.threads.size() == m_threads && recordsAreWellFormed();
        if (proven) {
            switch (m_parameters.synchronisation) {
            case Synchronisation::Sharded:
                proven = placeShards();
                break;
            case Synchronisation::Atomic:
                proven = tilePositions();
                break;
            default:
                proven = followChain() && resolveSeen();
                break;
            }
        }
        if (proven && usesLock(m_parameters.synchronisation))
            proven = placeWaits();
        if (!proven)
            return m_error;
        return std::move(m_order);
    }

private:
    bool refuse(Kind kind, ThreadIndex thread, std::uint32_t number)
    {
        m_error = {kind, thread, number};
        return false;
    }

    [[nodiscard]] const std::vector<StreakRecord>& records(ThreadIndex thread) const
    {
        return m_recording.threads[thread].streaks;
    }

    // The number after the last update of a thread's i-th record.
    [[nodiscard]] std::uint32_t endOfRecord(ThreadIndex thread, std::size_t i) const
    {
        const std::vector<StreakRecord>& own = records(thread);
        return i + 1 < own.size() ? own[i + 1].number() : m_parameters.iterations + 1;
    }

    // The numbers of a thread's records rise from 1, within the iterations.
    bool recordsAreWellFormed()
    {
        for (ThreadIndex t = 0; t < m_threads; ++t) {
            std::uint32_t last = 0;
            for (const StreakRecord& record : records(t)) {
                if (record.number() <= last || record.number() > m_parameters.iterations)
                    return refuse(Kind::ChainBroken, t, record.number());
                if (last == 0 && record.number() != 1)
                    return refuse(Kind::UpdatesMissing, t, 1);
                last = record.number();
            }
            if (last == 0)
                return refuse(Kind::UpdatesMissing, t, 1);
            if (m_recording.threads[t].exclusionViolations != 0)
                return refuse(Kind::LockDidNotExclude, t, 0);
            // A lock around the loop keeps the whole loop in one streak.
            if (m_parameters.synchronisation == Synchronisation::MutexCoarse && records(t).size() > 1)
                return refuse(Kind::LockDidNotExclude, t, records(t)[1].number());
        }
        return true;
    }

    // The link to what a streak's first store overwrote. Under a lock, and by compare-exchange, that is what it saw.
    [[nodiscard]] std::uint64_t overwrittenLink(const StreakRecord& record) const
    {
        return m_parameters.synchronisation == Synchronisation::None ? record.link() : tagged::linkOf(record.seen);
    }

    bool followChain()
    {
        std::vector<std::size_t> recordsLeft(m_threads);
        std::vector<std::uint32_t> updatesLeft(m_threads, m_parameters.iterations);
        std::size_t streaks = 0;
        for (ThreadIndex t = 0; t < m_threads; ++t) {
            recordsLeft[t] = records(t).size();
            streaks += recordsLeft[t];
        }
        m_order.streaks.resize(streaks);
        std::size_t at = streaks;
        UpdateName name = tagged::nameOfLink(tagged::linkOf(m_recording.finalWord));
        UpdateName follower{};
        while (!name.isInitialValue()) {
            const ThreadIndex t = name.thread;
            if (t >= m_threads || name.number == 0 || name.number > m_parameters.iterations)
                return refuse(Kind::UnknownWriter, follower.thread, follower.number);
            if (name.number != updatesLeft[t])
                return refuse(Kind::ChainBroken, t, name.number);
            const StreakRecord& record = records(t)[--recordsLeft[t]];
            m_order.streaks[--at] = {t, record.number(), name.number - record.number() + 1, initialPosition};
            updatesLeft[t] = record.number() - 1;
            follower = {t, record.number()};
            name = tagged::nameOfLink(overwrittenLink(record));
        }
        for (ThreadIndex t = 0; t < m_threads; ++t)
            if (updatesLeft[t] != 0)
                return refuse(Kind::UpdatesMissing, t, updatesLeft[t]);
        return true;
    }

    // Turns what every streak's first load saw from a word into a position, and checks it against order and value.
    bool resolveSeen()
    {
        m_placed.resize(m_threads);
        for (ThreadIndex t = 0; t < m_threads; ++t)
            m_placed[t].reserve(records(t).size());
        std::vector<std::size_t> nextRecord(m_threads, 0);
        Position first = 1;
        for (Streak& streak : m_order.streaks) {
            const ThreadIndex t = streak.thread;
            const std::uint64_t word = records(t)[nextRecord[t]++].seen;
            const UpdateName seen = tagged::nameOfLink(tagged::linkOf(word));
            Place place{initialPosition, 0};
            if (!seen.isInitialValue()) {
                if (seen.thread >= m_threads || seen.number == 0)
                    return refuse(Kind::UnknownWriter, t, streak.firstNumber);
                if (seen.number > m_placed[seen.thread].done())
                    return refuse(Kind::SeesUnwritten, t, streak.firstNumber);
                place = m_placed[seen.thread].of(seen.number);
            }
            // Coherence: a thread never loads something older than its own last store.
            if (place.position < m_placed[t].last())
                return refuse(Kind::SeesUnwritten, t, streak.firstNumber);
            if (place.value != tagged::valueOf(word))
                return refuse(Kind::ValueContradicts, t, streak.firstNumber);
            streak.seen = place.position;
            m_placed[t].add(streak, first, place.value + 1);
            first += streak.length;
        }
        const UpdateName last = tagged::nameOfLink(tagged::linkOf(m_recording.finalWord));
        if (!last.isInitialValue()
            && m_placed[last.thread].of(last.number).value != tagged::valueOf(m_recording.finalWord))
            return refuse(Kind::ValueContradicts, last.thread, last.number);
        return true;
    }

    bool tilePositions()
    {
        struct Head {
            std::uint64_t value;
            ThreadIndex thread;
            bool operator>(const Head& other) const { return value > other.value; }
        };
        std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
        std::vector<std::size_t> next(m_threads, 0);
        std::size_t streaks = 0;
        for (ThreadIndex t = 0; t < m_threads; ++t) {
            heads.push({records(t)[0].seen, t});
            streaks += records(t).size();
        }
        m_order.streaks.reserve(streaks);
        std::uint64_t covered = 0;
        while (!heads.empty()) {
            const Head head = heads.top();
            heads.pop();
            const std::vector<StreakRecord>& own = records(head.thread);
            const std::size_t i = next[head.thread]++;
            if (head.value != covered)
                return refuse(Kind::PositionsDoNotTile, head.thread, own[i].number());
            const std::uint32_t length = endOfRecord(head.thread, i) - own[i].number();
            m_order.streaks.push_back({head.thread, own[i].number(), length, static_cast<Position>(covered)});
            covered += length;
            if (i + 1 < own.size())
                heads.push({own[i + 1].seen, head.thread});
        }
        if (covered != m_recording.finalWord)
            return refuse(Kind::PositionsDoNotTile, noThread, 0);
        return true;
    }

    // Shards do not interfere, so any order of different shards' updates is true; time makes the one that reads best.
    // Records are pieces of a thread's loop, each with the time of its first update.
    bool placeShards()
    {
        if (m_recording.finalWord != m_parameters.updates())
            return refuse(Kind::ValueContradicts, noThread, 0);
        struct Piece {
            std::uint64_t ticks;
            Streak streak;
        };
        std::vector<Piece> pieces;
        for (ThreadIndex t = 0; t < m_threads; ++t) {
            const ThreadRecord& record = m_recording.threads[t];
            std::uint64_t ticks = record.beginTicks;
            for (std::size_t i = 0; i < record.streaks.size(); ++i) {
                const std::uint32_t from = record.streaks[i].number();
                if (record.streaks[i].seen != from - 1)
                    return refuse(Kind::ValueContradicts, t, from);
                if (i < record.times.size())
                    ticks = std::max(ticks, record.beginTicks + record.times[i].ticks());
                pieces.push_back({ticks, {t, from, endOfRecord(t, i) - from, initialPosition}});
            }
        }
        std::stable_sort(pieces.begin(), pieces.end(),
                         [](const Piece& a, const Piece& b) { return a.ticks < b.ticks; });
        Position done = 0;
        for (Piece& piece : pieces) {
            piece.streak.seen = done; // of the sum of the shards, which is what the ledger follows
            done += piece.streak.length;
            m_order.streaks.push_back(piece.streak);
        }
        return true;
    }

    // A wait names the critical section it met: by the lock's owner where each update is locked, by the last store
    // where the whole loop is. It is placed strictly between the thread's own updates, so into another thread's block.
    bool placeWaits()
    {
        const bool eachUpdate = locksEachUpdate(m_parameters.synchronisation);
        std::vector<std::size_t> nextRecord(m_threads, 0);
        std::vector<Position> before(m_threads, initialPosition); // the thread's update before the streak
        Position own = 1;
        for (const Streak& streak : m_order.streaks) {
            const ThreadIndex t = streak.thread;
            const StreakRecord& record = records(t)[nextRecord[t]++];
            if (record.link() != StreakRecord::noWait) {
                const UpdateName met = tagged::nameOfLink(record.link());
                if (!met.isInitialValue()
                    && (met.thread >= m_threads || met.number == 0 || met.number > m_parameters.iterations))
                    return refuse(Kind::UnknownWriter, t, record.number());
                const Position metAt =
                    met.isInitialValue() ? initialPosition : m_placed[met.thread].of(met.number).position;
                LockWait wait{eachUpdate ? metAt : metAt + 1, false, t, record.number()};
                // Met in the moment between a release and the next owner's name: the next section is meant.
                wait.block = std::max(wait.block, before[t] + 1);
                if (wait.block >= own) {
                    wait.block = own - 1;
                    wait.afterStore = true;
                }
                if (wait.block > before[t])
                    m_order.waits.push_back(wait);
            }
            own += streak.length;
            before[t] = own - 1;
        }
        std::stable_sort(m_order.waits.begin(), m_order.waits.end(), [](const LockWait& a, const LockWait& b) {
            return a.block != b.block ? a.block < b.block : a.afterStore < b.afterStore;
        });
        return true;
    }

    const Recording& m_recording;
    const RunParameters& m_parameters;
    const ThreadIndex m_threads;
    ProvenOrder m_order;
    ProofError m_error;
    std::vector<PlacedStreaks> m_placed;
};

} // namespace

Result<ProvenOrder, ProofError> proveOrder(const Recording& recording)
{
    return Prover(recording).prove();
}

} // namespace interleave
