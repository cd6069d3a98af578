#pragma once

#include "engine/base/result.h"
#include "engine/learning/schedule.h"

#include <cstdint>
#include <optional>
#include <string>

namespace continuo::learning {

/// Where a run stands, as a checkpoint keeps it beside weights and the optimizer's memories. Data order, dropout and
/// schedule follow from seed and step, so nothing else is needed to go on as if it had never stopped.
struct TrainerRecord {
    std::int64_t step = 0;
    std::int64_t updates = 0;   // steps whose loss and gradient were finite
    std::int64_t tokens = 0;    // rows learned from
    double seconds = 0;         // trained
    std::int64_t badInARow = 0; // steps to this one that changed nothing
    std::int64_t validationsSinceBest = 0;
    std::optional<double> bestValidationLoss;
    Plateau plateau;
    std::string settings; // configuration as YAML
    std::string datasetHash;
};

std::string toJsonText(const TrainerRecord& record);
base::Result<TrainerRecord> trainerRecordFromJson(const std::string& text, std::int64_t step);

} // namespace continuo::learning
