#pragma once

#include "engine/score/operations/operation.h"

/// Notes that take their controllers along: all values that shape notes (controllers, pressure, bend) under them, where
/// no other note of the track sounds. What such values are outside the stretches that notes leave or come to is as
/// before.
namespace continuo::score {

/// Removes notes and the values under them.
ScoreEdit removeNotesWithControllers(const Score& score, NoteIds ids);

/// An edit that moves notes in time, all by as much, and with it the values under them.
ScoreEdit withCarriedControllers(const Score& score, ScoreEdit moves, IdMint& mint);
/// Moves notes as moveNotes does, and the values under them as far in time.
ScoreEdit moveNotesWithControllers(const Score& score, NoteIds ids, Ticks by, int semitones, IdMint& mint);

} // namespace continuo::score
