/// Generation as a whole: a prompt of 64 rows, then steps with six fields sampled in each (the likeliest tenth of the
/// ids), from random weights. A round for each line of standard input, so that a peer can alternate with it; prints
/// steps a second, the prompt included. Standard error says what reading 1,024 rows takes.
///
///     decoder_generation NET fp32|bf16|int8 THREADS STEPS
#include "engine/inference/decoder.h"
#include "engine/inference/sampler.h"
#include "tests/engine/inference/random_network.h"

#include "engine/base/stopwatch.h"
#include "engine/base/text.h"

#include <algorithm>
#include <iostream>

using namespace continuo;
using namespace continuo::inference;

namespace {

constexpr std::size_t kPrompt = 64;

double round(Decoder& decoder, std::int64_t steps, std::uint64_t seed) {
    const auto& streams = decoder.network().options().streams;
    SamplerSettings settings;
    for (auto& field : settings.fields) field.topKShare = 0.1;
    Sampler sampler(settings, seed);
    const auto prompt = randomIds(decoder.network().options(), kPrompt, seed);
    std::vector<std::uint16_t> row(streams.size());
    const base::Stopwatch watch;
    decoder.truncate(0);
    auto logits = decoder.prefill(prompt);
    for (std::int64_t step = 0; step < steps; ++step) {
        for (std::size_t stream = 0; stream < streams.size(); ++stream) {
            const auto end = static_cast<std::uint16_t>(streams[stream].vocabulary);
            row[stream] = sampler.draw(stream, decoder.logitsOf(logits, stream), {0, end});
        }
        logits = decoder.step(row);
    }
    return static_cast<double>(steps) / watch.seconds();
}

double readingMs(Decoder& decoder) {
    const auto ids = randomIds(decoder.network().options(), 1024, 3);
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        decoder.truncate(0);
        const base::Stopwatch watch;
        decoder.prefill(ids);
        best = std::min(best, 1e3 * watch.seconds());
    }
    return best;
}

} // namespace

int main(int count, char** words) {
    if (count != 5) return std::cerr << "decoder_generation NET fp32|bf16|int8 THREADS STEPS\n", 2;
    const auto net = network::namedNetwork(words[1]);
    const auto precision = namedPrecision(words[2]);
    const auto threads = base::parseInteger(words[3]);
    const auto steps = base::parseInteger(words[4]);
    if (!net || !precision || !*precision || !threads || !steps) return std::cerr << "wrong words\n", 2;
    const auto packed = pack(*net, randomTensors(*net, 1), **precision);
    Decoder decoder(packed, {.threads = static_cast<int>(*threads)});
    round(decoder, 32, 1); // pages are touched
    std::cerr << words[1] << " " << words[2] << " on " << bestKernels().name << ": 1,024 rows read in "
              << base::formatFixed(readingMs(decoder), 1) << " ms\n";
    std::uint64_t seed = 2;
    for (std::string line; std::getline(std::cin, line);)
        std::cout << base::formatFixed(round(decoder, *steps, seed++), 1) << std::endl;
}
