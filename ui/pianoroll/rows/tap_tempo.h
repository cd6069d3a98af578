#pragma once

#include <deque>
#include <optional>

namespace continuo::ui {

/// Beats a minute from taps: the mean of the last eight distances. A pause of two seconds begins anew.
class TapTempo {
public:
    /// `seconds` on any clock that goes on. Nothing after the first tap.
    std::optional<double> tap(double seconds);
    int taps() const { return static_cast<int>(times_.size()); }
    void forget() { times_.clear(); }

private:
    std::deque<double> times_;
};

} // namespace continuo::ui
