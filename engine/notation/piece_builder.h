#pragma once

#include "engine/base/result.h"
#include "engine/notation/left_out.h"
#include "engine/notation/notated_piece.h"
#include "engine/notation/notation_read.h"

namespace continuo::notation {

/// Plays a written piece: orders its measures, joins ties, gives velocities, chooses a division in which every time is
/// whole (or rounds, and says so), and lays parts out as tracks. Chunk 0 of the score holds tempi, meters and keys;
/// each track follows in a chunk of its own, pitched ones on channels of their own as far as sixteen a port go.
base::Result<midi::ReadScore> buildPiece(const NotatedPiece& piece, const NotationOptions& options, LeftOut& left);

} // namespace continuo::notation
