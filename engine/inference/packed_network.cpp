#include "engine/inference/packed_network.h"

#include "engine/network/parameter_table.h"
#include "engine/network/position_codes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <new>
#include <numeric>
#include <thread>

namespace continuo::inference {

using network::NetworkOptions;

/// Lays the parts of a net one after the other into one buffer: first all places are reserved, then the copies are
/// made, some on a second thread.
class NetworkPacker {
public:
    NetworkPacker(const NetworkOptions& options, const PackedNetwork::TensorSource& source, Precision precision,
                  const PackedNetwork::TensorRelease& release)
        : source_(source), release_(release) {
        net_->options_ = options;
        net_->precision_ = precision;
        net_->layers_.resize(static_cast<std::size_t>(options.layers));
        net_->embeddings_.resize(options.streams.size());
    }

    std::shared_ptr<const PackedNetwork> pack() {
        const auto width = net_->options_.width;
        placeTables();
        for (std::int64_t layer = 0; layer < net_->options_.layers; ++layer) placeLayer(layer);
        if (net_->options_.normInStack) placeNorm("attn_layers.final_norm", width, net_->stackGain_, net_->stackBias_);
        placeNorm("attn_norm", width, net_->finalGain_, net_->finalBias_);
        placeHeads();
        net_->memory_ = AlignedBuffer(static_cast<std::size_t>(reserved_));
        copyAll();
        return net_;
    }

private:
    struct Copy {
        std::int64_t offset = 0;
        std::int64_t floats = 0;
        std::function<void(float*)> fill;
    };
    using Place = std::function<void(const float*)>;

    /// Reserves `floats` at a multiple of 64 bytes, to be filled later; `place` learns the address.
    void reserve(std::int64_t floats, Place place, std::function<void(float*)> fill) {
        copies_.push_back({reserved_, floats, std::move(fill)});
        places_.push_back(std::move(place));
        reserved_ += paddedRows(floats);
    }

    void placeVector(const std::string& name, const float*& pointer) {
        const auto values = source_(name);
        reserve(
            static_cast<std::int64_t>(values.size()), [&pointer](const float* at) { pointer = at; },
            [this, values](float* at) {
                std::ranges::copy(values, at);
                letGo(values);
            });
    }

    void placeNorm(const std::string& name, [[maybe_unused]] std::int64_t width, const float*& gain,
                   const float*& bias) {
        assert(static_cast<std::int64_t>(source_(name + ".weight").size()) == width);
        placeVector(name + ".weight", gain);
        placeVector(name + ".bias", bias);
    }

    /// Row-major parts, one under the other, as one packed matrix whose columns are divided at `split`.
    void placeMatrix(std::vector<std::span<const float>> parts, std::int64_t columns, std::int64_t split,
                     PackedMatrix& matrix) {
        std::int64_t rows = 0;
        for (const auto& part : parts) rows += static_cast<std::int64_t>(part.size()) / columns;
        const PackedShape shape{net_->precision_, paddedRows(rows), columns, split};
        matrix.shape = shape;
        net_->bytesPerStep_ += shape.bytes();
        reserve((shape.bytes() + 3) / 4,
                [&matrix](const float* at) { matrix.memory = reinterpret_cast<const std::byte*>(at); },
                [this, parts = std::move(parts), shape](float* at) {
                    std::int64_t first = 0;
                    for (const auto& part : parts) {
                        packRows(part, first, shape, reinterpret_cast<std::byte*>(at));
                        first += static_cast<std::int64_t>(part.size()) / shape.columns;
                        letGo(part);
                    }
                });
    }

    void letGo(std::span<const float> values) const {
        if (release_) release_(values);
    }

    void placeTables() {
        const auto& options = net_->options_;
        const auto table = network::parameterTable(options);
        for (std::size_t i = 0; i < options.streams.size(); ++i) placeVector(table[i].name, net_->embeddings_[i]);
        net_->slopes_.assign(static_cast<std::size_t>(options.heads), 0.0F);
        if (options.positions == network::Positions::Alibi) net_->slopes_ = network::alibiSlopes(options.heads);
        if (options.positions == network::Positions::Rotary) net_->turns_ = turnsOf(options.maxLength);
        if (options.learnsPositions()) placePositions();
        if (options.normAfterEmbedding)
            placeNorm("post_emb_norm", options.tableWidth(), net_->embeddingGain_, net_->embeddingBias_);
        if (!options.projectsEmbedding()) return;
        placeMatrix({source_("project_emb.weight")}, options.tableWidth(), options.tableWidth(), net_->projection_);
        placeVector("project_emb.bias", net_->projectionBias_);
    }

    /// What is added to an embedded row: the learned row divided by its norm, or times the root of one over the width.
    void placePositions() {
        const auto& options = net_->options_;
        const auto values = source_("seq_position_emb.emb.weight");
        const auto width = static_cast<std::size_t>(options.tableWidth());
        const bool isNormalized = options.positions == network::Positions::LearnedNormalized;
        reserve(
            static_cast<std::int64_t>(values.size()), [this](const float* at) { net_->positions_ = at; },
            [this, values, width, isNormalized](float* at) {
                for (std::size_t row = 0; row < values.size(); row += width) {
                    const auto in = values.subspan(row, width);
                    const auto square = std::inner_product(in.begin(), in.end(), in.begin(), 0.0);
                    const auto divisor =
                        isNormalized ? std::max(std::sqrt(square), 1e-12) : std::sqrt(static_cast<double>(width));
                    std::ranges::transform(in, at + row, [&](float x) { return static_cast<float>(x / divisor); });
                }
                letGo(values);
            });
    }

