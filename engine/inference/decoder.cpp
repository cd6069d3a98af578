#include "engine/inference/decoder.h"

#include "engine/inference/hop_barrier.h"
#include "engine/inference/key_value_cache.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <thread>

namespace continuo::inference {
namespace {

/// Rows read at once by a prefill: weights are read once for so many; their activations stay in the second-level cache.
constexpr std::int64_t kChunk = 48;

/// The half-open share of `count` items that worker `worker` of `workers` has.
struct Share {
    std::int64_t first;
    std::int64_t end;
};
Share shareOf(std::int64_t count, int worker, int workers) {
    return {count * worker / workers, count * (worker + 1) / workers};
}

/// A matrix of activations, one row for each row of the chunk.
struct Activations {
    float* values = nullptr;
    std::int64_t width = 0;

    float* row(std::int64_t index) { return values + index * width; }
};

/// What one worker needs for itself, in one piece of memory: arrays that each began a huge page would share cache sets.
class Workspace {
public:
    explicit Workspace(const network::NetworkOptions& net)
        : memory_(static_cast<std::size_t>(kChunk * (4 * net.width + 4 * net.attentionWidth() + net.hiddenWidth()) +
                                           net.maxLength + kKeyBlock + 8 * kGap)) {
        residual = take(net.width);
        normalized = take(net.width);
        queryKeyValue = take(3 * net.attentionWidth());
        attended = take(net.attentionWidth());
        hidden = take(net.hiddenWidth());
        partial = {take(net.width), take(net.width)};
        scores = memory_.data() + used_;
    }

    Activations residual;
    Activations normalized;
    Activations queryKeyValue;
    Activations attended;
    Activations hidden;
    std::array<Activations, 2> partial; // what this worker adds to the residual stream in each half of a layer
    float* scores = nullptr;

private:
    static constexpr std::int64_t kGap = 48; // floats between arrays

    Activations take(std::int64_t width) {
        Activations taken{memory_.data() + used_, width};
        used_ += kChunk * width + kGap;
        return taken;
    }

    AlignedBuffer memory_;
    std::int64_t used_ = 0;
};

} // namespace

class Decoder::Engine {
public:
    Engine(std::shared_ptr<const PackedNetwork> network, const DecoderOptions& options)
        : network_(std::move(network)), net_(network_->options()), kernels_(*options.kernels),
          workers_(std::clamp(options.threads, 1, 2)), cache_(net_.layers, net_.heads, net_.maxLength),
          logits_(static_cast<std::size_t>(network_->heads().rows)), barrier_(workers_) {
        for (int worker = 0; worker < workers_; ++worker) workspaces_.emplace_back(net_);
        if (workers_ == 2) helper_ = std::jthread([this] { help(); });
    }

    ~Engine() {
        if (!helper_.joinable()) return;
        stopping_ = true;
        announce();
    }

    std::span<const float> run(std::span<const std::uint16_t> ids, bool wantLogits) {
        ids_ = ids;
        count_ = static_cast<std::int64_t>(ids.size() / net_.streams.size());
        wantLogits_ = wantLogits;
        if (workers_ == 2) announce();
        work(0);
        length_ += count_;
        return {logits_.data(), static_cast<std::size_t>(network_->logitCount())};
    }

    const std::shared_ptr<const PackedNetwork> network_;
    const network::NetworkOptions& net_;
    std::int64_t length_ = 0;

private:
    void announce() {
        job_.fetch_add(1, std::memory_order_release);
        job_.notify_one();
    }

    /// The second worker: waits for a job, does its share, meets the first at every hop.
    void help() {
        for (int seen = 0;; ++seen) {
            waitForChange(job_, seen);
            if (stopping_) return;
            work(1);
        }
    }

