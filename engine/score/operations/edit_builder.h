#pragma once

#include "engine/score/operations/operation.h"

#include <unordered_map>

namespace continuo::score {

/// Collects what an operation does into one edit; what comes out as it was is left out.
class EditBuilder {
public:
    /// `after` has the id of `before`. An onset before tick 0 becomes tick 0, a length below 1 becomes 1; a note that
    /// had no length may stay so.
    void replace(TrackId track, const Note& before, Note after);
    void remove(TrackId track, const Note& note);
    void add(TrackId track, Note note);
    void removeEvent(TrackId track, const ChannelEvent& event);
    void addEvent(TrackId track, const ChannelEvent& event);

    ScoreEdit& edit() { return edit_; }
    OperationResult result(std::size_t locked) { return {std::move(edit_), locked}; }

private:
    TrackContentEdit& partOf(TrackId track);

    ScoreEdit edit_;
    std::unordered_map<std::uint64_t, std::size_t> parts_;
};

/// Replaces each selected note by `change(note, track)`.
template <typename Change>
OperationResult rewriteEach(const SelectedNotes& selected, Change change) {
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& note : notes) builder.replace(track->id, note, change(note, *track));
    return builder.result(selected.locked);
}

/// Gives the selected notes, in their order, these pitches. Where some lie outside 0..127 the whole group moves by
/// octaves until it fits; a group wider than the keyboard folds at its ends.
OperationResult withPitches(const SelectedNotes& selected, std::vector<int> pitches);

/// The edit from one state of a score to a later one; both have the tracks in one order, though either may have tracks
/// that the other lacks. Linear in the size of the score.
ScoreEdit difference(const Score& before, const Score& after);

/// `value` within 1..127.
std::uint8_t boundedVelocity(double value);
/// `value` within 0..127.
std::uint8_t boundedPitch(int value);

} // namespace continuo::score
