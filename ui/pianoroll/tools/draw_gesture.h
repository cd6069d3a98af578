#pragma once

#include "ui/pianoroll/tools/gesture.h"

namespace continuo::ui {

/// A new note where the button went down; dragging right sets its length, up and down its pitch.
class DrawGesture : public Gesture {
public:
    DrawGesture(RollState& state, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    void cancel() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

private:
    void show();

    QPointF press_;
    score::Note note_;
    bool lengthDragged_ = false;
};

} // namespace continuo::ui
