#pragma once

#include "engine/tokens/encoder.h"

namespace continuo::corpus {

/// midi-lm's training windows at ff95499: a stretch of whole quarter notes of a piece, transposed, then its encoder.
/// Tracks that fall silent stay, notes are neither cut at the end nor carried over the start, and every stretch has a
/// beginning and an end.
class MidiLmCrop {
public:
    /// Rounds the piece to twelve positions a quarter, as midi-lm prepares its datasets.
    explicit MidiLmCrop(const score::MuspyScore& score);

    /// `shift` in semitones for all but drums; pitches must stay in 0..127. Refuses what the encoder refuses.
    base::Result<tokens::Encoded> encode(std::int64_t startBeat, std::int64_t beats, int shift,
                                         const tokens::TokenizerSettings& settings) const;

    /// Whole quarter notes up to the last note, controller, tempo, key, metre or lyric.
    std::int64_t wholeBeats() const { return score_.end / tokens::kPositions; }

private:
    score::MuspyScore score_;
};

} // namespace continuo::corpus
