#pragma once

#include "engine/score/score_edit.h"

#include <vector>

/// The tempo of a piece as points that hold or go straight to the next one. MIDI knows only tempos that hold: a
/// straight change is written as the fewest of them that keep everything within a millisecond of where it would be.
namespace continuo::score {

struct TempoPoint {
    Tick at;
    double bpm = 120;
    bool ramp = false; // straight to the next point, in beats a minute over ticks; else it holds
    friend bool operator==(const TempoPoint&, const TempoPoint&) = default;
};

inline constexpr double kSlowestTempo = 4, kFastestTempo = 2000; // beats a minute
inline constexpr double kRampTolerance = 1e-3;                   // seconds

/// What the tempo events say: one point a tick with events; those that just make up a ramp are that ramp.
std::vector<TempoPoint> tempoPointsOf(const Score& score);
/// The edit that makes these the tempo of the piece; events that say the same already stay. Of several points at one
/// tick the last counts; tempos are kept between the slowest and the fastest.
ScoreEdit setTempoPoints(const Score& score, std::vector<TempoPoint> points, IdMint& mint);

/// Seconds from the start of a ramp over `quarters` of its `length` (both in quarter notes):
/// the integral of 60 / bpm, which is a logarithm.
double rampSeconds(double quarters, double length, double from, double to);
/// Tempo events (without ids) for a ramp over `range`, the first at its start, none at its end. Between any of its
/// ticks and where the straight change would be lies less than kRampTolerance, and at its end a rounding error. The
/// fewest that do so: each goes as far as its line stays in the tube around the curve (Imai and Iri, "An optimal
/// algorithm for approximating a piecewise linear function", Journal of Information Processing 9, 1986).
std::vector<TempoEvent> rampEvents(TickRange range, double from, double to, Division division);

} // namespace continuo::score
