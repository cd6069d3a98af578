#include "engine/inference/sampler_settings.h"

#include <string>

namespace continuo::inference {

using base::ErrorCode;
using base::failure;

base::Result<FieldSampler> withOfficialFilter(FieldSampler field, std::string_view filter, double threshold) {
    if (!(threshold >= 0 && threshold < 1))
        return failure(ErrorCode::WrongArgument, "a filter's threshold must be at least 0 and below 1");
    if (filter == "top_k")
        field.topKShare = 1 - threshold;
    else if (filter == "top_p")
        field.topP = 1 - threshold;
    else if (filter == "top_a")
        field.topA = 0.02;
    else if (filter == "entmax")
        field.entmaxAlpha = 1.3;
    else
        return failure(ErrorCode::WrongArgument,
                       "there is no filter '" + std::string(filter) + "': it is top_k, top_p, top_a or entmax");
    return field;
}

namespace {

/// What is wrong with a field, or null.
const char* faultOf(const FieldSampler& field) {
    if (!(field.temperature >= 1e-3 && field.temperature <= 1e3))
        return "temperature must be in 0.001 to 1000 (a top-k of 1 always takes the likeliest)";
    if (field.topK < 0) return "top-k must not be negative";
    if (!(field.topKShare > 0 && field.topKShare <= 1)) return "share of top-k must be above 0 and at most 1";
    if (!(field.topP > 0 && field.topP <= 1)) return "top-p must be above 0 and at most 1";
    if (!(field.topA >= 0 && field.topA <= 1)) return "top-a must be in 0 to 1";
    if (!(field.topAPower >= 0 && field.topAPower <= 10)) return "power of top-a must be in 0 to 10";
    if (!(field.minP >= 0 && field.minP <= 1)) return "min-p must be in 0 to 1";
    if (!(field.entmaxAlpha >= 1 && field.entmaxAlpha <= 2)) return "alpha of entmax must be in 1 to 2";
    if (!(field.repetition >= 0.01 && field.repetition <= 100)) return "repetition must be in 0.01 to 100";
    return nullptr;
}

} // namespace

base::Status checkSampler(const SamplerSettings& settings) {
    for (std::size_t i = 0; i < settings.fields.size(); ++i)
        if (const auto* fault = faultOf(settings.fields[i]))
            return failure(ErrorCode::WrongArgument,
                           std::string("the ") + fault + "; that of field " + std::to_string(i + 1) + " is not");
    return {};
}

} // namespace continuo::inference
