#pragma once

#include "engine/base/random.h"
#include "engine/inference/sampler_settings.h"
#include "engine/tokens/grammar.h"

#include <span>
#include <vector>

namespace continuo::inference {

/// Draws ids from logits. Of the allowed ids, top-k, top-p and min-p keep the likeliest, judged at temperature 1; the
/// temperature then reshapes what is left. The same seed and the same logits give the same ids. Draws do not allocate.
class Sampler {
public:
    Sampler(const SamplerSettings& settings, std::uint64_t seed);

    /// One id of `field` among the allowed, of which there must be one (asserted). A single allowed id needs no chance.
    std::uint16_t draw(tokens::Field field, std::span<const float> logits, const tokens::AllowedIds& allowed);

    /// A row of one step, field by field, as the grammar allows. `logits[field]` are those of one forward pass.
    tokens::Row drawRow(const tokens::Grammar& grammar,
                        std::span<const std::span<const float>, tokens::kFieldCount> logits);

private:
    struct Candidate {
        std::uint16_t id = 0;
        float logit = 0;
        double weight = 0;
    };

    void collect(std::span<const float> logits, const tokens::AllowedIds& allowed);
    void filter(const FieldSampler& settings);
    double highestLogit() const;
    double weigh(double temperature);
    void keepMass(double share);
    std::uint16_t pick(double temperature);

    SamplerSettings settings_;
    base::Random random_;
    std::vector<Candidate> candidates_;
};

/// An error, naming the field, where a temperature is not above 0 or a filter is out of range.
base::Status checkSampler(const SamplerSettings& settings);

} // namespace continuo::inference
