#include "engine/inference/decoder.h"

#include "engine/inference/decoder_workspace.h"
#include "engine/inference/hop_barrier.h"
#include "engine/inference/key_value_cache.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <thread>

namespace continuo::inference {
namespace {

/// Which sequence a row of the chunk belongs to and where it stands there.
struct RowPlace {
    std::int64_t sequence = 0;
    std::int64_t position = 0;
};

} // namespace

class Decoder::Engine {
public:
    Engine(std::shared_ptr<const PackedNetwork> network, const DecoderOptions& options)
        : network_(std::move(network)), net_(network_->options()),
          lengths_(static_cast<std::size_t>(options.sequences)), kernels_(*options.kernels),
          stepWorkers_(std::clamp(options.threads, 1, 2)),
          readWorkers_(std::clamp(options.readingThreads, stepWorkers_, 2)),
          logits_(static_cast<std::size_t>(kChunk * network_->heads().shape.rows)) {
        for (std::int64_t i = 0; i < options.sequences; ++i)
            caches_.emplace_back(net_.layers, net_.heads, net_.maxLength, network_->precision());
        for (int worker = 0; worker < readWorkers_; ++worker) workspaces_.emplace_back(net_);
        if (readWorkers_ == 2) helper_ = std::jthread([this] { help(); });
    }

    ~Engine() {
        if (!helper_.joinable()) return;
        stopping_ = true;
        announce();
    }

    void read(std::int64_t sequence, std::span<const std::uint16_t> ids, std::int64_t wanted) {
        count_ = static_cast<std::int64_t>(ids.size() / net_.streams.size());
        auto& length = lengths_[static_cast<std::size_t>(sequence)];
        for (std::int64_t i = 0; i < count_; ++i) places_[static_cast<std::size_t>(i)] = {sequence, length + i};
        run(ids, {count_ - wanted, count_});
        length += count_;
    }

    void readEach(std::span<const std::int64_t> sequences, std::span<const std::uint16_t> ids) {
        count_ = static_cast<std::int64_t>(sequences.size());
        for (std::size_t i = 0; i < sequences.size(); ++i)
            places_[i] = {sequences[i], lengths_[static_cast<std::size_t>(sequences[i])]++};
        run(ids, {0, count_});
    }

    /// After the `index`th of the rows whose logits were wanted.
    std::span<const float> logits(std::int64_t index) const {
        return {logits_.data() + index * network_->heads().shape.rows,
                static_cast<std::size_t>(network_->logitCount())};
    }

    const std::shared_ptr<const PackedNetwork> network_;
    const network::NetworkOptions& net_;
    std::vector<std::int64_t> lengths_;
    std::vector<KeyValueCache> caches_;

private:
    void run(std::span<const std::uint16_t> ids, const Range& wanted) {
        ids_ = ids;
        wanted_ = wanted;
        workers_ = count_ > 1 ? readWorkers_ : stepWorkers_;
        if (workers_ == 2) announce();
        work(0);
    }

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

    /// Behind the attention of the last layer only rows go on whose logits are wanted; of the others only the keys and
    /// values are.
    void work(int worker) {
        auto& own = workspaces_[static_cast<std::size_t>(worker)];
        embed(own);
        for (std::int64_t index = 0; index < net_.layers; ++index) {
            const auto& layer = network_->layers()[static_cast<std::size_t>(index)];
            const auto rows = index + 1 == net_.layers ? wanted_ : Range{0, count_};
            readLayer(worker, own, layer, index, rows);
            if (rows.count() == 0) break;
            barrier_.arriveAndWait(workers_);
            addPartials(own, 0, layer.outputBias, rows);
            feedForwardPart(worker, own, layer, rows);
            barrier_.arriveAndWait(workers_);
            addPartials(own, 1, layer.contractBias, rows);
        }
        if (wanted_.count() > 0) headPart(worker, own);
        barrier_.arriveAndWait(workers_);
    }

    void embed(Workspace& own) {
        auto& rows = network_->projection() ? own.embedded : own.residual;
        for (std::int64_t i = 0; i < count_; ++i) embedRow(i, rows.row(i), rows.width);
        const auto* projection = network_->projection();
        if (!projection) return;
        const Range all{0, count_};
        prepare(own, rows, {0, rows.width}, rows.width, all);
        multiply(own, *projection, blocksOf(projection->shape, {0, projection->shape.blocks()}), all, rows,
                 {own.residual.values, own.residual.width});
        for (std::int64_t i = 0; i < count_; ++i)
            kernels_.add(own.residual.row(i), network_->projectionBias(), net_.width);
    }

