#pragma once

#include "ui/pianoroll/note_hits.h"
#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

/// Moves or copies the selected notes in time and pitch; the note under the pointer decides how it snaps, the others
/// keep their distance. Shift keeps to the axis that moved first, Alt is free of the grid.
class MoveGesture : public EditGesture {
public:
    MoveGesture(RollState& state, const NoteHit& held, const Pointer& press, bool copies);

    void update(const Pointer& pointer) override;
    void finish() override;
    Qt::CursorShape cursor() const override { return copies_ ? Qt::DragCopyCursor : Qt::ClosedHandCursor; }

private:
    QString name() const;
    score::Ticks snappedTravel(const Pointer& pointer);

    score::ScoreEdit copied(score::IdMint& mint, std::vector<score::NoteId>* copies = nullptr) const;

    score::Note held_;
    score::TrackId track_; // of the held note
    std::vector<score::NoteId> notes_;
    PitchSet pitches_; // of what can move
    double pressTick_;
    int pressRow_;
    QPointF press_;
    bool copies_;
    std::optional<Qt::Orientation> firstAxis_;
    score::Ticks later_;
    int higher_ = 0; // rows
};

} // namespace continuo::ui
