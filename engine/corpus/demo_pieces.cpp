#include "engine/corpus/demo_pieces.h"

#include "engine/base/text.h"
#include "engine/corpus/counterpoint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace continuo::corpus {
namespace {

constexpr std::int64_t kQuarter = 960;
constexpr std::int64_t kBar = 4 * kQuarter;
constexpr int kBars = 32;

/// "F#5" as a MIDI key, C4 being 60.
int keyNamed(std::string_view name) {
    static constexpr std::array<int, 7> kLetters{9, 11, 0, 2, 4, 5, 7}; // A..G
    const int octave = name.back() - '0';
    return 12 * (octave + 1) + kLetters[static_cast<std::size_t>(name[0] - 'A')] +
           (name.find('#') != std::string_view::npos);
}

/// A chord of the song: bass note and three upper notes from the root.
struct SongChord {
    const char* bass;
    std::array<const char*, 3> upper;
};

constexpr SongChord kD{"D2", {"D4", "F#4", "A4"}}, kDoverF{"F#2", {"D4", "F#4", "A4"}}, kA{"A2", {"C#4", "E4", "A4"}},
    kAoverC{"C#3", {"C#4", "E4", "A4"}}, kBm{"B2", {"B3", "D4", "F#4"}}, kG{"G2", {"B3", "D4", "G4"}},
    kEm{"E2", {"B3", "E4", "G4"}}, kFm{"F#2", {"C#4", "F#4", "A4"}};

constexpr std::array<SongChord, kBars> kSong{kD,  kAoverC, kBm,     kG, kDoverF, kG,  kEm,     kA,  kBm, kFm,     kG,
                                             kD,  kEm,     kDoverF, kG, kA,      kD,  kAoverC, kBm, kG,  kDoverF, kG,
                                             kEm, kD,      kG,      kA, kFm,     kBm, kEm,     kA,  kD,  kD};

/// Bars are parted by |, notes are key:quarters, - is a rest.
constexpr std::string_view kMelody =
    "-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:2 A4:1 C#5:1|"
    "B4:1 D5:1 F#5:1.5 E5:.5|C#5:3 A4:1|B4:1 D5:1 G5:1.5 F#5:.5|F#5:2 E5:1 D5:1|"
    "E5:1.5 F#5:.5 G5:1 A5:1|F#5:2 D5:2|B5:1.5 A5:.5 G5:1 F#5:1|E5:3 A4:.5 C#5:.5|"
    "F#5:1.5 E5:.5 D5:1 A4:1|C#5:1.5 D5:.5 E5:2|D5:1.5 C#5:.5 B4:1 F#5:1|E5:1 D5:1 B4:2|"
    "A4:1 D5:1 F#5:1.5 G5:.5|G5:1 F#5:.5 E5:.5 D5:2|G5:1 F#5:1 E5:1 C#5:1|D5:4|"
    "-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4";

/// What the right hand of the piano sings where the melody rests.
constexpr std::string_view kPianoLine =
    "F#5:1.5 E5:.5 D5:1 A4:1|C#5:1.5 D5:.5 E5:2|D5:1.5 C#5:.5 B4:1 F#5:1|E5:1 D5:1 B4:2|"
    "A4:1 D5:1 F#5:1.5 G5:.5|G5:1 F#5:.5 E5:.5 D5:2|E5:1.5 F#5:.5 G5:1 B4:1|C#5:3 -:1|"
    "-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|-:4|"
    "B4:2 D5:2|C#5:2 E5:2|A4:2 C#5:2|D5:4|G4:1 B4:1 E5:2|C#5:1.5 D5:.5 E5:2|D5:4|A5:4";

enum Section { kOpening, kVerse, kRefrain, kCoda };
Section sectionOf(int bar) { return static_cast<Section>(bar / 8); }

/// Fills the tracks of the song, each instrument by its own habit.
class Arranger {
public:
    score::Score arrange() {
        score_.end = score::Tick{kBars * kBar};
        score_.meters.push_back({.id = mint_.event(), .at = score::Tick{0}});
        score_.keys.push_back({.id = mint_.event(), .at = score::Tick{0}, .sharps = 2});
        tempo(0, 92);
        tempo((kBars - 3) * kBar, 84);
        tempo((kBars - 2) * kBar, 72);
        addPiano();
        addMelody();
        addStrings();
        addPad();
        addBass();
        addDrums();
        return std::move(score_);
    }

private:
    void tempo(std::int64_t at, double bpm) {
        score_.tempos.push_back({.id = mint_.event(),
                                 .at = score::Tick{at},
                                 .microsecondsPerQuarter = static_cast<std::uint32_t>(60e6 / bpm)});
    }