    void work(int worker) {
        auto& own = workspaces_[static_cast<std::size_t>(worker)];
        embed(own);
        for (std::size_t layer = 0; layer < network_->layers().size(); ++layer) {
            attentionPart(worker, own, layer);
            barrier_.arriveAndWait();
            addPartials(own, 0, nullptr);
            feedForwardPart(worker, own, network_->layers()[layer]);
            barrier_.arriveAndWait();
            addPartials(own, 1, network_->layers()[layer].contractBias);
        }
        if (wantLogits_) headPart(worker, own);
        barrier_.arriveAndWait();
    }

    void embed(Workspace& own) {
        const auto streams = net_.streams.size();
        for (std::int64_t i = 0; i < count_; ++i) {
            auto* x = own.residual.row(i);
            const auto ids = ids_.subspan(static_cast<std::size_t>(i) * streams, streams);
            std::copy_n(network_->embedding(0, ids[0]), net_.width, x);
            for (std::size_t stream = 1; stream < streams; ++stream)
                kernels_.add(x, network_->embedding(stream, ids[stream]), net_.width);
            if (const auto* position = network_->position(length_ + i)) kernels_.add(x, position, net_.width);
            if (network_->embeddingGain())
                kernels_.normalize(x, network_->embeddingGain(), network_->embeddingBias(), net_.width, x);
        }
    }

    void normalize(Workspace& own, const float* gain, const float* bias) {
        for (std::int64_t i = 0; i < count_; ++i)
            kernels_.normalize(own.residual.row(i), gain, bias, net_.width, own.normalized.row(i));
    }

    void multiply(const PackedMatrix& matrix, const MatrixPart& part, Activations& in, Activations& out) {
        kernels_.multiply(matrix.values, matrix.rows, matrix.columns, part, in.row(0), in.width, count_, out.row(0),
                          out.width);
    }

    /// All columns of some blocks of rows.
    void multiplyRows(const PackedMatrix& matrix, const Share& blocks, Activations& in, Activations& out) {
        multiply(matrix,
                 {matrix.firstRowOf(blocks.first), matrix.firstRowOf(blocks.end), 0, matrix.columns, matrix.columns},
                 in, out);
    }

    /// Some columns of all rows: a partial sum. One worker adds the two halves that two workers would.
    void multiplyColumns(const PackedMatrix& matrix, const Share& columns, std::int64_t middle, Activations& in,
                         Activations& out) {
        const auto split = std::clamp(middle, columns.first, columns.end);
        multiply(matrix, {0, matrix.rows, columns.first, split, columns.end}, in, out);
    }

    void attentionPart(int worker, Workspace& own, std::size_t index) {
        const auto& layer = network_->layers()[index];
        const auto heads = shareOf(net_.heads, worker, workers_);
        normalize(own, layer.attentionGain, layer.attentionBias);
        multiplyRows(layer.queryKeyValue, {3 * heads.first, 3 * heads.end}, own.normalized, own.queryKeyValue);
        for (auto head = heads.first; head < heads.end; ++head) attend(own, static_cast<std::int64_t>(index), head);
        const auto middle = shareOf(net_.heads, 0, 2).end * kHeadWidth;
        multiplyColumns(layer.output, {heads.first * kHeadWidth, heads.end * kHeadWidth}, middle, own.attended,
                        own.partial[0]);
    }

    void attend(Workspace& own, std::int64_t layer, std::int64_t head) {
        for (std::int64_t i = 0; i < count_; ++i) {
            const auto* query = own.queryKeyValue.row(i) + 3 * head * kHeadWidth;
            cache_.store(layer, head, length_ + i, query + kHeadWidth, query + 2 * kHeadWidth);
            kernels_.attend({.query = query,
                             .keys = cache_.keys(layer, head),
                             .values = cache_.values(layer, head),
                             .length = length_ + i + 1,
                             .slope = network_->slope(head),
                             .scores = own.scores,
                             .out = own.attended.row(i) + head * kHeadWidth});
        }
    }

