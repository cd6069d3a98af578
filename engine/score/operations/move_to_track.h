#pragma once

#include "engine/score/operations/operation.h"

namespace continuo::score {

/// The notes go over to another track at their times, with their ids; its channel is theirs then. Nothing happens where
/// there is no such track.
OperationResult moveToTrack(const Score& score, NoteIds ids, TrackId target);

} // namespace continuo::score
