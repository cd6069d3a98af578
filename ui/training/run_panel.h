#pragma once

#include "ui/training/run_form.h"
#include "ui/training/run_record.h"
#include "ui/widgets/panel_frame.h"

class QStackedWidget;

namespace continuo::ui {

class CheckpointList;
class FactList;
class IconButton;

/// The left dock of the Train workspace: the form of a new run, or what a run is and what can be asked of it.
class RunPanel : public PanelFrame {
    Q_OBJECT

public:
    explicit RunPanel(QWidget* parent = nullptr);

    RunForm& form() { return *form_; }
    /// Nothing: the form.
    void showRun(const RunRecord* run);
    bool showsForm() const;

Q_SIGNALS:
    void newRunRequested();
    void stopRequested();
    void pauseRequested();
    void resumeRequested();
    void sampleRequested();
    void checkpointRequested();
    void loadRequested(const QString& checkpointFolder);

private:
    QWidget* buildRunView();
    void showButtons(const RunRecord& run);

    QStackedWidget* pages_;
    RunForm* form_;
    FactList* facts_;
    CheckpointList* checkpoints_;
    Label* reason_;
    IconButton* newRun_;
    PushButton *pause_, *stop_, *sample_, *save_, *another_;
    QWidget* requests_;
    bool paused_ = false;
};

} // namespace continuo::ui
