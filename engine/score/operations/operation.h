#pragma once

#include "engine/score/note_id_set.h"
#include "engine/score/score_edit.h"

#include <cstddef>
#include <vector>

/// What all operations on notes share. Each operation is one pure function of a score, the notes it is for, and its
/// settings; a dialog calls it again at every change of a setting and shows the edit, undone, as its preview.
///
/// * Ids that do not exist are passed over. A note that is changed keeps its id; what is made new gets ids of the mint.
/// * A note marked NoteMarks::Locked is never changed, moved or removed; the result says how many were met.
/// * A group keeps its shape: where a limit (tick 0, keys 0..127) stops one note of it, the whole group stops there.
/// * What comes out has onset >= 0, length >= 1, pitch 0..127, velocity 1..127. The same seed gives the same notes.
namespace continuo::score {

struct OperationResult {
    ScoreEdit edit;
    /// Notes that were asked for, or stood in the way, and were left alone because they are locked.
    std::size_t locked = 0;
};

/// What is to be selected after `edit`: `selected` without the notes that left for good, then the notes that are new.
std::vector<NoteId> selectionAfter(NoteIds selected, const ScoreEdit& edit);

std::size_t lockedAmong(const Score& score, NoteIds ids);

/// The notes of one track that an operation may change, in NoteOrder.
struct TrackNotes {
    const Track* track = nullptr;
    std::vector<Note> notes;
};

struct SelectedNotes {
    std::vector<TrackNotes> tracks; // only those with notes
    std::size_t locked = 0;

    std::size_t count() const;
    bool isEmpty() const { return tracks.empty(); }
    /// From the first onset to the last end; empty where nothing is selected.
    TickRange range() const;
};

SelectedNotes selectedNotes(const Score& score, NoteIds ids);

/// Ids of every note of a track, and of the score.
std::vector<NoteId> allNotes(const Track& track);
std::vector<NoteId> allNotes(const Score& score);

} // namespace continuo::score
