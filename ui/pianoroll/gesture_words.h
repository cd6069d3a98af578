#pragma once

#include "ui/pianoroll/gesture_table.h"

#include <QStringList>

namespace continuo::ui {

/// "moves 3 notes"
QString does(Action action, int notes);
QString meaning(Role role);
QString gestureName(Trigger trigger);
/// "Ctrl Shift"
QString modifierText(Qt::KeyboardModifiers modifiers);

/// One line for the status bar: what press, drag and each modifier will do here with `held` held; keys in brackets.
QString hintFor(RollTool tool, Spot spot, int selectedNotes, Qt::KeyboardModifiers held = {});
/// The same while a drag goes on.
QString hintDuring(Action action, int notes, Qt::KeyboardModifiers held, Qt::KeyboardModifiers used);
/// One of a place that is not the note area.
QString hintAt(const QString& place);

/// All gestures of the roll at a spot, and what modifiers do during them.
std::vector<GestureText> gesturesAt(RollTool tool, Spot spot, int notes);

} // namespace continuo::ui
