#include "engine/inference/precision.h"

#include <string>

namespace continuo::inference {
namespace {

constexpr std::int64_t kWorthInt8 = 6'000'000; // nets of this size are called 6m and 7m

} // namespace

const char* precisionName(Precision precision) {
    switch (precision) {
    case Precision::Fp32:
        return "fp32";
    case Precision::Bf16:
        return "bf16";
    case Precision::Int8:
        break;
    }
    return "int8";
}

base::Result<std::optional<Precision>> namedPrecision(std::string_view name) {
    if (name == "auto") return std::optional<Precision>{};
    for (const auto precision : {Precision::Fp32, Precision::Bf16, Precision::Int8})
        if (name == precisionName(precision)) return std::optional(precision);
    return base::failure(base::ErrorCode::WrongArgument,
                         "there is no precision '" + std::string(name) + "': it is fp32, bf16, int8 or auto");
}

Precision automaticPrecision(std::int64_t parameters) {
    return parameters < kWorthInt8 ? Precision::Bf16 : Precision::Int8;
}

} // namespace continuo::inference
