#include "engine/learning/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace continuo::learning {
namespace {

using configuration::TrainingSettings;

double halfCosine(double share) { return 0.5 * (1 + std::cos(std::numbers::pi * share)); }

double risen(const TrainingSettings& settings, std::int64_t step) {
    if (settings.warmup <= 0) return 1;
    return std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(settings.warmup));
}

double restarting(const TrainingSettings& settings, std::int64_t step) {
    auto period = std::max<std::int64_t>(1, settings.restartPeriod);
    auto since = step;
    while (since >= period) {
        since -= period;
        period *= std::max<std::int64_t>(1, settings.restartFactor);
    }
    const auto share = static_cast<double>(since) / static_cast<double>(period);
    return settings.leastRate + (settings.learningRate - settings.leastRate) * halfCosine(share);
}

double inALine(const TrainingSettings& settings, std::int64_t step) {
    if (step < settings.warmup) return settings.learningRate * risen(settings, step);
    const auto horizon = settings.horizon > 0 ? settings.horizon : settings.maxSteps;
    const auto length = static_cast<double>(std::max<std::int64_t>(1, horizon - settings.warmup));
    const auto share = std::min(1.0, static_cast<double>(step - settings.warmup) / length);
    return settings.learningRate * (1 - share * (1 - settings.finalShare));
}

} // namespace

double progressShare(const TrainingSettings& settings, std::int64_t step, double seconds) {
    const auto horizon = settings.horizon > 0 ? settings.horizon : settings.maxSteps;
    const auto bySteps = horizon > 0 ? static_cast<double>(step) / static_cast<double>(horizon) : 0.0;
    const auto bySeconds = settings.horizon == 0 && settings.maxSeconds > 0 ? seconds / settings.maxSeconds : 0.0;
    return std::clamp(std::max(bySteps, bySeconds), 0.0, 1.0);
}

void Plateau::validated(const TrainingSettings& settings, double loss) {
    constexpr double kBetterBy = 1e-4, kLeastChange = 1e-8;
    if (!best || loss < *best * (1 - kBetterBy)) {
        best = loss;
        worseInARow = 0;
        return;
    }
    if (++worseInARow <= settings.plateauPatience) return;
    worseInARow = 0;
    const auto now = rate > 0 ? rate : settings.learningRate;
    const auto lower = std::max(now * settings.plateauFactor, settings.leastRate);
    if (now - lower > kLeastChange) rate = lower;
}

double learningRateAt(const TrainingSettings& settings, std::int64_t step, double seconds, const Plateau& plateau) {
    if (settings.schedule == "mmt") return inALine(settings, step);
    const auto rise = risen(settings, step);
    if (settings.schedule == "cosine") return rise * restarting(settings, step);
    if (settings.schedule == "plateau") return rise * (plateau.rate > 0 ? plateau.rate : settings.learningRate);
    if (settings.schedule == "constant") return rise * settings.learningRate;
    const auto share = progressShare(settings, step, seconds);
    return settings.learningRate * rise * (settings.finalShare + (1 - settings.finalShare) * halfCosine(share));
}

} // namespace continuo::learning
