#pragma once

#include "engine/tokens/tokenizer.h"

#include <algorithm>
#include <bitset>
#include <limits>
#include <span>

namespace continuo::tokens {

/// What the caller adds to the grammar: where music may go and whether the piece may end.
struct GrammarLimits {
    std::uint16_t beatEnd = std::numeric_limits<std::uint16_t>::max(); // beat ids below it may be drawn
    std::uint16_t pitchFirst = 1;
    std::uint16_t pitchEnd = 129;
    bool mayDeclare = true;                             // instrument rows while the header is open
    bool mayEnd = true;                                 // end-of-song
    std::bitset<128> instruments = ~std::bitset<128>{}; // notes and declarations may use these
};

/// Ids that may be drawn for one field: those in the half-open range, and in `mask` where there is one.
struct AllowedIds {
    std::uint16_t first = 0;
    std::uint16_t end = 1;
    std::bitset<128> mask = ~std::bitset<128>{};

    bool contains(std::size_t id) const { return id >= first && id < end && (id >= mask.size() || mask[id]); }
    bool isEmpty() const;
};

/// What may follow the rows so far, field by field, so that every sequence drawn can be decoded
/// (Dong et al., ICASSP 2023, section 3.3, with start-of-song only first, instruments ascending and once,
/// start-of-notes once, notes on declared instruments, and notes in the order the encoder writes).
///
/// One row is drawn in the order of its fields: `allowed(kType, row)`, put the id into `row`, `allowed(kBeat, row)`,
/// and so on to kInstrument; then `follow(row)`. A field with a single allowed id needs no draw. After a type with
/// something allowed, no later field is ever empty; an empty set of types means that nothing can follow under the
/// limits. A few hundred bytes, copied freely; no call allocates.
class Grammar {
public:
    explicit Grammar(const TokenizerSettings& settings, const GrammarLimits& limits = {});

    AllowedIds allowed(Field field, const Row& drawn) const;
    bool canContinue() const { return !allowed(kType, Row{}).isEmpty(); }
    bool hasEnded() const { return type_ == kEndOfSong; }

    /// Takes a complete row: a drawn one, or one of the prompt (which need not keep the limits).
    void follow(const Row& row);
    void follow(std::span<const Row> rows) {
        for (const auto& row : rows) follow(row);
    }
    void setLimits(const GrammarLimits& limits) { limits_ = limits; }
    const GrammarLimits& limits() const { return limits_; }

    /// Sets the logits of all ids that are not allowed to minus infinity. `logits` may be longer than the vocabulary.
    static void mask(const AllowedIds& allowed, std::span<float> logits);

private:
    AllowedIds types() const;
    AllowedIds declarable() const;
    std::bitset<128> usable() const { return declared_ & limits_.instruments; }
    /// Whether a note can follow at the position (beat, position) of the last note.
    bool hasRoomAtLast() const;
    bool hasRoomInBeat() const { return last_[kPosition] < kPositions || hasRoomAtLast(); }
    bool canAddNote() const;
    std::uint16_t beatEnd() const { return std::min(limits_.beatEnd, sizes_[kBeat]); }
    bool isAtLast(const Row& drawn) const {
        return drawn[kBeat] == last_[kBeat] && drawn[kPosition] == last_[kPosition];
    }
    std::uint16_t firstPitch(const Row& drawn) const;
    std::uint16_t firstDuration(const Row& drawn) const;
    AllowedIds noteInstruments(const Row& drawn) const;
    bool isInstrumentLeftAbove(std::uint16_t id) const;

    RowOrder order_;
    Row sizes_{};
    GrammarLimits limits_;
    int type_ = -1; // of the last row; -1 before the first
    std::uint16_t lastDeclared_ = 0;
    std::bitset<128> declared_;
    Row last_{}; // the last note; zeros before the first
};

} // namespace continuo::tokens
