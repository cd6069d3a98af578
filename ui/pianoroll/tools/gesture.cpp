#include "ui/pianoroll/tools/gesture.h"

#include "ui/pianoroll/magnets.h"
#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <cstdlib>

namespace continuo::ui {

score::Tick Gesture::caught(score::Tick free, score::Tick onGrid, const std::vector<score::NoteId>& dragged) {
    guide_.reset();
    if (!state_.grid().magnets) return onGrid;
    const auto magnet = magnetNear(state_, free, dragged);
    if (!magnet || std::abs((*magnet - free).count) >= std::abs((onGrid - free).count)) return onGrid;
    guide_ = magnet;
    return *magnet;
}

void Gesture::paint(QPainter& painter) const {
    if (!guide_) return;
    drawVerticalHairline(painter, state_.geometry().xOf(*guide_), 0, state_.viewSize().height(), theme().accent.base);
}

} // namespace continuo::ui
