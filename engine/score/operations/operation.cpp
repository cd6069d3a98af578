#include "engine/score/operations/operation.h"

#include <algorithm>

namespace continuo::score {

std::vector<NoteId> selectionAfter(NoteIds selected, const ScoreEdit& edit) {
    std::vector<NoteId> left, came;
    for (const auto& part : edit.contents) {
        for (const auto& note : part.notes.removed) left.push_back(note.id);
        for (const auto& note : part.notes.added) came.push_back(note.id);
    }
    for (const auto& list : edit.lists)
        for (const auto& note : list.track.notes) (list.enters ? came : left).push_back(note.id);
    const NoteIdSet gone(left), there(came), before(selected);
    std::vector<NoteId> after;
    for (const auto id : selected)
        if (!gone.contains(id) || there.contains(id)) after.push_back(id);
    for (const auto id : came)
        if (!gone.contains(id) && !before.contains(id)) after.push_back(id);
    return after;
}

std::size_t lockedAmong(const Score& score, NoteIds ids) {
    const NoteIdSet wanted(ids);
    std::size_t count = 0;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) count += has(note.marks, NoteMarks::Locked) && wanted.contains(note.id);
    return count;
}

std::size_t SelectedNotes::count() const {
    std::size_t sum = 0;
    for (const auto& track : tracks) sum += track.notes.size();
    return sum;
}

TickRange SelectedNotes::range() const {
    TickRange range{Tick{INT64_MAX}, Tick{0}};
    for (const auto& track : tracks)
        for (const auto& note : track.notes) {
            range.start = std::min(range.start, note.onset);
            range.end = std::max(range.end, note.end());
        }
    return tracks.empty() ? TickRange{} : range;
}

SelectedNotes selectedNotes(const Score& score, NoteIds ids) {
    const NoteIdSet wanted(ids);
    SelectedNotes selected;
    if (wanted.isEmpty()) return selected;
    for (const auto& track : score.tracks) {
        std::vector<Note> notes;
        for (const auto& note : track.notes) {
            if (!wanted.contains(note.id)) continue;
            if (has(note.marks, NoteMarks::Locked))
                ++selected.locked;
            else
                notes.push_back(note);
        }
        if (!notes.empty()) selected.tracks.push_back({&track, std::move(notes)});
    }
    return selected;
}

std::vector<NoteId> allNotes(const Track& track) {
    std::vector<NoteId> ids;
    ids.reserve(track.notes.size());
    for (const auto& note : track.notes) ids.push_back(note.id);
    return ids;
}

std::vector<NoteId> allNotes(const Score& score) {
    std::vector<NoteId> ids;
    ids.reserve(noteCount(score));
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) ids.push_back(note.id);
    return ids;
}

} // namespace continuo::score
