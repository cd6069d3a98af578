#pragma once

#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

/// Dragging a note up or down changes its velocity and, by as much, that of the other selected notes; Ctrl gives all
/// the same.
class VelocityGesture : public EditGesture {
public:
    VelocityGesture(RollState& state, const score::Note& held, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    Qt::CursorShape cursor() const override { return Qt::SizeVerCursor; }
    void paint(QPainter& painter) const override;
    bool scrollsAtEdges() const override { return false; }

private:
    score::Note held_;
    std::vector<score::NoteId> notes_;
    QPointF press_;
    int value_;
};

} // namespace continuo::ui
