#include "engine/learning/transformer.h"

#include "engine/learning/attention.h"
#include "engine/network/position_codes.h"

#include <cmath>
#include <limits>

namespace continuo::learning {
namespace {

using network::Family;
using network::Positions;

/// Which stored tensor a parameter is a part of: streams first and heads last in the table, three projections a block.
std::string fusedName(const network::NetworkOptions& options, std::size_t index, std::size_t total,
                      const std::string& name) {
    const auto streams = options.streams.size();
    if (index < streams) return "tables";
    if (index >= total - 2 * streams) return name.ends_with(".weight") ? "heads.weight" : "heads.bias";
    for (const auto* projection : {"to_q.weight", "to_k.weight", "to_v.weight"})
        if (name.ends_with(projection)) return name.substr(0, name.size() - 11) + "qkv";
    return name;
}

/// x [batch, time, 3, heads, 64] with its first 32 channels turned by their place; cos and sin [time, 1, 1, 16].
at::Tensor rotated(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin) {
    const auto half = network::kRotaryWidth / 2;
    const auto a = x.narrow(-1, 0, half), b = x.narrow(-1, half, half);
    const auto rest = x.narrow(-1, 2 * half, x.size(-1) - 2 * half);
    return at::cat({a * cos - b * sin, b * cos + a * sin, rest}, -1).to(x.dtype());
}

at::Tensor dropped(const at::Tensor& x, double share) { return share > 0 ? at::dropout(x, share, /*train=*/true) : x; }

/// x without anything added, in float32.
at::Tensor normalized(const at::Tensor& x, const NormWeights& norm) {
    return addAndNormalize(x, {}, 0, norm, /*isWide=*/true).second;
}

} // namespace

Transformer::Transformer(const network::NetworkOptions& options, at::Device device)
    : options_(options), parameters_(network::parameterTable(options)), slices_(parameters_.size()) {
    std::map<std::string, std::int64_t> rows;
    std::vector<std::string> fused;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        fused.push_back(fusedName(options_, i, parameters_.size(), parameters_[i].name));
        if (!leafByName_.contains(fused[i])) {
            leafByName_[fused[i]] = leafByName_.size();
            isMatrix_.push_back(parameters_[i].shape.size() == 2 && fused[i] != "tables" &&
                                !fused[i].starts_with("seq_position"));
        }
        slices_[i] = {leafByName_[fused[i]], rows[fused[i]], parameters_[i].shape[0]};
        rows[fused[i]] += parameters_[i].shape[0];
    }
    leaves_.resize(leafByName_.size());
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        auto& leaf = leaves_[slices_[i].leaf];
        if (leaf.defined()) continue;
        auto shape = parameters_[i].shape;
        shape[0] = rows[fused[i]];
        leaf = at::zeros(shape, at::TensorOptions(device).dtype(at::kFloat)).set_requires_grad(true);
    }
    std::vector<std::int64_t> offsets;
    for (std::int64_t sum = 0; const auto& stream : options_.streams) {
        offsets.push_back(sum);
        sum += stream.vocabulary;
    }
    streamOffsets_ = at::tensor(offsets, at::kLong).to(device);
    collectBlocks();
}

at::Tensor Transformer::leaf(const std::string& fused) const { return leaves_[leafByName_.at(fused)]; }

NormWeights Transformer::norm(const std::string& name) const { return {leaf(name + ".weight"), leaf(name + ".bias")}; }

