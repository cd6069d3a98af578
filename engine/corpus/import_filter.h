#pragma once

#include "engine/score/score.h"

#include <cstddef>
#include <optional>
#include <string>

namespace continuo::corpus {

/// What a piece needs to be learnt from; the defaults are midi-lm's.
struct ImportFilter {
    double minimumBeats = 2; // quarter notes up to the end of the last note
    double maximumBeats = 0; // 0: no limit
    int minimumTracks = 1;   // with notes
    int minimumPrograms = 1; // distinct, of tracks with notes; drums are one more
    int minimumPitches = 2;  // distinct pitches outside drum tracks
    std::size_t minimumNotes = 1;
};

/// Why a piece is left out: one word for counting and a sentence.
struct Refusal {
    std::string reason;
    std::string detail;
};

/// Nothing where the piece is good to learn from. Reasons, in the order they are looked at: sequences, empty, short,
/// long, thin, tracks, programs, monotone.
std::optional<Refusal> refusalOf(const score::Score& score, const ImportFilter& filter);

/// The same for pieces whose notes start at the same places with the same pitches, transposed or not, whatever their
/// tempo, division, instruments, lengths or velocities: 64 hexadecimal digits.
std::string fingerprint(const score::Score& score);

} // namespace continuo::corpus
