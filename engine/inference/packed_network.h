#pragma once

#include "engine/inference/aligned_buffer.h"
#include "engine/inference/packed_matrix.h"
#include "engine/network/network_options.h"
#include "engine/network/position_codes.h"
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
    PackedMatrix queryKeyValue;        // head after head: 64 rows of q, 64 of k, 64 of v
    PackedMatrix output;               // [width][heads * 64]
    const float* outputBias = nullptr; // null where the net has none
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
    /// Row `id` of the table of stream `stream`, `tableWidth` floats.
    const float* embedding(std::size_t stream, std::int64_t id) const {
        return embeddings_[stream] + id * options_.tableWidth();
    }
    /// What is added to an embedded row, `tableWidth` floats; null where the net has no learned positions.
    const float* position(std::int64_t index) const {
        return positions_ ? positions_ + index * options_.tableWidth() : nullptr;
    }
    const float* embeddingGain() const { return embeddingGain_; } // null where there is no norm after the embedding
    const float* embeddingBias() const { return embeddingBias_; }
    /// From `tableWidth` to `width`; null where they are the same.
    const PackedMatrix* projection() const { return projection_.memory ? &projection_ : nullptr; }
    const float* projectionBias() const { return projectionBias_; }
    /// Cosines and sines by which a position turns the planes of a head (network/position_codes.h), 16 and 16; null
    /// where the net has no rotary codes.
    const float* turn(std::int64_t position) const {
        return turns_.empty() ? nullptr : turns_.data() + position * network::kRotaryWidth;
    }
    const float* stackGain() const { return stackGain_; } // null where the stack does not end in a norm
    const float* stackBias() const { return stackBias_; }
    const float* finalGain() const { return finalGain_; }
    const float* finalBias() const { return finalBias_; }
    const PackedMatrix& heads() const { return heads_; } // all heads, stream after stream
    const float* headBias() const { return headBias_; }
    /// Sum of the vocabularies: the logits of a step.
    std::int64_t logitCount() const { return logitCount_; }
    /// Bytes of weights that one step reads: matrices and heads.
    std::int64_t bytesPerStep() const { return bytesPerStep_; }
    /// Bias of head `head` a position of distance; 0 without ALiBi.
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
    std::vector<float> turns_;
    PackedMatrix projection_;
    const float* projectionBias_ = nullptr;
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

} // namespace continuo::inference
