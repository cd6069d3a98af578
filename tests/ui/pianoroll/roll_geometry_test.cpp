#include "ui/pianoroll/roll_geometry.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using score::Tick;

class RollGeometryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ticksAndPixelsAreInverse() {
        RollGeometry geometry{.pixelsPerTick = 0.137, .rowHeight = 14, .scrollX = 913, .scrollY = 300};
        for (const std::int64_t tick : {0, 1, 959, 960, 123'456}) {
            const double x = geometry.xOf(Tick{tick});
            QVERIFY(std::abs(geometry.tickReal(x) - static_cast<double>(tick)) < 1e-6);
            QCOMPARE(geometry.tickAt(x + 0.01).fromStart, tick);
        }
    }

    void everyPixelOfARowBelongsToItsPitch() {
        RollGeometry geometry{.pixelsPerTick = 0.1, .rowHeight = 13.5, .scrollX = 0, .scrollY = 77};
        for (int pitch = 0; pitch < 128; ++pitch) {
            QCOMPARE(geometry.pitchAt(geometry.yOf(pitch) + 0.01), pitch);
            QCOMPARE(geometry.pitchAt(geometry.yOf(pitch) + 13.4), pitch);
        }
        QCOMPARE(geometry.pitchAt(-10'000), 127);
        QCOMPARE(geometry.pitchAt(10'000), 0);
    }

    void zoomKeepsTheTickUnderThePointer_data() {
        QTest::addColumn<double>("factor");
        QTest::newRow("in") << 1.15;
        QTest::newRow("out") << 1 / 1.15;
        QTest::newRow("far in") << 40.0;
    }

    void zoomKeepsTheTickUnderThePointer() {
        QFETCH(double, factor);
        const RollGeometry geometry{.pixelsPerTick = 0.08, .rowHeight = 14, .scrollX = 5000, .scrollY = 600};
        const double x = 437, tick = geometry.tickReal(x);
        QVERIFY(std::abs(geometry.timeZoomedAt(x, factor).tickReal(x) - tick) < 1e-6);
        const double y = 211, row = (y + geometry.scrollY) / geometry.rowHeight;
        const auto taller = geometry.pitchZoomedAt(y, factor);
        QVERIFY(std::abs((y + taller.scrollY) / taller.rowHeight - row) < 1e-9);
    }

    void viewStaysInsideThePiece() {
        const RollGeometry wild{.pixelsPerTick = 0.1, .rowHeight = 14, .scrollX = 1e9, .scrollY = -50};
        const auto kept = wild.keptInside(800, 400, Tick{100'000});
        QCOMPARE(kept.scrollX, 100'000 * 0.1 - 800);
        QCOMPARE(kept.scrollY, 0.0);
        QVERIFY(kept.keptInside(800, 400, Tick{100'000}) == kept);
    }

    void neighboursTouchWhateverTheScroll() {
        for (double scroll = 0; scroll < 3; scroll += 0.13) {
            const DeviceGrid grid(
                RollGeometry{.pixelsPerTick = 0.0317, .rowHeight = 14, .scrollX = scroll, .scrollY = 0}, 1.5);
            const DeviceGrid still(RollGeometry{.pixelsPerTick = 0.0317, .rowHeight = 14, .scrollX = 0, .scrollY = 0},
                                   1.5);
            for (int i = 1; i < 40; ++i)
                QCOMPARE(grid.x(Tick{i * 120}) - grid.x(Tick{0}), still.x(Tick{i * 120}) - still.x(Tick{0}));
        }
    }
};

QTEST_APPLESS_MAIN(RollGeometryTest)
#include "roll_geometry_test.moc"
