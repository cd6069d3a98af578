#include "engine/score/operations/select.h"

#include "engine/score/operations/chord_groups.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace continuo::score {
namespace {

/// What the notes to compare with have.
struct Model {
    std::array<bool, 128> pitches{};
    std::array<bool, 12> pitchClasses{};
    std::array<bool, 256> velocities{};

    Model(const Score& score, NoteIds like, int band) {
        const NoteIdSet wanted(like);
        for (const auto& track : score.tracks)
            for (const auto& note : track.notes) {
                if (!wanted.contains(note.id)) continue;
                pitches[note.pitch] = pitchClasses[note.pitch % 12] = true;
                for (int near = std::max(0, note.velocity - band); near <= std::min(127, note.velocity + band); ++near)
                    velocities[static_cast<std::size_t>(near)] = true;
            }
    }
};

bool isSuch(const Note& note, const Track& track, const Model& model, const SelectSettings& settings) {
    switch (settings.what) {
    case Select::SamePitch:
        return model.pitches[note.pitch];
    case Select::SamePitchClass:
        return model.pitchClasses[note.pitch % 12];
    case Select::SameVelocity:
        return model.velocities[note.velocity];
    case Select::ShorterThan:
        return note.length < settings.length;
    case Select::LongerThan:
        return settings.length < note.length;
    case Select::OutOfScale:
        return !track.drums && !settings.scale.contains(note.pitch);
    case Select::FromNet:
        return has(note.marks, NoteMarks::FromNet);
    case Select::Muted:
        return has(note.marks, NoteMarks::Muted);
    case Select::Locked:
        return has(note.marks, NoteMarks::Locked);
    default:
        return false;
    }
}

std::vector<NoteId> ofChords(const std::vector<Note>& notes, Ticks together, const SelectSettings& settings) {
    std::vector<NoteId> ids;
    std::size_t number = 0;
    const auto nth = static_cast<std::size_t>(std::max(1, settings.nth));
    for (const auto& chord : chordsOf(notes, together)) {
        const bool isCounted = number++ % nth == 0;
        if (settings.what == Select::EveryNth && isCounted)
            for (const auto& note : chord) ids.push_back(note.id);
        if (chord.size() < 2) continue;
        if (settings.what == Select::ChordTops) ids.push_back(chord.back().id);
        if (settings.what == Select::ChordBottoms) ids.push_back(chord.front().id);
    }
    return ids;
}

std::vector<NoteId> overlapping(const std::vector<Note>& notes) {
    std::array<const Note*, 128> last{}; // of each key, the note that ends last
    std::vector<NoteId> ids;
    for (const auto& note : notes) {
        auto*& before = last[note.pitch];
        if (before && (note.onset < before->end() || note.onset == before->onset))
            ids.insert(ids.end(), {before->id, note.id});
        if (!before || before->end() < note.end()) before = &note;
    }
    return ids;
}

bool goesByChords(Select what) {
    return what == Select::EveryNth || what == Select::ChordTops || what == Select::ChordBottoms;
}

} // namespace

std::vector<NoteId> selectNotes(const Score& score, NoteIds among, NoteIds like, const SelectSettings& settings) {
    const NoteIdSet wanted(among);
    const Model model(score, like, settings.velocityBand);
    std::vector<NoteId> ids;
    for (const auto& track : score.tracks) {
        std::vector<Note> notes;
        std::ranges::copy_if(track.notes, std::back_inserter(notes),
                             [&](const Note& note) { return wanted.contains(note.id); });
        std::vector<NoteId> chosen;
        if (goesByChords(settings.what)) chosen = ofChords(notes, chordTolerance(score.division), settings);
        if (settings.what == Select::Overlaps) chosen = overlapping(notes);
        const NoteIdSet such(chosen);
        for (const auto& note : notes)
            if (such.contains(note.id) || isSuch(note, track, model, settings)) ids.push_back(note.id);
    }
    return ids;
}

} // namespace continuo::score
