#pragma once

#include "app/learning_module.h"

#include <string>
#include <vector>

namespace continuo::app {

/// One task for the training module, with a terminal at its other end: sentences and a progress line on standard error
/// where it is a terminal, plain lines otherwise; SIGTERM and Ctrl+C ask it to finish its step, save and return.
struct LearningWork {
    ContinuoLearningTask task = kContinuoTrain;
    std::string word; // of the command, for messages
    std::string place;
    std::vector<std::string> words;
    std::string checkpoint;   // resume: empty for the newest, "best", or a step
    bool weightsOnly = false; // resume: a fresh optimizer and schedule, in a run folder of its own:
    std::string into;
    std::string dataset;
    std::string part = "val";
    std::int64_t threads = 0;
    std::string configuration{}; // train: composed, as YAML
};

/// Makes the threads of training wait without spinning, for which the program starts itself over, once: call it before
/// anything is written.
void prepareToLearn();

/// Runs it. Returns an exit code; `json` gets what came out.
int performLearning(const LearningWork& work, std::string& json);

} // namespace continuo::app
