#include "engine/configuration/training_settings.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>

namespace continuo::configuration {
namespace {

constexpr double kMost = 1e15;

constexpr std::array kKeys{
    Key{"dataset.name", Kind::Word, "counterpoint",
        "a built-in set (counterpoint, scales, eighth-notes) or a folder that `prepare` wrote"},
    Key{"dataset.batch_size", Kind::Integer, "4", "pieces (or windows of long ones) a step", 1, 4096},
    Key{"dataset.val_windows", Kind::Integer, "64", "fixed windows that validation reads; 0: all", 0, kMost},
    Key{"dataset.num_workers", Kind::Integer, "1", "threads that prepare batches; 0: the training thread", 0, 256},
    Key{"tokenizer.name", Kind::Word, "mmt", "how a score becomes rows", 0, 0, "mmt mmt-official"},
    Key{"tokenizer.parity", Kind::Word, "none", "midi-lm: its slips too, padding counts in the loss", 0, 0,
        "none midi-lm mmt"},
    Key{"transforms.transpose", Kind::Boolean, "true", "shift training pieces at random, between the next two"},
    Key{"transforms.crop_n_beats", Kind::Integer, "0", "beats of a random stretch of each piece; 0: what the net sees",
        0, kMost},
    Key{"transforms.transpose_min", Kind::Integer, "-5", "lowest random shift of a training piece, semitones", -127, 0},
    Key{"transforms.transpose_max", Kind::Integer, "6", "highest shift", 0, 127},
    Key{"network.name", Kind::Word, "mmt-1m", "mmt-1m, mmt-7m or mmt-20m"},
    Key{"network.emb_dim", Kind::Integer, "0", "width of the net; 0: as named (the same for the next three)", 0, 65536},
    Key{"network.attn_layers", Kind::Integer, "0", "blocks", 0, 1024},
    Key{"network.attn_heads", Kind::Integer, "0", "attention heads, each 64 wide", 0, 1024},
    Key{"network.max_seq_len", Kind::Integer, "0", "rows it can see", 0, 65536},
    Key{"network.emb_dropout", Kind::Real, "0", "share of the embedding dropped while training", 0, 0.95},
    Key{"network.attn_dropout", Kind::Real, "0", "share of attention weights dropped (slow: no fused kernel has it)", 0,
        0.95},
    Key{"network.ff_dropout", Kind::Real, "0", "share of hidden units dropped", 0, 0.95},
    Key{"network.residual_dropout", Kind::Real, "0.1", "share dropped of what each half block adds", 0, 0.95},
    Key{"optimizer.name", Kind::Word, "adamw",
        "adamw: decoupled weight decay on matrices, none on norms, biases and tables; adam, sgd: decay in the gradient",
        0, 0, "adamw adam sgd"},
    Key{"optimizer.lr", Kind::Real, "0.003", "highest learning rate; take half for mmt-7m, a quarter for mmt-20m", 0,
        10},
    Key{"optimizer.weight_decay", Kind::Real, "0.01", "decay of matrices", 0, 10},
    Key{"optimizer.beta1", Kind::Real, "0.9", "memory of the mean", 0, 0.9999},
    Key{"optimizer.beta2", Kind::Real, "0.99", "memory of the square", 0, 0.99999},
    Key{"optimizer.eps", Kind::Real, "1e-8", "added to the root", 1e-20, 1},
    Key{"optimizer.amsgrad", Kind::Boolean, "false", "adam, adamw: divide by the largest mean square so far"},
    Key{"optimizer.momentum", Kind::Real, "0.9", "sgd: share of the velocity kept", 0, 0.9999},
    Key{"lr_scheduler.name", Kind::Word, "warmup-cosine", "how the rate changes after warm-up; cosine restarts", 0, 0,
        "warmup-cosine cosine plateau mmt constant"},
    Key{"lr_scheduler.T_0", Kind::Integer, "2000", "cosine: steps to the first restart", 1, kMost},
    Key{"lr_scheduler.T_mult", Kind::Integer, "2", "cosine: each stretch so many times as long", 1, 100},
    Key{"lr_scheduler.eta_min", Kind::Real, "1e-6", "cosine, plateau: the least rate", 0, 10},
    Key{"lr_scheduler.patience", Kind::Integer, "10", "plateau: validations without a better one that are borne", 0,
        kMost},
    Key{"lr_scheduler.factor", Kind::Real, "0.1", "plateau: the rate is multiplied by it", 0, 1},
    Key{"lr_scheduler.warmup", Kind::Integer, "40", "steps from nothing to the highest rate", 0, kMost},
    Key{"lr_scheduler.final", Kind::Real, "0.05", "share of the rate left at the end", 0, 1},
    Key{"lr_scheduler.steps", Kind::Integer, "0", "step at which the fall ends; 0: where the run ends", 0, kMost},
    Key{"trainer.max_steps", Kind::Integer, "0", "stop after so many steps; 0: no limit", 0, kMost},
    Key{"trainer.max_seconds", Kind::Real, "0", "stop after so long; 0: no limit (with no limit at all: 600)", 0,
        kMost},
    Key{"trainer.max_epochs", Kind::Integer, "0", "stop after so many epochs; 0: no limit", 0, kMost},
    Key{"trainer.accumulate", Kind::Integer, "1", "batches whose gradients make one step", 1, 4096},
    Key{"trainer.overfit_batches", Kind::Integer, "0", "learn only the first batches, again and again; 0: all", 0,
        kMost},
    Key{"trainer.log_every_n_steps", Kind::Integer, "1", "steps between lines of the metrics", 1, kMost},
    Key{"trainer.profiler", Kind::Word, "none", "simple: a table of seconds by phase at the end", 0, 0, "none simple"},
    Key{"trainer.accelerator", Kind::Word, "cpu", "where: cpu, gpu, or auto for a gpu where there is one", 0, 0,
        "cpu gpu auto"},
    Key{"trainer.histograms", Kind::Integer, "100", "steps between histograms of the gradients; 0: none", 0, kMost},
    Key{"trainer.validate_every", Kind::Integer, "100", "steps between validations, each with a checkpoint and samples",
        1, kMost},
    Key{"trainer.patience", Kind::Integer, "0", "stop after so many validations without a better one; 0: never", 0,
        kMost},
    Key{"trainer.keep", Kind::Integer, "2", "checkpoints that stay: the best and the newest", 1, 100000},
    Key{"trainer.clip", Kind::Real, "1", "largest norm of the gradient; 0: unclipped", 0, kMost},
    Key{"trainer.bad_steps", Kind::Integer, "10", "stop after so many steps in a row whose gradient is not finite", 1,
        kMost},
    Key{"trainer.precision", Kind::Word, "auto",
        "bf16: products in bfloat16, weights stay fp32; auto: bf16 where the processor multiplies it", 0, 0,
        "auto fp32 bf16"},
    Key{"trainer.threads", Kind::Integer, "0", "processor threads; 0: one a core", 0, 1024},
    Key{"trainer.leave_core", Kind::Boolean, "false", "leave one core to others, as while music plays"},
    Key{"trainer.samples", Kind::Integer, "2", "pieces written at each validation; 0: none", 0, 100},
    Key{"trainer.sample_bars", Kind::Integer, "8", "new bars of each", 1, 1000},
    Key{"trainer.sample_every", Kind::Integer, "0", "steps between samples; 0: at each validation", 0, kMost},
    Key{"trainer.sample_temperature", Kind::Real, "1", "below 1 safer, above wilder", 0, 10},
    Key{"logger.name", Kind::Word, "tensorboard", "what is written beside metrics.jsonl", 0, 0, "tensorboard csv"},
    Key{"logger.audio", Kind::Boolean, "true", "tensorboard: samples as sound"},
    Key{"seed", Kind::Integer, "1", "of everything random: weights, data order, dropout, samples", 0, kMost},
};

} // namespace

std::span<const Key> trainingKeys() { return kKeys; }

TrainingSettings trainingSettings(const Configuration& from) {
    TrainingSettings to;
    to.dataset = from.word("dataset.name");
    to.batchSize = from.integer("dataset.batch_size");
    to.validationWindows = from.integer("dataset.val_windows");
    to.tokenizer = from.word("tokenizer.name");
    to.parity = from.word("tokenizer.parity");
    to.lowestShift = static_cast<int>(from.integer("transforms.transpose_min"));
    to.highestShift = static_cast<int>(from.integer("transforms.transpose_max"));
    to.network = from.word("network.name");
    to.width = from.integer("network.emb_dim");
    to.layers = from.integer("network.attn_layers");
    to.heads = from.integer("network.attn_heads");
    to.maxLength = from.integer("network.max_seq_len");
    to.embeddingDropout = from.real("network.emb_dropout");
    to.attentionDropout = from.real("network.attn_dropout");
    to.hiddenDropout = from.real("network.ff_dropout");
    to.residualDropout = from.real("network.residual_dropout");
    to.learningRate = from.real("optimizer.lr");
    to.weightDecay = from.real("optimizer.weight_decay");
    to.beta1 = from.real("optimizer.beta1");
    to.beta2 = from.real("optimizer.beta2");
    to.epsilon = from.real("optimizer.eps");
    to.optimizer = from.word("optimizer.name");
    to.amsgrad = from.boolean("optimizer.amsgrad");
    to.momentum = from.real("optimizer.momentum");
    to.schedule = from.word("lr_scheduler.name");
    to.restartPeriod = from.integer("lr_scheduler.T_0");
    to.restartFactor = from.integer("lr_scheduler.T_mult");
    to.leastRate = from.real("lr_scheduler.eta_min");
    to.plateauPatience = from.integer("lr_scheduler.patience");
    to.plateauFactor = from.real("lr_scheduler.factor");
    to.maxEpochs = from.integer("trainer.max_epochs");
    to.accumulate = from.integer("trainer.accumulate");
    to.overfitBatches = from.integer("trainer.overfit_batches");
    to.logEvery = from.integer("trainer.log_every_n_steps");
    to.profiler = from.word("trainer.profiler");
    to.accelerator = from.word("trainer.accelerator");
    to.histogramEvery = from.integer("trainer.histograms");
    to.loaderThreads = from.integer("dataset.num_workers");
    to.logger = from.word("logger.name");
    to.sampleAudio = from.boolean("logger.audio");
    to.warmup = from.integer("lr_scheduler.warmup");
    to.finalShare = from.real("lr_scheduler.final");
    to.horizon = from.integer("lr_scheduler.steps");
    to.maxSteps = from.integer("trainer.max_steps");
    to.maxSeconds = from.real("trainer.max_seconds");
    to.validateEvery = from.integer("trainer.validate_every");
    to.patience = from.integer("trainer.patience");
    to.keep = from.integer("trainer.keep");
    to.clip = from.real("trainer.clip");
    to.badStepLimit = from.integer("trainer.bad_steps");
    to.precision = from.word("trainer.precision");
    to.threads = from.integer("trainer.threads");
    to.leaveCore = from.boolean("trainer.leave_core");
    to.samples = from.integer("trainer.samples");
    to.sampleBars = from.integer("trainer.sample_bars");
    to.transpose = from.boolean("transforms.transpose") && (to.lowestShift != 0 || to.highestShift != 0);
    to.cropBeats = from.integer("transforms.crop_n_beats");
    to.sampleEvery = from.integer("trainer.sample_every");
    to.sampleTemperature = from.real("trainer.sample_temperature");
    to.seed = static_cast<std::uint64_t>(from.integer("seed"));
    return to;
}

void setDefaultLimit(Configuration& configuration) {
    const bool isEndless = configuration.integer("trainer.max_steps") == 0 &&
                           configuration.integer("trainer.max_epochs") == 0 &&
                           configuration.real("trainer.max_seconds") == 0;
    if (isEndless) (void)configuration.set("trainer.max_seconds", "600");
}

std::string trainingHelp() {
    std::string text;
    std::string open = "-";
    for (const auto& key : kKeys) {
        std::string name = key.name;
        const auto dot = name.find('.');
        const auto group = dot == std::string::npos ? "" : name.substr(0, dot);
        if (group != open) text += text.empty() ? "" : "\n";
        open = group;
        if (name.ends_with(".name")) name.resize(name.size() - 5);
        auto left = "  " + name + "=" + key.fallback;
        left.resize(std::max<std::size_t>(left.size() + 2, 34), ' ');
        text += left + key.meaning;
        if (*key.choices != '\0') text += " (" + std::string(key.choices) + ")";
        text += "\n";
    }
    return text;
}

} // namespace continuo::configuration
