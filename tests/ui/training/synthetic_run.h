#pragma once

#include "engine/base/files.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/run_status.h"

#include <QTemporaryDir>
#include <cmath>

namespace continuo::ui {

/// A run folder as a trainer writes it, without a trainer.
class SyntheticRun {
public:
    SyntheticRun(const std::filesystem::path& parent, const std::string& name) : directory_{parent / name} {
        makeFolder(directory_.samples());
        if (!base::saveFile(directory_.configuration(), base::bytesOf("seed: 1\n")))
            qFatal("no configuration was written");
        status_.state = runs::RunState::Running;
        status_.network = "mmt-1m";
        status_.dataset = "counterpoint";
        status_.maxSteps = 1000;
        writeStatus();
    }

    const runs::RunDirectory& directory() const { return directory_; }
    QString id() const { return QString::fromStdString(directory_.root.string()); }
    runs::RunStatus& status() { return status_; }

    void writeStatus() {
        status_.heartbeat = static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000;
        status_.host.clear();
        if (!runs::writeStatus(directory_, status_)) qFatal("the synthetic run's status was not written");
    }

    /// A falling loss over steps first..last, held-out loss every 50 steps.
    void train(std::int64_t first, std::int64_t last) {
        for (auto step = first; step <= last; ++step) {
            const double t = static_cast<double>(step) / 100;
            runs::MetricPoint point{step, static_cast<double>(step) * 0.1, step * 500, {}};
            point.values = {{"train/loss", 1.2 + 3 * std::exp(-t) + 0.05 * std::sin(static_cast<double>(step) * 1.7)},
                            {"lr", 5e-4},
                            {"grad_norm", 0.5 + std::exp(-t)},
                            {"tokens_per_second", 5000 + 40 * std::sin(static_cast<double>(step))}};
            if (step % 50 == 0) point.values["val/loss"] = 1.3 + 3 * std::exp(-t);
            if (!runs::appendMetrics(directory_.metrics(), point))
                qFatal("the synthetic run's metrics were not written");
        }
        status_.step = last;
        status_.secondsTrained = static_cast<double>(last) * 0.1;
        status_.secondsLeft = static_cast<double>(status_.maxSteps - last) * 0.1;
        status_.trainLoss = 1.2;
        status_.bestValidationLoss = 1.3;
        writeStatus();
    }

private:
    static void makeFolder(const std::filesystem::path& path) {
        if (!base::makeFolder(path)) qFatal("the synthetic run's folder was not made");
    }

    runs::RunDirectory directory_;
    runs::RunStatus status_;
};

} // namespace continuo::ui