    /// `volume` and `pan` (64 is the middle) are the controllers 7 and 10.
    score::Track& track(const char* name, int program, int volume, int pan, bool drums = false) {
        score::Track track;
        track.id = mint_.track();
        track.name = name;
        track.chunk = static_cast<int>(score_.tracks.size()) + 1;
        track.channel = static_cast<std::uint8_t>(drums ? 9 : score_.tracks.size());
        track.drums = drums;
        track.events.push_back({.id = mint_.event(),
                                .at = score::Tick{0},
                                .kind = score::ChannelEventKind::Program,
                                .first = static_cast<std::uint8_t>(program)});
        for (const auto& [number, value] : {std::pair{7, volume}, std::pair{10, pan}})
            track.events.push_back({.id = mint_.event(),
                                    .at = score::Tick{0},
                                    .kind = score::ChannelEventKind::Controller,
                                    .first = static_cast<std::uint8_t>(number),
                                    .second = static_cast<std::uint8_t>(value)});
        score_.tracks.push_back(std::move(track));
        return score_.tracks.back();
    }

    void add(score::Track& track, std::int64_t onset, std::int64_t length, int pitch, double velocity) {
        track.notes.push_back({.id = mint_.note(),
                               .onset = score::Tick{onset},
                               .length = score::Ticks{length},
                               .pitch = static_cast<std::uint8_t>(pitch),
                               .velocity = static_cast<std::uint8_t>(std::clamp(std::lround(velocity), 1L, 127L))});
    }

    /// Leaves the note out where the other hand already holds the key.
    void addWhereFree(score::Track& track, std::int64_t onset, std::int64_t length, int pitch, double velocity) {
        const score::TickRange range{score::Tick{onset}, score::Tick{onset + length}};
        const bool taken = std::ranges::any_of(track.notes, [&](const score::Note& note) {
            return note.pitch == pitch && note.onset < range.end && range.start < note.end();
        });
        if (!taken) add(track, onset, length, pitch, velocity);
    }

    void sortNotes(score::Track& track) { std::ranges::sort(track.notes, score::NoteOrder{}); }

    /// A line written as text; louder on the beat and towards high notes.
    void addLine(score::Track& track, std::string_view text, double level) {
        std::int64_t bar = 0;
        for (const auto measure : base::split(text, '|')) {
            std::int64_t at = bar++ * kBar;
            for (const auto item : base::split(measure, ' ')) {
                const auto colon = item.find(':');
                const auto length = static_cast<std::int64_t>(*base::parseReal(item.substr(colon + 1)) * kQuarter);
                if (item[0] != '-') {
                    const int pitch = keyNamed(item.substr(0, colon));
                    add(track, at, length - kQuarter / 16, pitch,
                        level + (at % kBar == 0 ? 8 : 0) + (pitch - 72) * 0.8);
                }
                at += length;
            }
        }
    }

    /// Rises through each section of eight bars.
    static double swell(int bar) { return 10.0 * std::sin(3.14159265358979 * (bar % 8 + 1) / 9.0); }

    void addPiano() {
        auto& piano = track("Piano", 0, 104, 58);
        addLine(piano, kPianoLine, 68);
        for (int bar = 0; bar < kBars; ++bar) {
            const auto& chord = kSong[static_cast<std::size_t>(bar)];
            const auto at = bar * kBar;
            const bool last = bar + 1 == kBars;
            const double level = 54 + swell(bar);
            addWhereFree(piano, at, last ? kBar : kBar / 2, keyNamed(chord.bass) + 12, level + 6);
            if (!last) addWhereFree(piano, at + kBar / 2, kBar / 2, keyNamed(chord.bass) + 12, level);
            static constexpr std::array<std::size_t, 8> kPattern{0, 1, 2, 1, 0, 2, 1, 2};
            for (std::size_t i = 1; i < 8 && !last; ++i) {
                const auto eighth = static_cast<std::int64_t>(i) * kQuarter / 2;
                addWhereFree(piano, at + eighth, kQuarter / 2, keyNamed(chord.upper[kPattern[i]]),
                             level - (i % 2 == 1 ? 8 : 3));
            }
            for (const char* name : chord.upper)
                if (last) addWhereFree(piano, at, kBar, keyNamed(name), level);
        }
        sortNotes(piano);
    }

    void addMelody() { addLine(track("Flute", 73, 100, 76), kMelody, 76); }

    void addStrings() {
        auto& strings = track("Strings", 48, 84, 46);
        for (int bar = 8; bar < kBars; ++bar)
            for (const char* name : kSong[static_cast<std::size_t>(bar)].upper) {
                const double level = (sectionOf(bar) == kRefrain ? 66 : 50) + swell(bar);
                add(strings, bar * kBar, kBar, keyNamed(name) + (sectionOf(bar) == kRefrain ? 12 : 0), level);
            }
        sortNotes(strings);
    }

    /// Held over two bars where the chords share the tone.
    void addPad() {
        auto& pad = track("Warm pad", 89, 72, 64);
        for (int bar = 0; bar < kBars; bar += 2) {
            const auto& first = kSong[static_cast<std::size_t>(bar)].upper;
            const auto& second = kSong[static_cast<std::size_t>(bar) + 1].upper;
            for (const char* name : first) {
                const bool shared =
                    std::ranges::any_of(second, [&](const char* other) { return keyNamed(other) == keyNamed(name); });
                add(pad, bar * kBar, shared ? 2 * kBar : kBar, keyNamed(name), 44 + swell(bar) / 2);
            }
            for (const char* name : second) {
                const bool held =
                    std::ranges::any_of(first, [&](const char* other) { return keyNamed(other) == keyNamed(name); });
                if (!held) add(pad, (bar + 1) * kBar, kBar, keyNamed(name), 46 + swell(bar) / 2);
            }
        }
        sortNotes(pad);
    }

