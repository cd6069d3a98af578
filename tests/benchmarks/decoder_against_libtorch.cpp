/// The decoder's step against LibTorch's forward pass of the whole prefix, which is what a sampler without a cache does
/// for every row. Both on the same random weights, in one run.
#include "engine/inference/decoder.h"
#include "engine/learning/transformer.h"
#include "tests/engine/inference/random_network.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <map>

using namespace continuo;

namespace {

struct Pair {
    learning::Transformer slow;
    std::shared_ptr<const inference::PackedNetwork> fast;
};

const Pair& netNamed(const std::string& name) {
    static std::map<std::string, Pair> made;
    if (const auto found = made.find(name); found != made.end()) return found->second;
    const auto options = *network::namedNetwork(name);
    const auto tensors = inference::randomTensors(options, 1);
    learning::Transformer slow(options);
    for (const auto& tensor : slow.named())
        std::ranges::copy(tensors.find(tensor.name)->second, tensor.values.data_ptr<float>());
    return made.emplace(name, Pair{std::move(slow), inference::pack(options, tensors)}).first->second;
}

double secondsOf(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Seconds of a step behind `context` rows, the best of some.
double stepSeconds(const Pair& nets, std::int64_t context, int threads) {
    const auto& options = nets.fast->options();
    const auto ids = inference::randomIds(options, static_cast<std::size_t>(context), 2);
    inference::Decoder decoder(nets.fast, {.threads = threads});
    if (context > 1) decoder.prefill(std::span(ids).first(ids.size() - options.streams.size()));
    double best = 1e9;
    for (int round = 0; round < 20; ++round) {
        decoder.truncate(context - 1);
        best = std::min(best, secondsOf([&] {
                            benchmark::DoNotOptimize(decoder.step(std::span(ids).last(options.streams.size())).data());
                        }));
    }
    return best;
}

void forward(benchmark::State& state, const std::string& name) {
    const at::NoGradGuard noGradient;
    const auto& nets = netNamed(name);
    const auto context = state.range(0);
    const auto threads = static_cast<int>(state.range(1));
    const auto rows = at::ones({1, context, static_cast<std::int64_t>(nets.fast->options().streams.size())}, at::kLong);
    at::set_num_threads(threads);
    double best = 1e9;
    for (auto _ : state) {
        best = std::min(best, secondsOf([&] {
                            const auto hidden = nets.slow.hidden(rows).slice(1, context - 1);
                            benchmark::DoNotOptimize(nets.slow.logits(hidden).data_ptr<float>());
                        }));
    }
    const auto step = stepSeconds(nets, context, threads);
    state.counters["forwards/s"] = 1 / best;
    state.counters["our steps/s"] = 1 / step;
    state.counters["ratio"] = best / step;
}

} // namespace

int main(int count, char** words) {
    for (const char* name : {"mmt-1m", "mmt-7m", "mmt-20m"}) {
        auto* each = benchmark::RegisterBenchmark((std::string("forward/") + name).c_str(), forward, name);
        each->ArgNames({"context", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
        for (const int threads : {1, 2})
            for (const int context : {1, 64, 256, 1024}) each->Args({context, threads});
    }
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
}
