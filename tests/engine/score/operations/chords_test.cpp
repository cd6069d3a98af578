#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/chords.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

using Keys = std::vector<int>;

Score chordsAt(const std::vector<Keys>& chords) {
    std::vector<Note> notes;
    for (std::size_t i = 0; i < chords.size(); ++i)
        for (const int key : chords[i])
            notes.push_back({.onset = Tick{static_cast<std::int64_t>(i) * 960},
                             .length = Ticks{960},
                             .pitch = static_cast<std::uint8_t>(key)});
    return oneTrack(notes);
}

Keys keysAt(const Score& score, const OperationResult& result, std::int64_t at) {
    Keys keys;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes)
        if (note.onset.fromStart == at) keys.push_back(note.pitch);
    return keys;
}

QString nameOf(Keys keys, bool flats = false) {
    const auto chord = ChordTable::standard().detect(keys);
    return chord ? QString::fromStdString(chord->name(flats)) : QString("none");
}

} // namespace

class ChordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        const auto minor = *ChordTable::standard().parse("Am7");
        for (const auto voicing : {Voicing::Close, Voicing::Drop2, Voicing::Drop3, Voicing::Drop2And4, Voicing::Spread})
            VERIFY_LAWS([&](const Score& score, NoteIds ids, IdMint&) { return voiceChords(score, ids, voicing); }, {},
                        15);
        for (const int steps : {-70, -1, 1, 3})
            VERIFY_LAWS([&](const Score& score, NoteIds ids, IdMint&) { return invertChords(score, ids, steps); }, {},
                        15);
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return leadVoices(score, ids); }, {}, 8);
        VERIFY_LAWS([&](const Score& score, NoteIds ids, IdMint& mint) { return harmonize(score, ids, minor, mint); });
    }

    void everyChordOfTheTableIsReadAndNamedAlike() {
        const auto& table = ChordTable::standard();
        for (const auto& kind : table.kinds())
            for (int root = 0; root < 12; ++root)
                for (const bool flats : {false, true})
                    for (const auto& suffix : kind.suffixes) {
                        auto chord = table.chord(kind, root);
                        const auto shown = chord.name(flats);
                        chord.suffix = suffix;
                        const auto read = table.parse(chord.name(flats));
                        QVERIFY2(read.has_value(), chord.name(flats).c_str());
                        QCOMPARE(read->name(flats), shown);
                        chord.bass = (root + 2) % 12;
                        QCOMPARE(table.parse(chord.name())->bass, chord.bass);
                    }
    }

    void wordsThatAreNoChordsAreRefused() {
        for (const auto* word : {"", "H", "c", "Cq", "C/", "C/q", "C/Dq", "/C", "Cm7/", "7", "C7 and more"})
            QVERIFY2(!ChordTable::standard().parse(word), word);
        QCOMPARE(ChordTable::standard().parse(" C6/9/E ")->name(), std::string("C6/9/E"));
    }

    void soundingNotesGetTheUsualName() {
        QCOMPARE(nameOf({60, 64, 67}), QString("C"));
        QCOMPARE(nameOf({57, 60, 64}), QString("Am"));
        QCOMPARE(nameOf({52, 60, 67}), QString("C/E"));
        QCOMPARE(nameOf({60, 64, 67, 69}), QString("C6"));
        QCOMPARE(nameOf({57, 60, 64, 67}), QString("Am7"));
        QCOMPARE(nameOf({55, 59, 65}), QString("G7")); // no fifth
        QCOMPARE(nameOf({62, 65, 68, 72}), QString::fromUtf8("Dm7♭5"));
        QCOMPARE(nameOf({63, 67, 70}, true), QString::fromUtf8("E♭"));
        QCOMPARE(nameOf({60, 61, 62}), QString("none"));
        QVERIFY(!ChordTable::standard().detect({}));
    }

    void everyTableChordIsDetectedAsItself() {
        const auto& table = ChordTable::standard();
        for (const auto& kind : table.kinds())
            for (int root = 0; root < 12; ++root) {
                const auto chord = table.chord(kind, root);
                const auto keys = chordKeys(chord, 48);
                const auto found = table.detect(keys);
                QVERIFY(found.has_value());
                QCOMPARE(found->name(), chord.name());
            }
    }

    void theChordRowFollowsTheHarmony() {
        auto score = chordsAt({{48, 64, 67}, {48, 64, 67}, {53, 60, 69}, {55, 59, 65, 62}, {}, {48, 52, 55}});
        score.tracks[0].notes.push_back(
            {.id = NoteId{5000}, .onset = Tick{2880}, .length = Ticks{120}, .pitch = 73}); // passing
        std::sort(score.tracks[0].notes.begin(), score.tracks[0].notes.end(), NoteOrder{});
        const auto row = detectChords(score, {Tick{0}, Tick{5760}}, Grid::of(4));
        std::vector<std::string> names;
        for (const auto& span : row) names.push_back(span.chord.name());
        QCOMPARE(names, (std::vector<std::string>{"C", "F", "G7", "C"}));
        QCOMPARE(row[0].range.end.fromStart, 1920);
        QCOMPARE(row[3].range.start.fromStart, 4800);
        QVERIFY(row[0].share > 0.99 && row[2].share > 0.9 && row[2].share < 1);
        score.tracks[0].drums = true;
        QVERIFY(detectChords(score, {Tick{0}, Tick{5760}}, Grid::of(4)).empty());
        QVERIFY(detectChords(score, {Tick{0}, Tick{0}}, Grid::of(4)).empty());
    }

    void aStampHasTheKeysOfItsChord() {
        const auto& table = ChordTable::standard();
        QCOMPARE(chordKeys(*table.parse("Dm"), 60), (Keys{62, 65, 69}));
        QCOMPARE(chordKeys(*table.parse("Dm"), 60, 1), (Keys{65, 69, 74}));
        QCOMPARE(chordKeys(*table.parse("Cmaj7"), 60, 0, Voicing::Drop2), (Keys{55, 60, 64, 71}));
        QCOMPARE(chordKeys(*table.parse("C"), 60, 0, Voicing::Spread), (Keys{60, 67, 76}));
        QCOMPARE(chordKeys(*table.parse("C/G"), 60), (Keys{55, 60, 64, 67}));
        const auto score = oneTrack({});
        IdMint mint(score);
        const auto stamped =
            stampChord(score, score.tracks[0].id, Tick{960}, {.chord = *table.parse("G7"), .lowest = 125}, mint);
        QVERIFY(brokenLaw(score, {}, stamped).empty());
        QCOMPARE(keysAt(score, stamped, 960), (Keys{127}));
        QVERIFY(stampChord(score, TrackId{777}, Tick{0}, {}, mint).edit.isEmpty());
    }

    void upAndDownAnInversionIsTheIdentity() {
        const auto score = chordsAt({{60, 64, 67}, {50, 57, 60, 65}});
        const auto ids = allNotes(score);
        QCOMPARE(keysAt(score, invertChords(score, ids, 1), 0), (Keys{64, 67, 72}));
        QCOMPARE(keysAt(score, invertChords(score, ids, -1), 0), (Keys{55, 60, 64}));
        const auto up = after(score, invertChords(score, ids, 1).edit);
        QCOMPARE(keysAt(up, invertChords(up, ids, -1), 0), (Keys{60, 64, 67}));
        QCOMPARE(keysAt(score, invertChords(score, ids, 3), 0), (Keys{72, 76, 79}));
    }

    void voicingsOpenAndCloseAChord() {
        const auto score = chordsAt({{60, 64, 67, 71}});
        const auto ids = allNotes(score);
        QCOMPARE(keysAt(score, voiceChords(score, ids, Voicing::Drop2), 0), (Keys{55, 60, 64, 71}));
        QCOMPARE(keysAt(score, voiceChords(score, ids, Voicing::Drop3), 0), (Keys{52, 60, 67, 71}));
        QCOMPARE(keysAt(score, voiceChords(score, ids, Voicing::Spread), 0), (Keys{60, 67, 76, 83}));
        const auto open = after(score, voiceChords(score, ids, Voicing::Spread).edit);
        QCOMPARE(keysAt(open, voiceChords(open, ids, Voicing::Close), 0), (Keys{60, 64, 67, 71}));
    }

    void voicesMoveAsLittleAsTheyCan() {
        const auto score = chordsAt({{60, 64, 67}, {65, 69, 72}, {67, 71, 74}, {60, 64, 67}});
        const auto led = leadVoices(score, allNotes(score));
        QCOMPARE(keysAt(score, led, 960), (Keys{60, 65, 69}));
        QCOMPARE(keysAt(score, led, 1920), (Keys{59, 62, 67}));
        QCOMPARE(keysAt(score, led, 2880), (Keys{60, 64, 67}));
    }
};

QTEST_APPLESS_MAIN(ChordsTest)
#include "chords_test.moc"
