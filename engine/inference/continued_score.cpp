#include "engine/inference/continued_score.h"

#include <algorithm>
#include <map>

namespace continuo::inference {
namespace {

using score::Score;
using score::Tick;
using score::Ticks;

template <typename Event>
void dropFrom(std::vector<Event>& events, Tick from) {
    std::erase_if(events, [&](const Event& event) { return from <= event.at; });
}

/// Of each list only what is still in force at `from`, moved to tick 0: the last event of each kind.
template <typename Event, typename Kind>
void keepInForce(std::vector<Event>& events, const Kind& kindOf) {
    std::map<decltype(kindOf(events.front())), Event> last;
    for (const auto& event : events) last.insert_or_assign(kindOf(event), event);
    events.clear();
    for (auto& [kind, event] : last) {
        event.at = Tick{0};
        events.push_back(event);
    }
    std::stable_sort(events.begin(), events.end(), score::EventOrder{});
}

/// Controllers count by their number, key pressure by its key, everything else by its kind.
std::pair<int, int> channelKind(const score::ChannelEvent& event) {
    const bool numbered =
        event.kind == score::ChannelEventKind::Controller || event.kind == score::ChannelEventKind::KeyPressure;
    return {static_cast<int>(event.kind), numbered ? event.first : 0};
}

} // namespace

Tick promptEnd(const Score& score, std::optional<int> bars) {
    const auto meter = score.meterMap();
    Tick lastOnset;
    Tick lastEnd;
    for (const auto& track : score.tracks) {
        for (const auto& note : track.notes) {
            lastOnset = std::max(lastOnset, note.onset + Ticks{1});
            lastEnd = std::max(lastEnd, note.end());
        }
    }
    const auto whole = meter.barAtOrAfter(std::max(lastOnset, lastEnd - Ticks{score.division.quarter() / 12}));
    return bars ? std::min(meter.barStart(*bars), whole) : whole;
}

Score promptOf(Score score, Tick from) {
    dropFrom(score.tempos, from);
    dropFrom(score.meters, from);
    dropFrom(score.keys, from);
    dropFrom(score.scales, from);
    dropFrom(score.chords, from);
    dropFrom(score.markers, from);
    dropFrom(score.ramps, from);
    for (auto& track : score.tracks) {
        dropFrom(track.events, from);
        std::erase_if(track.notes, [&](const auto& note) { return from <= note.onset; });
    }
    if (from < score.end) score.sourceEnd = from; // so that the file's own texts and sysex end there, too
    score.end = std::min(score.end, from);
    return score;
}

Score withNewBars(Score prompt, const Continuation& continuation) {
    score::IdMint mint(prompt);
    std::map<score::TrackId, score::TrackId> ids;
    for (auto track : continuation.newTracks) {
        const auto id = mint.track();
        ids.emplace(track.id, id);
        track.id = id;
        for (auto& event : track.events) event.id = mint.event();
        prompt.tracks.push_back(std::move(track));
    }
    for (const auto& made : continuation.notes) {
        const auto mapped = ids.find(made.track);
        auto note = made.note;
        note.id = mint.note();
        score::findTrack(prompt, mapped == ids.end() ? made.track : mapped->second)->notes.push_back(note);
    }
    for (auto& track : prompt.tracks) std::ranges::sort(track.notes, score::NoteOrder{});
    prompt.end = continuation.range.end;
    return prompt;
}

Score newBarsOnly(const Score& prompt, const Continuation& continuation) {
    auto score = withNewBars(prompt, continuation);
    const auto start = continuation.range.start;
    score.source.reset();
    keepInForce(score.tempos, [](const auto& event) { return event.chunk; });
    keepInForce(score.meters, [](const auto& event) { return event.chunk; });
    keepInForce(score.keys, [](const auto& event) { return event.chunk; });
    keepInForce(score.scales, [](const auto& event) { return event.chunk; });
    score.chords.clear();
    score.markers.clear();
    score.ramps.clear();
    for (auto& track : score.tracks) {
        keepInForce(track.events, channelKind);
        std::erase_if(track.notes, [&](const auto& note) { return note.onset < start; });
        for (auto& note : track.notes) note.onset = Tick{0} + (note.onset - start);
    }
    score.end = Tick{0} + continuation.range.length();
    return score;
}

} // namespace continuo::inference
