#pragma once

#include "engine/sound/player.h"

#include <thread>

namespace continuo::sound {

/// Runs a player in real time where no audio device does, so that position, ports and the end of the piece are as with
/// one.
class SilentClock {
public:
    SilentClock(Player& player, int sampleRate);

private:
    std::jthread thread_;
};

} // namespace continuo::sound
