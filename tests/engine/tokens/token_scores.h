#pragma once

#include "engine/base/random.h"
#include "engine/score/score.h"
#include "engine/tokens/row.h"

#include <QByteArray>
#include <QTest>

/// Scores for the tests of tokenizers, and rows that print.
namespace continuo::tokens {

struct TestNote {
    std::int64_t tick = 0;
    int pitch = 60;
    std::int64_t length = 12;
};

inline score::Track testTrack(score::IdMint& mint, int program, bool drums, std::initializer_list<TestNote> notes) {
    score::Track track;
    track.id = mint.track();
    track.drums = drums;
    track.channel = drums ? 9 : static_cast<std::uint8_t>(static_cast<int>(track.id) % 9);
    track.events.push_back({.id = mint.event(),
                            .at = score::Tick{0},
                            .kind = score::ChannelEventKind::Program,
                            .first = static_cast<std::uint8_t>(program)});
    for (const auto& note : notes)
        track.notes.push_back({.id = mint.note(),
                               .onset = score::Tick{note.tick},
                               .length = score::Ticks{note.length},
                               .pitch = static_cast<std::uint8_t>(note.pitch)});
    std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
    return track;
}

/// The score of the published conformance vector: flute, strings and drums at 12 ticks a quarter.
inline score::Score vectorScore() {
    score::Score score;
    score::IdMint mint;
    score.division.ticksPerQuarter = 12;
    score.tracks.push_back(testTrack(mint, 73, false, {{0, 76, 12}, {12, 79, 6}, {18, 81, 6}, {30, 83, 50}}));
    score.tracks.push_back(testTrack(mint, 48, false, {{0, 48, 48}, {0, 55, 48}, {24, 52, 13}}));
    score.tracks.push_back(testTrack(mint, 0, true, {{0, 36, 3}}));
    for (std::size_t i = 0; i < score.tracks.size(); ++i) score.tracks[i].chunk = static_cast<int>(i) + 1;
    return score;
}

/// Any division, tracks of any program, drums, dense or sparse, with unisons.
inline score::Score randomScore(base::Random& random) {
    static constexpr std::uint16_t kDivisions[]{12, 24, 96, 120, 384, 480, 960, 1024, 7};
    score::Score score;
    score::IdMint mint;
    score.division.ticksPerQuarter = kDivisions[random.below(9)];
    const auto span = static_cast<std::uint64_t>(score.division.ticksPerQuarter) * (1 + random.below(40));
    const auto tracks = random.below(5);
    for (std::uint64_t t = 0; t < tracks; ++t) {
        auto track = testTrack(mint, static_cast<int>(random.below(128)), random.below(5) == 0, {});
        track.chunk = static_cast<int>(t) + 1;
        const auto notes = random.below(60);
        for (std::uint64_t n = 0; n < notes; ++n)
            track.notes.push_back(
                {.id = mint.note(),
                 .onset = score::Tick{static_cast<std::int64_t>(random.below(span))},
                 .length = score::Ticks{static_cast<std::int64_t>(random.below(span))},
                 .pitch = static_cast<std::uint8_t>(random.below(4) ? 55 + random.below(12) : random.below(128))});
        std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
        score.tracks.push_back(track);
    }
    return score;
}

inline QByteArray printed(const Rows& rows) {
    QByteArray text;
    for (const auto& row : rows) {
        for (const auto id : row) text += QByteArray::number(id) + ",";
        text.back() = '\n';
    }
    return text;
}

} // namespace continuo::tokens
