#pragma once

#include "engine/base/random.h"

#include <array>

namespace continuo::base {

/// A shuffle of 0 … count-1 that is computed rather than stored: a Feistel network over the next power of four,
/// walked until the value falls below the count (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA
/// 2002). Any place of it costs the same, and no memory.
class Permutation {
public:
    /// count > 0
    Permutation(std::uint64_t count, Random random);
    /// index < count
    std::uint64_t operator()(std::uint64_t index) const;

private:
    std::uint64_t permuteDomain(std::uint64_t value) const;

    std::uint64_t count_;
    int halfBits_ = 1;
    std::array<std::uint64_t, 6> keys_{};
};

} // namespace continuo::base
