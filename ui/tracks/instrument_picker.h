#pragma once

#include <QStandardItemModel>
#include <QWidget>
#include <functional>

class QListView;
class QSortFilterProxyModel;

namespace continuo::ui {

class SearchField;

struct Instrument {
    int program = 0;
    bool drums = false;
};

/// A popup with the 128 programs of General MIDI in their families, then the drum kits; typing narrows it, Enter takes
/// the first or the chosen one. `chosen` runs once, for what was taken.
class InstrumentPicker : public QWidget {
    Q_OBJECT

public:
    InstrumentPicker(Instrument current, std::function<void(Instrument)> chosen, QWidget* parent);
    void popUp(const QPoint& below);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void fill(Instrument current);
    void filter(const QString& text);
    void take(const QModelIndex& index);
    void step(int by);

    QStandardItemModel items_;
    QSortFilterProxyModel* shown_;
    SearchField* search_;
    QListView* list_;
    std::function<void(Instrument)> chosen_;
};

} // namespace continuo::ui
