#pragma once

#include <csignal>
#include <cstddef>
#include <cstdint>

/// The door of libcontinuo_learning.so: one C function, plain structs. Both sides are built from one tree; `size`
/// guards against a module of another build lying beside the executable.
extern "C" {

enum ContinuoLearningTask : std::int32_t { kContinuoTrain, kContinuoResume, kContinuoEvaluate };

struct ContinuoLearningProgress {
    std::int64_t step, maxSteps; // maxSteps 0: no limit
    double trainLoss;
    double tokensPerSecond; // 0 while estimating
    double secondsLeft;     // below 0: unknown yet
};

struct ContinuoLearningCall {
    std::size_t size; // of this struct
    ContinuoLearningTask task;
    const char* place;        // train, resume: the run folder; evaluate: a checkpoint or a run
    const char* const* words; // train, resume: settings as written
    std::size_t wordCount;
    const char* checkpoint;                 // resume: "" for the newest, "best", or a step
    std::int32_t weightsOnly;               // resume: not 0: a fresh optimizer and schedule, in the run folder `into`
    const char* into;                       // resume with weightsOnly; else ""
    const char* dataset;                    // evaluate: "" for the one it was trained on
    const char* part;                       // evaluate: val or test
    std::int64_t threads;                   // evaluate: 0 for all
    const volatile std::sig_atomic_t* stop; // not 0: finish the step, save, return
    void* context; // handed to the functions below, all called on the calling thread or, `say` also, another
    void (*say)(void* context, const char* sentence);
    void (*progress)(void* context, const ContinuoLearningProgress* progress);
    void (*result)(void* context, const char* json); // what came out, as a JSON object
    /// train, resume: writes a MIDI file as WAV; 0: done. Null where the caller has no synthesizer. On a thread of its
    /// own.
    std::int32_t (*makeSound)(void* context, const char* midi, const char* wav);
    void (*failed)(void* context, const char* sentence, std::int32_t wrongWords);
    const char* configuration; // train: as YAML, composed of `words`, which are kept for the record
};

/// 0: done. 1: failed, after one call of `failed`. 2: the call is of another build; nothing was done.
[[gnu::visibility("default")]] int continuoLearning(const ContinuoLearningCall* call);
}
