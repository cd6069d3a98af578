#pragma once

#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

/// Moves or copies the selected notes in time and pitch; the note under the pointer decides how it snaps, the others
/// keep their distance. Shift keeps to the axis that moved first, Alt is free of the grid.
class MoveGesture : public EditGesture {
public:
    MoveGesture(RollState& state, const score::Note& held, const Pointer& press, bool copies);

    void update(const Pointer& pointer) override;
    void finish() override;
    Qt::CursorShape cursor() const override { return copies_ ? Qt::DragCopyCursor : Qt::ClosedHandCursor; }

private:
    QString name() const;
    score::Ticks snappedTravel(const Pointer& pointer);

    score::Note held_;
    std::vector<score::NoteId> notes_;
    double pressTick_;
    int pressRow_;
    QPointF press_;
    bool copies_;
    std::optional<Qt::Orientation> firstAxis_;
    score::Ticks later_;
    int higher_ = 0;
};

} // namespace continuo::ui
