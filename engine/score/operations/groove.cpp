#include "engine/score/operations/groove.h"

#include <algorithm>

namespace continuo::score {
namespace {

struct Sum {
    double offset = 0, velocity = 0;
    int count = 0;
};

} // namespace

bool GrooveTemplate::isEmpty() const {
    return std::ranges::none_of(steps, [](const auto& bar) {
        return std::ranges::any_of(bar, [](const Step& step) { return step.velocity.has_value(); });
    });
}

const GrooveTemplate::Step* GrooveTemplate::at(const GridLines::Line& line) const {
    if (steps.empty()) return nullptr;
    const auto& bar = steps[static_cast<std::size_t>(line.bar) % steps.size()];
    return static_cast<std::size_t>(line.step) < bar.size() ? &bar[static_cast<std::size_t>(line.step)] : nullptr;
}

GrooveTemplate extractGroove(const Score& score, NoteIds ids, const Grid& grid, int bars) {
    GrooveTemplate groove{.grid = grid, .bars = std::clamp(bars, 1, 64), .steps = {}};
    groove.grid.swing = 0.5;
    const GridLines lines(groove.grid, score.meterMap(), score.division);
    std::vector<std::vector<Sum>> sums(static_cast<std::size_t>(groove.bars));
    const NoteIdSet wanted(ids);
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) {
            if (!wanted.contains(note.id)) continue;
            const auto line = lines.nearest(note.onset);
            auto& bar = sums[static_cast<std::size_t>(line.bar) % sums.size()];
            const auto step = static_cast<std::size_t>(line.step);
            if (bar.size() <= step) bar.resize(step + 1);
            bar[step].offset += static_cast<double>((note.onset - line.at).count) / lines.stepTicks();
            bar[step].velocity += note.velocity;
            ++bar[step].count;
        }
    for (const auto& bar : sums) {
        auto& steps = groove.steps.emplace_back(bar.size());
        for (std::size_t i = 0; i < bar.size(); ++i)
            if (bar[i].count > 0) steps[i] = {bar[i].offset / bar[i].count, bar[i].velocity / bar[i].count};
    }
    return groove;
}

} // namespace continuo::score
