#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

NotePreview previewOf(const score::ScoreEdit& edit, score::TrackId track) {
    NotePreview preview;
    for (const auto& content : edit.contents) {
        if (content.track != track) continue;
        for (const auto& note : content.notes.removed) preview.hidden.insert(note.id);
        preview.notes.insert(preview.notes.end(), content.notes.added.begin(), content.notes.added.end());
    }
    return preview;
}

std::vector<score::NoteId> idsOf(const std::vector<score::Note>& notes) {
    std::vector<score::NoteId> ids;
    for (const auto& note : notes) ids.push_back(note.id);
    return ids;
}

void EditGesture::propose(score::ScoreEdit edit, const QString& name, bool asSelected) {
    proposal_ = std::move(edit);
    name_ = name;
    auto preview = previewOf(proposal_, state_.document().currentTrack());
    preview.asSelected = asSelected;
    state_.setPreview(std::move(preview));
}

void EditGesture::finish() {
    state_.setPreview({});
    state_.document().perform(std::move(proposal_), name_);
}

} // namespace continuo::ui
