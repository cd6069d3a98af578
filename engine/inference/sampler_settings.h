#pragma once

#include "engine/tokens/row.h"

#include <array>

namespace continuo::inference {

/// How one field is drawn from its distribution. Filters apply in the order top-k, top-p, min-p; each may be off.
struct FieldSampler {
    double temperature = 1.0; // > 0; below 1 is safer, above 1 is wilder
    int topK = 0;             // keep the k likeliest ids; 0 is off
    double topP = 1.0;        // keep the likeliest ids up to this mass (Holtzman et al., ICLR 2020); 1 is off
    double minP = 0.0;        // drop ids below this share of the likeliest (Nguyen et al., ICLR 2025); 0 is off
    friend bool operator==(const FieldSampler&, const FieldSampler&) = default;
};

struct SamplerSettings {
    std::array<FieldSampler, tokens::kFieldCount> fields{};
    friend bool operator==(const SamplerSettings&, const SamplerSettings&) = default;
};

} // namespace continuo::inference
