#pragma once

#include "engine/score/score_edit.h"

#include <optional>
#include <vector>

namespace continuo::score {

/// Moves tracks, in their present order, before track `before`, or to the end of the list. In a piece that is not read
/// from a file, and whose tracks have a chunk each, the chunks follow, so that a file keeps the order; chunks of a file
/// stay where they are, with all they hold besides notes, and the order holds for as long as the piece is open.
ScoreEdit moveTracks(const Score& score, const std::vector<TrackId>& tracks, std::optional<TrackId> before);

} // namespace continuo::score
