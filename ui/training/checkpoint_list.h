#pragma once

#include "ui/training/run_record.h"

#include <QWidget>

class QVBoxLayout;

namespace continuo::ui {

/// The finished checkpoints of a run, newest first, each with its loss and a button that loads it for generating.
class CheckpointList : public QWidget {
    Q_OBJECT

public:
    explicit CheckpointList(QWidget* parent = nullptr);
    void showRun(const RunRecord* run);

Q_SIGNALS:
    void loadRequested(const QString& checkpointFolder);

private:
    QWidget* rowOf(const runs::CheckpointEntry& entry, bool best, bool newest);

    QVBoxLayout* rows_;
    std::vector<std::filesystem::path> shown_;
};

} // namespace continuo::ui
