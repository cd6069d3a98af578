#include "ui/pianoroll/wheel_zoom.h"

#include <QNativeGestureEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kZoomPerNotch = 1.15, kLargestZoom = 2;
constexpr double kRowsPerNotch = 3, kNotch = 120;
constexpr double kSidewaysPerNotch = 90;

double zoomFactor(double notches) {
    return std::clamp(std::pow(kZoomPerNotch, notches), 1 / kLargestZoom, kLargestZoom);
}

} // namespace

void applyWheel(RollState& state, const QWheelEvent& event, QPointF at) {
    const QPointF notches = QPointF(event.angleDelta()) / kNotch;
    const double turned = notches.y() != 0 ? notches.y() : notches.x();
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    auto view = state.geometry();
    if (event.modifiers().testFlag(Qt::ControlModifier)) {
        view = shift ? view.pitchZoomedAt(at.y(), zoomFactor(turned)) : view.timeZoomedAt(at.x(), zoomFactor(turned));
        state.setGeometry(view);
        return;
    }
    QPointF pixels = event.pixelDelta();
    if (pixels.isNull()) pixels = {notches.x() * kSidewaysPerNotch, notches.y() * kRowsPerNotch * view.rowHeight};
    if (shift && pixels.x() == 0)
        pixels = {event.pixelDelta().isNull() ? notches.y() * kSidewaysPerNotch : pixels.y(), 0};
    view.scrollX -= pixels.x();
    view.scrollY -= pixels.y();
    state.setGeometry(view);
}

bool applyPinch(RollState& state, const QNativeGestureEvent& event, QPointF at) {
    if (event.gestureType() != Qt::ZoomNativeGesture) return false;
    const double factor = std::clamp(1 + event.value(), 1 / kLargestZoom, kLargestZoom);
    const bool pitch = event.modifiers().testFlag(Qt::ShiftModifier);
    state.setGeometry(pitch ? state.geometry().pitchZoomedAt(at.y(), factor)
                            : state.geometry().timeZoomedAt(at.x(), factor));
    return true;
}

} // namespace continuo::ui
