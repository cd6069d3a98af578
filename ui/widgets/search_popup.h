#pragma once

#include <QWidget>

class QAbstractItemModel;
class QListView;
class QModelIndex;
class QStyledItemDelegate;

namespace continuo::ui {

class SearchField;

/// A popup of a search field over a list. Arrow and page keys walk the rows that can be chosen while the field keeps
/// the keyboard, Enter and a click take one, Esc closes. It deletes itself when it closes.
class SearchPopup : public QWidget {
    Q_OBJECT

public:
    SearchPopup(const QString& name, const QString& placeholder, QWidget* parent);

protected:
    /// `delegate` belongs to the list afterwards.
    void setRows(QAbstractItemModel& rows, QStyledItemDelegate* delegate);
    virtual void filter(const QString& text) = 0;
    virtual void take(const QModelIndex& index) = 0;
    SearchField& search() { return *search_; }
    QListView& list() { return *list_; }

    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void step(int by);

    SearchField* search_;
    QListView* list_;
};

} // namespace continuo::ui
