#pragma once

#include "ui/training/run_record.h"
#include "ui/widgets/panel_frame.h"

namespace continuo::ui {

class HonestProgress;
class Label;
class Pill;

/// The island over the plots: name and state of the run in front, how far it is, how fast, how good.
class RunHeader : public PanelFrame {
    Q_OBJECT

public:
    explicit RunHeader(QWidget* parent = nullptr);
    void showRun(const RunRecord& run);

private:
    Label *name_, *started_, *speed_, *best_;
    Pill* state_;
    HonestProgress* progress_;
};

/// The part that is done, 0 to 1; nothing while nobody can know.
std::optional<double> partDone(const runs::RunStatus& status);

} // namespace continuo::ui
