#include "engine/learning/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace continuo::learning {

double progressShare(const configuration::TrainingSettings& settings, std::int64_t step, double seconds) {
    const auto horizon = settings.horizon > 0 ? settings.horizon : settings.maxSteps;
    const auto bySteps = horizon > 0 ? static_cast<double>(step) / static_cast<double>(horizon) : 0.0;
    const auto bySeconds = settings.horizon == 0 && settings.maxSeconds > 0 ? seconds / settings.maxSeconds : 0.0;
    return std::clamp(std::max(bySteps, bySeconds), 0.0, 1.0);
}

double learningRateAt(const configuration::TrainingSettings& settings, std::int64_t step, double seconds) {
    const auto rising =
        settings.warmup > 0 ? std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(settings.warmup)) : 1.0;
    if (settings.schedule == "constant") return settings.learningRate * rising;
    const auto share = progressShare(settings, step, seconds);
    const auto fall = settings.finalShare + (1 - settings.finalShare) * 0.5 * (1 + std::cos(std::numbers::pi * share));
    return settings.learningRate * rising * fall;
}

} // namespace continuo::learning
