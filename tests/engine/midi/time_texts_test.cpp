#include "engine/base/random.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/midi/time_texts.h"
#include "engine/score/operations/time_flags.h"
#include "engine/score/operations/time_range.h"
#include "engine/score/track_operations.h"
#include "tests/engine/midi/smf_bytes.h"

#include <QTest>

using namespace continuo;
using namespace continuo::midi;
using score::MarkerEvent;
using score::Tick;
using score::Ticks;

namespace {

base::Bytes meta(int delta, int type, std::string_view words) {
    return bytes({delta, 0xFF, type, static_cast<int>(words.size())}) + text(words);
}

/// Conductor and one part; markers in both, odd texts among those that mean something.
base::Bytes annotatedFile() {
    return header(1, 2) +
           track(meta(0, 6, "Intro") + meta(0, 1, "Chord: Bbm7/F") + meta(10, 1, "Scale: Eb Dorian [0 2 3 5 7 9 10]") +
                 meta(10, 1, "Chord:Cm7") + meta(0, 1, "Chord: N.C.") + meta(20, 6, "") + meta(0, 7, "door slams") +
                 meta(3, 1, "Tempo ramp: 72 to 68 bpm over 3840 ticks") +
                 meta(0, 6,
                      "Stra\xDF"
                      "e") +
                 meta(0, 1, "Scale: X Dorian [0 2]") + endOfTrack()) +
           track(note() + meta(0, 6, "Rehearsal A") + note(62) + endOfTrack());
}

score::Score scoreOf(const base::Bytes& file) { return read(file)->score; }

template <typename Event>
std::vector<std::string> namesOf(const std::vector<Event>& events) {
    std::vector<std::string> names;
    for (const auto& event : events) names.push_back(std::to_string(event.at.fromStart) + " " + event.name);
    return names;
}

using Names = std::vector<std::string>;

} // namespace

class TimeTextsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void markersChordsAndScalesAreRead() {
        const auto score = scoreOf(annotatedFile());
        QCOMPARE(namesOf(score.markers),
                 (Names{"0 Intro", "40 ", "40 door slams", "43 Stra\u00DFe", "96 Rehearsal A"}));
        QVERIFY(score.markers[2].kind == MarkerEvent::Kind::Cue && score.markers[3].kind == MarkerEvent::Kind::Section);
        QCOMPARE(score.markers[4].chunk, 1);
        QCOMPARE(namesOf(score.chords), (Names{"0 Bbm7/F", "20 "}));
        QCOMPARE(namesOf(score.scales), (Names{"10 Dorian"}));
        QCOMPARE(score.scales[0].tonic, std::string("Eb"));
        QVERIFY(score.scales[0].steps == (std::vector{0, 2, 3, 5, 7, 9, 10}));
        QCOMPARE(score.ramps.size(), std::size_t{1});
        QVERIFY(score.ramps[0].from == 72 && score.ramps[0].to == 68 && score.ramps[0].length == Ticks{3840});
    }

    void anUntouchedFileIsItself() { QVERIFY(write(scoreOf(annotatedFile())) == annotatedFile()); }

    void whatIsWrittenIsReadAgain() {
        score::Score score;
        score.scales = {{.id = score::EventId{1}, .at = Tick{7}, .tonic = "F#", .name = "My own", .steps = {0, 1, 4}}};
        score.chords = {{.id = score::EventId{2}, .at = Tick{0}, .name = "Cm7b5"},
                        {.id = score::EventId{3}, .at = Tick{9}, .name = ""}};
        score.markers = {{.id = score::EventId{4}, .at = Tick{3}, .name = "Größe"},
                         {.id = score::EventId{5}, .at = Tick{3}, .kind = MarkerEvent::Kind::Cue, .name = "x"}};
        score.ramps = {{.id = score::EventId{6}, .at = Tick{1}, .length = Ticks{77}, .from = 90.25, .to = 1.0 / 0.007}};
        const auto again = scoreOf(write(score));
        const auto sameBut = [](auto a, const auto& b) {
            for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) a[i].id = b[i].id;
            return a == b;
        };
        QVERIFY(sameBut(again.scales, score.scales));
        QVERIFY(sameBut(again.chords, score.chords));
        QVERIFY(sameBut(again.markers, score.markers));
        QVERIFY(sameBut(again.ramps, score.ramps));
    }

    void textsThatAreNotJustSoAreLeftAlone_data() {
        QTest::addColumn<QByteArray>("words");
        for (const char* words :
             {"", "Chord: ", "chord: C", "Chord:  C", "Chord: C ", "Chord: B\xE2\x99\xAD", "Scale: C Major",
              "Scale: C [0]", "Scale: Cb# Major [0 2]", "Scale: C Major [1 2]", "Scale: C Major [0 2 2]",
              "Scale: C Major [0 12]", "Scale: C Major [0  2]", "Scale: C Major []",
              "Tempo ramp: 72 to 68 bpm over 0 ticks", "Tempo ramp: 0 to 68 bpm over 5 ticks",
              "Tempo ramp: 72 to x bpm over 5 ticks", "Tempo ramp: 72 to 68 bpm over 5 ticks more",
              "Tempo ramp: nan to 68 bpm over 5 ticks"})
            QTest::newRow(words) << QByteArray(words);
    }
    void textsThatAreNotJustSoAreLeftAlone() {
        QFETCH(QByteArray, words);
        const std::string_view view(words.constData(), static_cast<std::size_t>(words.size()));
        QVERIFY(!readChord(view) && !readScale(view) && !readRamp(view));
        const auto file = oneTrack(meta(0, 1, view) + note());
        QVERIFY(write(scoreOf(file)) == file);
    }

    void aChangedMarkerChangesOneEventAndUndoneNone() {
        const auto file = annotatedFile();
        auto score = scoreOf(file);
        score::IdMint mint(score);
        const auto edit = score::setMarker(score, Tick{0}, MarkerEvent::Kind::Section, "Verse", mint);
        score::apply(edit, score);
        const auto written = write(score);
        QCOMPARE(written.size(), file.size()); // "Intro" and "Verse" are of one length
        QVERIFY(base::textOf(written).find("Verse") != std::string_view::npos);
        QVERIFY(base::textOf(written).find("Intro") == std::string_view::npos);
        QVERIFY(base::textOf(written).find("Stra\xDF"
                                           "e") != std::string_view::npos);
        score::apply(score::inverse(edit), score);
        QVERIFY(write(score) == file);
    }

    void anyEditsTakenBackGiveTheSameBytes() {
        const auto file = annotatedFile();
        base::Random random(11);
        for (int walk = 0; walk < 200; ++walk) {
            auto score = scoreOf(file);
            score::IdMint mint(score);
            std::vector<score::ScoreEdit> done;
            for (int step = 0; step < 5; ++step) {
                const Tick at{random.between(0, 120)};
                const auto scale = *score::readScaleName(random.below(2) == 0 ? "Ab Lydian" : "F# minor");
                std::vector<score::ScoreEdit> choices{
                    score::setMarker(score, at, MarkerEvent::Kind::Cue, "here", mint),
                    score::setChord(score, at, "E♭7", mint), score::setScale(score, at, scale, mint),
                    score::insertTime(score, at, Ticks{random.between(1, 90)}, score::Crossing::Split, mint).edit,
                    score::deleteTime(score, {at, at + Ticks{random.between(1, 90)}}).edit};
                if (!score.markers.empty()) {
                    const std::vector ids{score.markers[random.below(score.markers.size())].id};
                    choices.push_back(score::removeEvents(score, ids));
                    choices.push_back(score::moveEvents(score, ids, Ticks{random.between(-40, 40)}));
                }
                done.push_back(choices[random.below(choices.size())]);
                score::apply(done.back(), score);
            }
            const auto edited = write(score);
            const auto again = read(edited);
            QVERIFY(again.has_value() && write(again->score) == edited);
            QCOMPARE(namesOf(again->score.markers).size(), score.markers.size());
            QCOMPARE(namesOf(again->score.chords), namesOf(score.chords));
            for (auto step = done.size(); step-- > 0;) score::apply(score::inverse(done[step]), score);
            QVERIFY(write(score) == file);
        }
    }

    void markersOfADeletedTrackStay() {
        auto score = scoreOf(annotatedFile());
        score::apply(score::removeTrack(score, score.tracks[0].id), score);
        QCOMPARE(namesOf(scoreOf(write(score)).markers), namesOf(score.markers));
    }
};

QTEST_APPLESS_MAIN(TimeTextsTest)
#include "time_texts_test.moc"
