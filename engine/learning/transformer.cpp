#include "engine/learning/transformer.h"

#include <cmath>
#include <limits>

namespace continuo::learning {
namespace {

using network::Family;
using network::Positions;

constexpr double kNormEpsilon = 1e-5;

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

/// The slopes of Press et al., "Train Short, Test Long", ICLR 2022, for any number of heads (their published code).
std::vector<float> alibiSlopes(std::int64_t heads) {
    const auto powers = [](std::int64_t count) {
        std::vector<float> slopes;
        const double base = std::exp2(-std::exp2(3.0 - std::log2(static_cast<double>(count))));
        for (std::int64_t k = 0; k < count; ++k)
            slopes.push_back(static_cast<float>(std::pow(base, static_cast<double>(k + 1))));
        return slopes;
    };
    std::int64_t lower = 1;
    while (lower * 2 <= heads) lower *= 2;
    auto slopes = powers(lower);
    const auto doubled = powers(2 * lower);
    for (std::size_t k = 0; slopes.size() < static_cast<std::size_t>(heads); k += 2) slopes.push_back(doubled[k]);
    return slopes;
}

} // namespace

Transformer::Transformer(const network::NetworkOptions& options)
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
        leaf = at::zeros(shape, at::kFloat).set_requires_grad(true);
    }
    std::vector<std::int64_t> offsets;
    for (std::int64_t sum = 0; const auto& stream : options_.streams) {
        offsets.push_back(sum);
        sum += stream.vocabulary;
    }
    streamOffsets_ = at::tensor(offsets, at::kLong);
    collectBlocks();
}

at::Tensor Transformer::leaf(const std::string& fused) const { return leaves_[leafByName_.at(fused)]; }

Transformer::Norm Transformer::norm(const std::string& name) const {
    return {leaf(name + ".weight"), leaf(name + ".bias")};
}

void Transformer::collectBlocks() {
    if (options_.positions == Positions::LearnedNormalized) position_ = leaf("seq_position_emb.emb.weight");
    if (options_.normAfterEmbedding) afterEmbedding_ = norm("post_emb_norm");
    stackNorm_ = norm("attn_layers.final_norm");
    lastNorm_ = norm("attn_norm");
    head_ = leaf("heads.weight");
    headBias_ = leaf("heads.bias");
    for (std::int64_t layer = 0; layer < options_.layers; ++layer) {
        const auto attention = "attn_layers.layers." + std::to_string(2 * layer);
        const auto feedForward = "attn_layers.layers." + std::to_string(2 * layer + 1);
        blocks_.push_back({norm(attention + ".0.0"), norm(feedForward + ".0.0"), leaf(attention + ".1.qkv"),
                           leaf(attention + ".1.to_out.weight"), leaf(feedForward + ".1.ff.0.0.weight"),
                           leaf(feedForward + ".1.ff.0.0.bias"), leaf(feedForward + ".1.ff.2.weight"),
                           leaf(feedForward + ".1.ff.2.bias")});
    }
}

void Transformer::initialise(base::Random random) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const auto& parameter = parameters_[i];
        auto values = named()[i].values;
        const bool isTable = slices_[i].leaf == 0 || parameter.name.starts_with("seq_position");
        if (parameter.shape.size() == 1) {
            const bool isGain = parameter.name.ends_with(".weight");
            values.fill_(isGain ? 1.0 : 0.0);
            continue;
        }
        const double deviation = isTable ? std::sqrt(2.0 / static_cast<double>(options_.width)) : 0.02;
        auto draw = random.fork(i);
        auto* data = values.data_ptr<float>();
        for (std::int64_t k = 0; k < values.numel(); ++k) data[k] = static_cast<float>(deviation * draw.normal());
    }
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

at::Tensor Transformer::applyNorm(const Norm& norm, const at::Tensor& x) const {
    return at::layer_norm(x, {options_.width}, norm.gain, norm.bias, kNormEpsilon);
}

at::Tensor Transformer::embed(const at::Tensor& rows) const {
    auto x = at::embedding(table(), rows + streamOffsets_).sum(2);
    if (!position_.defined()) return x;
    const auto positions = position_.narrow(0, 0, rows.size(1));
    return x + positions / positions.norm(2, {-1}, /*keepdim=*/true).clamp_min(1e-12);
}

/// The additive score bias [1, heads, time, time], causal mask included.
at::Tensor Transformer::alibi(std::int64_t time) const {
    const auto at = at::arange(time, at::kFloat);
    const auto distance = at.unsqueeze(1) - at.unsqueeze(0);
    const auto slopes = at::tensor(alibiSlopes(options_.heads)).view({1, options_.heads, 1, 1});
    return (-slopes * distance).masked_fill(distance < 0, -std::numeric_limits<float>::infinity());
}

at::Tensor Transformer::attend(const Block& block, const at::Tensor& x, const at::Tensor& bias, double dropout) const {
    const auto batch = x.size(0), time = x.size(1), heads = options_.heads;
    const auto qkv =
        at::linear(x, block.qkv).view({batch, time, 3, heads, options_.headWidth()}).permute({2, 0, 3, 1, 4});
    const auto q = qkv.select(0, 0), k = qkv.select(0, 1), v = qkv.select(0, 2);
    at::Tensor mixed;
    if (dropout > 0) // the fused kernel cannot drop
        mixed = bias.defined() ? at::scaled_dot_product_attention(q, k, v, bias.to(q.dtype()), dropout)
                               : at::scaled_dot_product_attention(q, k, v, {}, dropout, /*is_causal=*/true);
    else if (bias.defined())
        mixed = at::scaled_dot_product_attention(q, k, v, bias.to(q.dtype()));
    else
        mixed = at::scaled_dot_product_attention(q, k, v, {}, 0.0, /*is_causal=*/true);
    return at::linear(mixed.transpose(1, 2).reshape({batch, time, options_.attentionWidth()}), block.out);
}

at::Tensor Transformer::hidden(const at::Tensor& rows, const Dropouts& dropouts) const {
    const auto drop = [](const at::Tensor& x, double share) {
        return share > 0 ? at::dropout(x, share, /*train=*/true) : x;
    };
    const auto bias = options_.positions == Positions::Alibi ? alibi(rows.size(1)) : at::Tensor();
    auto x = drop(embed(rows), dropouts.embedding);
    if (options_.normAfterEmbedding) x = applyNorm(afterEmbedding_, x);
    for (const auto& block : blocks_) {
        x = x + drop(attend(block, applyNorm(block.beforeAttention, x), bias, dropouts.attention), dropouts.residual);
        const auto units = at::gelu(at::linear(applyNorm(block.beforeHidden, x), block.up, block.upBias));
        x = x + drop(at::linear(drop(units, dropouts.hidden), block.down, block.downBias), dropouts.residual);
    }
    return applyNorm(lastNorm_, applyNorm(stackNorm_, x));
}

at::Tensor Transformer::logits(const at::Tensor& hidden) const { return at::linear(hidden, head_, headBias_); }

} // namespace continuo::learning
