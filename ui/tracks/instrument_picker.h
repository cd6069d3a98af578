#pragma once

#include "ui/widgets/search_popup.h"

#include <QStandardItemModel>
#include <functional>

class QSortFilterProxyModel;

namespace continuo::ui {

struct Instrument {
    int program = 0;
    bool drums = false;
};

/// A popup with the 128 programs of General MIDI in their families, then the drum kits; typing narrows it, Enter takes
/// the first or the chosen one. `chosen` runs once, for what was taken.
class InstrumentPicker : public SearchPopup {
    Q_OBJECT

public:
    InstrumentPicker(Instrument current, std::function<void(Instrument)> chosen, QWidget* parent);
    void popUp(const QPoint& below);

protected:
    void filter(const QString& text) override;
    void take(const QModelIndex& index) override;

private:
    void fill(Instrument current);

    QStandardItemModel items_;
    QSortFilterProxyModel* shown_;
    std::function<void(Instrument)> chosen_;
};

} // namespace continuo::ui
