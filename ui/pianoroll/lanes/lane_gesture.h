#pragma once

#include "ui/pianoroll/tools/gesture.h"

#include <QString>

namespace continuo::ui {

/// One press in a lane and what follows until the release, in the coordinates of the roll: x 0 is the left edge of the
/// view. Only `finish` changes the score, in one undo step.
class LaneGesture {
public:
    LaneGesture() = default;
    virtual ~LaneGesture() = default;
    LaneGesture(const LaneGesture&) = delete;
    LaneGesture& operator=(const LaneGesture&) = delete;

    /// The pointer or a modifier moved.
    virtual void update(const Pointer& pointer) = 0;
    virtual void finish() = 0;
    virtual void cancel() = 0;
    /// The wheel turned by so many notches meanwhile; false where it means nothing here.
    virtual bool wheel(int) { return false; }
    /// Frames over the lane.
    virtual void paint(QPainter&) const {}
    /// The value under the pointer, in words.
    virtual QString tag() const { return {}; }
};

} // namespace continuo::ui
