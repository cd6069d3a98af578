#pragma once

#include "ui/pianoroll/roll_state.h"

class QWheelEvent;
class QNativeGestureEvent;

namespace continuo::ui {

/// Scrolls or zooms the roll as the wheel says: plain up and down, Shift sideways, Ctrl zooms time and Ctrl+Shift pitch
/// at `at`, the pointer in the coordinates of the roll view.
void applyWheel(RollState& state, const QWheelEvent& event, QPointF at);
/// Pinching zooms time; with Shift, pitch. False for other gestures.
bool applyPinch(RollState& state, const QNativeGestureEvent& event, QPointF at);

} // namespace continuo::ui
