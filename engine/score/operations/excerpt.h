#pragma once

#include "engine/score/operations/operation.h"
#include "engine/score/operations/paste.h"

namespace continuo::score {

/// A piece of its own out of some notes, for files and other programs: it starts at the beat at or before the first of
/// them, with the tempo, meter, key, programs and controllers that hold there, and keeps what changes until the last
/// one ends. Without notes it has no tracks.
Score excerpt(const Score& score, NoteIds ids);

/// All of a piece as copied music, from the bar line at or before its first note.
Clip clipOf(const Score& piece);

/// The same music in the ticks of another division.
Clip scaledTo(Clip clip, Division division);

/// The tracks of another piece, with all their notes and events, behind the ones there are, scaled to the division of
/// `score`; everything moves to `at`. Tempo, meter and key stay those of `score`.
ScoreEdit addTracksOf(const Score& score, const Score& piece, Tick at, IdMint& mint);

} // namespace continuo::score
