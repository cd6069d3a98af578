#include "ui/pianoroll/snap_grid.h"

#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::ui;
using score::Grid;
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
        const Snapper half({.grid = Grid::of(2)}, meters, {}, 0.1);
        QCOMPARE(half.after(Tick{3840}).fromStart, 3840 + 1440);
        QCOMPARE(half.nearest(Tick{3840 + 1500}).fromStart, 3840 + 1440);
    }

    void distancesAreWholeSteps() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({}, meters, {}, 0.1);
        QCOMPARE(snapper.travel(Ticks{119}, Tick{7}).count, 0);
        QCOMPARE(snapper.travel(Ticks{121}, Tick{7}).count, 240);
        QCOMPARE(snapper.travel(Ticks{-121}, Tick{7}).count, -240);
    }

    void withoutOffsetsWhatIsMovedGoesToTheLines() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({.keepsOffset = false}, meters, {}, 0.1);
        QCOMPARE(snapper.travel(Ticks{121}, Tick{7}).count, 233);
        QCOMPARE(snapper.travel(Ticks{0}, Tick{7}).count, -7);
    }

    void swingMovesEverySecondLineAndTheLinesThatAreDrawn() {
        const auto meters = fourFourThenThreeEight();
        SnapGrid grid{.grid = Grid::of(8)};
        grid.grid.swing = 2.0 / 3;
        const Snapper snapper(grid, meters, {}, 0.1);
        QCOMPARE(snapper.after(Tick{0}).fromStart, 640);
        QCOMPARE(snapper.after(Tick{640}).fromStart, 960);
        QCOMPARE(snapper.nearest(Tick{500}).fromStart, 640);
        std::vector<std::int64_t> drawn;
        for (const auto& line : gridLines({Tick{0}, Tick{1920}}, snapper, 0.1))
            if (line.at < Tick{1920}) drawn.push_back(line.at.fromStart);
        QCOMPARE(drawn, (std::vector<std::int64_t>{0, 640, 960, 1600}));
    }

    void aGridOfBarsHasTheirLines() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({.grid = {.bars = 1}}, meters, {}, 0.1);
        QCOMPARE(snapper.nearest(Tick{2000}).fromStart, 3840);
        QCOMPARE(snapper.after(Tick{3840}).fromStart, 3840 + 1440);
        QCOMPARE(snapper.step(Tick{0}).count, 3840);
    }

    void quintupletsDivideABeatInFive() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({.grid = Grid::tupletOf(16, 5)}, meters, {}, 0.1);
        QCOMPARE(snapper.after(Tick{0}).fromStart, 192);
        QCOMPARE(snapper.floor(Tick{959}).fromStart, 768);
    }

    void finerAndCoarserGoFromBarsToTheShortestValue() {
        SnapGrid grid{.grid = {.bars = 1, .denominator = 1}};
        QStringList names;
        for (int i = 0; i < 8; ++i) {
            names << grid.name();
            grid = grid.finer();
        }
        QCOMPARE(names.join(' '), "Bar 1/1 1/2 1/4 1/8 1/16 1/32 1/64");
        for (int i = 0; i < 12; ++i) grid = grid.coarser();
        QCOMPARE(grid.name(), "Bar");
    }

    void tripletsAreTwoThirds() {
        const auto meters = fourFourThenThreeEight();
        const Snapper snapper({.grid = Grid::tupletOf(8, 3)}, meters, {}, 0.1);
        QCOMPARE(snapper.step(Tick{0}).count, 320);
    }

    void adaptiveGridFollowsTheZoom() {
        const auto meters = fourFourThenThreeEight();
        std::int64_t last = 0;
        for (double pixels = 2; pixels > 0.001; pixels /= 1.5) {
            const Snapper adaptive({.mode = SnapGrid::Mode::Medium}, meters, {}, pixels);
            QVERIFY(adaptive.step(Tick{0}).count >= last);
            last = adaptive.step(Tick{0}).count;
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
