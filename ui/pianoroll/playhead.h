#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QRect>

class QPainter;
class QWidget;

namespace continuo::ui {

/// The line: one pixel with a halo of three, over everything.
void drawPlayhead(QPainter& painter, double x, double top, double bottom);

/// Repaints only the strips that the line leaves and enters. `left`: where tick 0 of the view is in the widget.
void updatePlayheadStrips(QWidget& widget, const RollState& state, score::Tick from, score::Tick to, double left,
                          int reach = 3);

} // namespace continuo::ui
