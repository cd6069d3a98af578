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

std::uint16_t Sampler::draw(tokens::Field field, std::span<const float> logits, const tokens::AllowedIds& allowed) {
    collect(logits, allowed);
    assert(!candidates_.empty());
    if (candidates_.size() == 1) return candidates_.front().id;
    filter(settings_.fields[field]);
    return pick(settings_.fields[field].temperature);
}

tokens::Row Sampler::drawRow(const tokens::Grammar& grammar,
                             std::span<const std::span<const float>, tokens::kFieldCount> logits) {
    tokens::Row row{};
    for (std::size_t i = 0; i < tokens::kFieldCount; ++i) {
        const auto field = static_cast<tokens::Field>(i);
        row[field] = draw(field, logits[field], grammar.allowed(field, row));
    }
    return row;
}

void Sampler::collect(std::span<const float> logits, const tokens::AllowedIds& allowed) {
    candidates_.clear();
    const auto end = std::min<std::size_t>(allowed.end, logits.size());
    for (std::size_t id = allowed.first; id < end; ++id)
        if (allowed.contains(id)) candidates_.push_back({static_cast<std::uint16_t>(id), logits[id], 0});
}

void Sampler::filter(const FieldSampler& settings) {
    const auto likelier = [](const Candidate& a, const Candidate& b) {
        return a.logit != b.logit ? a.logit > b.logit : a.id < b.id;
    };
    if (settings.topK > 0 && static_cast<std::size_t>(settings.topK) < candidates_.size()) {
        std::nth_element(candidates_.begin(), candidates_.begin() + settings.topK - 1, candidates_.end(), likelier);
        candidates_.resize(static_cast<std::size_t>(settings.topK));
    }
    if (settings.topP < 1) {
        std::sort(candidates_.begin(), candidates_.end(), likelier);
        keepMass(settings.topP);
    }
    if (settings.minP <= 0) return;
    const auto lowest = highestLogit() + std::log(settings.minP);
    std::erase_if(candidates_, [&](const Candidate& candidate) { return candidate.logit < lowest; });
}

double Sampler::highestLogit() const { return std::ranges::max_element(candidates_, {}, &Candidate::logit)->logit; }

/// Gives every candidate its weight at a temperature and returns the sum.
double Sampler::weigh(double temperature) {
    const auto highest = highestLogit();
    double total = 0;
    for (auto& candidate : candidates_) {
        candidate.weight = std::exp((candidate.logit - highest) / temperature);
        total += candidate.weight;
    }
    return total;
}

/// Of candidates in order, the likeliest up to the one that completes `share` of the mass.
void Sampler::keepMass(double share) {
    const auto wanted = share * weigh(1.0);
    double mass = 0;
    std::size_t kept = 0;
    while (kept < candidates_.size() && mass < wanted) mass += candidates_[kept++].weight;
    candidates_.resize(std::max<std::size_t>(kept, 1));
}

std::uint16_t Sampler::pick(double temperature) {
    auto rest = random_.uniform() * weigh(temperature);
    for (const auto& candidate : candidates_) {
        rest -= candidate.weight;
        if (rest < 0) return candidate.id;
    }
    return std::ranges::max_element(candidates_, {}, &Candidate::logit)->id; // what rounding left over
}

base::Status checkSampler(const SamplerSettings& settings) {
    for (std::size_t i = 0; i < settings.fields.size(); ++i) {
        const auto& field = settings.fields[i];
        const auto refuse = [&](const char* what) {
            return base::failure(base::ErrorCode::WrongArgument,
                                 std::string("the ") + what + " of " + tokens::kFieldNames[i]);
        };
        if (!(field.temperature >= 1e-3 && field.temperature <= 1e3))
            return refuse("temperature must be in 0.001 to 1000: that");
        if (field.topK < 0) return refuse("top-k must not be negative: that");
        if (!(field.topP > 0 && field.topP <= 1)) return refuse("top-p must be above 0 and at most 1: that");
        if (!(field.minP >= 0 && field.minP <= 1)) return refuse("min-p must be in 0 to 1: that");
    }
    return {};
}

} // namespace continuo::inference
