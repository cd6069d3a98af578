#include "ui/document/track_settings.h"

#include <algorithm>

namespace continuo::ui {
namespace {

/// A header without its place in the file.
score::TrackHeader meaning(score::TrackHeader header) {
    header.chunk = 0;
    return header;
}

} // namespace

NetRole TrackSettings::roleOf(score::TrackId track) const {
    const auto found = roles.find(track);
    return found == roles.end() ? NetRole::Writes : found->second;
}

std::optional<std::size_t> TrackSettings::groupOf(score::TrackId track) const {
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (std::ranges::find(groups[i].tracks, track) != groups[i].tracks.end()) return i;
    return std::nullopt;
}

void TrackSettings::setGroup(const std::vector<score::TrackId>& tracks, std::optional<std::size_t> group) {
    const auto isNamed = [&](score::TrackId id) { return std::ranges::find(tracks, id) != tracks.end(); };
    for (auto& each : groups) std::erase_if(each.tracks, isNamed);
    if (group && *group < groups.size())
        groups[*group].tracks.insert(groups[*group].tracks.end(), tracks.begin(), tracks.end());
    std::erase_if(groups, [](const TrackGroup& each) { return each.tracks.empty(); });
}

std::optional<score::TrackId> lockedTrackIn(const score::ScoreEdit& edit, const std::set<score::TrackId>& locked) {
    if (locked.empty()) return std::nullopt;
    for (const auto& content : edit.contents)
        if (locked.contains(content.track) && !(content.notes.isEmpty() && content.events.isEmpty()))
            return content.track;
    for (const auto& header : edit.headers)
        if (locked.contains(header.before.id) && meaning(header.before) != meaning(header.after))
            return header.before.id;
    for (const auto& list : edit.lists) {
        if (list.enters || !locked.contains(list.track.id)) continue;
        const bool returns = std::ranges::any_of(edit.lists, [&](const score::TrackListEdit& other) {
            return other.enters && other.track.id == list.track.id && other.track.notes == list.track.notes &&
                   other.track.events == list.track.events && meaning(other.track) == meaning(list.track);
        });
        if (!returns) return list.track.id;
    }
    return std::nullopt;
}

} // namespace continuo::ui
