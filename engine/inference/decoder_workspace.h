#pragma once

#include "engine/inference/aligned_buffer.h"
#include "engine/inference/kernels.h"
#include "engine/network/network_options.h"

#include <algorithm>
#include <array>

namespace continuo::inference {

/// Rows read at once: weights are read once for so many; their activations stay in the second-level cache.
inline constexpr std::int64_t kChunk = 48;

/// The half-open range of some items.
struct Range {
    std::int64_t first = 0;
    std::int64_t end = 0;

    std::int64_t count() const { return end - first; }
};

/// The share of `count` items that worker `worker` of `workers` has.
inline Range shareOf(std::int64_t count, int worker, int workers) {
    return {count * worker / workers, count * (worker + 1) / workers};
}

/// A matrix of activations, one row for each row of the chunk.
template <typename Value>
struct Activations {
    Value* values = nullptr;
    std::int64_t width = 0;

    Value* row(std::int64_t index) { return values + index * width; }
};

/// What one worker needs for itself, in one piece of memory: arrays that each began a huge page would share cache sets.
class Workspace {
public:
    explicit Workspace(const network::NetworkOptions& net) : memory_(floatsFor(net)) {
        embedded = take<float>(net.projectsEmbedding() ? net.tableWidth() : 0);
        residual = take<float>(net.width);
        normalized = take<float>(net.width);
        queryKeyValue = take<float>(3 * net.attentionWidth());
        attended = take<float>(net.attentionWidth());
        hidden = take<float>(net.hiddenWidth());
        partial = {take<float>(net.width), take<float>(net.width)};
        rounded = take<Bf16>(widest(net));
        quantized = take<std::uint8_t>(widest(net));
        units = take<float>(kUnitFloats);
        scores = memory_.data() + used_;
    }

    Activations<float> embedded; // before its projection, where there is one
    Activations<float> residual;
    Activations<float> normalized;
    Activations<float> queryKeyValue;
    Activations<float> attended;
    Activations<float> hidden;
    std::array<Activations<float>, 2> partial; // what this worker adds to the residual in each half of a layer
    Activations<Bf16> rounded;                 // the inputs of the next product, where they are not floats
    Activations<std::uint8_t> quantized;
    Activations<float> units; // of the quantized inputs, kernels.h; two are used
    float* scores = nullptr;

private:
    static constexpr std::int64_t kGap = 48; // floats between arrays
    static constexpr std::int64_t kUnitFloats = 2;

    static std::int64_t widest(const network::NetworkOptions& net) {
        return std::max({net.tableWidth(), net.width, net.attentionWidth(), net.hiddenWidth()});
    }
    static std::size_t floatsFor(const network::NetworkOptions& net) {
        const auto row =
            net.tableWidth() + 4 * net.width + 4 * net.attentionWidth() + net.hiddenWidth() + widest(net) + kUnitFloats;
        return static_cast<std::size_t>(kChunk * row + kMostQueries * scoreRoom(net.maxLength + kMostQueries) +
                                        13 * kGap);
    }

    template <typename Value>
    Activations<Value> take(std::int64_t width) {
        Activations<Value> taken{reinterpret_cast<Value*>(memory_.data() + used_), width};
        const auto floats = (kChunk * width * static_cast<std::int64_t>(sizeof(Value)) + 3) / 4;
        used_ += (floats + 15) / 16 * 16 + kGap;
        return taken;
    }

    AlignedBuffer memory_;
    std::int64_t used_ = 0;
};

} // namespace continuo::inference
