/// Steps a second of the decoder in its three precisions for the three mmt nets at contexts up to 1024, and the share
/// of the read bandwidth that it reaches: the plain streaming read of a buffer as large as the weights is measured in
/// the same run.
#include "engine/inference/aligned_buffer.h"
#include "engine/inference/decoder.h"
#include "tests/engine/inference/random_network.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <map>

using namespace continuo;
using namespace continuo::inference;

namespace {

constexpr int kStepsARound = 32;

std::shared_ptr<const PackedNetwork> netNamed(const std::string& name, Precision precision) {
    static std::map<std::pair<std::string, Precision>, std::shared_ptr<const PackedNetwork>> made;
    auto& packed = made[{name, precision}];
    const auto net = *network::namedNetwork(name);
    if (!packed) packed = pack(net, randomTensors(net, 1), precision);
    return packed;
}

double secondsOf(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Adds up a buffer with 64-byte vectors and eight sums: what reading alone can do.
template <typename Wide>
[[gnu::always_inline]] inline float sumWide(const float* data, std::size_t count) {
    Wide sums[8]{};
    for (std::size_t i = 0; i + 128 <= count; i += 128)
        for (int j = 0; j < 8; ++j) sums[j] += *reinterpret_cast<const Wide*>(data + i + 16 * j);
    for (int j = 1; j < 8; ++j) sums[0] += sums[j];
    return sums[0][0];
}

using Wide [[gnu::vector_size(64), gnu::aligned(64)]] = float;
#if defined(__x86_64__)
[[gnu::target("avx512f")]] float sumAvx512(const float* data, std::size_t count) { return sumWide<Wide>(data, count); }
#endif

float sumAll(const float* data, std::size_t count) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return sumAvx512(data, count);
#endif
    return sumWide<Wide>(data, count);
}

/// Bytes a second of one thread over `bytes` of memory, the best of some passes.
double readBandwidth(std::int64_t bytes) {
    static std::map<std::int64_t, double> measured;
    auto& best = measured[bytes];
    if (best > 0) return best;
    AlignedBuffer buffer(static_cast<std::size_t>(bytes) / sizeof(float));
    std::fill_n(buffer.data(), buffer.size(), 1.0F);
    for (int pass = 0; pass < 20; ++pass) {
        const auto seconds = secondsOf([&] { benchmark::DoNotOptimize(sumAll(buffer.data(), buffer.size())); });
        best = std::max(best, static_cast<double>(bytes) / seconds);
    }
    return best;
}

std::int64_t cacheBytes(const PackedNetwork& packed, std::int64_t context) {
    const auto& net = packed.options();
    return net.layers * net.attentionWidth() * 2 * context * (packed.precision() == Precision::Fp32 ? 4 : 2);
}

void steps(benchmark::State& state, const std::string& name, Precision precision, const Kernels* kernels) {
    const auto packed = netNamed(name, precision);
    const auto& net = packed->options();
    const auto context = state.range(0);
    const auto start = std::max<std::int64_t>(0, context - kStepsARound);
    Decoder decoder(packed, {.threads = static_cast<int>(state.range(1)), .kernels = kernels});
    const auto ids = randomIds(net, static_cast<std::size_t>(context), 2);
    const auto streams = net.streams.size();
    if (start > 0) decoder.prefill(std::span(ids).first(static_cast<std::size_t>(start) * streams));
    double best = 1e9;
    for (auto _ : state) {
        decoder.truncate(start);
        const auto seconds = secondsOf([&] {
            for (auto row = start; row < context; ++row)
                benchmark::DoNotOptimize(
                    decoder.step(std::span(ids).subspan(static_cast<std::size_t>(row) * streams, streams)).data());
        });
        best = std::min(best, seconds / static_cast<double>(context - start));
    }
    const auto bytes = packed->bytesPerStep() + cacheBytes(*packed, (start + context) / 2);
    state.counters["steps/s"] =
        benchmark::Counter(static_cast<double>(state.iterations() * (context - start)), benchmark::Counter::kIsRate);
    state.counters["best steps/s"] = 1 / best;
    state.counters["GB/s"] = static_cast<double>(bytes) / best / 1e9;
    if (state.range(1) == 1)
        state.counters["of read bandwidth"] = static_cast<double>(bytes) / best / readBandwidth(bytes);
}

void reading(benchmark::State& state, const std::string& name) {
    const auto bytes = netNamed(name, Precision::Fp32)->bytesPerStep();
    AlignedBuffer buffer(static_cast<std::size_t>(bytes) / sizeof(float));
    std::fill_n(buffer.data(), buffer.size(), 1.0F);
    for (auto _ : state) benchmark::DoNotOptimize(sumAll(buffer.data(), buffer.size()));
    state.SetBytesProcessed(state.iterations() * bytes);
}

void prefill(benchmark::State& state, const std::string& name, Precision precision) {
    const auto packed = netNamed(name, precision);
    const auto rows = static_cast<std::size_t>(state.range(0));
    const auto ids = randomIds(packed->options(), rows, 3);
    Decoder decoder(packed, {.readingThreads = static_cast<int>(state.range(1))});
    for (auto _ : state) {
        decoder.truncate(0);
        benchmark::DoNotOptimize(decoder.prefill(ids).data());
    }
    state.counters["rows/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(rows),
                                                  benchmark::Counter::kIsRate);
}

/// Several sequences that share the reading of the weights, against one alone.
void together(benchmark::State& state, const std::string& name, Precision precision) {
    const auto packed = netNamed(name, precision);
    const auto count = state.range(0);
    constexpr std::int64_t kContext = 256;
    Decoder decoder(packed, {.sequences = count});
    decoder.prefill(randomIds(packed->options(), kContext, 2));
    std::vector<std::int64_t> sequences;
    for (std::int64_t i = 0; i < count; ++i) sequences.push_back(i);
    for (std::int64_t i = 1; i < count; ++i) decoder.copy(0, i);
    const auto ids = randomIds(packed->options(), static_cast<std::size_t>(count), 3);
    for (auto _ : state) {
        for (const auto sequence : sequences) decoder.truncate(kContext, sequence);
        for (int step = 0; step < kStepsARound; ++step)
            decoder.stepEach(sequences, ids, [](auto, auto logits) { benchmark::DoNotOptimize(logits.data()); });
    }
    state.counters["steps/s"] =
        benchmark::Counter(static_cast<double>(state.iterations() * kStepsARound * count), benchmark::Counter::kIsRate);
}

void registerAll() {
    const auto add = [](const std::string& name, auto* function, auto... arguments) {
        return benchmark::RegisterBenchmark(name.c_str(), function, arguments...)
            ->Unit(benchmark::kMillisecond)
            ->UseRealTime();
    };
    for (const std::string name : {"mmt-1m", "mmt-7m", "mmt-20m"}) {
        add("read/" + name, reading, name);
        for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8}) {
            const auto which = "/" + name + "/" + precisionName(precision);
            auto* step = add("step" + which, steps, name, precision, &bestKernels());
            auto* fill = add("prefill" + which, prefill, name, precision);
            auto* batch = add("together" + which, together, name, precision);
            step->ArgNames({"context", "threads"});
            fill->ArgNames({"rows", "threads"});
            batch->ArgNames({"sequences"});
            for (const int threads : {1, 2}) {
                for (const int context : {32, 64, 256, 512, 1024}) step->Args({context, threads});
                for (const int rows : {64, 1024}) fill->Args({rows, threads});
            }
            for (const int count : {1, 2, 4, 8}) batch->Args({count});
            for (const auto* kernels : usableKernels())
                add("kernels" + which + "/" + kernels->name, steps, name, precision, kernels)
                    ->Args({256, 1})
                    ->ArgNames({"context", "threads"});
        }
    }
}

} // namespace

int main(int count, char** words) {
    registerAll();
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
}
