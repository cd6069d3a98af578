#pragma once

#include <QTableView>

namespace continuo::ui {

/// The table of an event list. It has keys of its own while it has the keyboard: Delete, Insert, Ctrl+C, Ctrl+D, F2 or
/// Enter to change a cell; a digit begins to change it.
class EventTable : public QTableView {
    Q_OBJECT

public:
    explicit EventTable(QWidget* parent = nullptr);

    /// The chosen rows, in order.
    std::vector<int> chosenRows() const;
    void choose(const std::vector<int>& rows);
    void keyboardSearch(const QString&) override {} // would walk through every row

Q_SIGNALS:
    void removeRequested();
    void insertRequested();
    void duplicateRequested();
    void copyRequested();
    /// By hand, not by choose().
    void chosenByHand();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    bool choosing_ = false;
};

} // namespace continuo::ui
