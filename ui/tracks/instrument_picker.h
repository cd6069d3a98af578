#pragma once

#include "ui/widgets/search_popup.h"

#include <QStandardItemModel>
#include <functional>
#include <optional>

class QSortFilterProxyModel;

namespace continuo::ui {

struct Instrument {
    int program = 0;
    bool drums = false;
    friend bool operator==(const Instrument&, const Instrument&) = default;
};

/// A popup with the instruments taken last, the 128 programs of General MIDI in their families with their numbers, then
/// the drum kits; typing a name, a family or a number narrows it, Enter takes the first or the chosen one. `chosen`
/// runs once, for what was taken.
class InstrumentPicker : public SearchPopup {
    Q_OBJECT

public:
    InstrumentPicker(Instrument current, std::function<void(Instrument)> chosen, QWidget* parent);
    void popUp(const QPoint& below);
    void setChosen(std::function<void(Instrument)> chosen) { chosen_ = std::move(chosen); }
    /// Under the list: what else is to be decided.
    void setFoot(QWidget* foot);
    /// What Enter would take.
    std::optional<Instrument> marked();

Q_SIGNALS:
    void browsed();

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