    void embedRow(std::int64_t index, float* x, std::int64_t width) {
        const auto streams = net_.streams.size();
        const auto ids = ids_.subspan(static_cast<std::size_t>(index) * streams, streams);
        std::copy_n(network_->embedding(0, ids[0]), width, x);
        for (std::size_t stream = 1; stream < streams; ++stream)
            kernels_.add(x, network_->embedding(stream, ids[stream]), width);
        if (const auto* position = network_->position(places_[static_cast<std::size_t>(index)].position))
            kernels_.add(x, position, width);
        if (network_->embeddingGain())
            kernels_.normalize(x, network_->embeddingGain(), network_->embeddingBias(), width, x);
    }

    void normalize(Workspace& own, const float* gain, const float* bias, const Range& rows) {
        for (auto i = rows.first; i < rows.end; ++i)
            kernels_.normalize(own.residual.row(i), gain, bias, net_.width, own.normalized.row(i));
    }

    /// Makes columns [first, end) of activations the inputs of the next products, in the form that the weights ask for.
    void prepare(Workspace& own, Activations<float>& in, const Range& columns, std::int64_t split, const Range& rows) {
        const auto precision = network_->precision();
        if (precision == Precision::Fp32) return;
        for (auto i = rows.first; i < rows.end; ++i) {
            const auto* x = in.row(i);
            if (precision == Precision::Bf16) {
                kernels_.round(x + columns.first, columns.count(), own.rounded.row(i) + columns.first);
                continue;
            }
            const auto middle = std::clamp(split, columns.first, columns.end);
            auto* units = own.units.row(i);
            auto* out = own.quantized.row(i);
            if (columns.first < middle)
                units[0] = kernels_.quantize(x + columns.first, middle - columns.first, out + columns.first);
            if (middle < columns.end) units[1] = kernels_.quantize(x + middle, columns.end - middle, out + middle);
        }
    }

    /// `in`: what was prepared.
    void multiply(Workspace& own, const PackedMatrix& matrix, const MatrixPart& part, const Range& rows,
                  Activations<float>& in, const Outputs& out) {
        switch (network_->precision()) {
        case Precision::Fp32:
            return kernels_.multiply(matrix.view<float>(), part, {in.row(rows.first), in.width, rows.count(), nullptr},
                                     out);
        case Precision::Bf16:
            return kernels_.multiplyBf16(matrix.view<Bf16>(), part,
                                         {own.rounded.row(rows.first), own.rounded.width, rows.count(), nullptr}, out);
        case Precision::Int8:
            break;
        }
        kernels_.multiplyInt8(
            matrix.view<std::int8_t>(), part,
            {own.quantized.row(rows.first), own.quantized.width, rows.count(), own.units.row(rows.first)}, out);
    }

    /// All columns of some blocks of rows.
    static MatrixPart blocksOf(const PackedShape& shape, const Range& blocks) {
        return {shape.firstRowOf(blocks.first), shape.firstRowOf(blocks.end), 0, shape.columns, shape.columns};
    }

    /// Some columns of all rows: a partial sum. One worker adds the two halves that two workers would.
    void multiplyColumns(Workspace& own, const PackedMatrix& matrix, const Range& columns, const Range& rows,
                         Activations<float>& in, Activations<float>& out) {
        if (columns.count() == 0) {
            for (auto i = rows.first; i < rows.end; ++i) std::fill_n(out.row(i), out.width, 0.0F);
            return;
        }
        const auto split = matrix.shape.split;
        prepare(own, in, columns, split, rows);
        multiply(own, matrix,
                 {0, matrix.shape.rows, columns.first, std::clamp(split, columns.first, columns.end), columns.end},
                 rows, in, {out.row(rows.first), out.width});
    }

    /// Stores keys and values of every row, and lets `rows` attend.
    void readLayer(int worker, Workspace& own, const PackedLayer& layer, std::int64_t index, const Range& rows) {
        const auto heads = shareOf(net_.heads, worker, workers_);
        const Range all{0, count_};
        normalize(own, layer.attentionGain, layer.attentionBias, all);
        prepare(own, own.normalized, {0, net_.width}, net_.width, all);
        const auto project = [&](const Range& blocks, const Range& of) {
            if (of.count() > 0)
                multiply(own, layer.queryKeyValue, blocksOf(layer.queryKeyValue.shape, blocks), of, own.normalized,
                         {own.queryKeyValue.row(of.first), own.queryKeyValue.width});
        };
        if (rows.count() == count_)
            project({3 * heads.first, 3 * heads.end}, all);
        else
            for (auto head = heads.first; head < heads.end; ++head) {
                project({3 * head, 3 * head + 1}, rows);
                project({3 * head + 1, 3 * head + 3}, all);
            }
        for (auto head = heads.first; head < heads.end; ++head) {
            remember(own, index, head);
            if (network_->precision() == Precision::Fp32)
                attend<float>(own, index, head, rows, kernels_.attend);
            else
                attend<Bf16>(own, index, head, rows, kernels_.attendBf16);
        }
        multiplyColumns(own, layer.output, {heads.first * kHeadWidth, heads.end * kHeadWidth}, rows, own.attended,
                        own.partial[0]);
    }

