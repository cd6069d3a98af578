#include "engine/tokens/shift_tables.h"

#include <algorithm>
#include <array>

namespace continuo::tokens {
namespace {

constexpr std::array kPublishedShifts{0, 6, 12, 24, 32, 48, 64, 96, 128};
constexpr std::array kPublishedDurations{2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};
constexpr std::array kGridShifts{0, 1, 2, 3, 4, 6, 9, 12, 24};
constexpr std::array kGridDurations{1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 96, 192};

constexpr std::array<int, 32> evenVelocities() {
    std::array<int, 32> bins{};
    for (int i = 0; i < 32; ++i) bins[static_cast<std::size_t>(i)] = 1 + i * 126 / 31;
    return bins;
}
constexpr auto kVelocities = evenVelocities();

} // namespace

const TpdTables& tpdTables(bool corrected) {
    static constexpr TpdTables kPublished{kPublishedShifts, kPublishedDurations};
    static constexpr TpdTables kGrid{kGridShifts, kGridDurations};
    return corrected ? kGrid : kPublished;
}

std::size_t nearestEntry(std::span<const int> table, std::int64_t value) {
    const auto above = std::lower_bound(table.begin(), table.end(), value);
    if (above == table.begin()) return 0;
    const auto below = above - 1;
    const bool isBelow = above == table.end() || value - *below <= *above - value;
    return static_cast<std::size_t>((isBelow ? below : above) - table.begin());
}

std::uint16_t TokenRange::idOf(std::int64_t value) const {
    return static_cast<std::uint16_t>(first + std::clamp<std::int64_t>(value, firstValue, lastValue()) - firstValue);
}

std::span<const int> velocityBins() { return kVelocities; }

} // namespace continuo::tokens
