#include "engine/score/operations/mirror.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>

namespace continuo::score {
namespace {

struct KeyRange {
    int lowest = 127, highest = 0;
};

KeyRange keysOf(const SelectedNotes& selected) {
    KeyRange range;
    for (const auto& track : selected.tracks)
        for (const auto& note : track.notes) {
            range.lowest = std::min<int>(range.lowest, note.pitch);
            range.highest = std::max<int>(range.highest, note.pitch);
        }
    return range;
}

/// The mirrored pitch, perhaps outside 0..127.
int mirrored(int pitch, const KeyRange& keys, const InvertSettings& settings) {
    if (!settings.scale) return (settings.axis ? 2 * *settings.axis : keys.lowest + keys.highest) - pitch;
    const auto& scale = *settings.scale;
    const auto sum = settings.axis ? 2 * scale.stepOf(*settings.axis).index
                                   : scale.stepOf(keys.lowest).index + scale.stepOf(keys.highest).index;
    const auto step = scale.stepOf(pitch);
    return scale.pitchOf({sum - step.index, -step.alteration});
}

} // namespace

OperationResult invert(const Score& score, NoteIds ids, const InvertSettings& settings) {
    const auto selected = selectedNotes(score, ids);
    const auto keys = keysOf(selected);
    std::vector<int> pitches;
    for (const auto& track : selected.tracks)
        for (const auto& note : track.notes) pitches.push_back(mirrored(note.pitch, keys, settings));
    return withPitches(selected, std::move(pitches));
}

OperationResult reverse(const Score& score, NoteIds ids, ReverseWhat what) {
    const auto selected = selectedNotes(score, ids);
    const auto range = selected.range();
    if (what == ReverseWhat::Time)
        return rewriteEach(selected, [&](Note note, const Track&) {
            note.onset = range.start + (range.end - note.end());
            return note;
        });
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (std::size_t i = 0; i < notes.size(); ++i) {
            auto note = notes[i];
            note.pitch = notes[notes.size() - 1 - i].pitch;
            builder.replace(track->id, notes[i], note);
        }
    return builder.result(selected.locked);
}

} // namespace continuo::score
