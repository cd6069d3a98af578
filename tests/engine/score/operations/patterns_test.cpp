#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/arpeggio.h"
#include "engine/score/operations/echo.h"
#include "engine/score/operations/ornaments.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

using Keys = std::vector<int>;

Score triad(std::int64_t length = 960) {
    std::vector<Note> notes;
    for (const int key : {60, 64, 67})
        notes.push_back({.onset = Tick{960}, .length = Ticks{length}, .pitch = static_cast<std::uint8_t>(key)});
    return oneTrack(notes);
}

Keys keysAfter(const Score& score, const OperationResult& result) {
    Keys keys;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes) keys.push_back(note.pitch);
    return keys;
}

std::vector<std::int64_t> onsetsAfter(const Score& score, const OperationResult& result) {
    std::vector<std::int64_t> onsets;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes) onsets.push_back(note.onset.fromStart);
    return onsets;
}

const std::vector kOrders{ArpeggioOrder::Up,     ArpeggioOrder::Down,     ArpeggioOrder::UpDown,
                          ArpeggioOrder::DownUp, ArpeggioOrder::AsPlayed, ArpeggioOrder::Random};
const std::vector kOrnaments{Ornament::Trill,      Ornament::UpperMordent, Ornament::LowerMordent, Ornament::Turn,
                             Ornament::GraceBelow, Ornament::GraceAbove,   Ornament::Flam,         Ornament::Roll};

} // namespace

class PatternsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHoldForArpeggios() {
        for (const auto order : kOrders)
            for (const int octaves : {1, 3})
                VERIFY_LAWS(
                    [&](const Score& score, NoteIds ids, IdMint& mint) {
                        return arpeggiate(score, ids,
                                          {.order = order,
                                           .rate = Grid::tupletOf(16, 5),
                                           .gate = 2,
                                           .octaves = octaves,
                                           .velocityTo = 3},
                                          mint);
                    },
                    {}, 8);
    }

    void theLawsHoldForStrums() {
        for (const auto direction :
             {StrumSettings::Direction::Up, StrumSettings::Direction::Down, StrumSettings::Direction::Alternate})
            VERIFY_LAWS(
                [&](const Score& score, NoteIds ids, IdMint&) {
                    return strum(score, ids,
                                 {.direction = direction, .spreadMs = 500, .curve = 3, .lastVelocity = 0.1});
                },
                {}, 10);
    }

    void theLawsHoldForOrnamentsAndEchoes() {
        for (const auto kind : kOrnaments) {
            VERIFY_LAWS([&](const Score& score, NoteIds ids,
                            IdMint& mint) { return ornament(score, ids, {.kind = kind, .semitones = 30}, mint); },
                        {}, 6);
            VERIFY_LAWS(
                [&](const Score& score, NoteIds ids, IdMint& mint) {
                    return ornament(score, ids,
                                    {.kind = kind, .rate = Grid::of(128), .scale = Scale{}, .startAbove = true}, mint);
                },
                {}, 6);
        }
        for (const int semitones : {0, 7, -30})
            VERIFY_LAWS([&](const Score& score, NoteIds ids,
                            IdMint& mint) { return echo(score, ids, {.repeats = 9, .semitones = semitones}, mint); },
                        {}, 10);
    }

    void everyOrderRunsItsWay() {
        const auto score = triad();
        const auto ids = allNotes(score);
        const auto keys = [&](ArpeggioSettings settings) {
            settings.rate = Grid::of(32);
            IdMint mint(score);
            return keysAfter(score, arpeggiate(score, ids, settings, mint));
        };
        QCOMPARE(keys({.order = ArpeggioOrder::Up}), (Keys{60, 64, 67, 60, 64, 67, 60, 64}));
        QCOMPARE(keys({.order = ArpeggioOrder::Down}), (Keys{67, 64, 60, 67, 64, 60, 67, 64}));
        QCOMPARE(keys({.order = ArpeggioOrder::UpDown}), (Keys{60, 64, 67, 64, 60, 64, 67, 64}));
        QCOMPARE(keys({.order = ArpeggioOrder::DownUp}), (Keys{67, 64, 60, 64, 67, 64, 60, 64}));
        QCOMPARE(keys({.order = ArpeggioOrder::Up, .octaves = 2}), (Keys{60, 64, 67, 72, 76, 79, 60, 64}));
        QCOMPARE(keys({.order = ArpeggioOrder::Random, .seed = 3}), keys({.order = ArpeggioOrder::Random, .seed = 3}));
        std::set<Keys> seen;
        for (std::uint64_t seed = 0; seed < 20; ++seed)
            seen.insert(keys({.order = ArpeggioOrder::Random, .seed = seed}));
        QVERIFY(seen.size() > 10);
    }

    void anArpeggioFillsTheTimeOfItsChord() {
        const auto score = triad();
        IdMint mint(score);
        const auto done =
            after(score, arpeggiate(score, allNotes(score),
                                    {.rate = Grid::of(16), .gate = 0.5, .velocityFrom = 1, .velocityTo = 0.5}, mint)
                             .edit);
        const auto& notes = done.tracks[0].notes;
        QCOMPARE(notes.size(), std::size_t{4});
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(notes[i].onset.fromStart, 960 + static_cast<std::int64_t>(i) * 240);
            QCOMPARE(notes[i].length.count, 120);
        }
        QCOMPARE(int{notes[0].velocity}, 80);
        QCOMPARE(int{notes[3].velocity}, 40);
    }

    void aShortChordIsPlayedFasterAndLosesNoNote() {
        for (std::int64_t length = 3; length < 400; length += 7) {
            const auto score = triad(length);
            IdMint mint(score);
            const auto result = arpeggiate(score, allNotes(score), {.rate = Grid::of(8)}, mint);
            QVERIFY(brokenLaw(score, allNotes(score), result).empty());
            QCOMPARE(keysAfter(score, result), (Keys{60, 64, 67}));
            QVERIFY(onsetsAfter(score, result)[2] < 960 + length);
        }
    }

    void aStrumSpreadsOverItsTime() {
        const auto score = triad(); // 120 beats a minute: 1920 ticks a second
        const auto ids = allNotes(score);
        QCOMPARE(onsetsAfter(score, strum(score, ids, {.spreadMs = 50})), (std::vector<std::int64_t>{960, 1008, 1056}));
        const auto down = after(
            score,
            strum(score, ids, {.direction = StrumSettings::Direction::Down, .spreadMs = 50, .lastVelocity = 0.5}).edit);
        QCOMPARE(int{down.tracks[0].notes[0].pitch}, 67);
        QCOMPARE(int{down.tracks[0].notes[2].velocity}, 40);
        for (const auto& note : down.tracks[0].notes) QCOMPARE(note.end().fromStart, 1920);
        QVERIFY(strum(score, ids, {.spreadMs = 0}).edit.isEmpty());
    }

    void ornamentsHaveTheirNotes() {
        const auto score = oneTrack({{.onset = Tick{960}, .length = Ticks{960}, .pitch = 64}});
        const auto keys = [&](OrnamentSettings settings) {
            settings.scale = Scale{};
            IdMint mint(score);
            return keysAfter(score, ornament(score, allNotes(score), settings, mint));
        };
        QCOMPARE(keys({.kind = Ornament::Trill}), (Keys{64, 65, 64, 65, 64, 65, 64}));
        QCOMPARE(keys({.kind = Ornament::Trill, .startAbove = true}), (Keys{65, 64, 65, 64, 65, 64, 65, 64}));
        QCOMPARE(keys({.kind = Ornament::UpperMordent}), (Keys{64, 65, 64}));
        QCOMPARE(keys({.kind = Ornament::LowerMordent}), (Keys{64, 62, 64}));
        QCOMPARE(keys({.kind = Ornament::Turn}), (Keys{65, 64, 62, 64}));
        QCOMPARE(keys({.kind = Ornament::GraceBelow}), (Keys{62, 64}));
        QCOMPARE(keys({.kind = Ornament::GraceAbove}), (Keys{65, 64}));
        QCOMPARE(keys({.kind = Ornament::Flam}), (Keys{64, 64}));
        QCOMPARE(keys({.kind = Ornament::Roll}), Keys(8, 64));
    }

    void anOrnamentEndsWithItsNoteAndAGraceComesBefore() {
        const auto score = oneTrack({{.onset = Tick{960}, .length = Ticks{1000}, .pitch = 64}});
        for (const auto kind : kOrnaments) {
            IdMint mint(score);
            const auto done = after(score, ornament(score, allNotes(score), {.kind = kind}, mint).edit);
            QCOMPARE(done.tracks[0].notes.back().end().fromStart, 1960);
            QCOMPARE(noteOf(done, allNotes(score)[0]).pitch, std::uint8_t{64});
            const bool isGrace = kind == Ornament::GraceAbove || kind == Ornament::GraceBelow || kind == Ornament::Flam;
            QCOMPARE(done.tracks[0].notes.front().onset.fromStart, isGrace ? 840 : 960);
        }
        const auto first = oneTrack({{.onset = Tick{0}, .length = Ticks{1000}}});
        IdMint mint(first);
        QCOMPARE(onsetsAfter(first, ornament(first, allNotes(first), {.kind = Ornament::Flam}, mint)),
                 (std::vector<std::int64_t>{0, 120}));
    }

    void anEchoDiesAway() {
        const auto score = oneTrack({{.onset = Tick{0}, .length = Ticks{1000}, .velocity = 100}});
        IdMint mint(score);
        const auto done =
            after(score, echo(score, allNotes(score), {.delay = Grid::of(8), .repeats = 3, .decay = 0.5}, mint).edit);
        const auto& notes = done.tracks[0].notes;
        QCOMPARE(notes.size(), std::size_t{4});
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(notes[i].onset.fromStart, static_cast<std::int64_t>(i) * 480);
            QCOMPARE(notes[i].length.count, 480);
        }
        QCOMPARE(int{notes[3].velocity}, 13);
        IdMint other(score);
        QCOMPARE(keysAfter(score, echo(score, allNotes(score), {.repeats = 64, .decay = 0.99, .semitones = 12}, other)),
                 (Keys{60, 72, 84, 96, 108, 120}));
    }
};

QTEST_APPLESS_MAIN(PatternsTest)
#include "patterns_test.moc"