    /// Cosines and sines of each position, 16 and 16.
    static std::vector<float> turnsOf(std::int64_t positions) {
        std::vector<float> turns;
        for (std::int64_t position = 0; position < positions; ++position) {
            const auto angle = [&](float frequency) { return static_cast<float>(position) * frequency; };
            for (const auto frequency : network::rotaryFrequencies()) turns.push_back(std::cos(angle(frequency)));
            for (const auto frequency : network::rotaryFrequencies()) turns.push_back(std::sin(angle(frequency)));
        }
        return turns;
    }

    void placeLayer(std::int64_t index) {
        const auto& options = net_->options_;
        auto& layer = net_->layers_[static_cast<std::size_t>(index)];
        const auto attention = "attn_layers.layers." + std::to_string(2 * index);
        const auto feedForward = "attn_layers.layers." + std::to_string(2 * index + 1);
        placeNorm(attention + ".0.0", options.width, layer.attentionGain, layer.attentionBias);
        placeMatrix(headAfterHead(attention + ".1."), options.width, options.width, layer.queryKeyValue);
        placeMatrix({source_(attention + ".1.to_out.weight")}, options.attentionWidth(),
                    middleOf(options.attentionWidth()), layer.output);
        if (options.attentionBias) placeVector(attention + ".1.to_out.bias", layer.outputBias);
        placeNorm(feedForward + ".0.0", options.width, layer.feedForwardGain, layer.feedForwardBias);
        placeMatrix({source_(feedForward + ".1.ff.0.0.weight")}, options.width, options.width, layer.expand);
        placeVector(feedForward + ".1.ff.0.0.bias", layer.expandBias);
        placeMatrix({source_(feedForward + ".1.ff.2.weight")}, options.hiddenWidth(), middleOf(options.hiddenWidth()),
                    layer.contract);
        placeVector(feedForward + ".1.ff.2.bias", layer.contractBias);
    }

    std::vector<std::span<const float>> headAfterHead(const std::string& prefix) const {
        const auto perHead = static_cast<std::size_t>(kHeadWidth * net_->options_.width);
        std::vector<std::span<const float>> parts;
        for (std::size_t head = 0; head < static_cast<std::size_t>(net_->options_.heads); ++head)
            for (const auto* name : {"to_q.weight", "to_k.weight", "to_v.weight"})
                parts.push_back(source_(prefix + name).subspan(head * perHead, perHead));
        return parts;
    }

    /// The heads' weights and biases are the last tensors of the table, in pairs.
    void placeHeads() {
        const auto table = network::parameterTable(net_->options_);
        const auto first = table.size() - 2 * net_->options_.streams.size();
        std::vector<std::span<const float>> weights;
        std::vector<std::span<const float>> biases;
        for (auto i = first; i < table.size(); i += 2) {
            weights.push_back(source_(table[i].name));
            biases.push_back(source_(table[i + 1].name));
            net_->logitCount_ += static_cast<std::int64_t>(biases.back().size());
        }
        placeMatrix(std::move(weights), net_->options_.width, net_->options_.width, net_->heads_);
        reserve(
            net_->heads_.shape.rows, [this](const float* at) { net_->headBias_ = at; },
            [biases = std::move(biases)](float* at) {
                for (const auto& bias : biases) at = std::ranges::copy(bias, at).out;
            });
    }

    /// The largest copies first, dealt to two threads by turns.
    void copyAll() {
        for (std::size_t i = 0; i < places_.size(); ++i) places_[i](net_->memory_.data() + copies_[i].offset);
        std::ranges::stable_sort(copies_, std::ranges::greater{}, &Copy::floats);
        const auto copyEvery = [this](std::size_t first, std::size_t step) {
            for (auto i = first; i < copies_.size(); i += step)
                copies_[i].fill(net_->memory_.data() + copies_[i].offset);
        };
        if (std::thread::hardware_concurrency() < 2 || reserved_ < kWorthAThread) return copyEvery(0, 1);
        std::jthread helper(copyEvery, 1, 2);
        copyEvery(0, 2);
    }

    static constexpr std::int64_t kWorthAThread = 1 << 20;

    const PackedNetwork::TensorSource& source_;
    const PackedNetwork::TensorRelease& release_;
    std::shared_ptr<PackedNetwork> net_{new PackedNetwork};
    std::vector<Copy> copies_;
    std::vector<Place> places_;
    std::int64_t reserved_ = 0;
};

base::Result<std::shared_ptr<const PackedNetwork>> PackedNetwork::pack(const NetworkOptions& options,
                                                                       const TensorSource& source, Precision precision,
                                                                       const TensorRelease& release) {
    for (const auto& stream : options.streams)
        if (stream.vocabulary > 65'536)
            return base::failure(base::ErrorCode::Unsupported,
                                 "the net's stream '" + stream.name + "' has more than 65,536 ids");
    if (options.width % 16 != 0 || options.tableWidth() % 16 != 0)
        return base::failure(base::ErrorCode::Unsupported,
                             "the width of the net '" + options.name + "' is not a multiple of 16");
    try {
        return NetworkPacker(options, source, precision, release).pack();
    } catch (const std::bad_alloc&) {
        return base::failure(base::ErrorCode::Failed, "there is not enough memory for the net '" + options.name + "'");
    }
}

std::int64_t middleOf(std::int64_t columns) { return (columns + kBlockRows - 1) / kBlockRows / 2 * kBlockRows; }

} // namespace continuo::inference
