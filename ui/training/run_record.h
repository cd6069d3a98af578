#pragma once

#include "engine/runs/run_directory.h"
#include "engine/runs/run_status.h"
#include "ui/training/run_curves.h"

#include <QDateTime>
#include <QString>

namespace continuo::ui {

/// What the studio knows of one run: everything that its folder says.
struct RunRecord {
    runs::RunDirectory directory;
    runs::RunStatus status;
    std::vector<runs::CheckpointEntry> checkpoints; // finished ones, oldest first
    std::vector<std::filesystem::path> samples;     // step-N*.mid, by step
    RunCurves curves;

    QString id() const { return QString::fromStdString(directory.root.string()); }
    /// The folder's name without the date and time in front.
    QString name() const;
    /// From the folder's name; invalid where it has no date.
    QDateTime started() const;
    bool isActive() const;
    const runs::CheckpointEntry* best() const;
};

/// The step in "step-1200.mid" or "step-1200-3.mid"; nothing for other names.
std::optional<std::int64_t> sampleStep(const std::filesystem::path& sample);

/// "1M" out of "mmt-1m"; the name itself where it does not end in a size.
QString sizeName(const std::string& network);
/// "18 min", "2 h 05 min", "40 s".
QString durationText(double seconds);
/// "running", "stopped, kept 400", "failed, kept 400".
QString stateText(const RunRecord& run);
/// Three decimals below 10, two below 100: 1.283, 12.83.
QString lossText(double loss);

} // namespace continuo::ui
