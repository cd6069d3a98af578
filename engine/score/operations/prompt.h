#pragma once

#include "engine/score/score.h"

namespace continuo::score {

/// Other music for a net to go on from, told in the tracks of `piece`, so that the answer is for them: the notes of
/// `prompt` from its first bar on, in the division of the piece, with the tempo, meter and key that hold at `at`. Each
/// track of the prompt goes to the track with its program, else to the first of its kind (drums or not); where the
/// piece has none of the kind it is left out.
Score promptIn(const Score& piece, const Score& prompt, Tick at);

} // namespace continuo::score
