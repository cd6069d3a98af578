#include "engine/score/score.h"

#include <QTest>

using namespace continuo::score;

class TimeMapsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secondsFollowTempoChanges() {
        const TempoMap map({{.at = Tick{0}, .microsecondsPerQuarter = 500'000}, {.at = Tick{960}, .microsecondsPerQuarter = 1'000'000}},
                           Division{480});
        QCOMPARE(map.secondsAt(Tick{960}), 1.0);
        QCOMPARE(map.secondsAt(Tick{1440}), 2.0);
        QCOMPARE(map.bpmAt(Tick{959}), 120.0);
        QCOMPARE(map.bpmAt(Tick{960}), 60.0);
    }

    void ticksAndSecondsAreInverse() {
        const TempoMap map({{.at = Tick{7}, .microsecondsPerQuarter = 333'333}, {.at = Tick{1001}, .microsecondsPerQuarter = 777'777}},
                           Division{96});
        for (std::int64_t tick = 0; tick < 3000; ++tick) QCOMPARE(map.tickAt(map.secondsAt(Tick{tick})).fromStart, tick);
    }

    void smpteFilesIgnoreTempo() {
        const TempoMap map({{.at = Tick{0}, .microsecondsPerQuarter = 1}}, Division{0, 25, 40});
        QCOMPARE(map.secondsAt(Tick{1000}), 1.0);
        const TempoMap dropFrame({}, Division{0, 29, 100});
        QVERIFY(std::abs(dropFrame.secondsAt(Tick{30000}) - 10.01) < 1e-9);
    }

    void theLastOfSeveralTemposAtOneTickHolds() {
        const TempoMap map({{.id = EventId{1}, .at = Tick{0}, .microsecondsPerQuarter = 250'000},
                            {.id = EventId{2}, .at = Tick{0}, .microsecondsPerQuarter = 1'000'000}},
                           Division{480});
        QCOMPARE(map.secondsAt(Tick{480}), 1.0);
    }

    void barsFollowMeterChanges() {
        const MeterMap map({{.at = Tick{1920}, .numerator = 3, .denominatorPower = 2}, {.at = Tick{1920 + 2 * 1440}, .numerator = 6, .denominatorPower = 3}},
                           Division{480});
        QCOMPARE(map.positionAt(Tick{1919}).bar, 0);
        QCOMPARE(map.positionAt(Tick{1920}).bar, 1);
        QCOMPARE(map.barStart(3).fromStart, 1920 + 2 * 1440);
        QCOMPARE(map.beatLengthAt(Tick{5000}).count, 240);
        QCOMPARE(map.barStart(4).fromStart, 1920 + 2 * 1440 + 1440);
    }

    void aChangeInsideABarStartsANewBar() {
        const MeterMap map({{.at = Tick{1000}, .numerator = 2, .denominatorPower = 2}}, Division{480});
        QCOMPARE(map.positionAt(Tick{999}).bar, 0);
        QCOMPARE(map.positionAt(Tick{1000}).bar, 1);
        QCOMPARE(map.barAtOrAfter(Tick{1}).fromStart, 1000);
        for (std::int64_t bar = 0; bar < 20; ++bar) QCOMPARE(map.positionAt(map.barStart(bar)).bar, bar);
    }
};

QTEST_APPLESS_MAIN(TimeMapsTest)
#include "time_maps_test.moc"
