#include "engine/learning/trainer.h"

#include "engine/base/text.h"
#include "engine/learning/checkpoint_keeper.h"
#include "engine/learning/schedule.h"
#include "engine/runs/requests.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace continuo::learning {
namespace {

runs::MetricPoint pointAt(const TrainerRecord& record, double seconds) {
    return {.step = record.step, .seconds = seconds, .tokens = record.tokens, .values = {}};
}

template <typename Fields>
void addFields(runs::MetricPoint& point, const std::string& prefix, const network::NetworkOptions& net,
               const Fields& fields) {
    for (std::size_t f = 0; f < net.streams.size(); ++f)
        point.values[prefix + net.streams[f].name + "_loss"] = fields[f];
}

void addIllegal(runs::MetricPoint& point, const std::string& prefix, const IllegalMass& illegal) {
    const auto means = illegal.means();
    for (std::size_t kind = 0; kind < means.size(); ++kind)
        if (means[kind]) point.values[prefix + illegalName(kind)] = *means[kind];
}

} // namespace

Trainer::Trainer(Parts parts, TrainingSession& session, BatchLoader& batches, std::vector<tokens::Rows> validation,
                 RunReporter& reporter, SampleWriter& samples)
    : parts_(std::move(parts)), record_(parts_.record), session_(session), batches_(batches),
      validation_(std::move(validation)), reporter_(reporter), samples_(samples), secondsBefore_(record_.seconds),
      lastValidation_(parts_.validationLoss) {}

std::filesystem::path Trainer::checkpointFolder() const {
    return parts_.run.checkpoints() / ("step-" + std::to_string(record_.step));
}

double Trainer::seconds() const { return secondsBefore_ + watch_.seconds(); }

bool Trainer::isStopAsked() {
    stopAsked_ = stopAsked_ || (parts_.hooks.isStopAsked && parts_.hooks.isStopAsked());
    return stopAsked_;
}

Trainer::Ending Trainer::ending() const {
    const auto& settings = parts_.settings;
    if (stopAsked_) return Ending::Stopped;
    const bool stepsDone = settings.maxSteps > 0 && record_.step >= settings.maxSteps;
    const bool timeIsUp = settings.maxSeconds > 0 && seconds() >= settings.maxSeconds;
    const bool gaveUp = settings.patience > 0 && record_.validationsSinceBest >= settings.patience;
    return stepsDone || timeIsUp || gaveUp ? Ending::Finished : Ending::None;
}

base::Result<TrainingOutcome> Trainer::run() {
    watch_.restart();
    if (isSampled(parts_.record.step)) askForSamples(); // the trainer that made the checkpoint may not have got to it
    auto end = Ending::None;
    while (true) {
        obeyRequests();
        isStopAsked();
        end = ending();
        if (end != Ending::None) break;
        if (auto good = oneStep(); !good) return base::failure(good.error());
        const bool isValidated = record_.step % parts_.settings.validateEvery == 0;
        if (isValidated) validate();
        if ((isValidated || isSampled(record_.step)) && checkpoint() && isSampled(record_.step)) askForSamples();
    }
    if (end == Ending::Finished && !lastValidation_) validate();
    if (lastCheckpoint_ != record_.step && record_.step > parts_.record.step) {
        if (!checkpoint()) return base::failure(lastCheckpointMissing());
        if (end == Ending::Finished) askForSamples();
    }
    return TrainingOutcome{
        .stopped = end == Ending::Stopped, .step = record_.step, .bestValidationLoss = record_.bestValidationLoss};
}

/// Whether the run has samples of a step: with the validations or in a rhythm of their own, and of the end.
bool Trainer::isSampled(std::int64_t step) const {
    const auto& settings = parts_.settings;
    if (settings.samples <= 0 || step <= 0) return false;
    const bool isDue = settings.sampleEvery > 0 ? step >= settings.sampleFrom && step % settings.sampleEvery == 0
                                                : step % settings.validateEvery == 0;
    return isDue || step == settings.maxSteps;
}

base::Status Trainer::oneStep() {
    const auto& settings = parts_.settings;
    const auto rate = learningRateAt(settings, record_.step, seconds(), record_.plateau);
    const auto next = record_.step + 1;
    const bool wantsHistograms = settings.histogramEvery > 0 && next % settings.histogramEvery == 0;
    const BatchSource::Batch* batch = nullptr;
    {
        const auto phase = session_.profiler().during("loader");
        batch = &batches_.at(record_.step);
    }
    const bool isLast = settings.maxSteps > 0 && next >= settings.maxSteps;
    const bool isReported = next % settings.logEvery == 0 || next % settings.validateEvery == 0 || isLast;
    session_.sumIllegalMass(isReported);
    std::vector<runs::NamedHistogram> histograms;
    const auto rows = session_.step(batch->windows, record_.step, rate, wantsHistograms ? &histograms : nullptr);
    record_.step = next;
    record_.tokens += rows;
    rowsUnreported_ += rows;
    lastValidation_.reset();
    if (!histograms.empty()) reporter_.histograms(record_.step, histograms);
    return isReported ? report(rate, std::exchange(rowsUnreported_, 0)) : base::Status();
}

