#include "engine/score/operations/channel_conflicts.h"

#include <algorithm>
#include <map>

namespace continuo::score {
namespace {

constexpr std::uint8_t kDrumChannel = 9;

bool speaks(const Track& track) {
    return !track.notes.empty() || std::ranges::any_of(track.events, [](const ChannelEvent& event) {
        return event.kind == ChannelEventKind::Program;
    });
}

} // namespace

std::vector<ChannelConflict> channelConflicts(const Score& score) {
    std::vector<ChannelConflict> conflicts;
    if (score.format == 2) return conflicts;
    std::map<std::pair<int, int>, const Track*> owners;
    for (const auto& track : score.tracks) {
        if (track.drums || !speaks(track)) continue;
        const auto [owner, isNew] = owners.try_emplace({track.port, track.channel}, &track);
        if (!isNew && mainProgram(*owner->second) != mainProgram(track))
            conflicts.push_back({owner->second->id, track.id});
    }
    return conflicts;
}

std::optional<std::uint8_t> freeChannel(const Score& score, std::uint8_t port, TrackId except) {
    for (std::uint8_t channel = 0; channel < 16; ++channel) {
        const bool taken = std::ranges::any_of(score.tracks, [&](const Track& track) {
            return track.id != except && track.port == port && track.channel == channel;
        });
        if (channel != kDrumChannel && !taken) return channel;
    }
    return std::nullopt;
}

} // namespace continuo::score
