#include "engine/corpus/exercises.h"

#include "engine/base/random.h"

#include <array>
#include <numeric>

namespace continuo::corpus {
namespace {

constexpr std::int64_t kQuarter = 960;

/// One piano track of equal notes, 100 a minute, as midi-lm's exercises are.
score::Score lineOf(std::span<const int> pitches, std::int64_t length) {
    score::Score score;
    score::IdMint mint;
    score.tempos.push_back({.id = mint.event(), .at = score::Tick{0}, .microsecondsPerQuarter = 600'000});
    score::Track track;
    track.id = mint.track();
    track.name = "Piano";
    track.chunk = 1;
    track.events.push_back({.id = mint.event(), .at = score::Tick{0}, .kind = score::ChannelEventKind::Program});
    for (std::size_t i = 0; i < pitches.size(); ++i)
        track.notes.push_back({.id = mint.note(),
                               .onset = score::Tick{static_cast<std::int64_t>(i) * length},
                               .length = score::Ticks{length},
                               .pitch = static_cast<std::uint8_t>(pitches[i]),
                               .velocity = 64});
    score.end = track.notes.back().end();
    score.tracks.push_back(std::move(track));
    return score;
}

/// Gives the first `training` of a seeded shuffle to training and the rest to validation.
void splitInTwo(std::vector<Piece>& pieces, std::size_t training) {
    std::vector<std::size_t> order(pieces.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    base::Random random(1337);
    random.shuffle(std::span(order));
    for (std::size_t i = training; i < order.size(); ++i) pieces[order[i]].part = Part::Validation;
}

} // namespace

std::vector<Piece> makeEighthNotes() {
    std::vector<Piece> pieces;
    for (int pitch = 60; pitch <= 71; ++pitch) {
        std::array<int, 8> pitches{};
        pitches.fill(pitch);
        pieces.push_back({std::to_string(pitch), Part::Train, lineOf(pitches, kQuarter / 2)});
    }
    splitInTwo(pieces, 6);
    return pieces;
}

std::vector<Piece> makeScales() {
    static constexpr std::array<int, 8> kMajor{0, 2, 4, 5, 7, 9, 11, 12};
    static constexpr std::array<int, 8> kMinor{0, 2, 3, 5, 7, 8, 10, 12};
    static constexpr std::array kTonics{"C",      "D flat", "D",      "E flat", "E",      "F",
                                        "G flat", "G",      "A flat", "A",      "B flat", "B"};
    std::vector<Piece> pieces;
    for (const bool minor : {false, true})
        for (int tonic = 0; tonic < 12; ++tonic) {
            const auto& steps = minor ? kMinor : kMajor;
            std::vector<int> pitches;
            for (const int step : steps) pitches.push_back(60 + tonic + step);
            for (std::size_t i = steps.size() - 1; i-- > 0;) pitches.push_back(60 + tonic + steps[i]);
            const auto name = std::string(kTonics[static_cast<std::size_t>(tonic)]) + (minor ? " minor" : " major");
            pieces.push_back({name, Part::Train, lineOf(pitches, kQuarter)});
        }
    splitInTwo(pieces, 20);
    return pieces;
}

} // namespace continuo::corpus
