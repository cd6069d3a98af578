#pragma once

#include "engine/configuration/configuration.h"

namespace continuo::configuration {

/// Every setting of `train`, `resume` and `evaluate`, in the order of --help and configuration.yaml.
std::span<const Key> trainingKeys();

/// The same, read: what the keys mean stands in trainingKeys().
struct TrainingSettings {
    std::string dataset, tokenizer, parity, network, optimizer, schedule, precision;
    std::int64_t batchSize = 0, validationWindows = 0;
    std::int64_t loaderThreads = 0; // that prepare batches; 0: the training thread does
    int lowestShift = 0, highestShift = 0;
    std::int64_t width = 0, layers = 0, heads = 0, maxLength = 0; // 0: as the named net has it
    double embeddingDropout = 0, attentionDropout = 0, hiddenDropout = 0, residualDropout = 0;
    double learningRate = 0, weightDecay = 0, beta1 = 0, beta2 = 0, epsilon = 0;
    bool amsgrad = false;  // of adam and adamw
    double momentum = 0.9; // of sgd
    std::int64_t warmup = 0, horizon = 0;
    double finalShare = 0;
    double leastRate = 1e-6;                              // of cosine and plateau: eta_min, min_lr
    std::int64_t restartPeriod = 2000, restartFactor = 2; // of cosine: T_0, T_mult
    std::int64_t plateauPatience = 10;                    // of plateau, in validations
    double plateauFactor = 0.1;
    std::int64_t maxSteps = 0, maxEpochs = 0; // 0: no limit
    double maxSeconds = 0;
    std::int64_t validateEvery = 0;    // steps; 0: by validateEpochs
    double validateEpochs = 0;         // epochs, or a share of one
    std::int64_t overfitBatches = 0;   // above 0: only the first batches, again and again, validation too
    double overfitShare = 0;           // the same as a share of an epoch
    std::int64_t accumulate = 1;       // batches a step
    std::int64_t logEvery = 1;         // steps between lines of the metrics
    std::int64_t histogramEvery = 100; // steps between histograms of the gradients; 0: none
    std::int64_t patience = 0, keep = 0, threads = 0, badStepLimit = 0;
    bool leaveCore = false;
    std::string accelerator = "cpu";    // cpu, gpu, auto
    std::string profiler;               // simple: a table of seconds by phase at the end
    std::string logger = "tensorboard"; // tensorboard or csv, beside metrics.jsonl
    bool sampleAudio = true;            // the samples rendered, for loggers that play them
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
