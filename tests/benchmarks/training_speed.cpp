/// Whole steps of training — forward, loss, backward, clipping, update — of four windows of 1,024 predicted rows, on
/// two threads: tokens/s of our nets, to be set beside a PyTorch loop on the same shapes (results/training.md).
#include "engine/learning/training_session.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>

using namespace continuo;

namespace {

constexpr std::size_t kWindows = 4, kRows = 1025;

/// Rows that look like notes, beats rising, nothing padded.
std::vector<tokens::Rows> windows(const network::NetworkOptions& net) {
    base::Random random(11);
    std::vector<tokens::Rows> all(kWindows, tokens::Rows(kRows));
    for (auto& rows : all)
        for (std::size_t t = 0; t < kRows; ++t) {
            for (std::size_t f = 0; f < net.streams.size(); ++f)
                rows[t][f] = static_cast<std::uint16_t>(
                    1 + random.below(static_cast<std::uint64_t>(net.streams[f].vocabulary - 1)));
            if (net.family != network::Family::Mmt) continue;
            rows[t][tokens::kType] = tokens::kNote;
            rows[t][tokens::kBeat] = static_cast<std::uint16_t>(1 + t * 255 / kRows);
        }
    return all;
}

void steps(benchmark::State& state, const std::string& name, const std::string& precision, double dropout) {
    const auto net = *network::namedNetwork(name);
    auto settings = configuration::trainingSettings(configuration::Configuration(configuration::trainingKeys()));
    settings.precision = precision;
    settings.threads = 2;
    settings.residualDropout = dropout;
    learning::prepareProcess(settings);
    learning::TrainingSession session(net, settings);
    session.initialise();
    const auto data = windows(net);
    std::int64_t step = 0;
    (void)session.step(data, step++, 1e-4);
    std::vector<double> seconds;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        (void)session.step(data, step++, 1e-4);
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::sort(seconds);
    const auto median = seconds[seconds.size() / 2];
    state.counters["tokens/s"] = kWindows * (kRows - 1) / median;
    state.counters["ms"] = median * 1e3;
    state.counters["worst ms"] = seconds.back() * 1e3;
}

} // namespace

int main(int count, char** words) {
    for (const char* name : {"mmt-1m", "mmt-7m", "mmt-20m", "tpd-1m", "structured-1m", "mmt-official"})
        for (const char* precision : {"bf16", "fp32"})
            for (const double dropout : {0.0, 0.1}) {
                const auto title = std::string(name) + "/" + precision + (dropout > 0 ? "/dropout" : "");
                benchmark::RegisterBenchmark(title.c_str(), steps, name, precision, dropout)
                    ->Iterations(5)
                    ->Unit(benchmark::kMillisecond)
                    ->UseRealTime();
            }
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
}
