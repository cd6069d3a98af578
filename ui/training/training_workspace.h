#pragma once

#include "ui/training/training_desk.h"

#include <QWidget>

namespace continuo::ui {

/// The Train workspace as one widget: run settings left, plots in the middle, samples right, the table of runs below.
/// Takes the panels of the desk; lays them out smaller in windows under 1500 px.
class TrainingWorkspace : public QWidget {
    Q_OBJECT

public:
    explicit TrainingWorkspace(TrainingDesk& desk, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void layOut();

    TrainingDesk& desk_;
};

} // namespace continuo::ui
