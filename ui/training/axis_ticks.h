#pragma once

#include <QString>
#include <vector>

namespace continuo::ui {

/// At most `count` round values in [low, high] for a logarithmic axis, 0 < low < high: of each decade as many of
/// 1 1.2 1.4 1.7 2 2.5 3 4 5 6 7 8 as fit evenly.
std::vector<double> logTicks(double low, double high, int count);

/// A count on an axis: 0, 5,000, 200k, 1.5M; nothing below one is rounded away (3e-4).
QString tickText(double value);

/// Seconds on an axis: 30 s, 5 min, 2 h.
QString timeTickText(double seconds);

} // namespace continuo::ui
