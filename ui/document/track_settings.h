#pragma once

#include "engine/score/score_edit.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace continuo::ui {

/// What the net does with a track.
enum class NetRole { Writes, Hears, Ignores };

/// Tracks under one heading of the list. Shown where the first of them stands in the piece.
struct TrackGroup {
    std::string name;
    bool folded = false;
    std::vector<score::TrackId> tracks;
    friend bool operator==(const TrackGroup&, const TrackGroup&) = default;
};

/// What the studio knows of tracks beside their music: how they look, what may change them, how they are grouped. One
/// plain value, kept while the piece is open. A MIDI file has no place for it; a project file can take it whole.
struct TrackSettings {
    std::map<score::TrackId, int> colours;       // indices into the theme's sixteen; chosen by hand
    std::map<score::TrackId, std::string> icons; // names of drawings; chosen by hand
    std::set<score::TrackId> locked;
    std::map<score::TrackId, NetRole> roles; // a track that is not named here is written
    std::vector<TrackGroup> groups;

    NetRole roleOf(score::TrackId track) const;
    /// The index of its group; nothing for a track by itself.
    std::optional<std::size_t> groupOf(score::TrackId track) const;
    /// Takes the tracks out of their groups and puts them into `group`, or into none; empty groups vanish.
    void setGroup(const std::vector<score::TrackId>& tracks, std::optional<std::size_t> group);
    friend bool operator==(const TrackSettings&, const TrackSettings&) = default;
};

/// The first locked track that `edit` would change, take away or rename; moving it in the list is no change.
std::optional<score::TrackId> lockedTrackIn(const score::ScoreEdit& edit, const std::set<score::TrackId>& locked);

} // namespace continuo::ui
