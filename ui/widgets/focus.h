#pragma once

class QWidget;

namespace continuo::ui {

/// Whether a ring belongs round the widget: it has the keyboard, and the keyboard brought it there.
bool showsFocus(const QWidget* widget);

} // namespace continuo::ui
