#include "engine/analysis/grid_score.h"

#include "engine/midi/muspy_import.h"

#include <algorithm>

namespace continuo::analysis {

GridScore onGrid(const score::MuspyScore& score) {
    const auto grid = score::atResolution(score, kGrid);
    GridScore piece{.tracks = {}, .end = grid.end};
    for (const auto& from : grid.tracks) {
        auto& track = piece.tracks.emplace_back();
        track.program = from.program;
        track.drums = from.drums;
        track.end = from.end;
        track.notes.reserve(from.notes.size());
        for (const auto& note : from.notes)
            track.notes.push_back({note.onset, note.end, static_cast<std::uint8_t>(note.pitch)});
    }
    return piece;
}

GridScore onGrid(const score::Score& score) { return onGrid(score::muspyScore(score)); }

base::Result<GridScore> readOnGrid(base::ByteSpan file) {
    const auto piece = midi::importLikeMuspy(file);
    if (!piece) return base::failure(piece.error());
    return onGrid(*piece);
}

GridScore firstBeats(GridScore piece, std::int64_t beats) {
    const auto end = beats * kGrid;
    piece.end = 0;
    for (auto& track : piece.tracks) {
        std::erase_if(track.notes, [&](const auto& note) { return note.onset >= end; });
        track.end = 0;
        for (auto& note : track.notes) {
            note.end = std::min(note.end, end);
            track.end = std::max(track.end, note.end);
        }
        piece.end = std::max(piece.end, track.end);
    }
    return piece;
}

} // namespace continuo::analysis
