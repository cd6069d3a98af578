#pragma once

#include "engine/score/score.h"
#include "engine/sound/mix.h"
#include "engine/sound/playback_plan.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace continuo::sound {

/// Gives tracks and ports their lanes and keeps them over edits, so that a track that moves in the list sounds on.
class LaneTable {
public:
    /// The synthesizer lane of a track: one of its own for the first 222, then shared.
    Lane laneOf(score::TrackId track);
    /// The lane of a channel of a port; nothing where sixteen other ports are in use already.
    std::optional<Lane> laneOf(const Route& route);
    /// Forgets tracks that `score` no longer has.
    void keepOnly(const score::Score& score);
    /// Names of the ports met so far; the index is portOf(lane).
    const std::vector<std::string>& ports() const { return ports_; }

private:
    std::map<score::TrackId, Lane> tracks_;
    std::vector<std::string> ports_;
};

/// A plan of what `mix` lets sound of `score`, at `sampleRate` frames a second.
/// A track that never says its program (or a controller, or bend) follows the other tracks of its port and channel, as
/// on one MIDI cable. Notes of one key that overlap on one lane are cut where the next begins.
std::unique_ptr<const PlaybackPlan> compilePlan(const score::Score& score, const Mix& mix, LaneTable& lanes,
                                                int sampleRate);

} // namespace continuo::sound
