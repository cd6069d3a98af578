#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

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
