/// What reduced precision costs a trained net: validation loss, divergence from fp32 and how long greedy continuations
/// stay the same. Prints a Markdown table.
///
///     decoder_quality CHECKPOINT DATASET [PIECES]
#include "engine/corpus/dataset.h"
#include "engine/inference/decoder.h"
#include "engine/network/checkpoint.h"
#include "engine/network/parameter_table.h"
#include "engine/tokens/encoder.h"
#include "engine/tokens/grammar.h"

#include "engine/base/json.h"
#include "engine/base/text.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

using namespace continuo;
using namespace continuo::inference;

namespace {

constexpr int kGreedySteps = 256;
constexpr std::size_t kGreedyPieces = 8;

using Ids = std::vector<std::uint16_t>;

struct Net {
    network::Checkpoint checkpoint;
    tokens::TokenizerSettings tokenizer;
    std::size_t streams = 0;

    std::shared_ptr<const PackedNetwork> packed(Precision precision) const {
        return *PackedNetwork::pack(
            checkpoint.facts.network, [&](std::string_view name) { return checkpoint.model.find(name)->values; },
            precision);
    }
    Ids idsOf(const tokens::Row& row) const {
        return {row.begin(), row.begin() + static_cast<std::ptrdiff_t>(streams)};
    }
};

/// Natural logarithms of the probabilities.
std::vector<double> logProbabilities(std::span<const float> logits) {
    const double highest = *std::ranges::max_element(logits);
    double total = 0;
    for (const auto logit : logits) total += std::exp(logit - highest);
    std::vector<double> logs;
    for (const auto logit : logits) logs.push_back(logit - highest - std::log(total));
    return logs;
}

/// Sums over rows, a field each.
struct Sums {
    std::vector<double> loss;
    std::vector<double> divergence; // Kullback-Leibler, from fp32
    double rows = 0;

    double totalLoss() const {
        double sum = 0;
        for (const auto field : loss) sum += field / rows;
        return sum;
    }
};

/// Reads one piece with both decoders and compares what they expect of each next row.
void compare(const Net& net, Decoder& exact, Decoder& reduced, const tokens::Rows& rows, Sums& sums) {
    exact.truncate(0);
    reduced.truncate(0);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        const auto want = exact.step(net.idsOf(rows[i]));
        const auto got = reduced.step(net.idsOf(rows[i]));
        for (std::size_t stream = 0; stream < net.streams; ++stream) {
            const auto p = logProbabilities(exact.logitsOf(want, stream));
            const auto q = logProbabilities(reduced.logitsOf(got, stream));
            sums.loss[stream] -= q[rows[i + 1][stream]];
            for (std::size_t id = 0; id < p.size(); ++id) sums.divergence[stream] += std::exp(p[id]) * (p[id] - q[id]);
        }
        ++sums.rows;
    }
}

/// The likeliest rows that the grammar allows, behind a prompt.
tokens::Rows greedy(const Net& net, Decoder& decoder, std::span<const tokens::Row> prompt) {
    tokens::Grammar grammar(net.tokenizer);
    grammar.follow(prompt);
    decoder.truncate(0);
    std::span<const float> logits;
    for (const auto& row : prompt) logits = decoder.step(net.idsOf(row));
    tokens::Rows made;
    while (grammar.canContinue() && static_cast<int>(made.size()) < kGreedySteps) {
        tokens::Row row{};
        for (std::size_t stream = 0; stream < net.streams; ++stream) {
            const auto allowed = grammar.allowed(stream, row);
            const auto field = decoder.logitsOf(logits, stream);
            float best = -1e30F;
            for (std::size_t id = allowed.first; id < allowed.end; ++id)
                if (allowed.contains(id) && field[id] > best) {
                    best = field[id];
                    row[stream] = static_cast<std::uint16_t>(id);
                }
        }
        grammar.follow(row);
        made.push_back(row);
        logits = decoder.step(net.idsOf(row));
    }
    return made;
}

std::size_t equalRows(const tokens::Rows& a, const tokens::Rows& b) {
    const auto shorter = std::min(a.size(), b.size());
    return static_cast<std::size_t>(
        std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shorter), b.begin()).first - a.begin());
}

void report(const Net& net, const std::vector<tokens::Rows>& pieces, Precision precision, const Kernels& kernels) {
    Decoder exact(net.packed(Precision::Fp32));
    const auto packed = net.packed(precision);
    Decoder reduced(packed, {.kernels = &kernels});
    Sums sums{std::vector<double>(net.streams), std::vector<double>(net.streams)};
    for (const auto& rows : pieces) compare(net, exact, reduced, rows, sums);
    std::vector<std::size_t> same;
    std::size_t steps = 0;
    for (const auto& rows : std::span(pieces).first(std::min(pieces.size(), kGreedyPieces))) {
        const auto prompt = std::span(rows).first(std::min<std::size_t>(rows.size() - 1, 64));
        const auto want = greedy(net, exact, prompt);
        same.push_back(equalRows(want, greedy(net, reduced, prompt)));
        steps = std::max(steps, want.size());
    }
    std::ranges::sort(same);
    const auto worst = *std::ranges::max_element(sums.divergence) / sums.rows;
    std::cout << "| " << precisionName(precision) << " (" << kernels.name << ") | "
              << base::formatFixed(sums.totalLoss(), 5) << " | " << base::formatReal(worst) << " | " << same.front()
              << " / " << same[same.size() / 2] << " of " << steps << " | "
              << base::formatFixed(static_cast<double>(packed->bytesPerStep()) / 1e6, 2) << " |\n";
}

int fail(const base::Error& error) { return std::cerr << error.message << "\n", 1; }

} // namespace

int main(int count, char** words) {
    if (count < 3) return std::cerr << "decoder_quality CHECKPOINT DATASET [PIECES]\n", 2;
    auto checkpoint = network::openCheckpoint(words[1]);
    if (!checkpoint) return fail(checkpoint.error());
    const auto dataset = corpus::Dataset::open(words[2]);
    if (!dataset) return fail(dataset.error());
    const auto tokenizer = tokens::tokenizerFromJson(*base::parseJson(checkpoint->facts.tokenizerJson));
    if (!tokenizer) return fail(tokenizer.error());
    const Net net{std::move(*checkpoint), *tokenizer, tokenizer->streamCount()};
    const auto most = count > 3 ? base::parseInteger(words[3]).value_or(24) : 24;
    std::vector<tokens::Rows> pieces;
    for (const auto* piece : dataset->pieces(corpus::Part::Validation)) {
        if (static_cast<std::int64_t>(pieces.size()) == most) break;
        auto encoded = tokens::encode(piece->score, net.tokenizer);
        if (encoded && encoded->rows.size() > 1) pieces.push_back(std::move(encoded->rows));
    }
    if (pieces.empty()) return std::cerr << "the set has no piece to validate with\n", 1;
    std::size_t rows = 0;
    for (const auto& piece : pieces) rows += piece.size() - 1;
    const auto& facts = net.checkpoint.facts;
    std::cout << facts.network.name << ", " << base::formatCount(network::parameterCount(facts.network))
              << " parameters, step " << facts.step << "; " << pieces.size() << " pieces, " << rows << " rows\n\n"
              << "| weights | loss, nats a row | worst KL of a field, nats | greedy rows equal to fp32, worst / median "
                 "| MB a step |\n|---|--:|--:|--:|--:|\n";
    report(net, pieces, Precision::Fp32, scalarKernels());
    for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8})
        report(net, pieces, precision, bestKernels());
}
