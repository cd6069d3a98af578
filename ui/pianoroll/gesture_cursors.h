#pragma once

#include "ui/pianoroll/gesture_table.h"

#include <QCursor>

namespace continuo::ui {

/// The shape of the pointer for what a drag would do, or does: the name of a drawing in resources/icons, "+free"
/// behind it where the grid is let go of; "arrow" is the system's.
QString cursorName(Action action, Spot spot, RollTool tool, bool free);

/// Drawn with an outline of the other ink, so that it can be seen on every ground.
QCursor gestureCursor(const QString& name, double devicePixelRatio);

} // namespace continuo::ui
