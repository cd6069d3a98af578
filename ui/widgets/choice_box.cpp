#include "ui/widgets/choice_box.h"

#include "ui/widgets/list_rows.h"

#include <QAbstractItemView>
#include <QWheelEvent>

namespace continuo::ui {

ChoiceBox::ChoiceBox(const QString& name, QWidget* parent) : QComboBox(parent) {
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setItemDelegate(new MenuRowDelegate(this));
    setMaxVisibleItems(16);
    setAttribute(Qt::WA_Hover);
}

void ChoiceBox::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) return event->ignore();
    QComboBox::wheelEvent(event);
}

} // namespace continuo::ui
