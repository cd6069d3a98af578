#include "engine/inference/sampler.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace continuo::inference {
namespace {

constexpr std::size_t kLargestVocabulary = 65'536;

} // namespace

Sampler::Sampler(const SamplerSettings& settings, std::uint64_t seed) : settings_(settings), random_(seed) {
    candidates_.reserve(kLargestVocabulary);
}

std::uint16_t Sampler::draw(std::size_t stream, std::span<const float> logits, const tokens::AllowedIds& allowed) {
    collect(stream, logits, allowed);
    assert(!candidates_.empty());
    if (candidates_.size() == 1) return candidates_.front().id;
    return pick(prepare(settings_.fields[stream], logits.size()));
}

tokens::Row Sampler::drawRow(const tokens::Grammar& grammar, std::span<const std::span<const float>> logits) {
    tokens::Row row{};
    for (std::size_t stream = 0; stream < logits.size(); ++stream)
        row[stream] = draw(stream, logits[stream], grammar.allowed(stream, row));
    remember(row);
    return row;
}

std::vector<double> Sampler::distribution(std::size_t stream, std::span<const float> logits,
                                          const tokens::AllowedIds& allowed) {
    std::vector<double> probabilities(logits.size());
    collect(stream, logits, allowed);
    if (candidates_.empty()) return probabilities;
    const auto total = prepare(settings_.fields[stream], logits.size());
    for (const auto& candidate : candidates_) probabilities[candidate.id] = candidate.weight / total;
    return probabilities;
}

void Sampler::collect(std::size_t stream, std::span<const float> logits, const tokens::AllowedIds& allowed) {
    candidates_.clear();
    const auto end = std::min<std::size_t>(allowed.end, logits.size());
    for (std::size_t id = allowed.first; id < end; ++id)
        if (allowed.contains(id)) candidates_.push_back({static_cast<std::uint16_t>(id), logits[id], 0});
    const auto repetition = settings_.fields[stream].repetition;
    if (repetition != 1) lowerRepeated(stream, repetition);
}

void Sampler::lowerRepeated(std::size_t stream, double repetition) {
    const auto less = static_cast<float>(std::log(repetition));
    const auto drawn = std::span(drawn_).first(std::min(drawnCount_, kRemembered));
    for (auto& candidate : candidates_)
        if (std::ranges::any_of(drawn, [&](const auto& row) { return row[stream] == candidate.id; }))
            candidate.logit -= less;
}

/// Filters the candidates, gives each its weight and returns the sum of weights.
double Sampler::prepare(const FieldSampler& settings, std::size_t vocabulary) {
    if (settings.entmaxAlpha > 1) return weighSparsely(settings.entmaxAlpha, settings.temperature);
    if (settings.topK > 0) keepLikeliest(static_cast<std::size_t>(settings.topK));
    if (settings.topKShare < 1)
        keepLikeliest(static_cast<std::size_t>(std::ceil(settings.topKShare * static_cast<double>(vocabulary))));
    if (settings.topP < 1) keepMass(settings.topP);
    if (settings.topA > 0) evenOut(settings.topA, settings.topAPower);
    if (settings.minP > 0) keepAbove(highestLogit() + std::log(settings.minP));
    return weigh(settings.temperature);
}

void Sampler::keepLikeliest(std::size_t count) {
    if (count >= candidates_.size()) return;
    const auto likelier = [](const Candidate& a, const Candidate& b) {
        return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
    };
    count = std::max<std::size_t>(count, 1);
    std::nth_element(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(count) - 1,
                     candidates_.end(), likelier);
    candidates_.resize(count);
}

/// The likeliest up to the one that completes `share` of the mass.
void Sampler::keepMass(double share) {
    std::ranges::sort(candidates_, [](const Candidate& a, const Candidate& b) {
        return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
    });
    const auto wanted = share * weigh(1.0);
    double mass = 0;
    std::size_t kept = 0;
    while (kept < candidates_.size() && mass < wanted) mass += candidates_[kept++].weight;
    candidates_.resize(std::max<std::size_t>(kept, 1));
}

void Sampler::keepAbove(double threshold) {
    std::erase_if(candidates_, [&](const Candidate& candidate) { return candidate.logit < threshold; });
}

/// Keeps ids of probability at least ratio * p^power, p that of the likeliest, and makes them equal.
void Sampler::evenOut(double ratio, double power) {
    const auto highest = highestLogit();
    const auto logOfTotal = std::log(weigh(1.0)); // the likeliest has weight 1
    keepAbove(std::min(highest, highest + std::log(ratio) - (power - 1) * logOfTotal));
    for (auto& candidate : candidates_) candidate.logit = 1;
}

double Sampler::highestLogit() const { return std::ranges::max_element(candidates_, {}, &Candidate::logit)->logit; }

double Sampler::weigh(double temperature) {
    const auto highest = highestLogit();
    double total = 0;
    for (auto& candidate : candidates_) {
        candidate.weight = std::exp((candidate.logit - highest) / temperature);
        total += candidate.weight;
    }
    return total;
}

/// p = max(0, (alpha - 1) z - threshold)^(1 / (alpha - 1)), the threshold such that they sum to 1: found by bisection
/// (Peters, Niculae and Martins, ACL 2019, section 3; algorithm 1 of Blondel, Martins and Niculae, AISTATS 2019).
double Sampler::weighSparsely(double alpha, double temperature) {
    const auto scale = (alpha - 1) / temperature;
    const auto highest = highestLogit();
    const auto sumAbove = [&](double threshold) {
        double total = 0;
        for (auto& candidate : candidates_) {
            const auto above = std::max(0.0, scale * (candidate.logit - highest) - threshold);
            candidate.weight = std::pow(above, 1 / (alpha - 1));
            total += candidate.weight;
        }
        return total;
    };
    double low = -1; // there the likeliest alone has 1
    double high = 0;
    for (int round = 0; round < 60; ++round) {
        const auto middle = (low + high) / 2;
        (sumAbove(middle) >= 1 ? low : high) = middle;
    }
    return sumAbove(low);
}

std::uint16_t Sampler::pick(double total) {
    auto rest = random_.uniform() * total;
    for (const auto& candidate : candidates_) {
        rest -= candidate.weight;
        if (rest < 0) return candidate.id;
    }
    return std::ranges::max_element(candidates_, {}, &Candidate::weight)->id; // what rounding left over
}

void Sampler::remember(const tokens::Row& row) { drawn_[drawnCount_++ % kRemembered] = row; }

} // namespace continuo::inference
