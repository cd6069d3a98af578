#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace continuo::base {

/// xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 2021), seeded by
/// splitmix64. The same seed gives the same numbers on every machine and library; the state can be saved and restored.
class Random {
public:
    using State = std::array<std::uint64_t, 4>;

    explicit Random(std::uint64_t seed = 0);
    explicit Random(const State& state) : state_(state) {}

    std::uint64_t next();
    /// Uniform in [0, 1), 53 bits.
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    /// Uniform in [0, bound), without bias; bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// Uniform in [first, last], both included.
    std::int64_t between(std::int64_t first, std::int64_t last);
    /// Standard normal (Box and Muller 1958), one value a call.
    double normal();

    template <typename T>
    void shuffle(std::span<T> items) {
        for (auto i = items.size(); i > 1; --i) std::swap(items[i - 1], items[static_cast<std::size_t>(below(i))]);
    }

    /// An independent generator for a numbered purpose; this one does not move.
    Random fork(std::uint64_t purpose) const;
    const State& state() const { return state_; }

private:
    State state_;
};

} // namespace continuo::base
