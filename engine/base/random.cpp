#include "engine/base/random.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace continuo::base {
namespace {

std::uint64_t splitmix(std::uint64_t& state) {
    auto z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

} // namespace

Random::Random(std::uint64_t seed) : state_{} {
    for (auto& word : state_) word = splitmix(seed);
}

std::uint64_t Random::next() {
    const auto result = std::rotl(state_[1] * 5, 7) * 9;
    const auto shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound) {
    const auto first = (0 - bound) % bound; // values below it would favour small results
    while (true)
        if (const auto value = next(); value >= first) return value % bound;
}

std::int64_t Random::between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
}

double Random::normal() {
    const auto radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

Random Random::fork(std::uint64_t purpose) const {
    auto seed = state_[0] ^ std::rotl(state_[2], 23) ^ (purpose * 0xD1342543DE82EF95u + 1);
    return Random(splitmix(seed));
}

} // namespace continuo::base
