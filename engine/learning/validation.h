#pragma once

#include "engine/learning/transformer.h"
#include "engine/tokens/row.h"

#include <array>
#include <functional>
#include <span>

namespace continuo::learning {

/// Mean losses over every real row of some windows, in nats.
struct ValidationLosses {
    double total = 0;
    std::array<double, tokens::kFieldCount> fields{};
    std::int64_t rows = 0;
};

/// `windows` sorted by length waste least. Stops early, with what it has, when `isStopped` says so.
ValidationLosses validationLosses(const Transformer& net, std::span<const tokens::Rows> windows,
                                  const std::function<bool()>& isStopped = {});

} // namespace continuo::learning
