#include "engine/score/tempo_map.h"

#include "engine/score/channel_event.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {

TempoMap::TempoMap(std::vector<TempoEvent> events, Division division) {
    segments_.clear();
    if (!division.isMetrical()) { // SMPTE time is real time: no tempo applies
        segments_.push_back({Tick{0}, 0.0, 1.0 / division.ticksPerSecond(), 120.0});
        return;
    }
    const auto perTick = [&](std::uint32_t microseconds) { return microseconds * 1e-6 / division.ticksPerQuarter; };
    segments_.push_back({Tick{0}, 0.0, perTick(500'000), 120.0});
    std::stable_sort(events.begin(), events.end(), EventOrder{});
    for (const auto& event : events) {
        const auto& last = segments_.back();
        Segment next{event.at, last.seconds + static_cast<double>((event.at - last.start).count) * last.secondsPerTick,
                     perTick(event.microsecondsPerQuarter), event.bpm()};
        if (event.at == last.start)
            segments_.back() = next;
        else
            segments_.push_back(next);
    }
}

const TempoMap::Segment& TempoMap::segmentAt(Tick at) const {
    const auto after = std::upper_bound(segments_.begin(), segments_.end(), at,
                                        [](Tick tick, const Segment& segment) { return tick < segment.start; });
    return after == segments_.begin() ? segments_.front() : *std::prev(after);
}

double TempoMap::secondsAt(Tick at) const {
    const auto& segment = segmentAt(at);
    return segment.seconds + static_cast<double>((at - segment.start).count) * segment.secondsPerTick;
}

Tick TempoMap::tickAt(double seconds) const {
    const auto after = std::upper_bound(segments_.begin(), segments_.end(), seconds,
                                        [](double time, const Segment& segment) { return time < segment.seconds; });
    const auto& segment = after == segments_.begin() ? segments_.front() : *std::prev(after);
    // A hair of tolerance, so that tickAt(secondsAt(t)) is t in spite of rounding.
    const auto ticks = std::floor((seconds - segment.seconds) / segment.secondsPerTick + 1e-6);
    return segment.start + Ticks{static_cast<std::int64_t>(ticks)};
}

double TempoMap::bpmAt(Tick at) const { return segmentAt(at).bpm; }

} // namespace continuo::score
