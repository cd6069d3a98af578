#include "ui/pianoroll/scale_view.h"

#include "engine/score/operations/scale.h"

#include <algorithm>

namespace continuo::ui {
namespace {

/// Where keys and scales begin.
std::vector<score::Tick> changes(const score::Score& score) {
    std::vector<score::Tick> times;
    for (const auto& key : score.keys) times.push_back(key.at);
    for (const auto& scale : score.scales) times.push_back(scale.at);
    std::ranges::sort(times);
    return times;
}

} // namespace

std::optional<KeySpan> keyAt(const score::Score& score, score::Tick at) {
    const auto times = changes(score);
    if (times.empty()) return std::nullopt;
    const auto scale = score::scaleAt(score, std::max(at, times.front()));
    KeySpan span{{at, at}, {}, scale.root};
    for (const int step : scale.steps) span.contains[static_cast<std::size_t>((scale.root + step) % 12)] = true;
    return span;
}

std::vector<KeySpan> keySpans(const score::Score& score, score::TickRange range) {
    std::vector<KeySpan> spans;
    auto from = range.start;
    for (const auto at : changes(score)) {
        if (at <= from || range.end <= at) continue;
        spans.push_back(*keyAt(score, from));
        spans.back().time = {from, at};
        from = at;
    }
    if (auto last = keyAt(score, from)) {
        last->time = {from, range.end};
        spans.push_back(*last);
    }
    return spans;
}

} // namespace continuo::ui
