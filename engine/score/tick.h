#pragma once

#include <compare>
#include <cstdint>

namespace continuo::score {

/// A distance in the score, in ticks of its division.
struct Ticks {
    std::int64_t count = 0;
    friend auto operator<=>(Ticks, Ticks) = default;
    friend Ticks operator+(Ticks a, Ticks b) { return {a.count + b.count}; }
    friend Ticks operator-(Ticks a, Ticks b) { return {a.count - b.count}; }
    friend Ticks operator*(Ticks a, std::int64_t factor) { return {a.count * factor}; }
};

/// A position in the score, in ticks from its start; mixing it up with a distance does not compile.
struct Tick {
    std::int64_t fromStart = 0;
    friend auto operator<=>(Tick, Tick) = default;
    friend Tick operator+(Tick at, Ticks by) { return {at.fromStart + by.count}; }
    friend Tick operator-(Tick at, Ticks by) { return {at.fromStart - by.count}; }
    friend Ticks operator-(Tick end, Tick start) { return {end.fromStart - start.fromStart}; }
};

/// A half-open range: start is inside, end is not.
struct TickRange {
    Tick start;
    Tick end;
    friend auto operator<=>(const TickRange&, const TickRange&) = default;
    bool contains(Tick at) const { return start <= at && at < end; }
    bool isEmpty() const { return !(start < end); }
    Ticks length() const { return end - start; }
};

} // namespace continuo::score
