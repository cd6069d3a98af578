#pragma once

#include "engine/base/random.h"

#include <vector>

/// What drums, cymbals and machines are made of: sweeps, noise and inharmonic clusters. All signals are mono.
namespace continuo::soundfonts {

using Signal = std::vector<double>;

/// A sine whose pitch falls from `from` to `to` Hz with time constant `sweep` and whose level decays with `decay`,
/// seconds.
Signal sweep(int rate, double seconds, double from, double to, double sweep, double decay, double level);
/// White noise between two frequencies (second-order filters), decaying; `rise` seconds to its peak.
Signal noise(int rate, double seconds, double low, double high, double decay, double level, base::Random& random,
             double rise = 0);
/// Inharmonic square waves through a high-pass, as in the cymbals of analogue drum machines.
Signal metal(int rate, double seconds, double base, double low, double decay, double level);
/// Modes of a membrane (Bessel ratios 1, 1.59, 2.14, 2.30, 2.65, 2.92) or of anything else.
Signal modes(int rate, double seconds, double base, const std::vector<double>& ratios, double decay, double level);
/// The sum, as long as the longest.
Signal mixed(std::vector<Signal> parts);
/// The same, `seconds` later.
Signal delayed(const Signal& signal, int rate, double seconds);

} // namespace continuo::soundfonts
