#pragma once

#include "engine/score/division.h"
#include "engine/score/tick.h"

#include <cmath>

namespace continuo::score {

/// Times of one piece in the division of another.
class TimeScaling {
public:
    TimeScaling(Division from, Division to)
        : factor_(static_cast<double>(to.quarter()) / static_cast<double>(from.quarter())) {}
    Ticks operator()(Ticks distance) const {
        return Ticks{std::llround(static_cast<double>(distance.count) * factor_)};
    }
    Ticks operator()(Tick at) const { return (*this)(at - Tick{0}); }

private:
    double factor_;
};

} // namespace continuo::score
