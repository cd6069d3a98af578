#pragma once

#include "engine/base/files.h"
#include "engine/score/score.h"

#include <cstdint>
#include <vector>

/// What can be said of a piece from its notes.
namespace continuo::analysis {

/// Positions a quarter note.
inline constexpr std::int64_t kGrid = 12;

/// A note on the grid; may have no length.
struct GridNote {
    std::int64_t onset = 0;
    std::int64_t end = 0;
    std::uint8_t pitch = 0;
    friend bool operator==(const GridNote&, const GridNote&) = default;
};

/// The notes of one program on one channel of one chunk.
struct GridTrack {
    int program = 0;
    bool drums = false;
    std::vector<GridNote> notes;
    std::int64_t end = 0; // of the last note or controller
};

/// A piece as its measures see it: 12 positions a quarter note, tracks split as MusPy splits them. A note belongs to
/// the program in force where it ends; a controller alone makes a track, and so does the last program of a channel that
/// has notes; channel 10 is drums.
struct GridScore {
    std::vector<GridTrack> tracks;
    std::int64_t end = 0; // of the last track, tempo, key, metre or lyric
};

/// Exactly what muspy.read_midi() and adjust_resolution(12) of MusPy 0.5.0 give (Dong, Chen, McAuley and Berg-
/// Kirkpatrick, "MusPy: A Toolkit for Symbolic Music Generation", ISMIR 2020), for files that it reads: notes end first
/// in, first out, within their chunk; one that never ends, ends with the chunk; times are rounded half to even. Broken
/// files are read as far as our reader does. Refuses what is no MIDI file, format 2 and SMPTE divisions.
base::Result<GridScore> readOnGrid(base::ByteSpan file);

/// The same of a score. Lyrics are not in scores, and a cached piece has no controllers: both can only end later than
/// the last note.
GridScore onGrid(const score::Score& score);

/// The notes of the first `beats` quarter notes: later ones are gone, longer ones end there. Only notes count for the
/// ends.
GridScore firstBeats(GridScore piece, std::int64_t beats);

} // namespace continuo::analysis
