#pragma once

#include "engine/score/operations/drum_kit.h"

#include <QColor>
#include <QPointF>

class QPainter;

namespace continuo::ui {

/// A small drawing of a piece of a kit, 10 px wide, around `centre`.
void drawDrumSign(QPainter& painter, score::DrumSign sign, QPointF centre, const QColor& ink);

} // namespace continuo::ui
