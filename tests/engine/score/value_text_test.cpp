#include "engine/score/value_text.h"

#include "engine/score/key_event.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;

class ValueTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void positionsAreReadBackOverChangesOfMeter() {
        const MeterMap meters(
            {{EventId{1}, 0, Tick{0}, 4}, {EventId{2}, 0, Tick{7680}, 7, 3}, {EventId{3}, 0, Tick{9000}, 3}}, {});
        for (std::int64_t at = 0; at < 30'000; at += 37) {
            const auto text = positionText(Tick{at}, meters);
            const auto read = parsePosition(text, meters);
            QVERIFY2(read && read->fromStart == at, text.c_str());
        }
        QCOMPARE(positionText(Tick{7680 + 480 + 5}, meters), std::string("3.2.005"));
    }

    void positionsMayBeShortAndHaveOtherSigns() {
        const MeterMap meters;
        QCOMPARE(parsePosition("3", meters)->fromStart, 2 * 3840);
        QCOMPARE(parsePosition(" 3|2 ", meters)->fromStart, 2 * 3840 + 960);
        QCOMPARE(parsePosition("1|1|7", meters)->fromStart, 7);
        for (const char* text : {"", "0", "1.0", "1.1.1.1", "a", "-1", "1..2", "1.1.-3", "99999999999999999999"})
            QVERIFY2(!parsePosition(text, meters), text);
    }

    void lengthsAreReadBack() {
        for (const std::uint16_t quarter : {std::uint16_t{960}, std::uint16_t{96}, std::uint16_t{1}})
            for (std::int64_t length = 1; length < 5000; length += 13) {
                const auto text = lengthText(Ticks{length}, {quarter});
                QVERIFY2(parseLength(text, {quarter})->count == length, text.c_str());
            }
        QCOMPARE(parseLength("1/8", {960})->count, 480);
        QCOMPARE(parseLength("3/16", {960})->count, 720);
        QCOMPARE(parseLength("500", {960})->count, 500);
        for (const char* text : {"", "0", "-3", "1/0", "x", "1|", "0|0", "1/x"})
            QVERIFY2(!parseLength(text, {960}), text);
    }

    void everyPitchIsReadBackByBothItsNames() {
        for (int pitch = 0; pitch < 128; ++pitch)
            for (const bool flats : {false, true}) {
                const auto name = pitchName(pitch, flats);
                QVERIFY2(parsePitch(name).value_or(-1) == pitch, name.c_str());
            }
        QCOMPARE(*parsePitch("eb4"), 63);
        QCOMPARE(*parsePitch("F#3"), 54);
        QCOMPARE(*parsePitch("b3"), 59);
        QCOMPARE(*parsePitch("bb3"), 58);
        QCOMPARE(*parsePitch("Cb4"), 59);
        QCOMPARE(*parsePitch(" 64 "), 64);
        for (const char* text : {"", "H4", "E", "E44", "128", "-1", "Cb-1", "A9", "4E"})
            QVERIFY2(!parsePitch(text), text);
    }
};

QTEST_APPLESS_MAIN(ValueTextTest)
#include "value_text_test.moc"
