#pragma once

#include "ui/pianoroll/tools/gesture.h"

namespace continuo::ui {

/// A gesture whose preview is the edit that its release will perform: what is seen while dragging is what comes of it.
class EditGesture : public Gesture {
public:
    using Gesture::Gesture;
    void finish() override;

protected:
    /// Shows what `edit` makes of the current track.
    void propose(score::ScoreEdit edit, const QString& name, bool asSelected = true);
    const score::ScoreEdit& proposal() const { return proposal_; }

private:
    score::ScoreEdit proposal_;
    QString name_;
};

/// The ids of notes.
std::vector<score::NoteId> idsOf(const std::vector<score::Note>& notes);

} // namespace continuo::ui
