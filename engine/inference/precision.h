#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace continuo::inference {

/// How a decoder holds the weights of a net and the keys and values of what it has read. Whatever the precision, sums,
/// norms, GELU and softmax are in fp32.
enum class Precision {
    Fp32, // weights and cache as trained
    Bf16, // both rounded to bfloat16: half the bytes
    Int8, // weights as whole numbers with a scale a row, inputs with a scale a vector, cache in bfloat16: a quarter
};

/// "fp32", "bf16" or "int8".
const char* precisionName(Precision precision);

/// By name; "auto" is nothing: the net decides.
base::Result<std::optional<Precision>> namedPrecision(std::string_view name);

/// What is fastest within the quality gates (tests/benchmarks/results/decoder.md): bf16 below seven million
/// parameters, where int8 gains little, int8 from there on.
Precision automaticPrecision(std::int64_t parameters);

} // namespace continuo::inference
