#include "ui/tracks/track_actions.h"

#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/split_tracks.h"
#include "engine/score/operations/track_order.h"
#include "engine/score/track_operations.h"
#include "ui/tracks/track_model.h"

#include <algorithm>

namespace continuo::ui {

QString TrackActions::naming(const Tracks& tracks) const {
    const auto* only = tracks.size() == 1 ? score::findTrack(document_.score(), tracks.front()) : nullptr;
    return only ? trackTitle(*only) : tr("%1 tracks").arg(tracks.size());
}

void TrackActions::perform(score::OperationResult result, const QString& name) {
    document_.perform(std::move(result.edit), name);
}

void TrackActions::move(const Tracks& tracks, const TrackPlace& place, bool keepsGroups) {
    document_.perform(score::moveTracks(document_.score(), tracks, place.before), tr("Move %1").arg(naming(tracks)));
    if (keepsGroups) return;
    auto settings = document_.trackSettings();
    const bool same =
        std::ranges::all_of(tracks, [&](score::TrackId id) { return settings.groupOf(id) == place.group; });
    if (same) return;
    settings.setGroup(tracks, place.group);
    document_.setTrackSettings(std::move(settings));
}

void TrackActions::clone(const Tracks& tracks) {
    auto after = document_.score();
    score::TrackId made{};
    for (const auto id : tracks) {
        auto one = score::cloneTrack(after, id, document_.mint());
        if (!one.edit.lists.empty()) made = one.edit.lists.front().track.id;
        score::apply(one.edit, after);
    }
    document_.perform(score::difference(document_.score(), after), tr("Clone %1").arg(naming(tracks)));
    if (score::findTrack(document_.score(), made)) document_.setCurrentTrack(made);
}

void TrackActions::merge(score::TrackId target, const Tracks& sources) {
    const auto* into = score::findTrack(document_.score(), target);
    if (!into) return;
    const auto name = tr("Merge into %1").arg(trackTitle(*into));
    perform(score::mergeTracks(document_.score(), target, sources), name);
    document_.setCurrentTrack(target);
}

void TrackActions::remove(const Tracks& tracks) {
    score::ScoreEdit edit;
    const auto& all = document_.score().tracks;
    for (auto place = all.size(); place-- > 0;)
        if (std::ranges::find(tracks, all[place].id) != tracks.end())
            edit.lists.push_back({place, all[place], /*enters=*/false});
    document_.perform(std::move(edit), tracks.size() == 1 ? tr("Delete track %1").arg(naming(tracks))
                                                          : tr("Delete %1").arg(naming(tracks)));
}

void TrackActions::splitHands(score::TrackId track) {
    perform(score::splitHands(document_.score(), track, document_.mint()), tr("Split the hands"));
}

void TrackActions::explode(score::TrackId track) {
    const auto* content = score::findTrack(document_.score(), track);
    if (!content) return;
    const auto name = content->drums ? tr("Split by drum") : tr("Explode %1").arg(trackTitle(*content));
    perform(score::splitByDrum(document_.score(), track, document_.mint()), name);
}

void TrackActions::setChannel(const Tracks& tracks, int channel) {
    score::ScoreEdit edit;
    for (const auto id : tracks) {
        const auto* track = score::findTrack(document_.score(), id);
        if (!track) continue;
        auto header = track->header();
        header.channel = static_cast<std::uint8_t>(channel);
        auto one = score::setHeader(document_.score(), header);
        edit.headers.insert(edit.headers.end(), one.headers.begin(), one.headers.end());
    }
    document_.perform(std::move(edit), tr("Move %1 to channel %2").arg(naming(tracks)).arg(channel + 1));
}

void TrackActions::setRoute(const Tracks& tracks, const std::optional<sound::Route>& route) {
    auto mix = document_.mix();
    for (const auto id : tracks) {
        mix.routes.erase(id);
        if (route) mix.routes[id] = *route;
    }
    document_.setMix(std::move(mix));
}

void TrackActions::setColour(const Tracks& tracks, int colour) {
    auto settings = document_.trackSettings();
    for (const auto id : tracks) settings.colours[id] = colour;
    document_.setTrackSettings(std::move(settings));
}

void TrackActions::setIcon(const Tracks& tracks, const std::string& icon) {
    auto settings = document_.trackSettings();
    for (const auto id : tracks) {
        settings.icons.erase(id);
        if (!icon.empty()) settings.icons[id] = icon;
    }
    document_.setTrackSettings(std::move(settings));
}

void TrackActions::group(const Tracks& tracks) {
    if (tracks.empty()) return;
    auto settings = document_.trackSettings();
    settings.groups.push_back({tr("Group %1").arg(settings.groups.size() + 1).toStdString(), false, {}});
    settings.setGroup(tracks, settings.groups.size() - 1);
    document_.setTrackSettings(std::move(settings));
}

void TrackActions::ungroup(const Tracks& tracks) {
    auto settings = document_.trackSettings();
    settings.setGroup(tracks, std::nullopt);
    document_.setTrackSettings(std::move(settings));
}

} // namespace continuo::ui