    void remember(Workspace& own, std::int64_t layer, std::int64_t head) {
        for (std::int64_t i = 0; i < count_; ++i) {
            const auto& place = places_[static_cast<std::size_t>(i)];
            auto* query = own.queryKeyValue.row(i) + 3 * head * kHeadWidth;
            if (const auto* by = network_->turn(place.position))
                for (int part = 0; part < 3; ++part) turn(query + part * kHeadWidth, by);
            caches_[static_cast<std::size_t>(place.sequence)].store(layer, head, place.position, query + kHeadWidth,
                                                                    query + 2 * kHeadWidth);
        }
    }

    /// Rotary codes, network/position_codes.h.
    static void turn(float* x, const float* by) {
        constexpr auto kPlanes = network::kRotaryWidth / 2;
        for (std::int64_t i = 0; i < kPlanes; ++i) {
            const auto first = x[i];
            const auto second = x[kPlanes + i];
            x[i] = first * by[i] - second * by[kPlanes + i];
            x[kPlanes + i] = second * by[i] + first * by[kPlanes + i];
        }
    }

    /// Successive rows of one sequence attend together.
    template <typename Element>
    void attend(Workspace& own, std::int64_t layer, std::int64_t head, const Range& rows,
                void (*kernel)(const Attention<Element>&)) {
        for (auto i = rows.first; i < rows.end;) {
            const auto& place = places_[static_cast<std::size_t>(i)];
            const auto& cache = caches_[static_cast<std::size_t>(place.sequence)];
            std::int64_t count = 1;
            while (count < kMostQueries && i + count < rows.end &&
                   places_[static_cast<std::size_t>(i + count)].sequence == place.sequence)
                ++count;
            kernel({.query = own.queryKeyValue.row(i) + 3 * head * kHeadWidth,
                    .queryStride = own.queryKeyValue.width,
                    .count = count,
                    .keys = cache.keys<Element>(layer, head),
                    .values = cache.values<Element>(layer, head),
                    .length = place.position + 1,
                    .slope = network_->slope(head),
                    .scores = own.scores,
                    .out = own.attended.row(i) + head * kHeadWidth,
                    .outStride = own.attended.width});
            i += count;
        }
    }

    void feedForwardPart(int worker, Workspace& own, const PackedLayer& layer, const Range& rows) {
        const auto& shape = layer.expand.shape;
        const auto blocks = shareOf(shape.blocks(), worker, workers_);
        const Range units{shape.firstRowOf(blocks.first), shape.firstRowOf(blocks.end)};
        normalize(own, layer.feedForwardGain, layer.feedForwardBias, rows);
        prepare(own, own.normalized, {0, net_.width}, net_.width, rows);
        multiply(own, layer.expand, blocksOf(shape, blocks), rows, own.normalized,
                 {own.hidden.row(rows.first), own.hidden.width});
        for (auto i = rows.first; i < rows.end; ++i)
            kernels_.gelu(own.hidden.row(i) + units.first, layer.expandBias + units.first, units.count());
        multiplyColumns(own, layer.contract, units, rows, own.hidden, own.partial[1]);
    }

    void addPartials(Workspace& own, std::size_t half, const float* bias, const Range& rows) {
        for (auto i = rows.first; i < rows.end; ++i) {
            auto* x = own.residual.row(i);
            auto* first = workspaces_[0].partial[half].row(i);
            if (workers_ == 1)
                kernels_.add(x, first, net_.width);
            else
                kernels_.addSum(x, first, workspaces_[1].partial[half].row(i), net_.width);
            if (bias) kernels_.add(x, bias, net_.width);
        }
    }

