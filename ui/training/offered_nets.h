#pragma once

#include "ui/training/run_record.h"

#include <memory>

namespace continuo::ui {

/// A net that a run has kept: its best checkpoint, ready to be loaded.
struct OfferedNet {
    QString name;
    QString size;
    std::int64_t step = 0;
    std::optional<double> validationLoss;
    bool inTraining = false;
    std::filesystem::path checkpoint;
    QDateTime madeAt;

    friend bool operator==(const OfferedNet&, const OfferedNet&) = default;
    /// "1M, step 2,000, validation 1.283"
    QString facts() const;
};

/// Newest first; runs that kept nothing offer nothing.
std::vector<OfferedNet> offeredNets(const std::vector<std::unique_ptr<RunRecord>>& runs);

} // namespace continuo::ui
