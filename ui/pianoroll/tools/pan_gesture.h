#pragma once

#include "ui/pianoroll/tools/gesture.h"

namespace continuo::ui {

/// Holds the point that was pressed under the pointer.
class PanGesture : public Gesture {
public:
    PanGesture(RollState& state, const Pointer& press) : Gesture(state), press_(press.at), before_(state.geometry()) {}

    void update(const Pointer& pointer) override {
        auto moved = before_;
        moved.scrollX -= pointer.at.x() - press_.x();
        moved.scrollY -= pointer.at.y() - press_.y();
        state_.setGeometry(moved);
    }
    void finish() override {}
    void cancel() override { state_.setGeometry(before_); }
    Qt::CursorShape cursor() const override { return Qt::ClosedHandCursor; }
    bool scrollsAtEdges() const override { return false; }

private:
    QPointF press_;
    RollGeometry before_;
};

} // namespace continuo::ui
