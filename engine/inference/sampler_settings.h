#pragma once

#include "engine/base/result.h"
#include "engine/tokens/row.h"

#include <array>
#include <optional>
#include <string_view>

namespace continuo::inference {

/// How one field (stream) is drawn from its distribution over the ids that may follow. Filters apply in the order
/// repetition, top-k, top-p, top-a, min-p, all judged at temperature 1; then the temperature; each may be off. Entmax
/// replaces filters and softmax.
struct FieldSampler {
    double temperature = 1.0; // > 0; below 1 is safer, above 1 is wilder
    int topK = 0;             // keep the k likeliest ids; 0 is off
    double topKShare = 1.0;   // keep the likeliest ceil(share * vocabulary) ids (Fan et al., ACL 2018); 1 is off
    double topP = 1.0;        // keep the likeliest ids up to this mass (Holtzman et al., ICLR 2020); 1 is off
    double topA = 0.0;      // keep ids above topA * p^topAPower, p that of the likeliest, and draw from them evenly: as
    double topAPower = 2.0; // official MMT does; 0 is off
    double minP = 0.0;      // drop ids below this share of the likeliest (Nguyen et al., ICLR 2025); 0 is off
    double entmaxAlpha = 1.0; // sparse softmax (Peters, Niculae and Martins, ACL 2019); above 1 to 2; 1 is off
    double repetition = 1.0;  // divide the odds of ids drawn in the last 16 rows by this; 1 is off
    friend bool operator==(const FieldSampler&, const FieldSampler&) = default;
};

struct SamplerSettings {
    std::array<FieldSampler, tokens::kFieldCount> fields{}; // in the order of the tokenizer's streams
    friend bool operator==(const SamplerSettings&, const SamplerSettings&) = default;
};

/// Adds one of official MMT's filters (top_k, top_p, top_a, entmax) with its threshold, as its sampler means them:
/// top_k keeps ceil((1 - threshold) V) ids, top_p the mass 1 - threshold, top_a takes power 2 and ratio 0.02 whatever
/// the threshold, entmax alpha 1.3. An error, with the names, for another.
base::Result<FieldSampler> withOfficialFilter(FieldSampler field, std::string_view filter, double threshold = 0.9);

/// An error, naming the field by its number, where a temperature is not above 0 or a filter is out of range.
base::Status checkSampler(const SamplerSettings& settings);

} // namespace continuo::inference
