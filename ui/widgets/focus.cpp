#include "ui/widgets/focus.h"

#include <QWidget>

namespace continuo::ui {

bool showsFocus(const QWidget* widget) {
    return widget->hasFocus() && widget->window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

} // namespace continuo::ui
