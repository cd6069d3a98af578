#include "engine/tokens/tpd_grammar.h"

#include "engine/tokens/shift_tables.h"

#include <algorithm>

namespace continuo::tokens {

AllowedIds TpdGrammar::allowed(std::size_t stream, const Row& drawn) const {
    if (stream == kTimeShift) return shifts();
    if (stream == kTpdPitch) return pitches(drawn[kTimeShift]);
    if (stream == kTpdDuration && drawn[kTpdPitch] >= kFirstKey) return {1, sizes_[kTpdDuration]};
    return {};
}

std::int64_t TpdGrammar::shiftOf(std::uint16_t id) const { return tpdTables(corrected_).shifts[id - 1u]; }

int TpdGrammar::firstKey(std::uint16_t shift) const {
    const bool ascends = corrected_ && shiftOf(shift) == 0;
    return std::max(limits_.keyFirst, ascends ? lastKey_ + 1 : 0);
}

bool TpdGrammar::mayPlay(std::uint16_t shift) const {
    if (lastRest_ != 0 && shiftOf(shift) == 0) return false;
    const auto at = time_ + shiftOf(shift);
    const auto largest = tpdTables(corrected_).shifts.back();
    const auto first = corrected_ ? limits_.first : std::min(limits_.first, time_ + largest);
    return at >= first && at < limits_.end && firstKey(shift) < limits_.keyEnd;
}

/// There must be a place for a note behind it, at the next position at the earliest.
bool TpdGrammar::mayRest(std::uint16_t shift) const {
    return corrected_ && shiftOf(shift) > 0 && time_ + shiftOf(shift) + 1 < limits_.end &&
           limits_.first < limits_.end && limits_.keyFirst < limits_.keyEnd;
}

AllowedIds TpdGrammar::shifts() const {
    if (ended_) return AllowedIds::none();
    AllowedIds ids{0, shiftEnd()};
    ids.mask[0] = !started_ || (limits_.mayEnd && lastRest_ == 0);
    for (std::uint16_t id = 1; id < ids.end; ++id) ids.mask[id] = mayPlay(id) || mayRest(id);
    return ids;
}

AllowedIds TpdGrammar::pitches(std::uint16_t shift) const {
    if (shift == 0) {
        const auto symbol = started_ ? kEnd : kBegin;
        return {symbol, static_cast<std::uint16_t>(symbol + 1)};
    }
    AllowedIds ids{kPad, static_cast<std::uint16_t>(kFirstKey + limits_.keyEnd), ~std::bitset<128>{}, kPad,
                   static_cast<std::uint16_t>(kFirstKey + firstKey(shift))};
    if (!mayPlay(shift)) ids.end = kPad + 1, ids.gapEnd = kPad;
    if (mayRest(shift)) ids.gapFirst = kPad + 1;
    return ids;
}

void TpdGrammar::follow(const Row& row) {
    started_ = true;
    ended_ = row[kTpdPitch] == kEnd;
    lastRest_ = 0;
    if (ended_ || row[kTpdPitch] == kBegin || row[kTimeShift] == 0 || row[kTimeShift] >= sizes_[kTimeShift]) return;
    const auto shift = shiftOf(row[kTimeShift]);
    time_ += shift;
    if (shift > 0) lastKey_ = -1;
    if (row[kTpdPitch] == kPad)
        lastRest_ = row[kTimeShift];
    else
        lastKey_ = row[kTpdPitch] - kFirstKey;
}

} // namespace continuo::tokens
