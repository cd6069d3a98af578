#pragma once

#include "engine/tokens/grammar_limits.h"
#include "engine/tokens/tokenizer.h"

namespace continuo::tokens {

/// The grammar of `tpd`: begin only first, nothing behind the end; corrected, notes strictly ascend by (onset, pitch),
/// and rest rows lead to a note, by shifts that do not grow. The published tokenizer has no rests and any order.
class TpdGrammar {
public:
    explicit TpdGrammar(const TokenizerSettings& settings)
        : corrected_(settings.isCorrected()), sizes_(settings.vocabulary()) {}

    AllowedIds allowed(std::size_t stream, const Row& drawn) const;
    bool hasEnded() const { return ended_; }
    void follow(const Row& row);
    void setLimits(const GrammarLimits& limits) { limits_ = limits; }

private:
    AllowedIds shifts() const;
    AllowedIds pitches(std::uint16_t shift) const;
    /// The largest shift id that may come next: after a rest, no larger than its own.
    std::uint16_t shiftEnd() const { return lastRest_ != 0 ? lastRest_ + 1 : sizes_[kTimeShift]; }
    std::int64_t shiftOf(std::uint16_t id) const;
    /// Whether a note, or a rest, may stand behind this shift.
    bool mayPlay(std::uint16_t shift) const;
    bool mayRest(std::uint16_t shift) const;
    /// The lowest key that may follow behind the shift: those of one onset ascend.
    int firstKey(std::uint16_t shift) const;

    bool corrected_;
    Row sizes_{};
    GrammarLimits limits_;
    bool started_ = false;
    bool ended_ = false;
    std::int64_t time_ = 0;      // positions
    int lastKey_ = -1;           // of the last note at this time
    std::uint16_t lastRest_ = 0; // shift id of the rest row before, 0 where the row before is none
};

} // namespace continuo::tokens
