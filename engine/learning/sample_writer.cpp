#include "engine/learning/sample_writer.h"

#include "engine/analysis/piece_metrics.h"
#include "engine/inference/continued_score.h"
#include "engine/midi/midi_file_writer.h"

#include <bit>
#include <memory>

namespace continuo::learning {
namespace {

constexpr int kPromptBars = 4;

std::string fileName(std::int64_t step, std::size_t sample) {
    return "step-" + std::to_string(step) + "-" + std::to_string(sample);
}

} // namespace

std::vector<std::string> sampleMeasures() {
    std::vector<std::string> names;
    for (const auto& metric : analysis::metricTable().first(analysis::kSongMetrics))
        names.push_back(std::string(kSampleValues) + metric.name);
    return names;
}

SampleWriter::SampleWriter(const runs::RunDirectory& run, const corpus::Dataset& dataset,
                           const configuration::TrainingSettings& settings, RunReporter& reporter, SoundMaker makeSound)
    : run_(run), settings_(settings), reporter_(reporter), makeSound_(std::move(makeSound)) {
    auto pieces = dataset.indices(corpus::Part::Validation);
    if (pieces.empty()) pieces = dataset.indices(corpus::Part::Train);
    const auto wanted = std::min(pieces.size(), static_cast<std::size_t>(settings.samples));
    for (std::size_t i = 0; i < wanted; ++i) { // spread over the part, so that they differ
        const auto score = dataset.score(pieces[i * pieces.size() / wanted]);
        ends_.push_back(inference::promptEnd(score, kPromptBars));
        prompts_.push_back(inference::promptOf(score, ends_.back()));
    }
    if (!prompts_.empty()) thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

SampleWriter::~SampleWriter() {
    wait();
    thread_.request_stop();
    wake_.notify_all();
}

void SampleWriter::ask(const SampleTask& task) {
    if (prompts_.empty()) return;
    wait();
    const std::lock_guard lock(mutex_);
    task_ = task;
    wake_.notify_all();
}

void SampleWriter::wait() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !task_; });
}

void SampleWriter::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (wake_.wait(lock, stop, [this] { return task_.has_value(); })) {
        const auto task = *task_;
        lock.unlock();
        write(task);
        lock.lock();
        task_.reset();
        wake_.notify_all();
    }
}

void SampleWriter::write(const SampleTask& task) {
    const auto name = "samples of step " + std::to_string(task.step);
    const auto model = inference::Model::load(task.checkpoint);
    if (!model) return reporter_.say("no " + name + ": " + model.error().message);
    std::vector<score::Score> all;
    for (std::size_t i = 0; i < prompts_.size(); ++i) {
        inference::ContinuationRequest request;
        request.score = std::make_shared<const score::Score>(prompts_[i]);
        request.from = ends_[i];
        request.bars = static_cast<int>(settings_.sampleBars);
        for (auto& field : request.sampler.fields) {
            field.temperature = settings_.sampleTemperature;
            field.minP = 0.05; // what is clearly wrong would hide what was learnt
        }
        request.seed = settings_.seed + i;
        const auto made = inference::continueScore(**model, request);
        if (!made) return reporter_.say("the " + name + " failed: " + made.error().message);
        const auto path = run_.samples() / (fileName(task.step, i) + ".mid");
        if (const auto saved = midi::saveFile(inference::withNewBars(prompts_[i], *made), path); !saved)
            return reporter_.say(saved.error().message);
        all.push_back(inference::newBarsOnly(prompts_[i], *made));
        if (isHeard(task.step)) sound(task.step, i, path);
    }
    measure(task, all);
}

/// Means over the samples for which a measure is defined.
void SampleWriter::measure(const SampleTask& task, const std::vector<score::Score>& made) {
    std::vector<analysis::PieceMetrics> measured;
    for (const auto& score : made) measured.push_back(analysis::measure(analysis::onGrid(score)));
    runs::MetricPoint point{.step = task.step, .seconds = task.seconds, .tokens = task.tokens, .values = {}};
    for (const auto& metric : analysis::metricTable().first(analysis::kSongMetrics)) {
        double sum = 0, count = 0;
        for (const auto& metrics : measured)
            if (const auto value = metric.of(metrics)) {
                sum += *value;
                ++count;
            }
        if (count > 0) point.values[std::string(kSampleValues) + metric.name] = sum / count;
    }
    reporter_.point(point);
}

/// Sounds take a hundred times the room of their notes: those of the first, second, fourth, eighth time … are kept.
bool SampleWriter::isHeard(std::int64_t step) const {
    if (!makeSound_ || !settings_.sampleAudio || !reporter_.takesSounds()) return false;
    const auto rhythm = settings_.sampleEvery > 0 ? settings_.sampleEvery : settings_.validateEvery;
    const bool isLast = settings_.maxSteps > 0 && step >= settings_.maxSteps;
    return isLast || std::has_single_bit(static_cast<std::uint64_t>(step / std::max<std::int64_t>(1, rhythm)));
}

void SampleWriter::sound(std::int64_t step, std::size_t sample, const std::filesystem::path& midi) {
    const auto wav = run_.samples() / ("." + fileName(step, sample) + ".wav");
    if (const auto made = makeSound_(midi, wav); made)
        reporter_.sound(step, "sample-" + std::to_string(sample), wav);
    else
        reporter_.say("sample " + std::to_string(sample) + " of step " + std::to_string(step) +
                      " was not made to sound: " + made.error().message);
    std::error_code ignored;
    std::filesystem::remove(wav, ignored);
}

} // namespace continuo::learning
