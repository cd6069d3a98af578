#include "engine/learning/run_plan.h"

#include "engine/base/text.h"

#include <algorithm>
#include <cmath>

namespace continuo::learning {
namespace {

std::int64_t shareOf(double share, std::int64_t whole) {
    return std::max<std::int64_t>(1, std::llround(share * static_cast<double>(whole)));
}

} // namespace

configuration::TrainingSettings inSteps(configuration::TrainingSettings settings, std::int64_t stepsPerEpoch) {
    if (settings.maxEpochs > 0) {
        const auto byEpochs = settings.maxEpochs * stepsPerEpoch;
        settings.maxSteps = settings.maxSteps > 0 ? std::min(settings.maxSteps, byEpochs) : byEpochs;
    }
    if (settings.validateEvery <= 0)
        settings.validateEvery = shareOf(settings.validateEpochs > 0 ? settings.validateEpochs : 1.0, stepsPerEpoch);
    return settings;
}

std::int64_t overfittedBatches(const configuration::TrainingSettings& settings, std::int64_t stepsPerEpoch) {
    if (settings.overfitBatches > 0) return std::min(settings.overfitBatches, stepsPerEpoch);
    return settings.overfitShare > 0 ? shareOf(std::min(1.0, settings.overfitShare), stepsPerEpoch) : 0;
}

std::string lengthText(const configuration::TrainingSettings& settings) {
    std::string text;
    if (settings.maxSteps > 0) text = base::formatCount(settings.maxSteps) + " steps";
    if (settings.maxSeconds > 0)
        text += (text.empty() ? "" : " or ") + base::formatFixed(settings.maxSeconds, 0) + " seconds";
    return text;
}

} // namespace continuo::learning