    /// The neighbour of `pitch` in D major.
    static int stepInto(int pitch, bool fromBelow) {
        static constexpr std::array kScale{true, false, true, false, true, true, false, true, false, true, false, true};
        const int direction = fromBelow ? -1 : 1;
        const int half = pitch + direction;
        return kScale[static_cast<std::size_t>((half - 2 + 12) % 12)] ? half : half + direction;
    }

    void addBass() {
        auto& bass = track("Bass", 33, 100, 64);
        for (int bar = 8; bar < kBars; ++bar) {
            const int root = keyNamed(kSong[static_cast<std::size_t>(bar)].bass);
            const auto at = bar * kBar;
            const double level = sectionOf(bar) == kCoda ? 62 : 80;
            if (sectionOf(bar) == kCoda) {
                add(bass, at, kBar - kQuarter / 8, root, level);
                continue;
            }
            add(bass, at, 3 * kQuarter / 2, root, level + 8);
            add(bass, at + 3 * kQuarter / 2, kQuarter / 2, root, level - 6);
            add(bass, at + 2 * kQuarter, kQuarter, root + 12, level);
            const int next = keyNamed(kSong[static_cast<std::size_t>(bar) + 1].bass);
            const int approach = stepInto(next, /*fromBelow=*/next > root);
            add(bass, at + 3 * kQuarter, kQuarter, approach, level - 2);
        }
    }

    void addDrums() {
        constexpr int kKick = 36, kStick = 37, kSnare = 38, kClosedHat = 42, kOpenHat = 46, kCrash = 49, kHighTom = 48,
                      kLowTom = 45;
        auto& drums = track("Drums", 0, 92, 64, true);
        const auto hit = [&](std::int64_t at, int key, double level) { add(drums, at, kQuarter / 4, key, level); };
        for (int bar = 8; bar < 24; ++bar) {
            const bool full = sectionOf(bar) == kRefrain;
            const bool fill = bar % 8 == 7;
            const auto at = bar * kBar;
            if (bar % 8 == 0) hit(at, kCrash, full ? 92 : 70);
            for (int eighth = 0; eighth < 8; ++eighth) {
                if (fill && eighth >= 4) break;
                const bool open = full && eighth == 7;
                hit(at + eighth * kQuarter / 2, open ? kOpenHat : kClosedHat,
                    (full ? 66 : 54) - (eighth % 2 == 1 ? 14 : 0));
            }
            hit(at, kKick, full ? 98 : 84);
            hit(at + 5 * kQuarter / 2, kKick, full ? 90 : 72);
            hit(at + kQuarter, full ? kSnare : kStick, full ? 92 : 70);
            if (!fill) hit(at + 3 * kQuarter, full ? kSnare : kStick, full ? 96 : 74);
            for (int sixteenth = 8; fill && sixteenth < 16; ++sixteenth)
                hit(at + sixteenth * kQuarter / 4,
                    sixteenth < 12   ? kSnare
                    : sixteenth < 14 ? kHighTom
                                     : kLowTom,
                    60 + 4 * (sixteenth - 8));
        }
        hit(24 * kBar, kCrash, 80);
        hit(24 * kBar, kKick, 84);
        sortNotes(drums);
    }

    score::Score score_;
    score::IdMint mint_;
};

/// The first composed piece from `index` on that `suits`.
template <typename Suits>
score::Score composedPiece(std::uint64_t index, const Suits& suits) {
    while (true) {
        auto piece = composePiece(index++);
        if (suits(piece)) return std::move(piece.score);
    }
}

bool isInFour(const ComposedPiece& piece) { return piece.score.meters[0].numerator == 4; }

bool hasBars(const ComposedPiece& piece, std::int64_t bars) {
    return piece.score.meterMap().positionAt(piece.score.end).bar == bars;
}

} // namespace

std::vector<Piece> makeDemoPieces() {
    // Beyond the indices of the counterpoint set: a net trained on it has not seen them.
    const auto chorale = [](const auto& piece) {
        return isInFour(piece) && hasBars(piece, 16) && score::mainProgram(piece.score.tracks[0]) == 52;
    };
    const auto quartet = [](const auto& piece) {
        return piece.key.minor && hasBars(piece, 16) && score::mainProgram(piece.score.tracks[0]) == 40 &&
               !isInFour(piece);
    };
    return {{"morning-walk", Part::Train, Arranger().arrange()},
            {"chorale", Part::Train, composedPiece(1000, chorale)},
            {"evening-quartet", Part::Train, composedPiece(2000, quartet)}};
}

} // namespace continuo::corpus
