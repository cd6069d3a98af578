#pragma once

#include "engine/score/score.h"

#include <optional>
#include <vector>

namespace continuo::score {

/// Things leaving and entering one ordered list. Its own undo: swap the two.
template <typename T>
struct Exchange {
    std::vector<T> removed;
    std::vector<T> added;

    bool isEmpty() const { return removed.empty() && added.empty(); }
    friend bool operator==(const Exchange&, const Exchange&) = default;
};

/// Notes and channel events leaving and entering one track.
struct TrackContentEdit {
    TrackId track{};
    Exchange<Note> notes;
    Exchange<ChannelEvent> events;
    friend bool operator==(const TrackContentEdit&, const TrackContentEdit&) = default;
};

/// A track with another header: renamed, moved to a channel, made a drum track.
struct TrackHeaderEdit {
    TrackHeader before;
    TrackHeader after;
    friend bool operator==(const TrackHeaderEdit&, const TrackHeaderEdit&) = default;
};

/// A whole track leaving from or entering at a position of the list.
struct TrackListEdit {
    std::size_t position = 0;
    Track track;
    bool enters = true;
    friend bool operator==(const TrackListEdit&, const TrackListEdit&) = default;
};

/// Everything one gesture changed. A value: apply(e), apply(inverse(e)) is the identity.
/// A track that enters or leaves carries its whole content: it has no header or content edit of its own here.
struct ScoreEdit {
    std::vector<TrackListEdit> lists;
    std::vector<TrackHeaderEdit> headers;
    std::vector<TrackContentEdit> contents;
    Exchange<TempoEvent> tempos;
    Exchange<MeterEvent> meters;
    Exchange<KeyEvent> keys;
    Exchange<ScaleEvent> scales;
    Exchange<ChordEvent> chords;
    Exchange<MarkerEvent> markers;
    Exchange<TempoRamp> ramps;
    std::optional<std::pair<Tick, Tick>> end; // before, after

    bool isEmpty() const;
    friend bool operator==(const ScoreEdit&, const ScoreEdit&) = default;
};

/// The edit that takes `edit` back.
ScoreEdit inverse(ScoreEdit edit);

/// Carries it out. What `edit` removes must be there (asserted).
void apply(const ScoreEdit& edit, Score& score);

/// Where what is heard changed, over all tracks; empty where only headers, keys, scales, chords or markers did.
TickRange touchedRange(const ScoreEdit& edit);

} // namespace continuo::score
