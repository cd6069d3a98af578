#pragma once

#include "engine/score/score.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace continuo::sound {

/// Where a track sounds: the synthesizer, or a MIDI output port on a channel.
struct Route {
    std::string port; // empty: the synthesizer
    int channel = 0;  // 0..15
    friend bool operator==(const Route&, const Route&) = default;
};

/// What playback needs to know and a score does not hold.
struct Mix {
    std::set<score::TrackId> muted;
    std::set<score::TrackId> soloed; // where any is soloed, only those sound
    std::map<score::TrackId, Route> routes;
    std::optional<score::TickRange> loop;
    bool metronome = false;
    bool rollsOn = false; // the transport goes on past the end (recording); else it stops there

    bool sounds(score::TrackId track) const { return soloed.empty() ? !muted.contains(track) : soloed.contains(track); }
    friend bool operator==(const Mix&, const Mix&) = default;
};

} // namespace continuo::sound
