#include "ui/pianoroll/snap_grid.h"

#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::ui;
using score::MeterMap;
using score::Tick;
using score::Ticks;

namespace {

MeterMap fourFourThenThreeEight() {
    return MeterMap({{.id = {}, .chunk = 0, .at = Tick{0}},
                     {.id = {}, .chunk = 0, .at = Tick{3840}, .numerator = 3, .denominatorPower = 3}},
                    {});
}

} // namespace

class SnapGridTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sixteenthsAreAQuarterOfABeat() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({}, meters, {}, 0.1);
        QCOMPARE(snapper.step(Tick{0}).count, 240);
        QCOMPARE(snapper.floor(Tick{479}).fromStart, 240);
        QCOMPARE(snapper.nearest(Tick{359}).fromStart, 240);
        QCOMPARE(snapper.nearest(Tick{360}).fromStart, 480);
        QCOMPARE(snapper.after(Tick{480}).fromStart, 720);
        QCOMPARE(snapper.before(Tick{480}).fromStart, 240);
        QCOMPARE(snapper.before(Tick{0}).fromStart, 0);
    }

    void linesStartAfreshInEachBar() {
        const auto meters = fourFourThenThreeEight();
        const Snapper half({.mode = SnapGrid::Mode::Fixed, .denominator = 2}, meters, {}, 0.1);
        QCOMPARE(half.after(Tick{3840}).fromStart, 3840 + 1440);
        QCOMPARE(half.nearest(Tick{3840 + 1500}).fromStart, 3840 + 1440);
    }

    void distancesAreWholeSteps() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({}, meters, {}, 0.1);
        QCOMPARE(snapper.wholeSteps(Ticks{119}, Tick{0}).count, 0);
        QCOMPARE(snapper.wholeSteps(Ticks{121}, Tick{0}).count, 240);
        QCOMPARE(snapper.wholeSteps(Ticks{-121}, Tick{0}).count, -240);
    }

    void tripletsAreTwoThirds() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({.mode = SnapGrid::Mode::Fixed, .denominator = 8, .triplet = true}, meters, {}, 0.1);
        QCOMPARE(snapper.step(Tick{0}).count, 320);
    }

    void adaptiveGridFollowsTheZoom() {
        const auto meters = fourFourThenThreeEight();
        const SnapGrid adaptive{.mode = SnapGrid::Mode::Adaptive};
        std::int64_t last = 0;
        for (double pixels = 2; pixels > 0.001; pixels /= 1.5) {
            const auto step = adaptive.stepAt(Tick{0}, meters, {}, pixels).count;
            QVERIFY(step >= last);
            last = step;
        }
        QCOMPARE(last, 3840);
    }

    void linesThatWouldCrowdAreLeftOut() {
        const auto meters = fourFourThenThreeEight();
        const auto strengths = [&](double pixelsPerTick) {
            std::set<LineStrength> seen;
            for (const auto& line :
                 gridLines({Tick{0}, Tick{3840}}, Snapper({}, meters, {}, pixelsPerTick), pixelsPerTick))
                seen.insert(line.strength);
            return seen.size();
        };
        QCOMPARE(strengths(0.1), std::size_t{3});
        QCOMPARE(strengths(0.02), std::size_t{2});
        QCOMPARE(strengths(0.005), std::size_t{1});
    }

    void barsThinOutByPowersOfTwo() {
        const MeterMap meters;
        for (const auto& line : gridLines({Tick{0}, Tick{3840 * 1000}}, Snapper({}, meters, {}, 0.0003), 0.0003))
            QCOMPARE(line.bar % 8, 0);
    }
};

QTEST_APPLESS_MAIN(SnapGridTest)
#include "snap_grid_test.moc"
