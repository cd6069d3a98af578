#pragma once

#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

/// Drags the start or the end of the held note to the grid, and that of the other selected notes by as much; never
/// shorter than a tick. Shift changes lengths in proportion, Ctrl brings all ends to one time, Alt is free of the grid.
class ResizeGesture : public EditGesture {
public:
    enum class Edge { Start, End };
    ResizeGesture(RollState& state, const score::Note& held, const Pointer& press, Edge edge);

    void update(const Pointer& pointer) override;
    void finish() override;
    Qt::CursorShape cursor() const override { return Qt::SizeHorCursor; }

private:
    score::Tick heldEdge() const { return edge_ == Edge::Start ? held_.onset : held_.end(); }
    score::ScoreEdit inProportion(score::Ticks by) const;
    score::ScoreEdit allFrom(score::Tick start) const;

    score::Note held_;
    Edge edge_;
    std::vector<score::NoteId> notes_;
    std::vector<TrackNotes> byTrack_;
    double pressTick_;
};

} // namespace continuo::ui
