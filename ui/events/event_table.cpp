#include "ui/events/event_table.h"

#include <QKeyEvent>
#include <algorithm>

namespace continuo::ui {
namespace {

bool isOurs(const QKeyEvent& key) {
    return key.matches(QKeySequence::Copy) || key.matches(QKeySequence::SelectAll) || key.key() == Qt::Key_Delete ||
           key.key() == Qt::Key_Backspace || key.key() == Qt::Key_Insert || key.key() == Qt::Key_F2 ||
           (key.key() == Qt::Key_D && key.modifiers() == Qt::ControlModifier);
}

} // namespace

EventTable::EventTable(QWidget* parent) : QTableView(parent) { setSelectionMode(QAbstractItemView::ExtendedSelection); }

std::vector<int> EventTable::chosenRows() const {
    std::vector<int> rows;
    if (!selectionModel()) return rows;
    const auto chosen = selectionModel()->selection(); // ranges: a million rows are one
    for (const auto& range : chosen)
        for (int row = range.top(); row <= range.bottom(); ++row) rows.push_back(row);
    std::ranges::sort(rows);
    return rows;
}

void EventTable::choose(const std::vector<int>& rows) {
    QItemSelection ranges;
    const int last = model()->columnCount() - 1;
    for (std::size_t first = 0, end = 0; first < rows.size(); first = end) {
        end = first + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1) ++end;
        ranges.append(QItemSelectionRange(model()->index(rows[first], 0), model()->index(rows[end - 1], last)));
    }
    choosing_ = true;
    selectionModel()->select(ranges, QItemSelectionModel::ClearAndSelect);
    choosing_ = false;
}

bool EventTable::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isOurs(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void EventTable::keyPressEvent(QKeyEvent* event) {
    if (state() != NoState || !isOurs(*event)) {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            if (state() == NoState && currentIndex().isValid()) return edit(currentIndex());
        return QTableView::keyPressEvent(event);
    }
    if (event->matches(QKeySequence::Copy)) return Q_EMIT copyRequested();
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) return Q_EMIT removeRequested();
    if (event->key() == Qt::Key_Insert) return Q_EMIT insertRequested();
    if (event->key() == Qt::Key_D) return Q_EMIT duplicateRequested();
    QTableView::keyPressEvent(event);
}

void EventTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    QTableView::selectionChanged(selected, deselected);
    if (!choosing_) Q_EMIT chosenByHand();
}

} // namespace continuo::ui
