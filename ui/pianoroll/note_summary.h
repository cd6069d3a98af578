#pragma once

#include "engine/score/note.h"

#include <cstdint>
#include <vector>

namespace continuo::ui {

/// The loudest velocity in each cell of (pitch, stretch of time), in halving resolutions: what a million notes look
/// like from far away. 0 is silence.
class NoteSummary {
public:
    void rebuild(const std::vector<score::Note>& notes, score::Tick end);
    bool isEmpty() const { return levels_.empty(); }
    void clear() { levels_.clear(); }
    /// The finest cells are this long.
    std::int64_t finestTicks() const { return levels_.empty() ? 0 : levels_.front().ticks; }

    /// The stretch of whole cells around `range` that has to be drawn anew when notes in it changed; empty where all
    /// has to be rebuilt: the music is longer now, or too much of it changed.
    score::TickRange staleCells(score::TickRange range) const;
    /// Makes that stretch silent, draws notes into it again, and carries it over to the coarser levels.
    void silence(score::TickRange cells);
    void add(const score::Note& note, score::TickRange cells);
    void spread(score::TickRange cells);

    struct Level {
        std::int64_t ticks = 1;
        std::size_t cells = 0;
        std::vector<std::uint8_t> loudest; // [pitch][cell]
        const std::uint8_t* row(int pitch) const { return loudest.data() + static_cast<std::size_t>(pitch) * cells; }
        std::uint8_t* row(int pitch) { return loudest.data() + static_cast<std::size_t>(pitch) * cells; }
        std::size_t cellOf(score::Tick at) const;
    };
    /// The coarsest level whose cells are not longer than `ticks`, else the finest.
    const Level& levelFor(double ticks) const;

private:
    std::vector<Level> levels_;
};

} // namespace continuo::ui
