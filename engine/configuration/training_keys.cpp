#include "engine/configuration/training_keys.h"

#include <array>

namespace continuo::configuration {
namespace {

constexpr double kMost = 1e15;

constexpr std::array kKeys{
    Key{"parity", Kind::Word, "none", "midi-lm, mmt: tokens, losses and defaults as that program has them", 0, 0,
        "none midi-lm mmt"},
    Key{"seed", Kind::Integer, "1", "of everything random: weights, data order, dropout, samples", 0, kMost},
    Key{"resume_from_checkpoint", Kind::Fixed, "null", "`continuo resume RUN:STEP` is how a run goes on"},

    Key{"collator._target_", Kind::Word, "multi-seq-dict", "", 0, 0, "multi-seq-dict"},
    Key{"compute.local", Kind::Fixed, "true", "on this machine"},

    Key{"dataset._target_", Kind::Word, "counterpoint", ""},
    Key{"dataset.dataset_dir", Kind::Word, "null",
        "folder that `prepare` wrote; dataset=/path/to/folder says it in one word"},
    Key{"dataset.batch_size", Kind::Integer, "8", "pieces (or windows of long ones) a step", 1, 4096},
    Key{"dataset.num_workers", Kind::Integer, "0", "threads that prepare batches; 0: the training thread", 0, 256},
    Key{"dataset.val_windows", Kind::Integer, "0", "fixed windows that validation reads; 0: all", 0, kMost},

    Key{"tokenizer._target_", Kind::Word, "mmt", "", 0, 0, "mmt mmt-official tpd structured"},
    Key{"tokenizer.max_seq_len", Kind::Integer, "1024", "rows of a window", 6, 65536},
    Key{"model._target_", Kind::Word, "mmt", "", 0, 0, "mmt multihead-transformer structured"},

    Key{"network._target_", Kind::Word, "mmt-1m", ""},
    Key{"network.max_seq_len", Kind::Integer, "1024", "rows it can see", 6, 65536},
    Key{"network.emb_dim", Kind::Integer, "0", "width of the tables; the net is as wide unless attn_dim says else", 0,
        16384},
    Key{"network.attn_dim", Kind::Integer, "0", "width of the blocks, where it is not emb_dim", 0, 16384},
    Key{"network.attn_layers", Kind::Integer, "0", "blocks", 0, 256},
    Key{"network.attn_heads", Kind::Integer, "0", "attention heads, each 64 wide", 0, 256},
    Key{"network.positions", Kind::Word, "null", "how it knows where a row stands", 0, 0,
        "learned-normalized learned-scaled alibi rotary none"},
    Key{"network.l2norm_embed", Kind::Boolean, "true", "positions learned-normalized, or else learned-scaled"},
    Key{"network.post_emb_norm", Kind::Boolean, "null", "a norm after the embedding"},
    Key{"network.emb_dropout", Kind::Real, "0.0", "share of the embedding dropped while training", 0, 0.95},
    Key{"network.attn_dropout", Kind::Real, "0.0",
        "share of attention weights dropped (slow); parity=midi-lm: of the last vectors, as there", 0, 0.95},
    Key{"network.ff_dropout", Kind::Real, "0.0", "share of hidden units dropped", 0, 0.95},
    Key{"network.residual_dropout", Kind::Real, "0.0", "share dropped of what each half block adds", 0, 0.95},
    Key{"network.output_dropout", Kind::Real, "0.0", "share of the last vectors dropped", 0, 0.95},
    Key{"network.padding_idx", Kind::Fixed, "0", ""},
    Key{"network.event_type_dim", Kind::Fixed, "5", ""},
    Key{"network.beat_dim", Kind::Fixed, "257", ""},
    Key{"network.position_dim", Kind::Fixed, "13", ""},
    Key{"network.pitch_dim", Kind::Fixed, "129", ""},
    Key{"network.duration_dim", Kind::Fixed, "33", ""},
    Key{"network.instrument_dim", Kind::Fixed, "129", ""},
    Key{"network.bos_key", Kind::Fixed, "pitch", ""},
    Key{"network.eos_key", Kind::Fixed, "pitch", ""},
    Key{"network.bos_token_id", Kind::Fixed, "1", ""},
    Key{"network.eos_token_id", Kind::Fixed, "2", ""},
    Key{"network.vocab_sizes.time_shift", Kind::Fixed, "10", ""},
    Key{"network.vocab_sizes.pitch", Kind::Fixed, "131", ""},
    Key{"network.vocab_sizes.duration", Kind::Fixed, "14", ""},
    Key{"network.vocab_size", Kind::Fixed, "676", ""},
    Key{"network.special_token_range", Kind::Fixed, "", ""},
    Key{"network.pitch_range", Kind::Fixed, "", ""},
    Key{"network.velocity_range", Kind::Fixed, "", ""},
    Key{"network.duration_range", Kind::Fixed, "", ""},
    Key{"network.timeshift_range", Kind::Fixed, "", ""},

    Key{"transforms.crop_n_beats", Kind::Integer, "null",
        "beats of a random stretch of each training piece; null: as much as the net sees", 0, kMost},
    Key{"transforms.transpose", Kind::Boolean, "null",
        "shift training pieces at random; null: where both bounds are given and neither is 0"},
    Key{"transforms.transpose_min_semitones", Kind::Integer, "null", "lowest shift, included", -127, 127},
    Key{"transforms.transpose_max_semitones", Kind::Integer, "null", "highest shift, included", -127, 127},

    Key{"optimizer._target_", Kind::Word, "adamw", "", 0, 0, "adamw adam sgd"},
    Key{"optimizer.lr", Kind::Real, "0.001", "highest learning rate; take half for 7m nets, a quarter for 20m", 0, 10},
    Key{"optimizer.weight_decay", Kind::Real, "0.0", "adamw: decoupled; adam, sgd: in the gradient", 0, 10},
    Key{"optimizer.betas", Kind::Pair, "[0.9,0.999]", "memory of the mean and of the square", 0, 0.99999, "",
        "adam adamw"},
    Key{"optimizer.eps", Kind::Real, "1e-08", "added to the root", 1e-20, 1, "", "adam adamw"},
    Key{"optimizer.amsgrad", Kind::Boolean, "false", "divide by the largest mean square so far", 0, 0, "",
        "adam adamw"},
    Key{"optimizer.momentum", Kind::Real, "0.0", "share of the velocity kept", 0, 0.9999, "", "sgd"},

    Key{"lr_scheduler._target_", Kind::Word, "constant", "", 0, 0, "warmup-cosine cosine plateau mmt constant"},
    Key{"lr_scheduler.scheduler.warmup", Kind::Integer, "0", "steps from nothing to the highest rate", 0, kMost},
    Key{"lr_scheduler.scheduler.final", Kind::Real, "0.05", "share of the rate left at the end", 0, 1, "",
        "warmup-cosine mmt"},
    Key{"lr_scheduler.scheduler.steps", Kind::Integer, "0", "step at which the fall ends; 0: where the run ends", 0,
        kMost, "", "warmup-cosine mmt"},
    Key{"lr_scheduler.scheduler.T_0", Kind::Integer, "2000", "steps to the first restart", 1, kMost, "", "cosine"},
    Key{"lr_scheduler.scheduler.T_mult", Kind::Integer, "2", "each stretch so many times as long", 1, 100, "",
        "cosine"},
    Key{"lr_scheduler.scheduler.eta_min", Kind::Real, "0.0", "the least rate", 0, 10, "", "cosine"},
    Key{"lr_scheduler.scheduler.patience", Kind::Integer, "10", "validations without a better one that are borne", 0,
        kMost, "", "plateau"},
    Key{"lr_scheduler.scheduler.factor", Kind::Real, "0.1", "the rate is multiplied by it", 0, 1, "", "plateau"},
    Key{"lr_scheduler.scheduler.min_lr", Kind::Real, "0.0", "the least rate", 0, 10, "", "plateau"},
    Key{"lr_scheduler.scheduler.mode", Kind::Fixed, "min", "", 0, 0, "", "plateau"},
    Key{"lr_scheduler.scheduler.verbose", Kind::Fixed, "true", "", 0, 0, "", "plateau"},
    Key{"lr_scheduler.interval", Kind::Fixed, "step", ""},
    Key{"lr_scheduler.frequency", Kind::Fixed, "1", ""},
    Key{"lr_scheduler.monitor", Kind::Fixed, "val/loss", "", 0, 0, "", "plateau"},

    Key{"trainer.accelerator", Kind::Word, "cpu", "where: cpu, gpu, or auto for a GPU where there is one", 0, 0,
        "cpu gpu auto"},
    Key{"trainer.devices", Kind::Fixed, "1", ""},
    Key{"trainer.precision", Kind::Word, "fp32",
        "bf16: products in bfloat16, weights stay fp32; auto: bf16 where the processor multiplies it", 0, 0,
        "auto fp32 bf16 32 32-true bf16-mixed"},
    Key{"trainer.max_epochs", Kind::Integer, "null", "stop after so many epochs; null: no limit", 0, kMost},
    Key{"trainer.max_steps", Kind::Integer, "null", "stop after so many steps", -1, kMost},
    Key{"trainer.max_seconds", Kind::Real, "null", "stop after so long (with no limit at all: 600)", 0, kMost},
    Key{"trainer.val_check_interval", Kind::Share, "1.0",
        "steps between validations, each with a checkpoint; with a point a share of an epoch", 0, kMost},
    Key{"trainer.accumulate_grad_batches", Kind::Integer, "1", "batches whose gradients make one step", 1, 4096},
    Key{"trainer.gradient_clip_val", Kind::Real, "null", "largest norm of the gradient; 0: unclipped", 0, kMost},
    Key{"trainer.overfit_batches", Kind::Share, "0",
        "learn only so many first batches, again and again; with a point a share of them; 0: all", 0, kMost},
    Key{"trainer.log_every_n_steps", Kind::Integer, "50", "steps between lines of the metrics", 1, kMost},
    Key{"trainer.patience", Kind::Integer, "null", "stop after so many validations without a better one", 0, kMost},
    Key{"trainer.keep", Kind::Integer, "3", "checkpoints that stay: the best and the newest", 1, 100000},
    Key{"trainer.bad_steps", Kind::Integer, "10", "stop after so many steps in a row whose gradient is not finite", 1,
        kMost},
    Key{"trainer.histograms", Kind::Integer, "100", "steps between histograms of the gradients; 0: none", 0, kMost},
    Key{"trainer.profiler", Kind::Word, "null", "simple: a table of seconds by phase at the end", 0, 0, "none simple"},
    Key{"trainer.threads", Kind::Integer, "0", "processor threads; 0: one a core", 0, 1024},
    Key{"trainer.leave_core", Kind::Boolean, "false", "leave one core to others, as while music plays"},

    Key{"samples.count", Kind::Integer, "1", "pieces written while training; 0: none", 0, 100},
    Key{"samples.bars", Kind::Integer, "8", "new bars of each, behind the first bars of a piece", 1, 1000},
    Key{"samples.rows", Kind::Integer, "0", "rows of each, made from nothing; 0: by bars", 0, 65536},
    Key{"samples.every_n_steps", Kind::Integer, "0", "steps between them; 0: at each validation", 0, kMost},
    Key{"samples.temperature", Kind::Real, "1.0", "below 1 safer, above wilder", 0.01, 10},

    Key{"logger._target_", Kind::Word, "tensorboard", "", 0, 0, "tensorboard csv"},
    Key{"logger.audio", Kind::Boolean, "true", "samples as sound", 0, 0, "", "tensorboard"},
    Key{"logger.save_dir", Kind::Fixed, "", "the run folder"},
    Key{"logger.name", Kind::Fixed, "", ""},
};

constexpr std::array kOthers{
    std::pair{"tokenizer.parity", "parity"},
    std::pair{"trainer.validate_every", "trainer.val_check_interval"},
    std::pair{"trainer.accumulate", "trainer.accumulate_grad_batches"},
    std::pair{"trainer.clip", "trainer.gradient_clip_val"},
    std::pair{"trainer.samples", "samples.count"},
    std::pair{"trainer.sample_bars", "samples.bars"},
    std::pair{"trainer.sample_every", "samples.every_n_steps"},
    std::pair{"trainer.sample_temperature", "samples.temperature"},
    std::pair{"transforms.transpose_min", "transforms.transpose_min_semitones"},
    std::pair{"transforms.transpose_max", "transforms.transpose_max_semitones"},
    std::pair{"optimizer.beta1", "optimizer.betas.0"},
    std::pair{"optimizer.beta2", "optimizer.betas.1"},
    std::pair{"run_dir", "hydra.run.dir"},
};

} // namespace

std::span<const Key> trainingKeys() { return kKeys; }

std::string currentName(std::string_view written) {
    for (const auto& [old, current] : kOthers)
        if (written == old) return current;
    if (findKey(kKeys, written)) return std::string(written);
    if (written.ends_with(".name")) return std::string(written.substr(0, written.size() - 5));
    if (written.starts_with("lr_scheduler.")) {
        const auto nested = "lr_scheduler.scheduler." + std::string(written.substr(13));
        if (findKey(kKeys, nested)) return nested;
    }
    return std::string(written);
}

} // namespace continuo::configuration
