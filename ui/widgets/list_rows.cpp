#include "ui/widgets/list_rows.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace continuo::ui {

namespace {

int hoveredRow(const QStyleOptionViewItem& option) {
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (!view || !view->underMouse()) return -1;
    return view->indexAt(view->viewport()->mapFromGlobal(QCursor::pos())).row();
}

} // namespace

void MenuRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& t = theme();
    const QRectF row(option.rect);
    const bool enabled = index.flags() & Qt::ItemIsEnabled;
    if (enabled && option.state & (QStyle::State_Selected | QStyle::State_MouseOver))
        fillRounded(*painter, row, t.px(4), t.surface.pressed);
    QRectF text = row.adjusted(t.px(8), 0, -t.px(8), 0);
    const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
    if (!icon.isNull()) {
        icon.paint(painter, QRectF(text.left(), text.top(), t.iconSize.control, text.height()).toRect());
        text.setLeft(text.left() + t.iconSize.control + t.px(8));
    }
    painter->setFont(textFont(TextSize::Body));
    painter->setPen(enabled ? t.text.primary : t.text.disabled);
    drawElided(*painter, text, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
}

QSize MenuRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const int words = QFontMetrics(textFont(TextSize::Body)).horizontalAdvance(index.data().toString());
    const bool hasIcon = !index.data(Qt::DecorationRole).value<QIcon>().isNull();
    return {words + theme().px(hasIcon ? 44 : 20), theme().height.control};
}

void TableRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& t = theme();
    const QRectF cell(option.rect);
    const bool selected = option.state & QStyle::State_Selected, active = option.widget && option.widget->hasFocus();
    if (selected)
        painter->fillRect(cell, active ? t.accent.soft : t.surface.raised);
    else if (index.row() == hoveredRow(option))
        painter->fillRect(cell, t.surface.hover);
    drawHorizontalHairline(*painter, cell.left(), cell.right(), cell.top(), t.line.weak);
    QRectF text = cell.adjusted(t.px(8), 0, -t.px(8), 0);
    const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
    if (!icon.isNull()) {
        icon.paint(painter, QRectF(text.left(), text.top(), t.iconSize.inlined, text.height()).toRect());
        text.setLeft(text.left() + t.iconSize.inlined + t.px(6));
    }
    const auto weight =
        index.data(Qt::FontRole).value<QFont>().weight() >= QFont::Medium ? Weight::Medium : Weight::Regular;
    const auto ink = index.data(Qt::ForegroundRole).value<QColor>();
    painter->setFont(textFont(TextSize::Body, weight));
    painter->setPen(!(index.flags() & Qt::ItemIsEnabled) ? t.text.disabled : ink.isValid() ? ink : t.text.primary);
    const bool right = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    if (right)
        drawFigures(*painter, text, Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
    else
        drawElided(*painter, text, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
}

QSize TableRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {QFontMetrics(textFont(TextSize::Body, Weight::Medium)).horizontalAdvance(index.data().toString()) +
                theme().px(18),
            theme().px(28)};
}

void dressTable(QTableView& table, const QString& name) {
    table.setAccessibleName(name);
    table.setItemDelegate(new TableRowDelegate(&table));
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setShowGrid(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setMouseTracking(true);
    table.setWordWrap(false);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(theme().px(28));
    table.horizontalHeader()->setFixedHeight(theme().px(26));
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    QObject::connect(&table, &QAbstractItemView::entered, table.viewport(), qOverload<>(&QWidget::update));
}

} // namespace continuo::ui
