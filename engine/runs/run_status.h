#pragma once

#include "engine/runs/run_directory.h"

#include <string>

namespace continuo::runs {

enum class RunState { Starting, Running, Paused, Finished, Stopped, Failed, Lost };

/// "running", "finished" …
const char* stateName(RunState state);

/// status.json: rewritten every second by the trainer.
struct RunStatus {
    RunState state = RunState::Starting;
    std::string reason; // of a failure, in a sentence
    std::int64_t step = 0;
    std::int64_t maxSteps = 0;
    std::int64_t tokens = 0; // rows seen so far
    double secondsTrained = 0;
    double tokensPerSecond = 0;        // measured; 0 while too few steps are done
    std::optional<double> secondsLeft; // nothing while estimating
    std::optional<double> loaderShare; // of the time, spent waiting for batches; nothing while estimating
    std::optional<double> trainLoss;
    std::optional<double> validationLoss;
    std::optional<double> bestValidationLoss;
    std::string network;
    std::string dataset;
    std::string device; // where it trains
    std::int64_t stepsPerEpoch = 0;
    std::string host;
    std::int64_t pid = 0;
    double heartbeat = 0; // seconds since the epoch
};

base::Status writeStatus(const RunDirectory& run, const RunStatus& status);
/// A running status whose heartbeat is older than 30 s, or whose process on this host is gone, reads as Lost.
base::Result<RunStatus> readStatus(const RunDirectory& run);

} // namespace continuo::runs
