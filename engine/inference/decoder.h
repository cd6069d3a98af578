#pragma once

#include "engine/inference/packed_network.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace continuo::inference {

struct DecoderOptions {
    int threads = 1;        // 1 or 2 workers for steps
    int readingThreads = 1; // 1 or 2 workers for reading several rows at once; no fewer than `threads`
    std::int64_t sequences = 1;
    const Kernels* kernels = &bestKernels();
};

/// Runs a net row by row over a cache of keys and values, for one sequence or for several at once, which share the
/// reading of the weights. Two workers share a layer by heads and by hidden units and meet twice a layer. Logits are
/// the same bits whatever the number of workers and of rows read together. One thread at a time may use a decoder;
/// steps do not allocate.
class Decoder {
public:
    /// Memory for the longest sequences is reserved, but touched only when used. Throws std::bad_alloc where the system
    /// refuses even that.
    Decoder(std::shared_ptr<const PackedNetwork> network, const DecoderOptions& options = {});
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    const PackedNetwork& network() const;
    /// Rows that a sequence has read so far, at most options().maxLength of the network.
    std::int64_t length(std::int64_t sequence = 0) const;
    /// Forgets everything behind the first `length` rows of a sequence.
    void truncate(std::int64_t length, std::int64_t sequence = 0);
    /// Lets `to` have read what `from` has.
    void copy(std::int64_t from, std::int64_t to);

    /// Reads one row, an id below its vocabulary for each stream, and returns the logits for the next: all heads back
    /// to back, valid until the next call. The sequence must not be full.
    std::span<const float> step(std::span<const std::uint16_t> ids);
    /// Reads several rows (ids row after row) as so many steps would, many at a time, and returns the logits after the
    /// last.
    std::span<const float> prefill(std::span<const std::uint16_t> ids, std::int64_t sequence = 0);
    /// The same, and shows the logits after each row.
    void prefill(std::span<const std::uint16_t> ids,
                 const std::function<void(std::span<const float> logits)>& afterEach);
    /// Reads one row for each of some sequences, all different, and shows each one's logits with its place in the list.
    void stepEach(std::span<const std::int64_t> sequences, std::span<const std::uint16_t> ids,
                  const std::function<void(std::size_t place, std::span<const float> logits)>& after);
    /// Where the logits of stream `stream` stand among those of a step.
    std::span<const float> logitsOf(std::span<const float> logits, std::size_t stream) const;

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

} // namespace continuo::inference
