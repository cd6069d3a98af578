#include "engine/corpus/counterpoint.h"

#include "engine/corpus/ornaments.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numeric>

namespace continuo::corpus {
namespace {

constexpr std::uint64_t kSeed = 20'231;
constexpr std::int64_t kUnit = 480; // ticks of an eighth note
constexpr int kBarsAPhrase = 4;

using Pattern = std::vector<std::size_t>; // lengths of the chords of a bar, in eighths

struct Metre {
    std::uint8_t numerator;
    std::uint8_t denominatorPower;
    std::size_t units; // eighths a bar
    std::vector<Pattern> bars;
    std::vector<Pattern> endings;
    double slowest, fastest; // quarters a minute
};

const std::array<Metre, 4>& metres() {
    static const std::array<Metre, 4> table{{
        {4,
         2,
         8,
         {{2, 2, 2, 2}, {2, 2, 2, 2}, {4, 2, 2}, {2, 2, 4}, {4, 4}},
         {{2, 2, 4}, {2, 2, 4}, {4, 4}, {8}},
         66,
         104},
        {3, 2, 6, {{2, 2, 2}, {2, 2, 2}, {4, 2}, {4, 2}, {6}}, {{6}}, 76, 126},
        {2, 1, 8, {{4, 4}, {4, 4}, {4, 4}, {4, 2, 2}, {2, 2, 4}}, {{4, 4}, {8}}, 100, 152},
        {6, 3, 6, {{3, 3}, {3, 3}, {3, 3}, {6}}, {{6}, {3, 3}}, 84, 120},
    }};
    return table;
}

struct Ensemble {
    std::array<std::uint8_t, kVoices> programs; // from 0
};

constexpr std::array<Ensemble, 8> kEnsembles{{
    {{52, 52, 52, 52}}, // voices
    {{40, 40, 41, 42}}, // string quartet
    {{73, 68, 71, 70}}, // woodwinds
    {{19, 19, 19, 19}}, // church organ
    {{48, 48, 48, 48}}, // strings
    {{56, 60, 57, 58}}, // brass
    {{64, 65, 66, 67}}, // saxophones
    {{73, 40, 41, 42}}, // flute and strings
}};

constexpr std::array kForms{"AB", "AAB", "ABA", "ABC", "ABAC", "AABA", "AABC", "ABCD", "ABACD", "AABBCA", "ABCDEF"};

/// One phrase as it stands in the piece, chords and notes.
struct Phrase {
    WrittenPhrase written;
    PhraseGrid grid;
};

/// Writes one piece. Where a phrase cannot be joined to its neighbours it is written anew, and after some failures the
/// whole.
class Composer {
public:
    explicit Composer(std::uint64_t index) : random_(base::Random(kSeed).fork(index)) {
        key_ = {static_cast<int>(index * 7 % 12), index / 12 % 2 == 1};
        metre_ = &metres()[std::array<std::size_t, 8>{0, 0, 0, 1, 1, 2, 3, 0}[random_.below(8)]];
        ensemble_ = kEnsembles[random_.below(kEnsembles.size())];
        activity_ = 0.2 + 0.75 * random_.uniform();
    }

    ComposedPiece compose() {
        while (!writePhrases()) phrases_.clear();
        ComposedPiece piece;
        piece.key = key_;
        markHarmony(piece);
        writeScore(piece.score);
        return piece;
    }

private:
    bool writePhrases() {
        form_ = kForms[random_.below(kForms.size())];
        for (std::size_t place = 0; place < form_.size(); ++place) {
            if (phrases_.contains(form_[place])) continue;
            bool written = false;
            for (int attempt = 0; attempt < 12 && !written; ++attempt) written = writePhrase(place);
            if (!written) return false;
        }
        return true;
    }

    Key keyOf(char letter) {
        if (letter == 'A' || letter == form_.back() || random_.below(2)) return key_;
        if (key_.minor) return random_.below(3) ? Key{(key_.tonic + 3) % 12, false} : Key{(key_.tonic + 7) % 12, true};
        return random_.below(3) ? Key{(key_.tonic + 7) % 12, false} : Key{(key_.tonic + 9) % 12, true};
    }

