#include "engine/score/operations/tuplets.h"

#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/grid.h"
#include "engine/score/operations/stretch.h"

#include <algorithm>

namespace continuo::score {
namespace {

void divide(EditBuilder& builder, TrackId track, const Note& note, int count, IdMint& mint) {
    const auto parts = std::min<std::int64_t>(count, note.length.count); // a part has at least one tick
    const auto cut = [&](std::int64_t part) { return note.onset + Ticks{note.length.count * part / parts}; };
    if (parts < 2) return;
    auto first = note;
    first.length = cut(1) - note.onset;
    builder.replace(track, note, first);
    for (std::int64_t part = 1; part < parts; ++part) {
        auto next = note;
        next.id = mint.note();
        next.onset = cut(part);
        next.length = cut(part + 1) - next.onset;
        builder.add(track, next);
    }
}

} // namespace

OperationResult makeTuplets(const Score& score, NoteIds ids, const TupletSettings& settings, IdMint& mint) {
    const auto count = std::clamp(settings.count, 2, 64);
    if (settings.way == TupletSettings::Way::Squeeze)
        return stretch(score, ids, {.percent = 100.0 * plainCountOf(count) / count});
    const auto selected = selectedNotes(score, ids);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& note : notes) divide(builder, track->id, note, count, mint);
    return builder.result(selected.locked);
}

} // namespace continuo::score
