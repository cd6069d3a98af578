#pragma once

#include "ui/shortcuts/shortcuts.h"

class QAction;

namespace continuo::ui {

class IconButton;
class PushButton;

/// The action has the present keys of a command, now and after each change of them.
void followKeys(QAction& action, const QString& id);
/// The tooltip of the button says `help` and the present keys.
void followKeys(IconButton& button, const QString& help, const QString& id);
/// The button shows the present key behind its words.
void followKeys(PushButton& button, const QString& id);

} // namespace continuo::ui
