#pragma once

#include "engine/tokens/encoder.h"

#include <cstdint>
#include <vector>

/// A piece as muspy 0.5.0 imports it from MIDI: what the published encoders read.
namespace continuo::tokens {

struct ImportedNote {
    std::int64_t onset = 0; // ticks of the file
    std::int64_t end = 0;
    int pitch = 0;
    int velocity = 0;
    SourceNote source;
};

/// One (program, channel) of a chunk, with its notes by (onset, pitch, duration, velocity).
struct ImportedTrack {
    int program = 0;
    bool drums = false;
    std::vector<ImportedNote> notes;
};

struct ImportedScore {
    std::int64_t resolution = 12; // ticks a quarter
    std::vector<ImportedTrack> tracks;
};

/// Puts the notes of a track in the order muspy gives them.
void sortLikeMuspy(std::vector<ImportedNote>& notes);

/// The same at twelve ticks a quarter, as muspy's adjust_resolution() rounds it, each track by onset.
ImportedScore onGrid(const ImportedScore& score);

/// What muspy would have read: tracks split by (program, channel) in each chunk, in order of their first closed note or
/// controller, a note belonging to the program in force at its end. Exact but for what a score does not keep of its
/// file: whether a program change came before or behind a note-off of the same tick (before is assumed), notes left
/// open, and controllers where they were dropped. corpus::importLikeMuspy reads the file itself.
ImportedScore importedScore(const score::Score& score);

/// The published encodings, slips included: settings that are not corrected.
base::Result<Encoded> encodeImported(const ImportedScore& score, const TokenizerSettings& settings);

} // namespace continuo::tokens
