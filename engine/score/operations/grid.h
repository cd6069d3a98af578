#pragma once

#include "engine/score/score.h"

#include <string>

namespace continuo::score {

/// A rhythmic grid that starts anew at every bar line: 1/16, dotted, any tuplet, whole bars, with swing.
struct Grid {
    int bars = 0;         // > 0: lines every so many bars; the rest is not used
    int denominator = 16; // step as a part of a whole note, 1..128
    bool dotted = false;  // one and a half of that
    int tuplet = 1;       // so many steps …
    int inPlaceOf = 1;    // … in the time of so many: 3 and 2 are triplets, 5 and 4 quintuplets
    /// Where the second step of each pair begins, as a part of the pair: 1/2 straight, 2/3 triplet swing. 0.25..0.9.
    double swing = 0.5;

    static Grid of(int denominator) { return {.denominator = denominator}; }
    static Grid dottedOf(int denominator) { return {.denominator = denominator, .dotted = true}; }
    /// 3 in the time of 2, 5, 6 and 7 of 4, 9 of 8, as plainCountOf says.
    static Grid tupletOf(int denominator, int count);

    /// A step in ticks, as a real number: not every tuplet divides every quarter note.
    double stepTicks(Division division) const;

    friend bool operator==(const Grid&, const Grid&) = default;
};

/// How many notes of its kind a tuplet of `count` stands for: the largest power of two below it; for 2, 4 and 8, which
/// are tuplets in compound meters only, 3, 3 and 6.
int plainCountOf(int count);

/// A grid laid over the bars of one score.
class GridLines {
public:
    GridLines(const Grid& grid, const MeterMap& meters, Division division);

    /// A line of the grid: where it is, and as the how-manieth of its bar it is counted.
    struct Line {
        Tick at;
        std::int64_t bar = 0;
        std::int64_t step = 0;
    };

    Line nearest(Tick at) const;
    /// The last line at or before `at`, and the first after it.
    Line floor(Tick at) const;
    Line next(Tick at) const;
    double stepTicks() const { return step_; }
    const MeterMap& meters() const { return meters_; }

private:
    struct Bar {
        std::int64_t index = 0;
        Tick start, end;
    };
    Bar barOf(Tick at) const;
    Tick lineIn(const Bar& bar, std::int64_t step) const;

    Grid grid_;
    MeterMap meters_;
    double step_ = 0;
};

} // namespace continuo::score