    /// The logits after the wanted rows.
    void headPart(int worker, Workspace& own) {
        const auto& heads = network_->heads();
        for (auto i = wanted_.first; i < wanted_.end; ++i) {
            auto* x = own.normalized.row(i);
            const auto* last = own.residual.row(i);
            if (network_->stackGain()) {
                kernels_.normalize(last, network_->stackGain(), network_->stackBias(), net_.width, x);
                last = x;
            }
            kernels_.normalize(last, network_->finalGain(), network_->finalBias(), net_.width, x);
        }
        prepare(own, own.normalized, {0, net_.width}, net_.width, wanted_);
        const auto part = blocksOf(heads.shape, shareOf(heads.shape.blocks(), worker, workers_));
        multiply(own, heads, part, wanted_, own.normalized, {logits_.data(), heads.shape.rows});
        for (std::int64_t i = 0; i < wanted_.count(); ++i)
            kernels_.add(logits_.data() + i * heads.shape.rows + part.firstRow, network_->headBias() + part.firstRow,
                         part.endRow - part.firstRow);
    }

    const Kernels& kernels_;
    const int stepWorkers_;
    const int readWorkers_;
    AlignedBuffer logits_;
    std::vector<Workspace> workspaces_;

    std::span<const std::uint16_t> ids_; // of the current chunk
    std::array<RowPlace, kChunk> places_{};
    std::int64_t count_ = 0;
    Range wanted_; // rows whose logits are wanted
    int workers_ = 1;

    HopBarrier barrier_;
    alignas(64) std::atomic<int> job_{0};
    std::atomic<bool> stopping_ = false;
    std::jthread helper_;
};

Decoder::Decoder(std::shared_ptr<const PackedNetwork> network, const DecoderOptions& options)
    : engine_(std::make_unique<Engine>(std::move(network), options)) {}

Decoder::~Decoder() = default;

const PackedNetwork& Decoder::network() const { return *engine_->network_; }

std::int64_t Decoder::length(std::int64_t sequence) const {
    return engine_->lengths_[static_cast<std::size_t>(sequence)];
}

void Decoder::truncate(std::int64_t length, std::int64_t sequence) {
    auto& own = engine_->lengths_[static_cast<std::size_t>(sequence)];
    assert(length >= 0 && length <= own);
    own = length;
}

void Decoder::copy(std::int64_t from, std::int64_t to) {
    auto& engine = *engine_;
    const auto length = engine.lengths_[static_cast<std::size_t>(from)];
    engine.caches_[static_cast<std::size_t>(to)].copy(engine.caches_[static_cast<std::size_t>(from)], length);
    engine.lengths_[static_cast<std::size_t>(to)] = length;
}

std::span<const float> Decoder::step(std::span<const std::uint16_t> ids) { return prefill(ids); }

std::span<const float> Decoder::prefill(std::span<const std::uint16_t> ids, std::int64_t sequence) {
    const auto streams = engine_->net_.streams.size();
    assert(!ids.empty() && ids.size() % streams == 0);
    assert(length(sequence) + static_cast<std::int64_t>(ids.size() / streams) <= engine_->net_.maxLength);
    while (!ids.empty()) {
        const auto chunk = std::min(ids.size(), static_cast<std::size_t>(kChunk) * streams);
        engine_->read(sequence, ids.first(chunk), chunk == ids.size() ? 1 : 0);
        ids = ids.subspan(chunk);
    }
    return engine_->logits(0);
}

void Decoder::prefill(std::span<const std::uint16_t> ids,
                      const std::function<void(std::span<const float>)>& afterEach) {
    const auto streams = engine_->net_.streams.size();
    while (!ids.empty()) {
        const auto chunk = std::min(ids.size(), static_cast<std::size_t>(kChunk) * streams);
        const auto rows = static_cast<std::int64_t>(chunk / streams);
        engine_->read(0, ids.first(chunk), rows);
        for (std::int64_t i = 0; i < rows; ++i) afterEach(engine_->logits(i));
        ids = ids.subspan(chunk);
    }
}

void Decoder::stepEach(std::span<const std::int64_t> sequences, std::span<const std::uint16_t> ids,
                       const std::function<void(std::size_t, std::span<const float>)>& after) {
    const auto streams = engine_->net_.streams.size();
    assert(ids.size() == sequences.size() * streams);
    for (std::size_t first = 0; first < sequences.size(); first += kChunk) {
        const auto count = std::min(sequences.size() - first, static_cast<std::size_t>(kChunk));
        engine_->readEach(sequences.subspan(first, count), ids.subspan(first * streams, count * streams));
        for (std::size_t i = 0; i < count; ++i) after(first + i, engine_->logits(static_cast<std::int64_t>(i)));
    }
}

std::span<const float> Decoder::logitsOf(std::span<const float> logits, std::size_t stream) const {
    std::size_t first = 0;
    const auto& streams = engine_->net_.streams;
    for (std::size_t i = 0; i < stream; ++i) first += static_cast<std::size_t>(streams[i].vocabulary);
    return logits.subspan(first, static_cast<std::size_t>(streams[stream].vocabulary));
}

} // namespace continuo::inference
