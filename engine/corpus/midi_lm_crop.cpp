#include "engine/corpus/midi_lm_crop.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace continuo::corpus {

MidiLmCrop::MidiLmCrop(const score::MuspyScore& score) : score_(score::atResolution(score, tokens::kPositions)) {}

base::Result<tokens::Encoded> MidiLmCrop::encode(std::int64_t startBeat, std::int64_t beats, int shift,
                                                 const tokens::TokenizerSettings& settings) const {
    const auto start = startBeat * tokens::kPositions;
    const auto end = beats > std::numeric_limits<std::int32_t>::max() ? std::numeric_limits<std::int64_t>::max()
                                                                      : start + beats * tokens::kPositions;
    score::MuspyScore crop{.resolution = tokens::kPositions, .tracks = {}, .end = 0};
    for (const auto& track : score_.tracks) {
        auto& kept = crop.tracks.emplace_back(score::MuspyTrack{track.program, track.drums, {}, 0});
        for (auto note : track.notes) {
            if (note.onset < start || note.onset >= end) continue;
            note.onset -= start;
            note.end -= start;
            note.pitch += track.drums ? 0 : shift;
            assert(note.pitch >= 0 && note.pitch <= 127);
            kept.notes.push_back(note);
        }
    }
    return tokens::encodeImported(crop, settings);
}

} // namespace continuo::corpus
