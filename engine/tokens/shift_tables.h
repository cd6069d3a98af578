#pragma once

#include <cstdint>
#include <span>

/// The tables behind the ids of the two tokenizers that count time from note to note, `tpd` and `structured`.
namespace continuo::tokens {

/// `tpd`: time shifts and durations in positions, ascending; id v is entry v - 1. The published tables are built for a
/// grid that sixteen divides and miss most places of twelve positions a quarter; the corrected ones have as many
/// entries, lie on the grid, and hold 1, so that rest rows reach every position.
struct TpdTables {
    std::span<const int> shifts;    // 9
    std::span<const int> durations; // 13
};
const TpdTables& tpdTables(bool corrected);

/// The index of the entry nearest to `value` in an ascending table; ties go to the lower.
std::size_t nearestEntry(std::span<const int> table, std::int64_t value);

/// `structured`: a half-open range of ids and the value of its first.
struct TokenRange {
    std::uint16_t first = 0;
    std::uint16_t end = 0;
    int firstValue = 0;
    bool contains(std::uint16_t id) const { return id >= first && id < end; }
    int lastValue() const { return firstValue + end - first - 1; }
    /// The id of `value`, clamped to the range.
    std::uint16_t idOf(std::int64_t value) const;
    int valueOf(std::uint16_t id) const { return firstValue + id - first; }
};
inline constexpr TokenRange kKeyTokens{3, 131, 0};
inline constexpr TokenRange kVelocityTokens{131, 163, 0}; // values index velocityBins()
inline constexpr TokenRange kDurationTokens{163, 419, 1};
inline constexpr TokenRange kShiftTokens{419, 676, 0};
inline constexpr std::uint16_t kStructuredVocabulary = 676;

/// The 32 velocities of `structured`: 32 evenly spaced points of 1..127, cut to whole numbers.
std::span<const int> velocityBins();

} // namespace continuo::tokens
