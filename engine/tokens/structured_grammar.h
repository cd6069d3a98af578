#pragma once

#include "engine/tokens/grammar_limits.h"
#include "engine/tokens/tokenizer.h"

namespace continuo::tokens {

/// The grammar of `structured`, from half-open ranges: begin only first, then per note its four tokens in the order of
/// the tokenizer, and the end where a note is complete. Corrected, notes strictly ascend by (onset, pitch), and a shift
/// behind the largest one is not 0.
class StructuredGrammar {
public:
    explicit StructuredGrammar(const TokenizerSettings& settings) : corrected_(settings.isCorrected()) {}

    AllowedIds allowed(std::size_t stream, const Row& drawn) const;
    bool hasEnded() const { return slot_ == Slot::Ended; }
    void follow(const Row& row);
    void setLimits(const GrammarLimits& limits) { limits_ = limits; }

private:
    /// What comes next. NoteOrEnd: the first token of a note; MoreShift: a pitch, or a shift after the largest one.
    enum class Slot { Start, NoteOrEnd, MoreShift, Key, Velocity, Duration, Shift, Ended };

    AllowedIds startOrNote(std::uint16_t symbol, bool maySymbol) const;
    AllowedIds firstOfNote() const { return corrected_ ? shifts(false) : keys(); }
    AllowedIds keys() const;
    AllowedIds shifts(bool positive) const;
    bool isInTime() const { return time_ < limits_.end && (!corrected_ || time_ >= limits_.first); }
    void take(std::uint16_t token);

    bool corrected_;
    GrammarLimits limits_;
    Slot slot_ = Slot::Start;
    std::int64_t time_ = 0; // positions
    int lastKey_ = -1;      // of the last note at this time
};

} // namespace continuo::tokens
