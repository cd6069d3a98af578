#include "ui/widgets/painted_button.h"

#include "ui/widgets/focus.h"

#include <QKeyEvent>

namespace continuo::ui {

bool PaintedButton::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && showsFocus(this)) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    return QAbstractButton::event(event);
}

void PaintedButton::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier) return click();
    QAbstractButton::keyPressEvent(event);
}

void PaintedButton::enterEvent(QEnterEvent* event) {
    update();
    QAbstractButton::enterEvent(event);
}

void PaintedButton::leaveEvent(QEvent* event) {
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace continuo::ui
