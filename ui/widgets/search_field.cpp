#include "ui/widgets/search_field.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace continuo::ui {

SearchField::SearchField(const QString& placeholder, QWidget* parent) : QLineEdit(parent) {
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    applyMetrics();
}

void SearchField::applyMetrics() { setTextMargins(theme().px(20), 0, 0, 0); }

void SearchField::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) applyMetrics();
    QLineEdit::changeEvent(event);
}

void SearchField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const int size = theme().iconSize.inlined;
    drawIcon(painter, QRectF(theme().px(8), 0, size, height()), "search", size, theme().text.secondary);
}

void SearchField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) return clear();
    QLineEdit::keyPressEvent(event);
}

} // namespace continuo::ui
