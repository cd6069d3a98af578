#include "ui/pianoroll/tools/zoom_gesture.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"

#include <QPainter>

namespace continuo::ui {

void ZoomGesture::finish() {
    const auto area = frame();
    if (area.width() < 4) return;
    const auto& geometry = state_.geometry();
    state_.show({geometry.tickAt(area.left()), geometry.tickAt(area.right())}, geometry.pitchAt(area.bottom()),
                geometry.pitchAt(area.top()));
}

void ZoomGesture::paint(QPainter& painter) const {
    const auto area = snapped(painter, frame());
    painter.fillRect(area, withOpacity(theme().selection.band, theme().opacity.band));
    drawHairlineFrame(painter, area, theme().selection.band);
}

} // namespace continuo::ui
