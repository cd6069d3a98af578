#pragma once

#include "engine/base/random.h"
#include "engine/corpus/dataset.h"

#include <algorithm>

/// Pieces for the tests of datasets.
namespace continuo::corpus {

/// A melody of eighth notes over the number of 4/4 bars given, on one track of `program`.
inline Piece melody(std::string name, int bars, int program = 0, std::uint64_t seed = 1) {
    Piece piece{std::move(name), Part::Train, {}};
    score::IdMint mint;
    score::Track track;
    track.id = mint.track();
    track.chunk = 1;
    track.events.push_back({.id = mint.event(),
                            .at = score::Tick{0},
                            .kind = score::ChannelEventKind::Program,
                            .first = static_cast<std::uint8_t>(program)});
    base::Random random(seed);
    for (int i = 0; i < bars * 8; ++i)
        track.notes.push_back({.id = mint.note(),
                               .onset = score::Tick{i * 480},
                               .length = score::Ticks{480},
                               .pitch = static_cast<std::uint8_t>(60 + random.below(12)),
                               .velocity = static_cast<std::uint8_t>(60 + random.below(40))});
    piece.score.end = score::Tick{bars * 3840};
    piece.score.tracks.push_back(std::move(track));
    return piece;
}

} // namespace continuo::corpus
