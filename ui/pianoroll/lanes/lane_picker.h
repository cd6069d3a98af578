#pragma once

#include "ui/pianoroll/lanes/lane_subject.h"
#include "ui/widgets/search_popup.h"

#include <QStandardItemModel>
#include <functional>

class QSortFilterProxyModel;

namespace continuo::ui {

/// A popup with everything a lane can show; typing narrows it, Enter takes. `chosen` runs once, for what was taken.
class LanePicker : public SearchPopup {
    Q_OBJECT

public:
    LanePicker(const std::vector<LaneChoices>& groups, std::function<void(LaneSubject)> chosen, QWidget* parent);
    void popUp(const QPoint& below);

protected:
    void filter(const QString& text) override;
    void take(const QModelIndex& index) override;

private:
    QStandardItemModel items_;
    std::vector<LaneSubject> subjects_;
    QSortFilterProxyModel* shown_;
    std::function<void(LaneSubject)> chosen_;
};

} // namespace continuo::ui