    Cadence cadenceOf(char letter) {
        const auto chance = random_.below(20);
        if (letter == form_.back()) return chance < 2 ? Cadence::Plagal : Cadence::Authentic;
        return chance < 9 ? Cadence::Half : chance < 17 ? Cadence::Authentic : Cadence::Plagal;
    }

    /// Starts of the chords of a phrase in eighths, its end at the back.
    std::vector<std::size_t> rhythm() {
        std::vector<std::size_t> starts{0};
        for (int bar = 0; bar < kBarsAPhrase; ++bar) {
            const auto& patterns = bar + 1 < kBarsAPhrase ? metre_->bars : metre_->endings;
            for (const auto length : patterns[random_.below(patterns.size())]) starts.push_back(starts.back() + length);
        }
        return starts;
    }

    bool isStrong(std::size_t unit) const { return metre_->units == 8 ? unit % 4 == 0 : unit % metre_->units == 0; }

    /// An arch: up to a climax past the middle and down to the cadence.
    std::vector<double> contour(std::size_t count) {
        const double start = 64 + 7 * random_.uniform(), top = 72 + 6 * random_.uniform(),
                     end = 63 + 8 * random_.uniform();
        const double climax = 0.4 + 0.3 * random_.uniform();
        std::vector<double> line;
        for (std::size_t i = 0; i < count; ++i) {
            const double at = static_cast<double>(i) / static_cast<double>(count - 1);
            line.push_back(at < climax ? start + (top - start) * at / climax
                                       : top + (end - top) * (at - climax) / (1 - climax));
        }
        return line;
    }

    bool writePhrase(std::size_t place) {
        const char letter = form_[place];
        Phrase phrase;
        phrase.written.starts = rhythm();
        std::vector<bool> strong;
        for (std::size_t i = 0; i + 1 < phrase.written.starts.size(); ++i)
            strong.push_back(isStrong(phrase.written.starts[i]));
        phrase.written.chords = planPhrase(keyOf(letter), cadenceOf(letter), strong, random_);
        const bool picardy = letter == form_.back() && key_.minor && random_.below(4) == 0;
        if (picardy) phrase.written.chords.back().majorThird = true;

        std::optional<Voicing> before;
        if (place > 0) before = phrases_.at(form_[place - 1]).written.voicings.back();
        const auto accepts = [&](std::span<const Voicing> voicings) { return joins(letter, voicings); };
        auto voicings = writeParts({phrase.written.chords, contour(strong.size())}, before, accepts, random_);
        if (!voicings) return false;
        phrase.written.voicings = std::move(*voicings);
        phrase.grid = ornament(phrase.written, activity_, random_);
        phrases_[letter] = std::move(phrase);
        return true;
    }

    /// Whether the phrase may stand beside all neighbours that the form gives it and that are written.
    bool joins(char letter, std::span<const Voicing> voicings) const {
        for (std::size_t place = 0; place + 1 < form_.size(); ++place) {
            const char left = form_[place], right = form_[place + 1];
            if (left != letter && right != letter) continue;
            if ((left != letter && !phrases_.contains(left)) || (right != letter && !phrases_.contains(right)))
                continue;
            const auto& last = left == letter ? voicings.back() : phrases_.at(left).written.voicings.back();
            const auto& first = right == letter ? voicings.front() : phrases_.at(right).written.voicings.front();
            if (!isFreeOfParallels(last, first)) return false;
        }
        return true;
    }

    std::int64_t phraseTicks() const { return static_cast<std::int64_t>(metre_->units) * kBarsAPhrase * kUnit; }

    void markHarmony(ComposedPiece& piece) const {
        std::int64_t start = 0;
        for (const char letter : form_) {
            const auto& written = phrases_.at(letter).written;
            for (std::size_t i = 0; i < written.chords.size(); ++i)
                piece.harmony.push_back({score::Tick{start + static_cast<std::int64_t>(written.starts[i]) * kUnit},
                                         written.chords[i], i + 1 == written.chords.size()});
            start += phraseTicks();
        }
    }

