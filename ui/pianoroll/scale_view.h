#pragma once

#include "engine/score/score.h"
#include "ui/pianoroll/row_map.h"

#include <optional>
#include <vector>

namespace continuo::ui {

/// A stretch of time with the scale of its key.
struct KeySpan {
    score::TickRange time;
    std::array<bool, 12> contains{}; // by pitch class
    int root = 0;                    // pitch class
};

/// The keys of a piece over `range`, in order and without gaps; the first key counts from the start. Empty where the
/// piece names none.
std::vector<KeySpan> keySpans(const score::Score& score, score::TickRange range);
/// At one time.
std::optional<KeySpan> keyAt(const score::Score& score, score::Tick at);

} // namespace continuo::ui