void Transformer::collectBlocks() {
    if (options_.learnsPositions()) position_ = leaf("seq_position_emb.emb.weight");
    if (options_.normAfterEmbedding) afterEmbedding_ = norm("post_emb_norm");
    if (options_.projectsEmbedding()) {
        projection_ = leaf("project_emb.weight");
        projectionBias_ = leaf("project_emb.bias");
    }
    if (options_.normInStack) stackNorm_ = norm("attn_layers.final_norm");
    lastNorm_ = norm("attn_norm");
    head_ = leaf("heads.weight");
    headBias_ = leaf("heads.bias");
    for (std::int64_t layer = 0; layer < options_.layers; ++layer) {
        const auto attention = "attn_layers.layers." + std::to_string(2 * layer);
        const auto feedForward = "attn_layers.layers." + std::to_string(2 * layer + 1);
        blocks_.push_back({norm(attention + ".0.0"), norm(feedForward + ".0.0"), leaf(attention + ".1.qkv"),
                           leaf(attention + ".1.to_out.weight"),
                           options_.attentionBias ? leaf(attention + ".1.to_out.bias") : at::Tensor(),
                           leaf(feedForward + ".1.ff.0.0.weight"), leaf(feedForward + ".1.ff.0.0.bias"),
                           leaf(feedForward + ".1.ff.2.weight"), leaf(feedForward + ".1.ff.2.bias")});
    }
}

void Transformer::initialise(base::Random random, ZeroIds zeroIds) {
    const auto tensors = named();
    for (std::size_t i = 0; i < parameters_.size(); ++i) tensors[i].values.copy_(drawn(i, random.fork(i)));
    if (zeroIds != ZeroIds::Zeroed) return;
    for (std::size_t i = 0; i < options_.streams.size(); ++i)
        if (i != options_.kindStream() || options_.family == Family::Structured)
            tensors[i].values.narrow(0, 0, 1).zero_();
}

/// A parameter as it begins. Drawn in the order of memory and on no device, so that a seed means the same weights
/// everywhere.
at::Tensor Transformer::drawn(std::size_t parameter, base::Random random) const {
    const auto& [name, shape] = parameters_[parameter];
    const bool isTable = slices_[parameter].leaf == 0, isPosition = name.starts_with("seq_position");
    const bool isNorm = // a vector that is no linear bias, which follows its matrix in the table
        shape.size() == 1 && (name.ends_with(".weight") || parameters_[parameter - 1].shape.size() == 1);
    const bool fanIn = options_.initialisation == network::Initialisation::FanIn;
    auto values = at::zeros(shape, at::kFloat); // drawn alike for every device
    auto* data = values.data_ptr<float>();
    const auto normal = [&](double deviation) {
        for (std::int64_t k = 0; k < values.numel(); ++k) data[k] = static_cast<float>(deviation * random.normal());
        return values;
    };
    if (isTable || (isPosition && !fanIn)) return normal(std::sqrt(2.0 / static_cast<double>(shape[1])));
    if (isPosition) return normal(1.0);
    if (isNorm) return name.ends_with(".weight") ? values.fill_(1.0) : values;
    if (!fanIn) return shape.size() == 1 ? values : normal(0.02);
    const auto inputs = shape.size() == 1 ? parameters_[parameter - 1].shape[1] : shape[1];
    const double limit = 1 / std::sqrt(static_cast<double>(inputs));
    for (std::int64_t k = 0; k < values.numel(); ++k) data[k] = static_cast<float>(limit * (2 * random.uniform() - 1));
    return values;
}

std::vector<Transformer::Named> Transformer::named() const { return named(leaves_); }

std::vector<Transformer::Named> Transformer::named(std::span<const at::Tensor> likeLeaves) const {
    std::vector<Named> all;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const auto& slice = slices_[i];
        all.push_back({parameters_[i].name, likeLeaves[slice.leaf].detach().narrow(0, slice.first, slice.count)});
    }
    return all;
}

std::vector<std::int64_t> Transformer::vocabularies() const {
    std::vector<std::int64_t> sizes;
    for (const auto& stream : options_.streams) sizes.push_back(stream.vocabulary);
    return sizes;
}

at::Tensor Transformer::embed(const at::Tensor& rows) const {
    at::Tensor positions;
    if (position_.defined()) {
        positions = position_.narrow(0, 0, rows.size(1));
        positions = options_.positions == Positions::LearnedScaled
                        ? positions * (1 / std::sqrt(static_cast<double>(options_.tableWidth())))
                        : positions / positions.norm(2, {-1}, /*keepdim=*/true).clamp_min(1e-12);
    }
    return embedRows(table(), rows + streamOffsets_, positions);
}

