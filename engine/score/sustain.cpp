#include "engine/score/sustain.h"

#include <algorithm>
#include <limits>
#include <map>

namespace continuo::score {
namespace {

constexpr std::uint8_t kSustain = 64, kDown = 64;

bool isPedal(const ChannelEvent& event) {
    return event.kind == ChannelEventKind::Controller && event.first == kSustain;
}

using Channel = std::pair<int, int>; // port, channel

Channel channelOf(const Track& track) { return {track.port, track.channel}; }

/// When the pedal of a channel goes down and up, by turns.
class PedalSpans {
public:
    void add(const ChannelEvent& event) { events_.push_back(event); }
    void settle() { std::stable_sort(events_.begin(), events_.end(), EventOrder{}); }

    /// Where a note ends whose key is let go at `at`.
    Tick liftAfter(Tick at) const {
        auto next = std::upper_bound(events_.begin(), events_.end(), at,
                                     [](Tick tick, const ChannelEvent& event) { return tick < event.at; });
        if (next == events_.begin() || std::prev(next)->second < kDown) return at;
        while (next != events_.end() && next->second >= kDown) ++next;
        return next == events_.end() ? Tick{std::numeric_limits<std::int64_t>::max()} : next->at;
    }

private:
    std::vector<ChannelEvent> events_;
};

} // namespace

bool hasPedal(const Score& score) {
    return std::ranges::any_of(score.tracks, [](const Track& track) {
        return !track.drums && std::ranges::any_of(track.events, [](const auto& event) {
            return isPedal(event) && event.second >= kDown;
        });
    });
}

Score withPedalledLengths(Score score) {
    if (!hasPedal(score)) return score;
    std::map<Channel, PedalSpans> pedals;
    std::map<std::pair<Channel, int>, std::vector<Tick>> strikes; // by channel and key
    Tick last = score.end;
    for (const auto& track : score.tracks) {
        for (const auto& event : track.events) {
            last = std::max(last, event.at);
            if (isPedal(event)) pedals[channelOf(track)].add(event);
        }
        for (const auto& note : track.notes) {
            last = std::max(last, note.end());
            if (!track.drums) strikes[{channelOf(track), note.pitch}].push_back(note.onset);
        }
    }
    for (auto& [channel, pedal] : pedals) pedal.settle();
    for (auto& [key, onsets] : strikes) std::ranges::sort(onsets);
    for (auto& track : score.tracks) {
        const auto pedal = pedals.find(channelOf(track));
        if (track.drums || pedal == pedals.end()) continue;
        for (auto& note : track.notes) {
            const auto lift = std::min(pedal->second.liftAfter(note.end()), last);
            const auto& onsets = strikes[{channelOf(track), note.pitch}];
            const auto again = std::upper_bound(onsets.begin(), onsets.end(), note.onset);
            const auto end = again == onsets.end() ? lift : std::min(lift, *again);
            if (end > note.end()) note.length = end - note.onset;
        }
    }
    return score;
}

} // namespace continuo::score
