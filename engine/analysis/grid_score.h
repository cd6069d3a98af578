#pragma once

#include "engine/base/files.h"
#include "engine/score/muspy_score.h"

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

/// A piece as its measures see it: at 12 positions a quarter note, its tracks split as MusPy splits them
/// (score::MuspyScore).
struct GridScore {
    std::vector<GridTrack> tracks;
    std::int64_t end = 0; // of the last track, tempo, key, metre or lyric
};

/// What adjust_resolution(12) of MusPy 0.5.0 gives: times are rounded half to even.
GridScore onGrid(const score::MuspyScore& score);

/// Exactly what muspy.read_midi() and adjust_resolution(12) give; see midi::importLikeMuspy for what is refused.
base::Result<GridScore> readOnGrid(base::ByteSpan file);

/// The same of a score, by score::muspyScore. Lyrics are not in scores, and a cached piece has no controllers: both can
/// only end later than the last note.
GridScore onGrid(const score::Score& score);

/// The notes of the first `beats` quarter notes: later ones are gone, longer ones end there. Only notes count for the
/// ends.
GridScore firstBeats(GridScore piece, std::int64_t beats);

} // namespace continuo::analysis