Transformer::Attention Transformer::attention(std::int64_t time, const at::Tensor& isReal,
                                              PaddedRows paddedRows) const {
    Attention attention;
    if (options_.positions == Positions::Alibi) attention.slopes = network::alibiSlopes(options_.heads);
    if (options_.positions == Positions::Rotary) {
        const auto& table = network::rotaryFrequencies();
        const auto frequencies = at::tensor(at::ArrayRef<float>(table.data(), table.size())); // to its device below
        const auto angles = at::outer(at::arange(time, at::kFloat), frequencies).view({time, 1, 1, -1}).to(device());
        attention.cos = angles.cos();
        attention.sin = angles.sin();
    }
    if (!isReal.defined() || paddedRows == PaddedRows::Attend) return attention;
    const auto isPadding = isReal.logical_not();
    if (paddedRows == PaddedRows::Silent) {
        attention.isSilent = isPadding.unsqueeze(2);
    } else {
        attention.isEven = isPadding.view({isReal.size(0), time, 1, 1, 1});
        attention.bias = at::where(isReal.unsqueeze(1).unsqueeze(3),
                                   causalBias(options_.heads, time, attention.slopes).to(device()), 0.0);
    }
    return attention;
}

at::Tensor Transformer::attend(const Block& block, const at::Tensor& x, const Attention& attention) const {
    const auto batch = x.size(0), time = x.size(1);
    auto qkv = at::linear(x, block.qkv).view({batch, time, 3, options_.heads, options_.headWidth()});
    if (attention.cos.defined()) qkv = rotated(qkv, attention.cos, attention.sin);
    if (attention.isEven.defined()) // with no query all scores are 0
        qkv = at::cat({qkv.narrow(2, 0, 1).masked_fill(attention.isEven, 0.0), qkv.narrow(2, 1, 2)}, 2);
    const auto rows = causalAttention(qkv, attention.slopes, attention.bias, attention.dropout);
    const auto out = block.outBias.defined() ? at::linear(rows, block.out, block.outBias) : at::linear(rows, block.out);
    return attention.isSilent.defined() ? out.masked_fill(attention.isSilent, 0.0) : out;
}

at::Tensor Transformer::hidden(const at::Tensor& rows, const Dropouts& dropouts, const at::Tensor& isReal,
                               PaddedRows paddedRows) const {
    auto shared = attention(rows.size(1), isReal, paddedRows);
    shared.dropout = dropouts.attention;
    auto x = dropped(embed(rows), dropouts.embedding);
    if (options_.normAfterEmbedding) x = normalized(x, afterEmbedding_);
    if (projection_.defined()) x = at::linear(x, projection_, projectionBias_).to(at::kFloat);
    const auto& end = options_.normInStack ? stackNorm_ : lastNorm_;
    at::Tensor added, h; // what the half block before adds, and the norm of the stream with it
    for (const auto& block : blocks_) {
        std::tie(x, h) = addAndNormalize(x, added, dropouts.residual, block.beforeAttention);
        added = attend(block, h, shared);
        std::tie(x, h) = addAndNormalize(x, added, dropouts.residual, block.beforeHidden);
        const auto units = geluAndDrop(at::linear(h, block.up, block.upBias), dropouts.hidden);
        added = at::linear(units, block.down, block.downBias);
    }
    if (!options_.normInStack && dropouts.output > 0)
        return normalized(dropped(x + dropped(added, dropouts.residual), dropouts.output), lastNorm_);
    h = addAndNormalize(x, added, dropouts.residual, end, /*isWide=*/true).second;
    return options_.normInStack ? normalized(dropped(h, dropouts.output), lastNorm_) : h;
}

at::Tensor Transformer::logits(const at::Tensor& hidden) const { return at::linear(hidden, head_, headBias_); }

} // namespace continuo::learning