    void feedForwardPart(int worker, Workspace& own, const PackedLayer& layer) {
        const auto blocks = shareOf(layer.expand.blocks(), worker, workers_);
        const Share units{layer.expand.firstRowOf(blocks.first), layer.expand.firstRowOf(blocks.end)};
        normalize(own, layer.feedForwardGain, layer.feedForwardBias);
        multiplyRows(layer.expand, blocks, own.normalized, own.hidden);
        for (std::int64_t i = 0; i < count_; ++i)
            kernels_.gelu(own.hidden.row(i) + units.first, layer.expandBias + units.first, units.end - units.first);
        const auto middle = layer.expand.firstRowOf(shareOf(layer.expand.blocks(), 0, 2).end);
        multiplyColumns(layer.contract, units, middle, own.hidden, own.partial[1]);
    }

    void addPartials(Workspace& own, std::size_t half, const float* bias) {
        for (std::int64_t i = 0; i < count_; ++i) {
            auto* x = own.residual.row(i);
            auto* first = workspaces_[0].partial[half].row(i);
            if (workers_ == 1)
                kernels_.add(x, first, net_.width);
            else
                kernels_.addSum(x, first, workspaces_[1].partial[half].row(i), net_.width);
            if (bias) kernels_.add(x, bias, net_.width);
        }
    }

    /// The logits after the last row of the chunk.
    void headPart(int worker, Workspace& own) {
        const auto& heads = network_->heads();
        auto* x = own.normalized.row(0);
        kernels_.normalize(own.residual.row(count_ - 1), network_->stackGain(), network_->stackBias(), net_.width, x);
        kernels_.normalize(x, network_->finalGain(), network_->finalBias(), net_.width, x);
        const auto blocks = shareOf(heads.blocks(), worker, workers_);
        const Share rows{heads.firstRowOf(blocks.first), heads.firstRowOf(blocks.end)};
        kernels_.multiply(heads.values, heads.rows, heads.columns,
                          {rows.first, rows.end, 0, heads.columns, heads.columns}, x, net_.width, 1, logits_.data(),
                          heads.rows);
        kernels_.add(logits_.data() + rows.first, network_->headBias() + rows.first, rows.end - rows.first);
    }

    const Kernels& kernels_;
    const int workers_;
    KeyValueCache cache_;
    AlignedBuffer logits_;
    std::vector<Workspace> workspaces_;

    std::span<const std::uint16_t> ids_; // of the current chunk
    std::int64_t count_ = 0;
    bool wantLogits_ = true;

    HopBarrier barrier_;
    alignas(64) std::atomic<int> job_{0};
    std::atomic<bool> stopping_ = false;
    std::jthread helper_;
};

Decoder::Decoder(std::shared_ptr<const PackedNetwork> network, const DecoderOptions& options)
    : engine_(std::make_unique<Engine>(std::move(network), options)) {}

Decoder::~Decoder() = default;

const PackedNetwork& Decoder::network() const { return *engine_->network_; }

std::int64_t Decoder::length() const { return engine_->length_; }

void Decoder::truncate(std::int64_t length) {
    assert(length >= 0 && length <= engine_->length_);
    engine_->length_ = length;
}

std::span<const float> Decoder::step(std::span<const std::uint16_t> ids) { return prefill(ids); }

std::span<const float> Decoder::prefill(std::span<const std::uint16_t> ids) {
    const auto streams = engine_->net_.streams.size();
    assert(!ids.empty() && ids.size() % streams == 0);
    assert(engine_->length_ + static_cast<std::int64_t>(ids.size() / streams) <= engine_->net_.maxLength);
    std::span<const float> logits;
    while (!ids.empty()) {
        const auto chunk = std::min(ids.size(), static_cast<std::size_t>(kChunk) * streams);
        logits = engine_->run(ids.first(chunk), chunk == ids.size());
        ids = ids.subspan(chunk);
    }
    return logits;
}

std::span<const float> Decoder::logitsOf(std::span<const float> logits, std::size_t stream) const {
    std::size_t first = 0;
    const auto& streams = engine_->net_.streams;
    for (std::size_t i = 0; i < stream; ++i) first += static_cast<std::size_t>(streams[i].vocabulary);
    return logits.subspan(first, static_cast<std::size_t>(streams[stream].vocabulary));
}

} // namespace continuo::inference
