#pragma once

#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

/// Scales the selected notes from one side of their frame: left and right in time, top and bottom in pitch. The
/// opposite side stays. Alt is free of the grid.
class StretchGesture : public EditGesture {
public:
    StretchGesture(RollState& state, const Pointer& press, Spot side);

    void update(const Pointer& pointer) override;
    Qt::CursorShape cursor() const override;

private:
    score::Note stretchedInTime(const score::Note& note, double factor) const;
    score::Note stretchedInPitch(const score::Note& note, double factor) const;
    double timeFactor(const Pointer& pointer) const;
    double pitchFactor(const Pointer& pointer) const;

    Spot side_;
    std::vector<TrackNotes> notes_;
    score::TickRange time_;
    int low_ = 0, high_ = 0;
    double grip_ = 0; // from the side to where it was pressed, in ticks or semitones
};

/// The frame around the selected notes on screen, where there are at least two; stretch handles lie on it.
std::optional<QRectF> selectionFrame(RollState& state);
/// The side of the frame under `at`, or Spot::Empty.
Spot frameSideAt(RollState& state, QPointF at);

} // namespace continuo::ui
