#pragma once

#include "engine/score/operations/operation.h"

#include <vector>

namespace continuo::score {

/// Notes of one track that begin together, from low to high.
using ChordNotes = std::vector<Note>;

/// Parts notes, given in NoteOrder, into chords: a chord ends where a note begins more than `together` after its first.
std::vector<ChordNotes> chordsOf(const std::vector<Note>& notes, Ticks together);

/// What counts as together where no one says: a hundred-and-twenty-eighth note.
inline Ticks chordTolerance(Division division) { return Ticks{division.quarter() / 32}; }

Tick firstOnset(const ChordNotes& chord);
Tick lastEnd(const ChordNotes& chord);

} // namespace continuo::score
