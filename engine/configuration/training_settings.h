#pragma once

#include "engine/configuration/configuration.h"

namespace continuo::configuration {

/// Every setting of `train`, `resume` and `evaluate`, in the order of --help and configuration.yaml.
std::span<const Key> trainingKeys();

/// The same, read: what the keys mean stands in trainingKeys().
struct TrainingSettings {
    std::string dataset, tokenizer, parity, network, schedule, precision;
    std::int64_t batchSize = 0, validationWindows = 0;
    int lowestShift = 0, highestShift = 0;
    std::int64_t width = 0, layers = 0, heads = 0, maxLength = 0; // 0: as the named net has it
    double embeddingDropout = 0, attentionDropout = 0, hiddenDropout = 0, residualDropout = 0;
    double learningRate = 0, weightDecay = 0, beta1 = 0, beta2 = 0, epsilon = 0;
    std::int64_t warmup = 0, horizon = 0;
    double finalShare = 0;
    std::int64_t maxSteps = 0;
    double maxSeconds = 0;
    std::int64_t validateEvery = 0, patience = 0, keep = 0, threads = 0, badStepLimit = 0;
    bool leaveCore = false;
    double clip = 0;
    std::int64_t samples = 0, sampleBars = 0;
    std::uint64_t seed = 0;
};

TrainingSettings trainingSettings(const Configuration& configuration);

/// A run needs an end: where neither steps nor seconds are limited, ten minutes are set.
void setDefaultLimit(Configuration& configuration);

/// Purpose, all keys with their defaults and meanings, by group.
std::string trainingHelp();

} // namespace continuo::configuration
