#include "ui/tracks/channel_problems.h"

#include "engine/score/operations/channel_conflicts.h"
#include "engine/score/track_operations.h"
#include "ui/tracks/general_midi.h"
#include "ui/tracks/track_model.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kDrumChannel = 9;

std::optional<int> freeOn(const sound::Mix& mix, const std::string& port) {
    for (int channel = 0; channel < 16; ++channel) {
        const bool taken = std::ranges::any_of(mix.routes, [&](const auto& entry) {
            return entry.second.port == port && entry.second.channel == channel;
        });
        if (channel != kDrumChannel && !taken) return channel;
    }
    return std::nullopt;
}

void addRoutes(const ScoreDocument& document, std::map<score::TrackId, ChannelProblem>& problems) {
    std::map<std::pair<std::string, int>, const score::Track*> owners;
    for (const auto& track : document.score().tracks) {
        const auto route = document.mix().routes.find(track.id);
        if (route == document.mix().routes.end() || route->second.port.empty()) continue;
        const auto [owner, isNew] = owners.try_emplace({route->second.port, route->second.channel}, &track);
        const auto& first = *owner->second;
        if (isNew || (first.drums == track.drums && score::mainProgram(first) == score::mainProgram(track))) continue;
        problems[track.id] = {ScoreDocument::tr("Channel %1 of %2 also plays %3: both sound as the later instrument.")
                                  .arg(route->second.channel + 1)
                                  .arg(QString::fromStdString(route->second.port), trackTitle(first)),
                              freeOn(document.mix(), route->second.port), route->second};
    }
}

} // namespace

std::map<score::TrackId, ChannelProblem> channelProblems(const ScoreDocument& document) {
    std::map<score::TrackId, ChannelProblem> problems;
    const auto& score = document.score();
    for (const auto& conflict : score::channelConflicts(score)) {
        const auto* owner = score::findTrack(score, conflict.owner);
        const auto* track = score::findTrack(score, conflict.track);
        problems[track->id] = {
            ScoreDocument::tr("Channel %1 also plays %2: in a MIDI file both sound as the later instrument.")
                .arg(track->channel + 1)
                .arg(trackTitle(*owner)),
            score::freeChannel(score, track->port, track->id), std::nullopt};
    }
    addRoutes(document, problems);
    return problems;
}

void mendChannel(ScoreDocument& document, score::TrackId id, const ChannelProblem& problem) {
    const auto* track = score::findTrack(document.score(), id);
    if (!track || !problem.free) return;
    if (problem.route) {
        auto mix = document.mix();
        mix.routes[id] = {problem.route->port, *problem.free};
        return document.setMix(std::move(mix));
    }
    auto header = track->header();
    header.channel = static_cast<std::uint8_t>(*problem.free);
    document.perform(score::setHeader(document.score(), header),
                     ScoreDocument::tr("Move %1 to channel %2").arg(trackTitle(*track)).arg(*problem.free + 1));
}

} // namespace continuo::ui
