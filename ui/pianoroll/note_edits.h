#pragma once

#include "ui/document/score_document.h"

namespace continuo::ui {

/// A note as it was and as it is to be; ids stay.
struct NoteChange {
    score::Note before;
    score::Note after;
};

/// Changes of notes of one track; those that change nothing are left out.
score::ScoreEdit changeNotes(score::TrackId track, const std::vector<NoteChange>& changes);
/// What `change` makes of each of the notes.
template <typename Change>
score::ScoreEdit changeEach(const std::vector<TrackNotes>& notes, Change change) {
    score::ScoreEdit edit;
    for (const auto& part : notes) {
        std::vector<NoteChange> changes;
        for (const auto& note : part.notes) changes.push_back({note, change(note)});
        auto changed = changeNotes(part.track, changes);
        edit.contents.insert(edit.contents.end(), changed.contents.begin(), changed.contents.end());
    }
    return edit;
}
/// Into the current track; a piece without tracks gets one. Notes have their ids.
score::ScoreEdit addNotes(ScoreDocument& document, std::vector<score::Note> notes);

/// The parts of `note` before and after `at`, which lies inside it; the first keeps the id.
std::pair<score::Note, score::Note> splitAt(const score::Note& note, score::Tick at, score::IdMint& mint);

/// `verb` and how many notes: "Move note", "Move 3 notes".
QString named(const QString& verb, std::size_t notes);

} // namespace continuo::ui
