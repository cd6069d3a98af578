#include "engine/configuration/training_settings.h"

#include "engine/base/text.h"

#include <algorithm>
#include <filesystem>

namespace continuo::configuration {
namespace {

namespace fs = std::filesystem;

/// A built-in set by its name, all others by the folder they lie in, from wherever a run is resumed.
std::string datasetOf(const Configuration& from) {
    const auto name = from.word("dataset._target_");
    const auto folder = from.word("dataset.dataset_dir");
    if (folder.empty()) return name;
    std::error_code failed;
    auto place = fs::absolute(folder, failed).lexically_normal().string();
    while (place.size() > 1 && place.back() == '/') place.pop_back();
    const bool isBuiltIn = name == "scales"; // midi-lm names a folder for them too
    return isBuiltIn && !fs::exists(fs::path(place) / "dataset.json", failed) ? name : place;
}

void readNetwork(const Configuration& from, TrainingSettings& to) {
    const auto tables = from.integer("network.emb_dim");
    const auto blocks = from.integer("network.attn_dim");
    to.network = from.word("network._target_");
    to.width = blocks > 0 ? blocks : tables;
    to.embeddingWidth = tables == to.width ? 0 : tables;
    to.layers = from.integer("network.attn_layers");
    to.heads = from.integer("network.attn_heads");
    to.maxLength = from.integer("network.max_seq_len");
    to.tokenizerRows = from.integer("tokenizer.max_seq_len");
    to.positions = from.word("network.positions");
    if (to.positions.empty() && !from.boolean("network.l2norm_embed")) to.positions = "learned-scaled";
    if (const auto norm = from.value("network.post_emb_norm"); !norm.isNull())
        to.postEmbeddingNorm = norm == Value(true);
    to.embeddingDropout = from.real("network.emb_dropout");
    to.attentionDropout = from.real("network.attn_dropout");
    to.hiddenDropout = from.real("network.ff_dropout");
    to.residualDropout = from.real("network.residual_dropout");
    to.outputDropout = from.real("network.output_dropout");
    if (to.parity == "midi-lm") std::swap(to.attentionDropout, to.outputDropout);
}

void readTransforms(const Configuration& from, TrainingSettings& to) {
    to.cropBeats = from.integer("transforms.crop_n_beats");
    to.lowestShift = static_cast<int>(from.integer("transforms.transpose_min_semitones"));
    to.highestShift = static_cast<int>(from.integer("transforms.transpose_max_semitones"));
    const auto asked = from.value("transforms.transpose");
    to.transpose = asked.isNull() ? to.lowestShift != 0 && to.highestShift != 0 : asked == Value(true);
    if (!to.transpose) to.lowestShift = to.highestShift = 0;
}

void readOptimizer(const Configuration& from, TrainingSettings& to) {
    const auto betas = from.value("optimizer.betas");
    to.optimizer = from.word("optimizer._target_");
    to.learningRate = from.real("optimizer.lr");
    to.weightDecay = from.real("optimizer.weight_decay");
    to.beta1 = numberIn((*betas.as<List>())[0]).value();
    to.beta2 = numberIn((*betas.as<List>())[1]).value();
    to.epsilon = from.real("optimizer.eps");
    to.amsgrad = from.boolean("optimizer.amsgrad");
    to.momentum = from.real("optimizer.momentum");
    if (to.parity == "midi-lm" && !find(from.tree(), "optimizer")) { // what its modules take where none is given
        to.learningRate = 0.002;
        to.weightDecay = 0.01;
    }
}

void readSchedule(const Configuration& from, TrainingSettings& to) {
    const auto of = [](const char* key) { return std::string("lr_scheduler.scheduler.") + key; };
    to.schedule = from.word("lr_scheduler._target_");
    to.warmup = from.integer(of("warmup"));
    to.finalShare = from.real(of("final"));
    to.horizon = from.integer(of("steps"));
    to.restartPeriod = from.integer(of("T_0"));
    to.restartFactor = from.integer(of("T_mult"));
    to.leastRate = from.real(of(to.schedule == "plateau" ? "min_lr" : "eta_min"));
    to.plateauPatience = from.integer(of("patience"));
    to.plateauFactor = from.real(of("factor"));
}

std::string precisionWord(const std::string& word) {
    if (word.starts_with("32")) return "fp32";
    return word == "bf16-mixed" ? "bf16" : word;
}

void readTrainer(const Configuration& from, TrainingSettings& to) {
    to.maxEpochs = from.integer("trainer.max_epochs");
    to.maxSteps = std::max<std::int64_t>(0, from.integer("trainer.max_steps"));
    to.maxSeconds = from.real("trainer.max_seconds");
    const auto interval = from.value("trainer.val_check_interval");
    const auto first = from.value("trainer.overfit_batches");
    if (const auto* steps = interval.as<std::int64_t>())
        to.validateEvery = *steps;
    else
        to.validateEpochs = numberIn(interval).value_or(1);
    if (const auto* batches = first.as<std::int64_t>())
        to.overfitBatches = *batches;
    else
        to.overfitShare = numberIn(first).value_or(0);
    to.accumulate = from.integer("trainer.accumulate_grad_batches");
    to.clip = from.real("trainer.gradient_clip_val");
    to.logEvery = from.integer("trainer.log_every_n_steps");
    to.patience = from.integer("trainer.patience");
    to.keep = from.integer("trainer.keep");
    to.badStepLimit = from.integer("trainer.bad_steps");
    to.histogramEvery = from.integer("trainer.histograms");
    to.profiler = from.word("trainer.profiler");
    if (to.profiler.empty()) to.profiler = "none";
    to.accelerator = from.word("trainer.accelerator");
    to.precision = precisionWord(from.word("trainer.precision"));
    to.threads = from.integer("trainer.threads");
    to.leaveCore = from.boolean("trainer.leave_core");
}

void readSamples(const Configuration& from, TrainingSettings& to) {
    to.samples = from.integer("samples.count");
    to.sampleBars = from.integer("samples.bars");
    to.sampleEvery = from.integer("samples.every_n_steps");
    to.sampleSteps = from.integer("samples.rows");
    to.sampleTemperature = from.real("samples.temperature");
    if (to.parity != "midi-lm") return; // which samples by a callback of fixed habits
    const auto says = [&](const char* key) { return find(from.tree(), key) != nullptr; };
    if (!says("samples.every_n_steps")) {
        to.sampleEvery = 100;
        to.sampleFrom = 50;
    }
    if (!says("samples.rows") && !says("samples.bars")) to.sampleSteps = 100;
}

} // namespace

TrainingSettings trainingSettings(const Configuration& from) {
    TrainingSettings to;
    to.parity = from.word("parity");
    to.seed = static_cast<std::uint64_t>(from.integer("seed"));
    to.dataset = datasetOf(from);
    to.batchSize = from.integer("dataset.batch_size");
    to.loaderThreads = from.integer("dataset.num_workers");
    to.validationWindows = from.integer("dataset.val_windows");
    to.tokenizer = from.word("tokenizer._target_");
    to.logger = from.word("logger._target_");
    to.sampleAudio = from.boolean("logger.audio");
    readNetwork(from, to);
    readTransforms(from, to);
    readOptimizer(from, to);
    readSchedule(from, to);
    readTrainer(from, to);
    readSamples(from, to);
    return to;
}

void setDefaultLimit(Configuration& configuration) {
    const bool isEndless = configuration.integer("trainer.max_steps") == 0 &&
                           configuration.integer("trainer.max_epochs") == 0 &&
                           configuration.real("trainer.max_seconds") == 0;
    if (isEndless) (void)configuration.set("trainer.max_seconds", "600");
}

} // namespace continuo::configuration
