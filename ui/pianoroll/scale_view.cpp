#include "ui/pianoroll/scale_view.h"

#include "engine/score/operations/scale.h"

#include <algorithm>

namespace continuo::ui {

std::optional<KeySpan> keyAt(const score::Score& score, score::Tick at) {
    if (score.keys.empty()) return std::nullopt;
    const auto scale = score::scaleAt(score, std::max(at, score.keys.front().at));
    KeySpan span{{at, at}, {}, scale.root};
    for (const int step : scale.steps) span.contains[static_cast<std::size_t>((scale.root + step) % 12)] = true;
    return span;
}

std::vector<KeySpan> keySpans(const score::Score& score, score::TickRange range) {
    std::vector<KeySpan> spans;
    auto from = range.start;
    for (const auto& key : score.keys) {
        if (key.at <= from || range.end <= key.at) continue;
        spans.push_back(*keyAt(score, from));
        spans.back().time = {from, key.at};
        from = key.at;
    }
    if (auto last = keyAt(score, from)) {
        last->time = {from, range.end};
        spans.push_back(*last);
    }
    return spans;
}

} // namespace continuo::ui
