#include "engine/learning/training_session.h"

#include "engine/tokens/tokenizer.h"

#include <cstring>
#include <malloc.h>
#include <thread>

namespace continuo::learning {
namespace {

constexpr std::uint64_t kWeightsPurpose = 1, kDropoutPurpose = 2;
constexpr const char* kMeanPrefix = "mean.";
constexpr const char* kSquarePrefix = "square.";

/// Products in bfloat16 while it lives.
class LowPrecision {
public:
    explicit LowPrecision(bool isOn) : isOn_(isOn) {
        if (!isOn_) return;
        at::autocast::set_autocast_enabled(at::kCPU, true);
        at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
    }
    ~LowPrecision() {
        if (!isOn_) return;
        at::autocast::set_autocast_enabled(at::kCPU, false);
        at::autocast::clear_cache();
    }
    LowPrecision(const LowPrecision&) = delete;
    LowPrecision& operator=(const LowPrecision&) = delete;

private:
    bool isOn_;
};

void copyInto(const std::vector<Transformer::Named>& tensors, const network::SafetensorsFile& file,
              const std::string& prefix) {
    for (const auto& tensor : tensors) {
        const auto* stored = file.find(prefix + tensor.name);
        std::memcpy(tensor.values.data_ptr<float>(), stored->values.data(), stored->values.size_bytes());
    }
}

base::Status checkMoments(const std::vector<Transformer::Named>& tensors, const network::SafetensorsFile& file) {
    for (const auto& tensor : tensors)
        for (const auto* prefix : {kMeanPrefix, kSquarePrefix}) {
            const auto* stored = file.find(prefix + tensor.name);
            if (!stored || stored->shape != tensor.values.sizes().vec())
                return base::failure(base::ErrorCode::FileMalformed, "the checkpoint's trainer.safetensors lacks " +
                                                                         (prefix + tensor.name) +
                                                                         " in the shape of the net");
        }
    return {};
}

void list(std::vector<network::NamedTensor>& into, const std::vector<Transformer::Named>& tensors,
          const std::string& prefix) {
    for (const auto& tensor : tensors) // slices along dimension 0 are contiguous
        into.push_back({prefix + tensor.name,
                        tensor.values.sizes().vec(),
                        {tensor.values.data_ptr<float>(), static_cast<std::size_t>(tensor.values.numel())}});
}

bool isReference(const configuration::TrainingSettings& settings) { return settings.parity == "midi-lm"; }

AdamW makeOptimizer(const Transformer& net, const configuration::TrainingSettings& settings) {
    auto decays = net.isMatrix();
    if (isReference(settings)) decays.assign(decays.size(), true); // midi-lm exempts nothing
    return {
        net.leaves(), decays, {settings.beta1, settings.beta2, settings.epsilon, settings.weightDecay, settings.clip}};
}

} // namespace

TrainingSession::TrainingSession(const network::NetworkOptions& network,
                                 const configuration::TrainingSettings& settings)
    : settings_(settings), net_(network), optimizer_(makeOptimizer(net_, settings)) {}

void TrainingSession::initialise() {
    const auto zeroIds = isReference(settings_)      ? ZeroIds::Frozen
                         : settings_.parity == "mmt" ? ZeroIds::Ordinary
                                                     : ZeroIds::Zeroed;
    net_.initialise(base::Random(settings_.seed).fork(kWeightsPurpose), zeroIds);
}

void TrainingSession::loadWeights(const network::SafetensorsFile& model) { copyInto(net_.named(), model, ""); }

base::Status TrainingSession::restore(const network::Checkpoint& checkpoint, std::int64_t updates) {
    if (!checkpoint.trainer)
        return base::failure(base::ErrorCode::FileMissing,
                             "the checkpoint holds a net but no state of a trainer, so it cannot go on");
    if (auto good = checkMoments(net_.named(), *checkpoint.trainer); !good) return good;
    loadWeights(checkpoint.model);
    copyInto(net_.named(optimizer_.means()), *checkpoint.trainer, kMeanPrefix);
    copyInto(net_.named(optimizer_.squares()), *checkpoint.trainer, kSquarePrefix);
    optimizer_.setUpdates(updates);
    return {};
}

FieldLosses TrainingSession::forward(const Batch& batch, std::int64_t step) const {
    auto generator = at::detail::getDefaultCPUGenerator(); // a handle: copies share their state
    generator.set_current_seed(
        base::Random(settings_.seed).fork(kDropoutPurpose).fork(static_cast<std::uint64_t>(step)).next());
    const LowPrecision low(settings_.precision == "bf16");
    return batchLosses(net_, batch,
                       {.embedding = settings_.embeddingDropout,
                        .attention = settings_.attentionDropout,
                        .hidden = settings_.hiddenDropout,
                        .residual = settings_.residualDropout,
                        .output = settings_.outputDropout},
                       lossRules(settings_.parity));
}

TrainingSession::StepResult TrainingSession::step(std::span<const tokens::Rows> windows, std::int64_t step,
                                                  double learningRate) {
    const auto batch = makeBatch(windows, net_.options(), lossRules(settings_.parity));
    const auto losses = forward(batch, step);
    losses.total.backward();
    if (isReference(settings_))
        net_.table().grad().index_fill_(0, net_.zeroIds(), 0); // its padding index: never trained
    StepResult result;
    result.rows = batch.rows;
    result.gradientNorm = optimizer_.step(learningRate).item<double>();
    result.updated = std::isfinite(result.gradientNorm);
    result.loss = losses.total.item<double>();
    for (std::size_t f = 0; f < tokens::kFieldCount; ++f)
        result.fields[f] = losses.fields[static_cast<std::int64_t>(f)].item<double>();
    return result;
}

base::Status TrainingSession::save(const std::filesystem::path& folder, const network::CheckpointFacts& facts) const {
    std::vector<network::NamedTensor> model, trainer;
    list(model, net_.named(), "");
    list(trainer, net_.named(optimizer_.means()), kMeanPrefix);
    list(trainer, net_.named(optimizer_.squares()), kSquarePrefix);
    return network::writeCheckpoint(folder, facts, model, trainer);
}

namespace {

/// A tokenizer's streams, by name and in order, and no id that a table lacks.
base::Status checkStreams(const network::NetworkOptions& net, const configuration::TrainingSettings& settings) {
    tokens::TokenizerSettings tokenizer;
    tokenizer.name = settings.tokenizer;
    tokenizer.parity = settings.parity == "midi-lm" ? tokens::Parity::MidiLm
                       : settings.parity == "mmt"   ? tokens::Parity::Mmt
                                                    : tokens::Parity::None;
    const auto names = tokenizer.streamNames();
    const auto sizes = tokenizer.vocabulary();
    bool fits = names.size() == net.streams.size();
    for (std::size_t i = 0; fits && i < names.size(); ++i)
        fits = net.streams[i].name == names[i] && net.streams[i].vocabulary >= sizes[i];
    if (fits) return {};
    std::string fitting;
    for (const auto& known : network::namedNetworks())
        if (known.streams.size() == names.size() && known.streams.back().vocabulary >= sizes[names.size() - 1])
            fitting += " " + known.name;
    return base::failure(base::ErrorCode::Unsupported, "the net " + net.name +
                                                           " does not read the rows of the tokenizer " +
                                                           settings.tokenizer + "; these do:" + fitting);
}

} // namespace

base::Result<network::NetworkOptions> networkOf(const configuration::TrainingSettings& settings) {
    auto net = network::namedNetwork(settings.network);
    if (!net) return net;
    const auto named = *net;
    if (settings.width > 0) net->width = settings.width;
    if (settings.layers > 0) net->layers = settings.layers;
    if (settings.heads > 0) net->heads = settings.heads;
    if (settings.maxLength > 0) net->maxLength = settings.maxLength;
    if (settings.embeddingWidth > 0 && settings.embeddingWidth != net->width)
        net->embeddingWidth = settings.embeddingWidth;
    if (settings.postEmbeddingNorm) net->normAfterEmbedding = *settings.postEmbeddingNorm;
    if (!settings.positions.empty()) {
        const auto positions = network::positionsNamed(settings.positions);
        if (!positions) return base::failure(positions.error());
        net->positions = *positions;
    }
    if (auto good = checkStreams(*net, settings); !good) return base::failure(good.error());
    if (*net != named) net->name += "-resized";
    return net;
}

const char* fastPrecision() { return __builtin_cpu_supports("avx512bf16") ? "bf16" : "fp32"; }

int prepareProcess(const configuration::TrainingSettings& settings) {
    // Large blocks are given back and faulted in anew at every step otherwise: a fifth of the time of a step.
    ::mallopt(M_MMAP_MAX, 0);
    ::mallopt(M_TRIM_THRESHOLD, -1);
    const auto cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    auto threads = settings.threads > 0 ? static_cast<int>(settings.threads) : cores;
    if (settings.leaveCore) threads = std::max(1, std::min(threads, cores - 1));
    at::set_num_threads(threads);
    return threads;
}

} // namespace continuo::learning
