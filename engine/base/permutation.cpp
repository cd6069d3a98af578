#include "engine/base/permutation.h"

#include <cassert>
#include <utility>

namespace continuo::base {
namespace {

/// The finaliser of splitmix64: every bit of the result depends on every bit of the input.
std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

} // namespace

Permutation::Permutation(std::uint64_t count, Random random) : count_(count) {
    assert(count > 0);
    while (halfBits_ < 31 && (std::uint64_t{1} << (2 * halfBits_)) < count) ++halfBits_;
    for (auto& key : keys_) key = random.next();
}

std::uint64_t Permutation::permuteDomain(std::uint64_t value) const {
    const auto mask = (std::uint64_t{1} << halfBits_) - 1;
    auto left = value >> halfBits_, right = value & mask;
    for (const auto key : keys_) left = std::exchange(right, left ^ (mixed(right + key) & mask));
    return left << halfBits_ | right;
}

std::uint64_t Permutation::operator()(std::uint64_t index) const {
    assert(index < count_);
    auto value = permuteDomain(index);
    while (value >= count_) value = permuteDomain(value);
    return value;
}

} // namespace continuo::base
