#pragma once

#include "engine/tokens/grammar_limits.h"
#include "engine/tokens/tokenizer.h"

namespace continuo::tokens {

/// The grammar of the `mmt` family (Dong et al., ICASSP 2023, section 3.3, with start-of-song only first, instruments
/// ascending and once, start-of-notes once, notes on declared instruments, and notes in the order the encoder writes).
class MmtGrammar {
public:
    explicit MmtGrammar(const TokenizerSettings& settings) : order_(settings.order()), sizes_(settings.vocabulary()) {}

    AllowedIds allowed(std::size_t field, const Row& drawn) const;
    bool hasEnded() const { return type_ == kEndOfSong; }
    void follow(const Row& row);
    void setLimits(const GrammarLimits& limits);

private:
    AllowedIds types() const;
    AllowedIds declarable() const;
    std::bitset<128> usable() const { return declared_ & limits_.instruments; }
    /// Whether a note can follow at the position (beat, position) of the last note.
    bool hasRoomAtLast() const;
    bool hasRoomInBeat() const { return last_[kPosition] + 1 < positionEnd(last_[kBeat]) || hasRoomAtLast(); }
    bool canAddNote() const;
    std::uint16_t beatEnd() const;
    /// Position ids of a beat end here: early in the beat that the limit cuts.
    std::uint16_t positionEnd(std::uint16_t beat) const;
    std::uint16_t pitchFirst() const { return static_cast<std::uint16_t>(limits_.keyFirst + 1); }
    std::uint16_t pitchEnd() const { return static_cast<std::uint16_t>(limits_.keyEnd + 1); }
    bool isAtLast(const Row& drawn) const {
        return drawn[kBeat] == last_[kBeat] && drawn[kPosition] == last_[kPosition];
    }
    std::uint16_t firstPitch(const Row& drawn) const;
    std::uint16_t firstDuration(const Row& drawn) const;
    AllowedIds noteInstruments(const Row& drawn) const;
    bool isInstrumentLeftAbove(std::uint16_t id) const { return (usable() >> (id + 1u)).any(); }
    void place();

    RowOrder order_;
    Row sizes_{};
    GrammarLimits limits_;
    int type_ = -1; // of the last row; -1 before the first
    std::uint16_t lastDeclared_ = 0;
    std::bitset<128> declared_;
    Row lastNote_{}; // zeros before the first
    Row last_{};     // that, or the place where the limits let notes begin, where it is later
};

} // namespace continuo::tokens
