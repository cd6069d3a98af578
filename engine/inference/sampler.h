#pragma once

#include "engine/base/random.h"
#include "engine/inference/sampler_settings.h"
#include "engine/tokens/grammar.h"

#include <array>
#include <span>
#include <vector>

namespace continuo::inference {

/// Draws ids from logits as its settings say. The same seed and the same logits give the same ids. Draws do not
/// allocate.
class Sampler {
public:
    Sampler(const SamplerSettings& settings, std::uint64_t seed);

    /// One id of a stream among the allowed, of which there must be one (asserted). A single allowed id needs no
    /// chance.
    std::uint16_t draw(std::size_t stream, std::span<const float> logits, const tokens::AllowedIds& allowed);

    /// A row of one step, stream by stream, as the grammar allows. `logits[stream]` are those of one forward pass.
    tokens::Row drawRow(const tokens::Grammar& grammar, std::span<const std::span<const float>> logits);

    /// What a draw would choose from: the probability of each id, 0 where it cannot be drawn.
    std::vector<double> distribution(std::size_t stream, std::span<const float> logits,
                                     const tokens::AllowedIds& allowed);

private:
    static constexpr std::size_t kRemembered = 16;

    struct Candidate {
        std::uint16_t id = 0;
        float logit = 0;
        double weight = 0;
    };

    void collect(std::size_t stream, std::span<const float> logits, const tokens::AllowedIds& allowed);
    void lowerRepeated(std::size_t stream, double repetition);
    double prepare(const FieldSampler& settings, std::size_t vocabulary);
    void keepLikeliest(std::size_t count);
    void keepMass(double share);
    void keepAbove(double threshold);
    void evenOut(double ratio, double power);
    double highestLogit() const;
    double weigh(double temperature);
    double weighSparsely(double alpha, double temperature);
    std::uint16_t pick(double total);
    void remember(const tokens::Row& row);

    SamplerSettings settings_;
    base::Random random_;
    std::vector<Candidate> candidates_;
    std::array<tokens::Row, kRemembered> drawn_{}; // a ring
    std::size_t drawnCount_ = 0;
};

} // namespace continuo::inference
