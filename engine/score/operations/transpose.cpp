#include "engine/score/operations/transpose.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>

namespace continuo::score {
namespace {

template <typename Map>
std::vector<int> mappedPitches(const SelectedNotes& selected, Map map) {
    std::vector<int> pitches;
    for (const auto& track : selected.tracks)
        for (const auto& note : track.notes) pitches.push_back(map(int{note.pitch}));
    return pitches;
}

/// The root of `to` nearest to that of `from`: -5..6 semitones away.
int rootDistance(const Scale& from, const Scale& to) { return ((to.root - from.root) % 12 + 17) % 12 - 5; }

int snapped(int pitch, const Scale& scale, PitchSnap snap) {
    const auto step = scale.stepOf(pitch);
    if (step.alteration == 0) return pitch;
    if (snap == PitchSnap::Down) return pitch - step.alteration;
    if (snap == PitchSnap::Up) return scale.pitchOf({step.index + 1, 0});
    return scale.nearest(pitch);
}

/// Snapped, and never off the keyboard: there the other neighbour is taken.
int snappedOnKeyboard(int pitch, const Scale& scale, PitchSnap snap) {
    const int result = snapped(pitch, scale, snap);
    if (result > 127) return snapped(pitch, scale, PitchSnap::Down);
    if (result < 0) return snapped(pitch, scale, PitchSnap::Up);
    return result;
}

} // namespace

OperationResult transpose(const Score& score, NoteIds ids, int semitones) {
    const auto selected = selectedNotes(score, ids);
    int lowest = 127, highest = 0;
    for (const auto& track : selected.tracks)
        for (const auto& note : track.notes) {
            lowest = std::min<int>(lowest, note.pitch);
            highest = std::max<int>(highest, note.pitch);
        }
    if (selected.isEmpty()) return {{}, selected.locked};
    const int by = std::clamp(semitones, -lowest, 127 - highest);
    return rewriteEach(selected, [&](Note note, const Track&) {
        note.pitch = static_cast<std::uint8_t>(note.pitch + by);
        return note;
    });
}

OperationResult transposeInScale(const Score& score, NoteIds ids, const Scale& scale, int steps) {
    const auto selected = selectedNotes(score, ids);
    const auto moved = [&](int by) {
        return mappedPitches(selected, [&](int pitch) {
            const auto step = scale.stepOf(pitch);
            return scale.pitchOf({step.index + by, step.alteration});
        });
    };
    const auto fits = [](const std::vector<int>& pitches) {
        return std::ranges::all_of(pitches, [](int pitch) { return 0 <= pitch && pitch <= 127; });
    };
    const int most = 11 * scale.size(); // the keyboard has fewer octaves
    for (int by = std::clamp(steps, -most, most); by != 0; by -= by > 0 ? 1 : -1)
        if (auto pitches = moved(by); fits(pitches)) return withPitches(selected, std::move(pitches));
    return {{}, selected.locked};
}

OperationResult rescale(const Score& score, NoteIds ids, const Scale& from, const Scale& to) {
    const auto selected = selectedNotes(score, ids);
    const int roots = rootDistance(from, to);
    Scale target = to;
    target.root = from.root + roots; // beside the old root, not wrapped into 0..11
    return withPitches(selected, mappedPitches(selected, [&](int pitch) {
                           if (from.size() == target.size()) return target.pitchOf(from.stepOf(pitch));
                           return target.nearest(pitch + roots);
                       }));
}

OperationResult snapToScale(const Score& score, NoteIds ids, const Scale& scale, PitchSnap snap) {
    const auto selected = selectedNotes(score, ids);
    return withPitches(selected,
                       mappedPitches(selected, [&](int pitch) { return snappedOnKeyboard(pitch, scale, snap); }));
}

OperationResult snapToChord(const Score& score, NoteIds ids, std::vector<int> pitchClasses, PitchSnap snap) {
    if (pitchClasses.empty()) return {{}, lockedAmong(score, ids)};
    std::ranges::sort(pitchClasses);
    pitchClasses.erase(std::unique(pitchClasses.begin(), pitchClasses.end()), pitchClasses.end());
    Scale chord{pitchClasses.front(), {}};
    for (const int pitchClass : pitchClasses) chord.steps.push_back(pitchClass - chord.root);
    return snapToScale(score, ids, chord, snap);
}

} // namespace continuo::score
