#pragma once

#include "ui/pianoroll/tools/gesture.h"

namespace continuo::ui {

/// A new note where the button went down; dragging right sets its length, or where it `moves` its place, up and down
/// its pitch. In a drum view a new
/// hit, of fixed length; dragging up and down sets its velocity.
class DrawGesture : public Gesture {
public:
    DrawGesture(RollState& state, const Pointer& press, bool moves = false);

    void update(const Pointer& pointer) override;
    void finish() override;
    void cancel() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

private:
    void show();
    score::Tick startFor(const Pointer& pointer) const;
    void dragLength(const Pointer& pointer);
    void dragPitch(const Pointer& pointer);

    QPointF press_;
    score::Note note_;
    bool moves_;
    bool dragged_ = false;
};

} // namespace continuo::ui
