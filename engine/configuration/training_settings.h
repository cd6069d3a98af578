#pragma once

#include "engine/configuration/configuration.h"
#include "engine/configuration/training_keys.h"

#include <optional>

namespace continuo::configuration {

/// The same, read: what the keys mean stands in trainingKeys().
struct TrainingSettings {
    std::string dataset; // a built-in set by name, or the folder of a prepared one
    std::string tokenizer, parity, network, optimizer, schedule, precision;
    std::int64_t batchSize = 0, validationWindows = 0;
    std::int64_t loaderThreads = 0; // that prepare batches; 0: the training thread does
    bool transpose = true;          // each training piece by a random shift, both bounds included
    int lowestShift = 0, highestShift = 0;
    std::int64_t cropBeats = 0; // a random stretch of each training piece; 0: as much as fits the net
    std::int64_t width = 0, layers = 0, heads = 0, maxLength = 0; // 0: as the named net has it
    std::int64_t embeddingWidth = 0;       // of the tables, projected to `width` where they differ; 0: `width`
    std::int64_t tokenizerRows = 0;        // of a window; 0: as many as the net sees
    std::string positions;                 // as network::positionsNamed reads it; empty: as named
    std::optional<bool> postEmbeddingNorm; // nothing: as named
    double embeddingDropout = 0, attentionDropout = 0, hiddenDropout = 0, residualDropout = 0;
    double outputDropout = 0; // of the last hidden vectors: what midi-lm calls attn_dropout
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
    std::int64_t sampleEvery = 0; // steps between samples; 0: at each validation
    std::int64_t sampleFrom = 0;  // first step with samples, where they have their own rhythm
    std::int64_t sampleSteps = 0; // rows of each, made from nothing; 0: by sampleBars
    double sampleTemperature = 1;
    std::uint64_t seed = 0;
    friend bool operator==(const TrainingSettings&, const TrainingSettings&) = default;
};

TrainingSettings trainingSettings(const Configuration& configuration);

/// A run needs an end: where neither steps nor seconds are limited, ten minutes are set.
void setDefaultLimit(Configuration& configuration);

} // namespace continuo::configuration
