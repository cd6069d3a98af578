#pragma once

#include "engine/score/score.h"

namespace continuo::score {

/// Whether a sustain pedal (controller 64) is ever pressed.
bool hasPedal(const Score& score);

/// The piece with its notes as long as they sound: one whose key is let go while the sustain pedal of its channel is
/// down (64 or more, whichever track says so) lasts until the pedal is lifted, until its key is struck again on that
/// channel, or until the piece ends. Drums stay as they are. The pedal's events stay too: doing it twice changes
/// nothing.
Score withPedalledLengths(Score score);

} // namespace continuo::score
