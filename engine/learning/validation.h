#pragma once

#include "engine/learning/batch_tensors.h"

#include <array>
#include <functional>
#include <span>

namespace continuo::learning {

/// Mean losses over every predicted row of some windows, in nats.
struct ValidationLosses {
    double total = 0;
    std::array<double, tokens::kFieldCount> fields{}; // of the net's streams, in their order; the rest 0
    std::int64_t rows = 0;
    IllegalMass illegal; // of a structured net; else nothing
};

/// `windows` sorted by length waste least. Stops early, with what it has, when `isStopped` says so. By the rules of the
/// references a batch of windows costs what it costs there: padding is predicted too.
ValidationLosses validationLosses(const Transformer& net, std::span<const tokens::Rows> windows,
                                  const std::function<bool()>& isStopped = {}, const LossRules& rules = {});

} // namespace continuo::learning
