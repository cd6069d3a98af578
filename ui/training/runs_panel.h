#pragma once

#include "ui/training/runs_model.h"
#include "ui/widgets/panel_frame.h"

class QStackedWidget;
class QTableView;

namespace continuo::ui {

/// The table of all runs. A click brings a run in front, a click on its square lays it behind the one in front.
class RunsPanel : public PanelFrame {
    Q_OBJECT

public:
    explicit RunsPanel(const RunWatcher& watcher, QWidget* parent = nullptr);
    RunsModel& model() { return *model_; }
    void select(const QString& id);

Q_SIGNALS:
    void runChosen(const QString& id);
    void comparisonToggled(const QString& id);
    /// Another folder of runs is to be watched.
    void folderChosen(const QString& folder);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void sizeColumns();
    void showTableOrEmpty();
    void chooseFolder();

    RunsModel* model_;
    QTableView* table_;
    QStackedWidget* pages_;
    QString chosen_;
};

} // namespace continuo::ui
