#include "engine/learning/sample_writer.h"

#include "engine/analysis/piece_metrics.h"
#include "engine/inference/continued_score.h"
#include "engine/inference/row_generation.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/tokens/decoder.h"

#include <bit>
#include <memory>

namespace continuo::learning {
namespace {

constexpr int kPromptBars = 4;
constexpr double kMidiLmShare = 0.9;      // of each head's ids, the likeliest: its top_k_fraction
constexpr std::uint16_t kMidiLmPiano = 1; // the instrument that its samples begin with

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
    if (settings.sampleSteps > 0)
        count_ = static_cast<std::size_t>(settings.samples);
    else
        choosePrompts(dataset);
    if (count_ > 0) thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void SampleWriter::choosePrompts(const corpus::Dataset& dataset) {
    auto pieces = dataset.indices(corpus::Part::Validation);
    if (pieces.empty()) pieces = dataset.indices(corpus::Part::Train);
    count_ = std::min(pieces.size(), static_cast<std::size_t>(settings_.samples));
    for (std::size_t i = 0; i < count_; ++i) { // spread over the part, so that they differ
        const auto score = dataset.score(pieces[i * pieces.size() / count_]);
        ends_.push_back(inference::promptEnd(score, kPromptBars));
        prompts_.push_back(inference::promptOf(score, ends_.back()));
    }
}

SampleWriter::~SampleWriter() {
    wait();
    thread_.request_stop();
    wake_.notify_all();
}

void SampleWriter::ask(const SampleTask& task) {
    if (count_ == 0) return;
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

inference::SamplerSettings SampleWriter::sampler() const {
    const bool isReference = settings_.parity == "midi-lm";
    inference::SamplerSettings sampler;
    for (auto& field : sampler.fields) {
        field.temperature = settings_.sampleTemperature;
        if (isReference)
            field.topKShare = kMidiLmShare;
        else
            field.minP = 0.05; // what is clearly wrong would hide what was learnt
    }
    return sampler;
}

base::Result<SampleWriter::Made> SampleWriter::continued(const inference::Model& model, std::size_t sample) const {
    inference::ContinuationRequest request;
    request.score = std::make_shared<const score::Score>(prompts_[sample]);
    request.from = ends_[sample];
    request.bars = static_cast<int>(settings_.sampleBars);
    request.sampler = sampler();
    request.seed = settings_.seed + sample;
    const auto made = inference::continueScore(model, request);
    if (!made) return base::failure(made.error());
    return Made{inference::withNewBars(prompts_[sample], *made), inference::newBarsOnly(prompts_[sample], *made)};
}

/// midi-lm's mmt begins with the piano alone declared; ours with the bare beginning of a song.
base::Result<SampleWriter::Made> SampleWriter::fromNothing(const inference::Model& model, std::size_t sample) const {
    const auto& tokenizer = model.tokenizer();
    const bool isReference = settings_.parity == "midi-lm";
    inference::RowRequest request;
    request.prompt = inference::startPrompt(tokenizer);
    if (isReference && tokenizer.family() == tokens::Family::Mmt)
        request.prompt = inference::instrumentPrompt(tokenizer, {kMidiLmPiano}).value();
    request.steps = static_cast<int>(settings_.sampleSteps);
    request.minSteps = 1;
    request.sampler = sampler();
    request.seed = settings_.seed + sample;
    const auto made = inference::generateRows(model, request);
    if (!made) return base::failure(made.error());
    auto rows = request.prompt;
    rows.insert(rows.end(), made->front().rows.begin(), made->front().rows.end());
    auto score = tokens::decode(rows, tokenizer);
    if (!score) return base::failure(score.error());
    return Made{*score, *score};
}

base::Result<SampleWriter::Made> SampleWriter::make(const inference::Model& model, std::size_t sample) const {
    return settings_.sampleSteps > 0 ? fromNothing(model, sample) : continued(model, sample);
}

void SampleWriter::write(const SampleTask& task) {
    const auto name = "samples of step " + std::to_string(task.step);
    const auto model = inference::Model::load(task.checkpoint);
    if (!model) return reporter_.say("no " + name + ": " + model.error().message);
    std::vector<score::Score> all;
    for (std::size_t i = 0; i < count_; ++i) {
        auto made = make(**model, i);
        if (!made) return reporter_.say("the " + name + " failed: " + made.error().message);
        const auto path = run_.samples() / (fileName(task.step, i) + ".mid");
        if (const auto saved = midi::saveFile(made->whole, path); !saved) return reporter_.say(saved.error().message);
        all.push_back(std::move(made->fresh));
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
