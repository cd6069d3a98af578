#pragma once

#include "engine/inference/packed_network.h"

#include <cstdint>
#include <memory>
#include <span>

namespace continuo::inference {

struct DecoderOptions {
    int threads = 1; // 1 or 2; the results are the same bit for bit
    const Kernels* kernels = &bestKernels();
};

/// Runs a net row by row over a cache of keys and values (fp32). A step reads each weight once; two workers share a
/// layer by heads and by hidden units and meet twice a layer. One thread at a time may use a decoder; steps do not
/// allocate.
class Decoder {
public:
    /// Throws nothing; memory for the longest sequence is reserved but touched only when used.
    Decoder(std::shared_ptr<const PackedNetwork> network, const DecoderOptions& options = {});
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    const PackedNetwork& network() const;
    /// Rows read so far, at most options().maxLength of the network.
    std::int64_t length() const;
    /// Forgets everything behind the first `length` rows.
    void truncate(std::int64_t length);

    /// Reads one row, an id below its vocabulary for each stream, and returns the logits for the next: all heads back
    /// to back, valid until the next call. The sequence must not be full.
    std::span<const float> step(std::span<const std::uint16_t> ids);
    /// Reads several rows (ids row after row) as so many steps would, many at a time, and returns the logits after the
    /// last.
    std::span<const float> prefill(std::span<const std::uint16_t> ids);
    /// Where the logits of stream `stream` stand among those of a step.
    std::span<const float> logitsOf(std::span<const float> logits, std::size_t stream) const;

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

} // namespace continuo::inference
