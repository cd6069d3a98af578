#include "engine/score/operations/stretch.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

OperationResult stretched(const SelectedNotes& selected, double factor, Tick pivot, bool lengths) {
    const auto first = selected.range().start;
    if (first < pivot)
        factor = std::min(factor, static_cast<double>(pivot.fromStart) / static_cast<double>((pivot - first).count));
    const auto placed = [&](Tick at) {
        return pivot + Ticks{std::llround(static_cast<double>((at - pivot).count) * factor)};
    };
    return rewriteEach(selected, [&](Note note, const Track&) {
        const auto end = note.end();
        note.onset = placed(note.onset);
        if (lengths) note.length = std::max(Ticks{1}, placed(end) - note.onset);
        return note;
    });
}

} // namespace

OperationResult stretch(const Score& score, NoteIds ids, const StretchSettings& settings) {
    const auto selected = selectedNotes(score, ids);
    if (selected.isEmpty() || !(settings.percent > 0)) return {{}, selected.locked};
    const auto pivot = settings.pivot.value_or(selected.range().start);
    return stretched(selected, std::min(settings.percent / 100, 1000.0), pivot, settings.lengths);
}

OperationResult stretchToBars(const Score& score, NoteIds ids, int bars) {
    const auto selected = selectedNotes(score, ids);
    if (selected.isEmpty() || bars < 1) return {{}, selected.locked};
    const auto meters = score.meterMap();
    const auto range = selected.range();
    const auto start = meters.barAt(range.start);
    const auto filled = meters.barAtOrAfter(range.end) - start;
    const auto wanted = meters.barStart(meters.positionAt(start).bar + bars) - start;
    return stretched(selected, static_cast<double>(wanted.count) / static_cast<double>(filled.count), start,
                     /*lengths=*/true);
}

} // namespace continuo::score
