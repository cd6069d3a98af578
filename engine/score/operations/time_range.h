#pragma once

#include "engine/score/operations/operation.h"

namespace continuo::score {

/// Time itself: notes, channel events and all that stands in time (tempos, meters, keys, scales, chords, sections) move
/// together. Tempo, meter, key and programs at tick 0 stay there: a piece always begins with them; chords and sections
/// go with the music. Locked notes neither move nor leave; how many
/// should have is told.

/// What becomes of notes that sound across the place.
enum class Crossing {
    Keep,   // they keep their length
    Extend, // they last on through inserted time, and end as much earlier where time is deleted
    Split,  // they end there, and (inserting) go on behind the inserted time with a new id
};

OperationResult insertTime(const Score& score, Tick at, Ticks length, Crossing crossing, IdMint& mint);

/// What begins in the range leaves; what holds at its end (tempo, meter, key, chord, section, program, each controller)
/// holds from its start; cues leave. Notes that begin before it and end in it are cut at its start.
OperationResult deleteTime(const Score& score, TickRange range, Crossing crossing = Crossing::Extend);

/// Plays the range once more behind itself, and all that follows later. Notes that sound across its end are split
/// there; their rest comes behind the copy.
OperationResult duplicateTime(const Score& score, TickRange range, IdMint& mint);

} // namespace continuo::score