    void writeScore(score::Score& score) {
        score::IdMint mint;
        const auto end = phraseTicks() * static_cast<std::int64_t>(form_.size());
        score.end = score::Tick{end};
        score.meters.push_back({.id = mint.event(),
                                .at = score::Tick{0},
                                .numerator = metre_->numerator,
                                .denominatorPower = metre_->denominatorPower});
        score.keys.push_back({.id = mint.event(),
                              .at = score::Tick{0},
                              .sharps = static_cast<std::int8_t>(key_.sharps()),
                              .minor = key_.minor});
        const double bpm = std::round(metre_->slowest + (metre_->fastest - metre_->slowest) * random_.uniform());
        const auto lastBar = end - static_cast<std::int64_t>(metre_->units) * kUnit;
        for (const auto& [tick, factor] : {std::pair{std::int64_t{0}, 1.0}, std::pair{lastBar, 0.85}})
            score.tempos.push_back({.id = mint.event(),
                                    .at = score::Tick{tick},
                                    .microsecondsPerQuarter = static_cast<std::uint32_t>(60e6 / (bpm * factor))});
        for (std::size_t voice = 0; voice < kVoices; ++voice) score.tracks.push_back(writeTrack(voice, mint));
    }

    score::Track writeTrack(std::size_t voice, score::IdMint& mint) const {
        static constexpr std::array kNames{"Soprano", "Alto", "Tenor", "Bass"};
        score::Track track;
        track.id = mint.track();
        track.name = kNames[voice];
        track.chunk = static_cast<int>(voice) + 1;
        track.channel = static_cast<std::uint8_t>(voice);
        track.events.push_back({.id = mint.event(),
                                .at = score::Tick{0},
                                .kind = score::ChannelEventKind::Program,
                                .first = ensemble_.programs[voice]});
        std::int64_t start = 0;
        for (std::size_t place = 0; place < form_.size(); ++place, start += phraseTicks())
            addPhrase(track, phrases_.at(form_[place]).grid, voice, start, place % 2 == 1, mint);
        return track;
    }

    void addPhrase(score::Track& track, const PhraseGrid& grid, std::size_t voice, std::int64_t start, bool softer,
                   score::IdMint& mint) const {
        for (std::size_t unit = 0; unit < grid.sounding.size(); ++unit) {
            if (unit > 0 && !grid.struck[unit][voice]) {
                track.notes.back().length.count += kUnit;
                continue;
            }
            track.notes.push_back({.id = mint.note(),
                                   .onset = score::Tick{start + static_cast<std::int64_t>(unit) * kUnit},
                                   .length = score::Ticks{kUnit},
                                   .pitch = static_cast<std::uint8_t>(grid.sounding[unit][voice]),
                                   .velocity = velocity(voice, unit, grid.sounding.size(), softer)});
        }
    }

    /// Swells to the middle of the phrase and sinks to its cadence; the soprano leads, strong beats are leant on.
    std::uint8_t velocity(std::size_t voice, std::size_t unit, std::size_t units, bool softer) const {
        const double at = static_cast<double>(unit) / static_cast<double>(units);
        const double swell = 14 * std::sin(3.14159265358979 * std::min(1.0, at * 1.1));
        const double level = 64 + swell +
                             (voice == 0   ? 6
                              : voice == 3 ? 2
                                           : 0) +
                             (isStrong(unit) ? 4 : 0) - (softer ? 8 : 0);
        return static_cast<std::uint8_t>(std::lround(level));
    }

    base::Random random_;
    Key key_;
    const Metre* metre_ = nullptr;
    Ensemble ensemble_{};
    double activity_ = 0;
    std::string form_;
    std::map<char, Phrase> phrases_;
};

} // namespace

ComposedPiece composePiece(std::uint64_t index) { return Composer(index).compose(); }

std::vector<Piece> makeCounterpoint() {
    std::vector<Piece> pieces;
    for (int index = 0; index < kCounterpointPieces; ++index) {
        const auto number = std::to_string(index);
        pieces.push_back({"counterpoint-" + std::string(3 - number.size(), '0') + number, Part::Train,
                          composePiece(static_cast<std::uint64_t>(index)).score});
    }
    std::vector<std::size_t> order(pieces.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    base::Random random(kSeed);
    random.shuffle(std::span(order));
    for (std::size_t i = 0; i < pieces.size() / 5; ++i)
        pieces[order[i]].part = i % 2 == 0 ? Part::Validation : Part::Test;
    return pieces;
}

} // namespace continuo::corpus
