#include "ui/live/phrase_capture.h"
#include "ui/live/phrase_edit.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

sound::LiveMessage on(double time, int pitch, int velocity = 90) {
    return {time, {0x90, static_cast<std::uint8_t>(pitch), static_cast<std::uint8_t>(velocity)}, 3};
}
sound::LiveMessage off(double time, int pitch) { return {time, {0x80, static_cast<std::uint8_t>(pitch), 50}, 3}; }

PhraseCapture captured(std::initializer_list<sound::LiveMessage> messages) {
    PhraseCapture capture;
    for (const auto& message : messages) capture.take(message);
    return capture;
}

} // namespace

class PhraseCaptureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysBecomeNotesWithTheirTimes() {
        const auto capture = captured({on(10, 60), on(10.5, 64), off(11, 60), off(11.25, 64)});

        const auto phrase = capture.lastPhrase(20);

        QCOMPARE(phrase.notes.size(), std::size_t{2});
        QCOMPARE(phrase.notes[0].onset, 10.0);
        QCOMPARE(*phrase.notes[0].end, 11.0);
        QCOMPARE(int{phrase.notes[0].release}, 50);
        QCOMPARE(phrase.start(), 10.0);
        QCOMPARE(phrase.end(), 11.25);
    }

    void aSilenceOfTwoSecondsSplitsPhrases_data() {
        QTest::addColumn<double>("silence");
        QTest::addColumn<int>("notes");
        QTest::newRow("just under") << 1.99 << 2;
        QTest::newRow("just over") << 2.01 << 1;
    }
    void aSilenceOfTwoSecondsSplitsPhrases() {
        QFETCH(double, silence);
        QFETCH(int, notes);
        const auto capture = captured({on(1, 60), off(2, 60), on(2 + silence, 62), off(3 + silence, 62)});

        QCOMPARE(static_cast<int>(capture.lastPhrase(10).notes.size()), notes);
    }

    void aHeldKeyIsNoSilence() {
        const auto capture = captured({on(1, 36), on(2, 60), off(2.2, 60), on(6, 62), off(7, 62)});

        const auto phrase = capture.lastPhrase(8);

        QCOMPARE(phrase.notes.size(), std::size_t{3});
        QCOMPARE(*phrase.notes[0].end, 8.0);
        QVERIFY(capture.isKeyDown());
    }

    void aNoteOnWithoutVelocityIsANoteOff() {
        const auto capture = captured({on(1, 60), on(2, 60, 0)});

        QCOMPARE(*capture.lastPhrase(5).notes[0].end, 2.0);
        QVERIFY(!capture.isKeyDown());
    }

    void whatIsOlderThanTenMinutesIsForgotten() {
        const auto capture = captured({on(0, 60), off(1, 60), on(700, 62)});

        QCOMPARE(capture.notes().size(), std::size_t{1});
    }

    void systemMessagesAreNoMusic() {
        const auto capture = captured({{1, {0xF8, 0, 0}, 1}, {2, {0xFE, 0, 0}, 1}});

        QVERIFY(capture.lastPhrase(3).isEmpty());
        QVERIFY(capture.lastPhrase(3).events.empty());
    }

    void thePhraseKeepsItsRhythmAtTheTempoOfThePiece() {
        score::Score piece; // 120 beats a minute, 960 ticks a quarter
        score::IdMint mint(piece);
        const auto capture = captured({on(5, 60), off(5.5, 60), {5.5, {0xB0, 64, 127}, 3}, on(6, 67), off(6.25, 67)});

        const auto edit = phraseEdit(capture.lastPhrase(9), {5, score::Tick{3840}}, piece, {}, mint);
        score::apply(edit, piece);

        QCOMPARE(piece.tracks.size(), std::size_t{1});
        const auto& track = piece.tracks[0];
        QCOMPARE(track.notes[0].onset.fromStart, std::int64_t{3840});
        QCOMPARE(track.notes[0].length.count, std::int64_t{960});
        QCOMPARE(track.notes[1].onset.fromStart, std::int64_t{3840 + 1920});
        QCOMPARE(track.notes[1].length.count, std::int64_t{480});
        QCOMPARE(track.events.size(), std::size_t{2});
        QCOMPARE(piece.end.fromStart, std::int64_t{3840 + 2400});
        score::apply(score::inverse(edit), piece);
        QCOMPARE(piece, score::Score{});
    }

    void theAnswerStartsAtABarLineAndForgivesALateRelease_data() {
        QTest::addColumn<qint64>("end");
        QTest::addColumn<qint64>("start");
        QTest::newRow("on the bar line") << qint64{3840} << qint64{3840};
        QTest::newRow("a little over") << qint64{3840 + 200} << qint64{3840};
        QTest::newRow("well into the bar") << qint64{3840 + 960} << qint64{7680};
        QTest::newRow("before the bar line") << qint64{3000} << qint64{3840};
    }
    void theAnswerStartsAtABarLineAndForgivesALateRelease() {
        QFETCH(qint64, end);
        QFETCH(qint64, start);

        QCOMPARE(answerStart(score::Tick{end}, score::MeterMap()).fromStart, start);
    }
};

QTEST_APPLESS_MAIN(PhraseCaptureTest)
#include "phrase_capture_test.moc"
