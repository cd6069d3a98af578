#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace continuo::tokens {

/// What the caller adds to a grammar: where music may go and whether the piece may end.
struct GrammarLimits {
    /// Notes start in [first, end), in positions (twelve a quarter) from time 0 of the rows. Time shifts that cannot
    /// reach `first` in one step (published `tpd` tables: more than 128) come as near as they can.
    std::int64_t first = 0;
    std::int64_t end = std::numeric_limits<std::int64_t>::max();
    int keyFirst = 0; // MIDI keys in [keyFirst, keyEnd)
    int keyEnd = 128;
    bool mayDeclare = true;                             // `mmt`: instrument rows while the header is open
    bool mayEnd = true;                                 // the end symbol
    std::bitset<128> instruments = ~std::bitset<128>{}; // `mmt`: notes and declarations may use these
};

/// Ids that may be drawn for one stream: those in the half-open range but not in the half-open gap inside it, and in
/// `mask` where it has a bit for them.
struct AllowedIds {
    std::uint16_t first = 0;
    std::uint16_t end = 1;
    std::bitset<128> mask = ~std::bitset<128>{};
    std::uint16_t gapFirst = 0;
    std::uint16_t gapEnd = 0;

    static AllowedIds none() { return {0, 0}; }
    bool contains(std::size_t id) const {
        return id >= first && id < end && !(id >= gapFirst && id < gapEnd) && (id >= mask.size() || mask[id]);
    }
    bool isEmpty() const {
        for (std::size_t id = first; id < end; ++id)
            if (contains(id)) return false;
        return true;
    }
};

} // namespace continuo::tokens
