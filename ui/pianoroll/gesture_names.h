#pragma once

#include "ui/pianoroll/gesture_table.h"

namespace continuo::ui {

/// The words of resources/gestures.json for what the table is made of.
std::optional<RollTool> toolNamed(const QString& name);
std::optional<Spot> spotNamed(const QString& name);
std::optional<Role> roleNamed(const QString& name);
std::optional<Qt::KeyboardModifier> modifierNamed(const QString& name);
QString nameOf(RollTool tool);
QString nameOf(Spot spot);

/// "Ctrl+Shift right-drag"
struct Stroke {
    Trigger trigger;
    Qt::KeyboardModifiers modifiers;
};
std::optional<Stroke> strokeNamed(const QString& name);
QString nameOf(const Stroke& stroke);

} // namespace continuo::ui
