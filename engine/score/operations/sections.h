#pragma once

#include "engine/score/operations/operation.h"

namespace continuo::score {

/// A stretch of time of some tracks.
struct Section {
    TickRange range;
    std::vector<TrackId> tracks;
};

/// Notes that begin in the section, and what controllers, bends, pressure and programs do there, go elsewhere in time;
/// what is at the new place stays, too. A controller that moves takes along the value it had at the section's start,
/// and goes back behind the section to what held there. Events at tick 0 and locked notes stay. A section cannot go
/// before tick 0: it stops there.
OperationResult moveSection(const Score& score, const Section& section, Ticks by, IdMint& mint);
/// The same, and the section stays as it is; copies of locked notes are free.
OperationResult copySection(const Score& score, const Section& section, Ticks by, IdMint& mint);

/// Ids of the notes that begin in the section.
std::vector<NoteId> notesOf(const Score& score, const Section& section);

} // namespace continuo::score
