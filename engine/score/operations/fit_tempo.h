#pragma once

#include "engine/base/result.h"
#include "engine/score/operations/operation.h"

namespace continuo::score {

/// Lays the bars under music that was played freely: the selected notes (at least two, beginning at different times)
/// are taken for successive beats. Each goes to a beat line, the first to the nearest, and the tempo follows them, so
/// that all tracks sound at the times at which they sounded. Behind the last of them the last tempo goes on; meters
/// stay where they are. Locked notes stay too; how many is told.
base::Result<OperationResult> fitTempo(const Score& score, NoteIds ids, IdMint& mint);

} // namespace continuo::score
