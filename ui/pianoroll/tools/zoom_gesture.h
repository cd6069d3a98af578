#pragma once

#include "ui/pianoroll/tools/gesture.h"

#include <QRectF>

namespace continuo::ui {

/// A frame that fills the view when the button is let go.
class ZoomGesture : public Gesture {
public:
    ZoomGesture(RollState& state, const Pointer& press) : Gesture(state), press_(press.at), now_(press.at) {}

    void update(const Pointer& pointer) override { now_ = pointer.at; }
    void finish() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
    void paint(QPainter& painter) const override;
    bool scrollsAtEdges() const override { return false; }

private:
    QRectF frame() const { return QRectF(press_, now_).normalized(); }

    QPointF press_, now_;
};

} // namespace continuo::ui
