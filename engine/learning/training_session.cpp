#include "engine/learning/training_session.h"

#include "engine/learning/gradient_histograms.h"
#include "engine/network/network_json.h"
#include "engine/tokens/tokenizer.h"

#include <algorithm>

namespace continuo::learning {
namespace {

constexpr std::uint64_t kWeightsPurpose = 1, kDropoutPurpose = 2;

void copyInto(const std::vector<Transformer::Named>& tensors, const network::SafetensorsFile& file,
              const std::string& prefix) {
    for (const auto& tensor : tensors) {
        const auto values = file.find(prefix + tensor.name)->values;
        auto* data = const_cast<float*>(values.data()); // NOLINT: read only, but from_blob knows no const
        tensor.values.copy_(at::from_blob(data, tensor.values.sizes(), at::kFloat));
    }
}

base::Status checkMemory(const std::vector<Transformer::Named>& tensors, const network::SafetensorsFile& file,
                         const std::string& prefix) {
    for (const auto& tensor : tensors) {
        const auto* stored = file.find(prefix + tensor.name);
        if (!stored || stored->shape != tensor.values.sizes().vec())
            return base::failure(base::ErrorCode::FileMalformed,
                                 "the checkpoint's trainer.safetensors lacks " + (prefix + tensor.name) +
                                     " in the shape of the net; with --weights-only a fresh optimizer begins");
    }
    return {};
}

/// The same tensors where the processor can read them; those that are there already share their memory.
std::vector<at::Tensor> onHost(const std::vector<at::Tensor>& tensors) {
    std::vector<at::Tensor> host;
    for (const auto& tensor : tensors) host.push_back(tensor.detach().to(at::kCPU));
    return host;
}

void list(std::vector<network::NamedTensor>& into, const std::vector<Transformer::Named>& tensors,
          const std::string& prefix) {
    for (const auto& tensor : tensors) // slices along dimension 0 are contiguous
        into.push_back({prefix + tensor.name,
                        tensor.values.sizes().vec(),
                        {tensor.values.data_ptr<float>(), static_cast<std::size_t>(tensor.values.numel())}});
}

bool areFinite(const std::vector<at::Tensor>& tensors) {
    return std::ranges::all_of(tensors,
                               [](const auto& tensor) { return tensor.isfinite().all().template item<bool>(); });
}

bool isReference(const configuration::TrainingSettings& settings) { return settings.parity == "midi-lm"; }

Optimizer makeOptimizer(const Transformer& net, const configuration::TrainingSettings& settings) {
    auto decays = net.isMatrix();
    if (isReference(settings)) decays.assign(decays.size(), true); // midi-lm exempts nothing
    const auto rule = settings.optimizer == "sgd"    ? UpdateRule::Sgd
                      : settings.optimizer == "adam" ? UpdateRule::Adam
                                                     : UpdateRule::AdamW;
    return {net.leaves(),
            decays,
            {rule, settings.beta1, settings.beta2, settings.epsilon, settings.amsgrad, settings.momentum,
             settings.weightDecay, settings.clip}};
}

std::string prefixOf(const Optimizer::Memory& memory) { return memory.name + "."; }

} // namespace

TrainingSession::TrainingSession(const network::NetworkOptions& network,
                                 const configuration::TrainingSettings& settings, at::Device device)
    : settings_(settings), net_(network, device), optimizer_(makeOptimizer(net_, settings)),
      badInARow_(at::zeros({}, at::TensorOptions(device).dtype(at::kFloat))) {}

void TrainingSession::initialise() {
    const auto zeroIds = isReference(settings_)      ? ZeroIds::Frozen
                         : settings_.parity == "mmt" ? ZeroIds::Ordinary
                                                     : ZeroIds::Zeroed;
    net_.initialise(base::Random(settings_.seed).fork(kWeightsPurpose), zeroIds);
}

void TrainingSession::loadWeights(const network::SafetensorsFile& model) {
    const at::NoGradGuard noGradient;
    copyInto(net_.named(), model, "");
}

base::Status TrainingSession::restore(const network::Checkpoint& checkpoint, std::int64_t updates,
                                      std::int64_t badInARow) {
    if (!checkpoint.trainer)
        return base::failure(base::ErrorCode::FileMissing,
                             "the checkpoint holds a net but no state of a trainer, so it cannot go on; with "
                             "--weights-only a fresh optimizer begins");
    for (const auto& memory : optimizer_.memories())
        if (auto good = checkMemory(net_.named(memory.values), *checkpoint.trainer, prefixOf(memory)); !good)
            return good;
    loadWeights(checkpoint.model);
    for (const auto& memory : optimizer_.memories())
        copyInto(net_.named(memory.values), *checkpoint.trainer, prefixOf(memory));
    optimizer_.setUpdates(updates);
    badInARow_.fill_(static_cast<double>(badInARow));
    return {};
}

/// The windows in as many batches as a step accumulates, or, where that is one, on a processor and by losses that do
/// not count padding, in runs of windows that are about equally long: the same gradient with less padding and memory.
std::vector<Batch> TrainingSession::batchesOf(std::span<const tokens::Rows> windows) const {
    const auto rules = lossRules(settings_.parity);
    if (settings_.accumulate <= 1 && net_.device().is_cpu() && !rules.padding) {
        std::vector<tokens::Rows> sorted(windows.begin(), windows.end());
        std::ranges::stable_sort(sorted, {}, &tokens::Rows::size);
        std::vector<Batch> batches;
        for (const auto run : inEvenRuns(sorted)) batches.push_back(makeBatch(run, net_.options(), rules));
        return batches;
    }
    const auto parts = std::clamp<std::size_t>(static_cast<std::size_t>(settings_.accumulate), 1,
                                               std::max<std::size_t>(1, windows.size()));
    std::vector<Batch> batches;
    for (std::size_t i = 0; i < parts; ++i) {
        const auto first = i * windows.size() / parts, last = (i + 1) * windows.size() / parts;
        batches.push_back(makeBatch(windows.subspan(first, last - first), net_.options(), lossRules(settings_.parity)));
    }
    return batches;
}

FieldLosses TrainingSession::forward(const Batch& batch, std::int64_t step, std::size_t part) {
    auto generator = at::globalContext().defaultGenerator(net_.device()); // a handle: copies share their state
    auto seeds = base::Random(settings_.seed).fork(kDropoutPurpose).fork(static_cast<std::uint64_t>(step));
    generator.set_current_seed(part == 0 ? seeds.next() : seeds.fork(part).next());
    const LowPrecision low(settings_.precision == "bf16", net_.device().type());
    const auto rules = lossRules(settings_.parity);
    const auto logits = batchLogits(net_, batch,
                                    {.embedding = settings_.embeddingDropout,
                                     .attention = settings_.attentionDropout,
                                     .hidden = settings_.hiddenDropout,
                                     .residual = settings_.residualDropout,
                                     .output = settings_.outputDropout},
                                    rules);
    if (sumsIllegalMass_ && net_.options().family == network::Family::Structured) {
        const auto sums = batchIllegalSums(logits, batch, rules);
        illegal_ = illegal_.defined() ? illegal_ + sums : sums;
    }
    return fieldCrossEntropy(logits, batch.targets, net_.vocabularies());
}

std::int64_t TrainingSession::step(std::span<const tokens::Rows> windows, std::int64_t step, double learningRate,
                                   std::vector<runs::NamedHistogram>* histograms) {
    std::vector<Batch> batches;
    {
        const auto phase = profiler_.during("tensors");
        batches = batchesOf(windows);
    }
    std::int64_t rows = 0, predicted = 0;
    for (const auto& batch : batches) {
        rows += batch.rows;
        predicted += batch.positions.size(0);
    }
    at::Tensor loss, fields;
    illegal_ = at::Tensor();
    for (std::size_t i = 0; i < batches.size(); ++i) {
        const auto share = static_cast<double>(batches[i].positions.size(0)) / static_cast<double>(predicted);
        FieldLosses losses;
        {
            const auto phase = profiler_.during("forward");
            losses = forward(batches[i].to(net_.device()), step, i);
        }
        const auto part = batches.size() == 1 ? losses.total : losses.total * share;
        const auto partFields = batches.size() == 1 ? losses.fields : losses.fields * share;
        const auto phase = profiler_.during("backward");
        part.backward();
        loss = loss.defined() ? loss + part.detach() : part.detach();
        fields = fields.defined() ? fields + partFields : partFields;
    }
    if (isReference(settings_))
        net_.table().grad().index_fill_(0, net_.zeroIds(), 0); // its padding index: never trained
    if (histograms) {
        const auto phase = profiler_.during("histograms");
        *histograms = gradientHistograms(net_);
    }
    const auto phase = profiler_.during("optimizer");
    const auto outcome = optimizer_.step(learningRate, loss);
    badInARow_ = (badInARow_ + 1) * outcome.isBad;
    std::vector<at::Tensor> facts{at::stack({loss, outcome.norm, badInARow_}), fields};
    if (illegal_.defined()) facts.push_back(illegal_.to(at::kFloat));
    last_ = at::cat(facts);
    return rows;
}

TrainingSession::StepResult TrainingSession::lastStep() const {
    const auto values = last_.to(at::kCPU, at::kDouble);
    const auto* at = values.data_ptr<double>();
    const auto streams = static_cast<std::int64_t>(net_.options().streams.size());
    StepResult result{at[0], {at + 3, at + 3 + streams}, at[1], static_cast<std::int64_t>(at[2]), {}};
    if (illegal_.defined()) result.illegal = illegalMassOf(values.slice(0, 3 + streams));
    return result;
}

base::Status TrainingSession::save(const std::filesystem::path& folder, const network::CheckpointFacts& facts) const {
    std::vector<std::vector<at::Tensor>> kept{onHost(net_.leaves())}; // lives until all is written
    for (const auto& memory : optimizer_.memories()) kept.push_back(onHost(memory.values));
    if (!std::ranges::all_of(kept, areFinite))
        return base::failure(base::ErrorCode::Failed, "the net holds values that are not finite");
    std::vector<network::NamedTensor> model, trainer;
    list(model, net_.named(kept[0]), "");
    for (std::size_t m = 0; m < optimizer_.memories().size(); ++m)
        list(trainer, net_.named(kept[m + 1]), prefixOf(optimizer_.memories()[m]));
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
        fits = (names.size() == 1 || net.streams[i].name == names[i]) && net.streams[i].vocabulary >= sizes[i];
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
    if (auto good = network::checkNetwork(*net); !good)
        return base::failure(good.error()); // before work, not at its end
    if (*net != named) net->name += "-resized";
    return net;
}

} // namespace continuo::learning
