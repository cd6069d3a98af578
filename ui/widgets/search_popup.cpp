#include "ui/widgets/search_popup.h"

#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"
#include "ui/widgets/search_field.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace continuo::ui {
namespace {

constexpr int kPage = 8;

} // namespace

SearchPopup::SearchPopup(const QString& name, const QString& placeholder, QWidget* parent)
    : QWidget(parent, Qt::Popup), search_(new SearchField(placeholder, this)), list_(new QListView(this)) {
    setAccessibleName(name);
    setAttribute(Qt::WA_DeleteOnClose);
    list_->setAccessibleName(name);
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* column = new QVBoxLayout(this);
    const int inset = theme().px(8);
    column->setContentsMargins(inset, inset, theme().px(4), theme().px(4));
    column->setSpacing(theme().px(6));
    column->addWidget(search_);
    column->addWidget(list_, 1);
    search_->installEventFilter(this);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) { filter(text); });
    connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) { take(index); });
    connect(list_, &QListView::activated, this, [this](const QModelIndex& index) { take(index); });
}

void SearchPopup::setRows(QAbstractItemModel& rows, QStyledItemDelegate* delegate) {
    delegate->setParent(list_);
    list_->setModel(&rows);
    list_->setItemDelegate(delegate);
}

void SearchPopup::step(int by) {
    const auto& rows = *list_->model();
    const int direction = by > 0 ? 1 : -1;
    auto chosen = list_->currentIndex();
    int left = by * direction;
    for (int row = chosen.row() + direction; left > 0 && row >= 0 && row < rows.rowCount(); row += direction) {
        const auto index = rows.index(row, 0);
        if (!(index.flags() & Qt::ItemIsSelectable)) continue;
        chosen = index;
        --left;
    }
    list_->setCurrentIndex(chosen);
}

bool SearchPopup::eventFilter(QObject* object, QEvent* event) {
    if (object == search_ && event->type() == QEvent::KeyPress) switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
            return step(-1), true;
        case Qt::Key_Down:
            return step(1), true;
        case Qt::Key_PageUp:
            return step(-kPage), true;
        case Qt::Key_PageDown:
            return step(kPage), true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return take(list_->currentIndex()), true;
        default:
            break;
        }
    return QWidget::eventFilter(object, event);
}

void SearchPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface.popover);
    drawHairlineFrame(painter, QRectF(rect()), theme().line.normal);
}

} // namespace continuo::ui
