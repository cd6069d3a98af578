#pragma once

class QWidget;

namespace continuo::ui {

/// What this program is, its licence and the parts it is built from.
void showAbout(QWidget& window);

} // namespace continuo::ui
