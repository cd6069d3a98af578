#pragma once

#include "engine/configuration/training_settings.h"

#include <optional>

namespace continuo::learning {

/// How far a run is, from 0 to 1: by steps or by seconds, whichever is further; 0 where neither is limited.
double progressShare(const configuration::TrainingSettings& settings, std::int64_t step, double seconds);

/// Lowers the rate where validation no longer gets better, as PyTorch's ReduceLROnPlateau does: a loss counts as better
/// where it is a ten-thousandth below the best; after more than `patience` worse ones the rate is multiplied.
struct Plateau {
    double rate = 0; // 0: the full rate
    std::optional<double> best;
    std::int64_t worseInARow = 0;

    void validated(const configuration::TrainingSettings& settings, double loss);
};

/// The learning rate of the step that follows `step` finished ones, by the schedule's name. All but mmt rise linearly
/// over the warm-up first.
///   constant       stays
///   warmup-cosine  half a cosine to the final share at the horizon
///   cosine         half a cosine to the least rate, again and again, each time `restartFactor` times as long
///                  (Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5)
///   plateau        as `plateau` says
///   mmt            rises over the warm-up, falls in a line to the final share at the horizon, stays (Dong et al.)
double learningRateAt(const configuration::TrainingSettings& settings, std::int64_t step, double seconds,
                      const Plateau& plateau = {});

} // namespace continuo::learning
