#include "ui/pianoroll/note_edits.h"

#include <cassert>

namespace continuo::ui {

score::ScoreEdit changeNotes(score::TrackId track, const std::vector<NoteChange>& changes) {
    score::TrackContentEdit content{track, {}, {}};
    for (const auto& change : changes) {
        if (change.before == change.after) continue;
        content.notes.removed.push_back(change.before);
        content.notes.added.push_back(change.after);
    }
    score::ScoreEdit edit;
    if (!content.notes.isEmpty()) edit.contents.push_back(std::move(content));
    return edit;
}

score::ScoreEdit addNotes(ScoreDocument& document, std::vector<score::Note> notes) {
    score::ScoreEdit edit;
    if (notes.empty()) return edit;
    if (document.currentTrackContent()) {
        edit.contents.push_back({document.currentTrack(), {{}, std::move(notes)}, {}});
        return edit;
    }
    score::Track track;
    track.id = document.mint().track();
    track.name = "Piano";
    track.notes = std::move(notes);
    edit.lists.push_back({document.score().tracks.size(), std::move(track), /*enters=*/true});
    return edit;
}

std::pair<score::Note, score::Note> splitAt(const score::Note& note, score::Tick at, score::IdMint& mint) {
    assert(note.onset < at && at < note.end());
    auto first = note, second = note;
    first.length = at - note.onset;
    second.id = mint.note();
    second.onset = at;
    second.length = note.end() - at;
    return {first, second};
}

QString named(const QString& verb, std::size_t notes) {
    return notes == 1 ? ScoreDocument::tr("%1 note").arg(verb) : ScoreDocument::tr("%1 %2 notes").arg(verb).arg(notes);
}

} // namespace continuo::ui
