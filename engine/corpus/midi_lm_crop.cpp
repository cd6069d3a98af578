#include "engine/corpus/midi_lm_crop.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace continuo::corpus {

MidiLmCrop::MidiLmCrop(const tokens::ImportedScore& score) : score_(tokens::onGrid(score)) {}

base::Result<tokens::Encoded> MidiLmCrop::encode(std::int64_t startBeat, std::int64_t beats, int shift,
                                                 const tokens::TokenizerSettings& settings) const {
    const auto start = startBeat * tokens::kPositions;
    const auto end = beats > std::numeric_limits<std::int32_t>::max() ? std::numeric_limits<std::int64_t>::max()
                                                                      : start + beats * tokens::kPositions;
    tokens::ImportedScore crop{.resolution = tokens::kPositions, .tracks = {}};
    for (const auto& track : score_.tracks) {
        auto& kept = crop.tracks.emplace_back(tokens::ImportedTrack{track.program, track.drums, {}});
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

std::int64_t wholeBeats(const score::Score& score) {
    score::Tick last;
    const auto reach = [&](score::Tick at) { last = std::max(last, at); };
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) reach(note.end());
    for (const auto& tempo : score.tempos) reach(tempo.at);
    for (const auto& key : score.keys) reach(key.at);
    for (const auto& meter : score.meters) reach(meter.at);
    return tokens::toPositions(last.fromStart, score.division.quarter()) / tokens::kPositions;
}

} // namespace continuo::corpus
