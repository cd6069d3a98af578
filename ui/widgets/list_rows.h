#pragma once

#include <QStyledItemDelegate>

class QTableView;
class QTreeView;

namespace continuo::ui {

/// Rows of a popup list: 26 px, round highlight, icon column where an item has an icon.
class MenuRowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Cells of a table: 28 px rows with a hairline above, brass ground for the selection of the panel that has the
/// keyboard, raised ground elsewhere; text in Qt::ForegroundRole's colour where set; right-aligned text is drawn in
/// tabular figures.
class TableRowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Makes a table one of ours: whole rows, no grid, no frame, headers of 26 px, the delegate above.
void dressTable(QTableView& table, const QString& name);

} // namespace continuo::ui
