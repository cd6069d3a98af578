#include "engine/learning/sample_writer.h"

#include "engine/inference/continued_score.h"
#include "engine/midi/midi_file_writer.h"

#include <memory>

namespace continuo::learning {
namespace {

constexpr int kPromptBars = 4;

std::string fileName(std::int64_t step, std::size_t sample) {
    return "step-" + std::to_string(step) + "-" + std::to_string(sample) + ".mid";
}

} // namespace

SampleWriter::SampleWriter(const runs::RunDirectory& run, const corpus::Dataset& dataset,
                           const configuration::TrainingSettings& settings, Say say)
    : run_(run), settings_(settings), say_(std::move(say)) {
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
    thread_.request_stop();
    wake_.notify_all();
}

void SampleWriter::ask(std::int64_t step, const std::filesystem::path& checkpoint) {
    const std::lock_guard lock(mutex_);
    task_ = Task{step, checkpoint};
    wake_.notify_all();
}

void SampleWriter::work(const std::stop_token& stop) {
    while (true) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, stop, [this] { return task_.has_value(); });
        if (!task_) return; // stopped, and nothing is waiting
        const auto task = *task_;
        task_.reset();
        lock.unlock();
        write(task);
    }
}

void SampleWriter::write(const Task& task) {
    const auto model = inference::Model::load(task.checkpoint);
    if (!model) return say_("no samples of step " + std::to_string(task.step) + ": " + model.error().message);
    for (std::size_t i = 0; i < prompts_.size(); ++i) {
        inference::ContinuationRequest request;
        request.score = std::make_shared<const score::Score>(prompts_[i]);
        request.from = ends_[i];
        request.bars = static_cast<int>(settings_.sampleBars);
        for (auto& field : request.sampler.fields)
            field.minP = 0.05; // what is clearly wrong would hide what was learnt
        request.seed = settings_.seed + i;
        const auto made = inference::continueScore(**model, request);
        if (!made)
            return say_("sample " + std::to_string(i) + " of step " + std::to_string(task.step) +
                        " failed: " + made.error().message);
        const auto path = run_.samples() / fileName(task.step, i);
        if (const auto saved = midi::saveFile(inference::withNewBars(prompts_[i], *made), path); !saved)
            return say_(saved.error().message);
    }
}

} // namespace continuo::learning
