#pragma once

#include "engine/inference/aligned_buffer.h"
#include "engine/inference/packed_matrix.h"
#include "engine/network/network_options.h"
#include "engine/network/safetensors.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace continuo::inference {

/// Where the weights of a layer stand.
struct PackedLayer {
    const float* attentionGain = nullptr;
    const float* attentionBias = nullptr;
    PackedMatrix queryKeyValue; // head after head: 64 rows of q, 64 of k, 64 of v
    PackedMatrix output;        // [width][heads * 64]
    const float* feedForwardGain = nullptr;
    const float* feedForwardBias = nullptr;
    PackedMatrix expand; // [4 width][width]
    const float* expandBias = nullptr;
    PackedMatrix contract; // [width][4 width]
    const float* contractBias = nullptr;
};

/// The weights of a net, copied once into the order in which a step reads them. Immutable; any number of decoders on
/// any threads may use one.
class PackedNetwork {
public:
    /// Finds a tensor of parameterTable by its name; must know all of them with their shapes (asserted).
    using TensorSource = std::function<std::span<const float>(std::string_view name)>;

    /// Hears which tensor is not needed any more; on any thread.
    using TensorRelease = std::function<void(std::span<const float> values)>;

    /// Converts with two threads where the machine has them; the source is not used afterwards. Matrices and heads are
    /// held in `precision`, tables, norms and biases in fp32. An error where the net has no place in memory, ids above
    /// 65,535, or a width that is not a multiple of 16.
    static base::Result<std::shared_ptr<const PackedNetwork>> pack(const network::NetworkOptions& options,
                                                                   const TensorSource& source,
                                                                   Precision precision = Precision::Fp32,
                                                                   const TensorRelease& release = {});

    const network::NetworkOptions& options() const { return options_; }
    Precision precision() const { return precision_; }
    const std::vector<PackedLayer>& layers() const { return layers_; }
    /// Row `id` of the table of stream `stream`, `width` floats.
    const float* embedding(std::size_t stream, std::int64_t id) const {
        return embeddings_[stream] + id * options_.width;
    }
    /// Divided by its norm; null where the net counts by ALiBi.
    const float* position(std::int64_t index) const {
        return positions_ ? positions_ + index * options_.width : nullptr;
    }
    const float* embeddingGain() const { return embeddingGain_; } // null where there is no norm after the embedding
    const float* embeddingBias() const { return embeddingBias_; }
    const float* stackGain() const { return stackGain_; } // the norm at the end of the stack, and the one after it
    const float* stackBias() const { return stackBias_; }
    const float* finalGain() const { return finalGain_; }
    const float* finalBias() const { return finalBias_; }
    const PackedMatrix& heads() const { return heads_; } // all heads, stream after stream
    const float* headBias() const { return headBias_; }
    /// Sum of the vocabularies: the logits of a step.
    std::int64_t logitCount() const { return logitCount_; }
    /// Bytes of weights that one step reads: matrices and heads.
    std::int64_t bytesPerStep() const { return bytesPerStep_; }
    /// Bias of head `head` a position of distance; 0 where the net has learned positions.
    float slope(std::int64_t head) const { return slopes_[static_cast<std::size_t>(head)]; }

private:
    friend class NetworkPacker;
    PackedNetwork() = default;

    network::NetworkOptions options_;
    Precision precision_ = Precision::Fp32;
    AlignedBuffer memory_;
    std::vector<PackedLayer> layers_;
    std::vector<const float*> embeddings_;
    std::vector<float> slopes_;
    const float* positions_ = nullptr;
    const float* embeddingGain_ = nullptr;
    const float* embeddingBias_ = nullptr;
    const float* stackGain_ = nullptr;
    const float* stackBias_ = nullptr;
    const float* finalGain_ = nullptr;
    const float* finalBias_ = nullptr;
    PackedMatrix heads_;
    const float* headBias_ = nullptr;
    std::int64_t logitCount_ = 0;
    std::int64_t bytesPerStep_ = 0;
};

/// Half of the blocks of 64 columns, the larger half second: where two workers divide heads, or hidden units.
std::int64_t middleOf(std::int64_t columns);

/// Slope of each head (Press, Smith and Lewis, "Train Short, Test Long", ICLR 2022): 2^(-8/n), 2^(-16/n) …; where n is
/// not a power of two, those of the lower power of two, then every second of the doubled set.
std::vector<float> alibiSlopes(std::int64_t heads);

} // namespace continuo::inference