/// Reads what the step came to, which waits for the device.
base::Status Trainer::report(double rate, std::int64_t rows) {
    const auto result = session_.lastStep();
    const auto phase = session_.profiler().during("logs");
    record_.badInARow = result.badInARow;
    if (result.badInARow > 0)
        reporter_.say("step " + std::to_string(record_.step) +
                      " was skipped: its loss or gradient is not finite; the net is as it was before");
    reporter_.step(record_.step, rows, result.loss, seconds(), session_.profiler());
    auto point = pointAt(record_, seconds());
    point.values = {{"train/loss", result.loss}, {"lr", rate}, {"grad_norm", result.gradientNorm}};
    if (reporter_.rowsPerSecond() > 0) point.values["tokens_per_second"] = reporter_.rowsPerSecond();
    addFields(point, "train/", parts_.facts.network, result.fields);
    addIllegal(point, "train/", result.illegal);
    reporter_.point(point);
    if (record_.badInARow < parts_.settings.badStepLimit) return {};
    return base::failure(base::ErrorCode::Failed,
                         std::to_string(record_.badInARow) +
                             " steps in a row had a loss or gradient that is not finite; the last good checkpoint is "
                             "kept. Resume with a lower optimizer.lr");
}

void Trainer::validate() {
    if (validation_.empty()) return;
    const auto phase = session_.profiler().during("validation");
    const auto losses = validationLosses(session_.net(), validation_, {}, lossRules(parts_.settings.parity));
    lastValidation_ = losses.total;
    const bool isBest = !record_.bestValidationLoss || losses.total < *record_.bestValidationLoss;
    if (isBest) record_.bestValidationLoss = losses.total;
    record_.validationsSinceBest = isBest ? 0 : record_.validationsSinceBest + 1;
    if (parts_.settings.schedule == "plateau") record_.plateau.validated(parts_.settings, losses.total);
    reporter_.update([&](runs::RunStatus& status) {
        status.validationLoss = losses.total;
        status.bestValidationLoss = record_.bestValidationLoss;
    });
    auto point = pointAt(record_, seconds());
    point.values["val/loss"] = losses.total;
    addFields(point, "val/", parts_.facts.network, losses.fields);
    addIllegal(point, "val/", losses.illegal);
    reporter_.point(point);
    reporter_.say("step " + std::to_string(record_.step) + ": validation loss " + base::formatFixed(losses.total, 3) +
                  (isBest ? " (the best so far)" : "") + rateText());
}

std::string Trainer::rateText() const {
    const auto rate = reporter_.rowsPerSecond();
    return rate > 0 ? ", " + base::formatCount(static_cast<std::int64_t>(rate)) + " tokens/s" : "";
}

/// A run whose last state is not on disk has failed, however well it went.
base::Error Trainer::lastCheckpointMissing() const {
    const auto earlier = runs::finishedCheckpoints(parts_.run);
    return {checkpointProblem_.code,
            "the checkpoint of the last step could not be written: " + checkpointProblem_.message + "; " +
                (earlier.empty() ? "no earlier one is kept"
                                 : "that of step " + std::to_string(earlier.back().step) + " is kept")};
}

bool Trainer::checkpoint() {
    {
        const auto phase = session_.profiler().during("samples");
        samples_.wait(); // those of the checkpoint before: a run that is killed now has them, and they still have it
    }
    const auto phase = session_.profiler().during("checkpoints");
    auto facts = parts_.facts;
    facts.step = record_.step;
    facts.validationLoss = lastValidation_;
    record_.updates = session_.updates();
    auto record = record_;
    record.seconds = seconds();
    record.settings = parts_.yaml;
    facts.trainerJson = toJsonText(record);
    const auto saved = session_.save(checkpointFolder(), facts);
    if (!saved) {
        checkpointProblem_ = saved.error();
        reporter_.say("WARNING: the checkpoint of step " + std::to_string(record_.step) +
                      " was not written: " + saved.error().message + ". Training goes on; earlier checkpoints stand");
        return false;
    }
    lastCheckpoint_ = record_.step;
    if (const auto pruned = pruneCheckpoints(parts_.run, parts_.settings.keep); !pruned)
        reporter_.say("warning: " + pruned.error().message);
    return true;
}

void Trainer::askForSamples() {
    if (parts_.settings.samples > 0) samples_.ask({record_.step, checkpointFolder(), seconds(), record_.tokens});
}

void Trainer::obeyRequests() {
    const auto requests = runs::takeRequests(parts_.run);
    const auto isAsked = [&](runs::Request request) { return std::ranges::find(requests, request) != requests.end(); };
    stopAsked_ = stopAsked_ || isAsked(runs::Request::Stop);
    const bool wantsSamples = isAsked(runs::Request::Sample);
    if (wantsSamples || isAsked(runs::Request::Checkpoint)) {
        if (lastCheckpoint_ == record_.step || checkpoint())
            reporter_.say("checkpoint of step " + std::to_string(record_.step) + ", as asked");
        if (wantsSamples && lastCheckpoint_ == record_.step) askForSamples();
    }
    // Both at once: whoever asked for a pause has thought better of it.
    if (isAsked(runs::Request::Pause) && !isAsked(runs::Request::Resume)) pause();
}

void Trainer::pause() {
    const base::Stopwatch paused;
    reporter_.say("paused at step " + std::to_string(record_.step));
    reporter_.update([](runs::RunStatus& status) { status.state = runs::RunState::Paused; });
    for (bool goesOn = false; !goesOn && !isStopAsked();) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        for (const auto request : runs::takeRequests(parts_.run)) {
            goesOn = goesOn || request == runs::Request::Resume;
            stopAsked_ = stopAsked_ || request == runs::Request::Stop;
        }
    }
    secondsBefore_ -= paused.seconds();
    reporter_.update([](runs::RunStatus& status) { status.state = runs::RunState::Running; });
    reporter_.say("goes on");
}

} // namespace continuo::learning
