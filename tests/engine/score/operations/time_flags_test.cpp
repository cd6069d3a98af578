#include "engine/score/operations/time_flags.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

constexpr auto kSection = MarkerEvent::Kind::Section;
constexpr auto kCue = MarkerEvent::Kind::Cue;

/// A bar of 4/4 is 3840 ticks; ten of them.
Score piece() {
    auto score = oneTrack(
        {{.onset = Tick{0}, .pitch = 62}, {.onset = Tick{3840}, .pitch = 66}, {.onset = Tick{7680}, .pitch = 61}});
    score.end = Tick{38'400};
    return score;
}

std::string spansText(const std::vector<NamedSpan>& spans) {
    std::string text;
    for (const auto& span : spans)
        text += span.name + " " + std::to_string(span.range.start.fromStart) + "-" +
                std::to_string(span.range.end.fromStart) + "; ";
    return text;
}

#define DO(score, edit)                                                                                                \
    do {                                                                                                               \
        const auto before = score;                                                                                     \
        const ScoreEdit done = edit;                                                                                   \
        apply(done, score);                                                                                            \
        auto back = score;                                                                                             \
        apply(inverse(done), back);                                                                                    \
        QVERIFY(back == before);                                                                                       \
    } while (false)

} // namespace

class TimeFlagsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSectionLastsToTheNextOrToTheEnd() {
        auto score = piece();
        IdMint mint(score);
        DO(score, setMarker(score, Tick{0}, kSection, "Intro", mint));
        DO(score, setMarker(score, Tick{7680}, kSection, "Verse", mint));
        DO(score, setMarker(score, Tick{9000}, kCue, "door", mint));
        QCOMPARE(spansText(sectionsOf(score)), std::string("Intro 0-7680; Verse 7680-38400; "));
        DO(score, setMarker(score, Tick{15'360}, kSection, "", mint));
        QCOMPARE(spansText(sectionsOf(score)), std::string("Intro 0-7680; Verse 7680-15360; "));
        DO(score, setMarker(score, Tick{7680}, kSection, "Chorus", mint));
        QCOMPARE(score.markers.size(), std::size_t{4});
        QCOMPARE(spanAt(sectionsOf(score), Tick{15'359})->name, std::string("Chorus"));
        QVERIFY(!spanAt(sectionsOf(score), Tick{15'360}));
    }

    void flagsMoveTogetherAndOverrunTheirLike() {
        auto score = piece();
        IdMint mint(score);
        DO(score, setMarker(score, Tick{0}, kSection, "A", mint));
        DO(score, setMarker(score, Tick{3840}, kSection, "B", mint));
        DO(score, setMarker(score, Tick{3840}, kCue, "cue", mint));
        const auto a = score.markers[0].id;
        DO(score, moveEvents(score, std::vector{a}, Ticks{3840}));
        QCOMPARE(spansText(sectionsOf(score)), std::string("A 3840-38400; "));
        QCOMPARE(score.markers.size(), std::size_t{2}); // the cue is of another kind
        QVERIFY(moveEvents(score, std::vector{a}, Ticks{0}).isEmpty());
        DO(score, moveEvents(score, std::vector{a}, Ticks{-99'999}));
        QCOMPARE(spansText(sectionsOf(score)), std::string("A 0-38400; "));
        DO(score, removeEvents(score, std::vector{a}));
        QVERIFY(sectionsOf(score).empty());
    }

    void scalesStandBeforeKeysOfTheirTickAndLaterKeysBeforeThem() {
        auto score = piece();
        IdMint mint(score);
        QVERIFY(scaleAt(score, Tick{0}) == Scale{});
        DO(score, setScale(score, Tick{0}, *readScaleName("D Dorian"), mint));
        QVERIFY(scaleAt(score, Tick{5000}) == (Scale{2, {0, 2, 3, 5, 7, 9, 10}}));
        QCOMPARE(keyName(score.keys.at(0)), std::string("D minor"));
        DO(score, setScale(score, Tick{7680}, *readScaleName("Eb"), mint));
        QVERIFY(scaleAt(score, Tick{7679}).root == 2);
        QVERIFY(scaleAt(score, Tick{7680}) == (Scale{3, {0, 2, 4, 5, 7, 9, 11}}));
        QCOMPARE(keyFlagsOf(score).size(), std::size_t{2});
        QCOMPARE(keyFlagsOf(score)[0].name, std::string("D Dorian"));
        QCOMPARE(keyFlagsOf(score)[1].name, std::string("E♭ major"));
        DO(score, setScale(score, Tick{0}, *readScaleName("Am"), mint));
        QVERIFY(score.scales.empty());
        QCOMPARE(keyFlagsOf(score)[0].name, std::string("A minor"));
    }

    void everyScaleOfTheTableOnEveryTonicIsReadByItsName() {
        for (const auto& kind : ScaleTable::standard().kinds())
            for (const char* tonic : {"C", "C#", "Db", "D", "Eb", "E", "F", "F#", "Gb", "G", "Ab", "A", "Bb", "B"}) {
                const auto named = readScaleName(std::string(tonic) + " " + kind.name);
                QVERIFY2(named && named->kind.name == kind.name && named->tonic == tonic, kind.name.c_str());
                QVERIFY(readScaleName(named->name())->scale() == named->scale());
                auto score = piece();
                IdMint mint(score);
                apply(setScale(score, Tick{0}, *named, mint), score);
                QVERIFY2(scaleAt(score, Tick{0}) == named->scale(), kind.name.c_str());
            }
        for (const char* wrong : {"", "H", "Cmaj7", "C Doriann", "Ebmajor", "1"}) QVERIFY(!readScaleName(wrong));
    }

    void rescalingMovesTheMusicUpToTheNextFlag() {
        auto score = piece(); // D F# C#: of D major
        IdMint mint(score);
        DO(score, setScale(score, Tick{0}, *readScaleName("D major"), mint));
        DO(score, setScale(score, Tick{7680}, *readScaleName("D major"), mint));
        const auto result = rescaleFrom(score, Tick{0}, *readScaleName("D minor"), mint);
        DO(score, result.edit);
        QCOMPARE(int{score.tracks[0].notes[1].pitch}, 65);
        QCOMPARE(int{score.tracks[0].notes[2].pitch}, 61);
        QCOMPARE(keyFlagsOf(score)[0].name, std::string("D minor"));
    }

    void chordsAreFixedManyAtOnceAndWhatHeldGoesOn() {
        auto score = piece();
        IdMint mint(score);
        DO(score, setChord(score, Tick{0}, "B♭m7", mint));
        QCOMPARE(score.chords[0].name, std::string("Bbm7"));
        DO(score, setChords(score,
                            std::vector<NamedSpan>{{{}, {Tick{1920}, Tick{3840}}, "F7"},
                                                   {{}, {Tick{3840}, Tick{7680}}, "C♯dim"}},
                            mint));
        QCOMPARE(spansText(chordSymbolsOf(score)),
                 std::string("Bbm7 0-1920; F7 1920-3840; C#dim 3840-7680; Bbm7 7680-38400; "));
    }

    void notesGoToTheChordThatHoldsWhereTheyBegin() {
        auto score = piece(); // D F# C#
        IdMint mint(score);
        const auto ids = allNotes(score);
        QVERIFY(snapToChordSymbols(score, ids).edit.isEmpty());
        DO(score, setChord(score, Tick{3840}, "Dm", mint));
        DO(score, setChord(score, Tick{7680}, "Hello", mint));
        DO(score, snapToChordSymbols(score, ids).edit);
        const auto& notes = score.tracks[0].notes;
        QVERIFY(notes[0].pitch == 62 && notes[1].pitch == 65 && notes[2].pitch == 61);
        VERIFY_LAWS([](const Score& s, NoteIds some, IdMint&) { return snapToChordSymbols(s, some); });
    }

    void signsGoBothWays() {
        for (const char* name : {"B♭m7♭5/F", "C♯", "E♭maj7♯11/B♭", "Asus4", "Cb", "Gdim"})
            QVERIFY(asciiSigns(musicalSigns(asciiSigns(name))) == asciiSigns(name));
        QCOMPARE(musicalSigns("Bbm7b5/Eb"), std::string("B♭m7♭5/E♭"));
        QCOMPARE(musicalSigns("Bsub"), std::string("Bsub"));
    }

    void aMeterKeepsTimeOrMovesWhatFollowsToABarLine() {
        auto score = piece();
        IdMint mint(score);
        DO(score, setMeter(score, Tick{0}, 4, 2, Rebar::KeepTime, mint));
        DO(score, setMeter(score, Tick{7680}, 3, 2, Rebar::KeepTime, mint));
        auto kept = score;
        DO(kept, setMeter(kept, Tick{0}, 5, 2, Rebar::KeepTime, mint));
        QCOMPARE(kept.meters[1].at, Tick{7680}); // in the second bar of 5/4
        QCOMPARE(kept.tracks[0].notes[2].onset, Tick{7680});
        DO(score, setMeter(score, Tick{0}, 5, 2, Rebar::MoveFollowing, mint));
        QCOMPARE(score.meters[1].at, Tick{9600});
        QCOMPARE(score.tracks[0].notes[2].onset, Tick{9600});
        QCOMPARE(score.tracks[0].notes[1].onset, Tick{3840});
        QCOMPARE(score.meterMap().positionAt(Tick{9600}).bar, 2);
    }
};

QTEST_APPLESS_MAIN(TimeFlagsTest)
#include "time_flags_test.moc"
