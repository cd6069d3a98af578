#include "engine/base/random.h"
#include "engine/score/operations/curves.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::score;

namespace {

constexpr ValueBounds kSeven{0, 127};

Figure line(std::int64_t end, double from, double to) {
    return {.kind = Figure::Kind::Line, .start = {0}, .end = {end}, .from = from, .to = to};
}

int valueAt(const std::vector<ControlPoint>& points, Tick at) {
    int value = -1;
    for (const auto& point : points)
        if (!(at < point.at)) value = point.value;
    return value;
}

} // namespace

class CurvesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineIsNeverMoreThanAStepAway() {
        base::Random random(1);
        for (int i = 0; i < 200; ++i) {
            const auto figure = line(random.between(1, 9000), static_cast<double>(random.between(0, 127)),
                                     static_cast<double>(random.between(0, 127)));
            const auto points = sampled(figure, kSeven, {1});
            for (std::int64_t t = 0; t <= figure.end.fromStart; t += 7)
                QVERIFY(std::abs(valueAt(points, {t}) - figure.valueAt({t})) <= 0.5 + 1e-9);
        }
    }

    void aLongLineIsThinnedToOneEventAValue() {
        const auto points = sampled(line(1'000'000, 0, 127), kSeven, {1});
        QCOMPARE(points.size(), std::size_t{128});
        for (std::size_t i = 0; i < points.size(); ++i) QCOMPARE(points[i].value, static_cast<int>(i));
    }

    void noTwoEventsAreCloserThanTheBrush() {
        for (const auto kind : {Figure::Kind::Line, Figure::Kind::Parabola, Figure::Kind::Smooth, Figure::Kind::Sine}) {
            const Figure figure{
                .kind = kind, .start = {100}, .end = {4000}, .from = 10, .to = 120, .bow = 1, .period = {700}};
            const auto points = sampled(figure, kSeven, {60});
            QVERIFY(points.size() > 20);
            for (std::size_t i = 1; i + 1 < points.size(); ++i) {
                QVERIFY((points[i].at - points[i - 1].at).count >= 60);
                QVERIFY(points[i].value != points[i - 1].value);
            }
        }
    }

    void figuresBeginAndEndWhereTheyAreDrawn() {
        for (const auto kind : {Figure::Kind::Step, Figure::Kind::Line, Figure::Kind::Parabola, Figure::Kind::Smooth}) {
            const Figure figure{.kind = kind, .start = {0}, .end = {960}, .from = 20, .to = 90, .bow = -0.5};
            QCOMPARE(figure.valueAt({0}), 20.0);
            QCOMPARE(figure.valueAt({960}), 90.0);
            const auto points = sampled(figure, kSeven, {10});
            QCOMPARE(points.front(), (ControlPoint{{0}, 20}));
            QCOMPARE(points.back().value, 90);
        }
        QCOMPARE(sampled({.kind = Figure::Kind::Step, .start = {0}, .end = {960}, .from = 20, .to = 90}, kSeven, {10})
                     .size(),
                 std::size_t{2});
    }

    void aParabolaIsBentTheWayOfItsBow() {
        Figure figure{.kind = Figure::Kind::Parabola, .start = {0}, .end = {1000}, .from = 0, .to = 100, .bow = 1};
        QCOMPARE(figure.valueAt({500}), 25.0);
        figure.bow = -1;
        QCOMPARE(figure.valueAt({500}), 75.0);
        figure.bow = 0;
        QCOMPARE(figure.valueAt({500}), 50.0);
    }

    void aSineHasItsCrestAQuarterIn() {
        const Figure figure{
            .kind = Figure::Kind::Sine, .start = {0}, .end = {4000}, .from = 64, .to = 100, .period = {1000}};
        QVERIFY(std::abs(figure.valueAt({250}) - 100) < 1e-9);
        QVERIFY(std::abs(figure.valueAt({750}) - 28) < 1e-9);
        QVERIFY(std::abs(figure.valueAt({3000}) - 64) < 1e-9);
    }

    void valuesAreKeptWithinTheirBounds() {
        const Figure wild{
            .kind = Figure::Kind::Sine, .start = {0}, .end = {4000}, .from = 64, .to = 500, .period = {1000}};
        for (const auto& point : sampled(wild, kSeven, {5})) QVERIFY(0 <= point.value && point.value <= 127);
        for (const auto& point : sampled(wild, {-8192, 8191}, {5})) QVERIFY(std::abs(point.value) <= 500);
    }

    void aBrushFillsWhatItWasDraggedOver() {
        BrushPath path({10});
        path.add({100}, 0);
        path.add({200}, 100);
        QCOMPARE(path.range(), (TickRange{{100}, {210}}));
        const auto points = path.points(kSeven);
        QCOMPARE(points.size(), std::size_t{11});
        for (std::size_t i = 0; i < points.size(); ++i) QCOMPARE(points[i].value, static_cast<int>(i) * 10);
        path.add({150}, 100); // and back: the later part counts
        QCOMPARE(valueAt(path.points(kSeven), {170}), 100);
        QCOMPARE(valueAt(path.points(kSeven), {140}), 40);
        path.add({50}, 0);
        QCOMPARE(path.range().start, Tick{50});
    }
};

QTEST_APPLESS_MAIN(CurvesTest)
#include "curves_test.moc"
