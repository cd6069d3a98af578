#pragma once

#include "engine/score/operations/grid.h"
#include "engine/score/operations/operation.h"

#include <optional>
#include <vector>

namespace continuo::score {

/// How a player places and weighs the steps of a bar or more. Free of division and tempo, so that it fits any score.
struct GrooveTemplate {
    struct Step {
        double offset = 0;              // from the line, in steps; negative is early
        std::optional<double> velocity; // mean 1..127 of the notes there; none where there were none
        friend bool operator==(const Step&, const Step&) = default;
    };

    Grid grid;                            // the lines that offsets count from; without swing
    int bars = 1;                         // after so many bars it begins again
    std::vector<std::vector<Step>> steps; // [bar][step of the bar]

    bool isEmpty() const;
    /// The step in force at a line; nothing beyond what was extracted.
    const Step* at(const GridLines::Line& line) const;
    friend bool operator==(const GrooveTemplate&, const GrooveTemplate&) = default;
};

/// Reads the groove of the named notes: at each line, the mean distance and mean velocity of the notes nearest to it.
GrooveTemplate extractGroove(const Score& score, NoteIds ids, const Grid& grid, int bars = 1);

} // namespace continuo::score
