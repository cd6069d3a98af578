#include "engine/score/track_operations.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

int firstFreeChannel(const Score& score) {
    for (int channel = 0; channel < 16; ++channel) {
        const auto taken =
            std::ranges::any_of(score.tracks, [&](const Track& track) { return track.channel == channel; });
        if (channel != 9 && !taken) return channel;
    }
    return 0;
}

/// Replaces events of a map at exactly `event.at` in its chunk of first resort, or adds `event`.
template <typename Event>
Exchange<Event> putAt(const std::vector<Event>& events, Event event) {
    Exchange<Event> change;
    for (const auto& old : events)
        if (old.at == event.at) {
            event.chunk = old.chunk;
            change.removed.push_back(old);
        }
    change.added.push_back(event);
    return change;
}

} // namespace

ScoreEdit setProgram(const Score& score, TrackId id, int program, IdMint& mint) {
    ScoreEdit edit;
    const auto* track = findTrack(score, id);
    if (!track) return edit;
    const auto first = track->notes.empty() ? Tick{INT64_MAX} : track->notes.front().onset;
    const ChannelEvent* inForce = nullptr;
    for (const auto& event : track->events)
        if (event.kind == ChannelEventKind::Program && event.at <= first) inForce = &event;
    if (inForce && inForce->first == program) return edit;
    edit.contents.push_back({id, {}, {}});
    auto& events = edit.contents.back().events;
    ChannelEvent next{.id = mint.event(), .at = Tick{0}, .kind = ChannelEventKind::Program};
    if (inForce) {
        events.removed.push_back(*inForce);
        next = *inForce;
    }
    next.first = static_cast<std::uint8_t>(program);
    events.added.push_back(next);
    return edit;
}

ScoreEdit setHeader(const Score& score, const TrackHeader& after) {
    ScoreEdit edit;
    const auto* track = findTrack(score, after.id);
    if (track && track->header() != after) edit.headers.push_back({track->header(), after});
    return edit;
}

ScoreEdit addTrack(const Score& score, const std::string& name, int program, bool drums, IdMint& mint) {
    Track track;
    track.id = mint.track();
    track.name = name;
    track.channel = static_cast<std::uint8_t>(drums ? 9 : firstFreeChannel(score));
    track.drums = drums;
    for (const auto& other : score.tracks) track.chunk = std::max(track.chunk, other.chunk + 1);
    if (!drums)
        track.events.push_back(
            {mint.event(), Tick{0}, ChannelEventKind::Program, static_cast<std::uint8_t>(program), 0});
    ScoreEdit edit;
    edit.lists.push_back({score.tracks.size(), track, /*enters=*/true});
    return edit;
}

ScoreEdit removeTrack(const Score& score, TrackId id) {
    ScoreEdit edit;
    for (std::size_t position = 0; position < score.tracks.size(); ++position)
        if (score.tracks[position].id == id) edit.lists.push_back({position, score.tracks[position], /*enters=*/false});
    return edit;
}

ScoreEdit setTempo(const Score& score, Tick at, double bpm, IdMint& mint) {
    ScoreEdit edit;
    const auto microseconds = std::clamp(60e6 / bpm, 1.0, 16'777'215.0);
    edit.tempos = putAt(score.tempos, {mint.event(), 0, at, static_cast<std::uint32_t>(std::lround(microseconds))});
    return edit;
}

ScoreEdit setMeter(const Score& score, Tick at, int numerator, int denominatorPower, IdMint& mint) {
    ScoreEdit edit;
    edit.meters = putAt(score.meters, {mint.event(), 0, at, static_cast<std::uint8_t>(std::clamp(numerator, 1, 255)),
                                       static_cast<std::uint8_t>(std::clamp(denominatorPower, 0, 7))});
    return edit;
}

ScoreEdit setKey(const Score& score, Tick at, int sharps, bool minor, IdMint& mint) {
    ScoreEdit edit;
    edit.keys = putAt(score.keys, {mint.event(), 0, at, static_cast<std::int8_t>(std::clamp(sharps, -7, 7)), minor});
    for (const auto& scale : score.scales) // would stand before the key
        if (scale.at == at) edit.scales.removed.push_back(scale);
    return edit;
}

} // namespace continuo::score
