// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <utility>

namespace interleave {

// Draws: the random numbers of the scheduling policies. The same seed draws the same numbers everywhere: the standard
// fixes what std::mt19937_64 generates (ISO C++20, [rand.predef] 26.6.5), but not what a std::uniform_int_distribution
// makes of it.
class Draws {
public:
    explicit Draws(std::uint64_t seed)
        : m_generator(std::make_unique<std::mt19937_64>(seed)),
          m_base(std::make_shared<const std::mt19937_64>(*m_generator)),
          m_ahead((*m_generator)())
    {}
    // A copy is small for as long as nothing is drawn from it: it shares a generator of earlier and remembers how far to
    // go on. Copies of one that nothing was drawn from may be made by several threads at once.
    Draws(const Draws& other);
    Draws& operator=(const Draws&) = delete;
    ~Draws() = default;

    // From 0 to bound - 1, each exactly as likely as the others; bound is at least 1, and for 1 nothing is generated.
    // Multiply, shift and reject: Lemire, "Fast Random Integer Generation in an Interval", ACM Transactions on Modeling
    // and Computer Simulation 29 (2019), algorithm 5.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound)
    {
        assert(bound > 0);
        if (bound == 1)
            return 0;
        Wide product = Wide{generate()} * bound;
        // Only here may the low half be one of the 2^64 mod bound that would make a number too likely.
        if (static_cast<std::uint64_t>(product) < bound) [[unlikely]]
            product = redrawn(product, bound);
        return static_cast<std::uint64_t>(product >> 64);
    }

    // Bytes beside the object, of what copies share a share.
    [[nodiscard]] std::size_t bytesBeside() const
    {
        return (m_generator ? sizeof *m_generator : 0) + sizeof *m_base / static_cast<std::size_t>(m_base.use_count());
    }

    struct Two {
        std::uint64_t first;
        std::uint64_t second;
    };
    // A number below each bound, independent of one another, from one number generated; the product of the bounds is
    // below 2^64. Brackett-Rozinsky and Lemire, "Batched Ranged Random Integer Generation", 2024 (arXiv:2408.06213),
    // algorithm 4: the low half of the first product is drawn from again.
    [[nodiscard]] Two below(std::uint64_t firstBound, std::uint64_t secondBound)
    {
        assert(firstBound > 0 && secondBound > 0);
        const std::uint64_t both = firstBound * secondBound;
        if (both == 1)
            return {0, 0};
        while (true) {
            const Wide first = Wide{generate()} * firstBound;
            const Wide second = Wide{static_cast<std::uint64_t>(first)} * secondBound;
            const auto rest = static_cast<std::uint64_t>(second);
            if (rest >= both || rest >= (0 - both) % both) [[likely]]
                return {static_cast<std::uint64_t>(first >> 64), static_cast<std::uint64_t>(second >> 64)};
        }
    }

private:
    __extension__ using Wide = unsigned __int128;

    // Numbers that a generator is shared for; to go on by as many takes about 0.1 ms.
    static constexpr std::uint64_t mostBeyondBase = 1 << 16;

    std::uint64_t generate()
    {
        if (!m_generator) [[unlikely]]
            goOn();
        ++m_beyondBase;
        return std::exchange(m_ahead, (*m_generator)());
    }
    void goOn();
    Wide redrawn(Wide product, std::uint64_t bound);

    std::unique_ptr<std::mt19937_64> m_generator; // null in a copy
    mutable std::shared_ptr<const std::mt19937_64> m_base;
    mutable std::uint64_t m_beyondBase = 1; // numbers generated since
    // Drawn next: whoever waits for a number has it at once, and the one after it is made while he goes on.
    std::uint64_t m_ahead;
};

} // namespace interleave
