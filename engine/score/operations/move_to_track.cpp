#include "engine/score/operations/move_to_track.h"

#include "engine/score/operations/edit_builder.h"

namespace continuo::score {

OperationResult moveToTrack(const Score& score, NoteIds ids, TrackId target) {
    const auto selected = selectedNotes(score, ids);
    EditBuilder builder;
    if (!findTrack(score, target)) return builder.result(selected.locked);
    for (const auto& [track, notes] : selected.tracks) {
        if (track->id == target) continue;
        for (const auto& note : notes) {
            builder.remove(track->id, note);
            builder.add(target, note);
        }
    }
    return builder.result(selected.locked);
}

} // namespace continuo::score
