#include "engine/sound/playback_plan.h"

#include <algorithm>
#include <cmath>

namespace continuo::sound {

std::int64_t PlaybackPlan::frameAt(score::Tick at) const noexcept {
    return std::llround(tempo.secondsAt(at) * sampleRate);
}

score::Tick PlaybackPlan::tickAt(std::int64_t frame) const noexcept {
    // Half a frame more, so that a tick whose frame was rounded down is found again.
    return tempo.tickAt((static_cast<double>(frame) + 0.5) / sampleRate);
}

std::size_t PlaybackPlan::firstEventAt(std::int64_t frame) const noexcept {
    const auto first = std::lower_bound(events.begin(), events.end(), frame,
                                        [](const PlanEvent& event, std::int64_t at) { return event.frame < at; });
    return static_cast<std::size_t>(first - events.begin());
}

} // namespace continuo::sound
