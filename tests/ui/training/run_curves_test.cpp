#include "ui/training/axis_ticks.h"
#include "ui/training/run_curves.h"
#include "ui/training/run_record.h"
#include "ui/training/run_settings.h"

#include <QTest>
#include <cmath>
#include <numeric>

using namespace continuo;
using namespace continuo::ui;

namespace {

runs::MetricPoint point(std::int64_t step, double loss) {
    return {step, static_cast<double>(step) * 0.5, step * 100, {{kTrainLoss, loss}}};
}

} // namespace

class RunCurvesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsThatAResumedRunRepeatsReplaceTheOldOnes() {
        RunCurves curves;
        for (int step = 1; step <= 10; ++step) curves.add(point(step, 5));

        for (int step = 8; step <= 12; ++step) curves.add(point(step, 3));

        const auto& loss = curves.curve(kTrainLoss);
        QCOMPARE(loss.size(), std::size_t{12});
        QVERIFY(std::is_sorted(loss.steps.begin(), loss.steps.end()));
        QCOMPARE(loss.values[6], 5.0);
        QCOMPARE(loss.values[7], 3.0);
        QCOMPARE(curves.lastAlong(Progress::Time), 6.0);
        QCOMPARE(curves.lastAlong(Progress::Tokens), 1200.0);
    }

    void aTrendKeepsAConstantAndDelaysNoSlope() {
        const std::vector<double> constant(500, 2.5);
        std::vector<double> ramp(1000);
        std::iota(ramp.begin(), ramp.end(), 0.0);

        QCOMPARE(trendOf(constant, 1.0), constant);
        QVERIFY(std::abs(trendOf(ramp, 0.5)[500] - 500) < 1.0);
        QCOMPARE(trendOf(ramp, 0.0), ramp);
    }

    void aTrendPassesOverValuesThatAreNotFinite() {
        std::vector<double> values(300, 1.0);
        values[100] = std::nan("");

        const auto trend = trendOf(values, 0.8);

        QVERIFY(std::isnan(trend[100]));
        QCOMPARE(trend[101], 1.0);
    }

    void logarithmicTicksAreRoundAscendingAndFew_data() {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("a late loss") << 1.1 << 1.4;
        QTest::newRow("a whole run") << 1.06 << 25.0;
        QTest::newRow("many decades") << 1e-4 << 1e3;
    }
    void logarithmicTicksAreRoundAscendingAndFew() {
        QFETCH(double, low);
        QFETCH(double, high);

        const auto ticks = logTicks(low, high, 8);

        QVERIFY(!ticks.empty());
        QVERIFY(ticks.size() <= 8);
        QVERIFY(std::is_sorted(ticks.begin(), ticks.end()));
        QVERIFY(ticks.front() >= low * 0.999 && ticks.back() <= high * 1.001);
    }

    void axisWordsAreShort() {
        QCOMPARE(tickText(0), QString("0"));
        QCOMPARE(tickText(5000), QString("5,000"));
        QCOMPARE(tickText(20000), QString("20k"));
        QCOMPARE(tickText(1500000), QString("1.5M"));
        QCOMPARE(tickText(0.0003), QString("3e-4"));
        QCOMPARE(tickText(1.4), QString("1.4"));
        QCOMPARE(timeTickText(300), QString("5 min"));
    }

    void nearestIndexChoosesTheCloserNeighbour() {
        const std::vector<double> at{0, 10, 20};
        QCOMPARE(nearestIndex(at, -5), std::size_t{0});
        QCOMPARE(nearestIndex(at, 14), std::size_t{1});
        QCOMPARE(nearestIndex(at, 16), std::size_t{2});
        QCOMPARE(nearestIndex(at, 99), std::size_t{2});
    }

    void aSampleIsNamedForItsStep() {
        QCOMPARE(sampleStep("/r/samples/step-1200.mid"), std::optional<std::int64_t>(1200));
        QCOMPARE(sampleStep("/r/samples/step-40-2.mid"), std::optional<std::int64_t>(40));
        QVERIFY(!sampleStep("/r/samples/other.mid"));
    }

    void theCommandSaysWhatTheFormSays() {
        RunSettings settings;
        settings.dataset = "/home/me/my pieces";
        settings.network = "mmt-7m";
        settings.limitKind = RunSettings::Limit::Steps;
        settings.limit = 400;
        settings.seed = 9;

        const auto words = trainWords(settings, {});
        const auto line = terminalLine(words);

        QVERIFY(std::ranges::find(words, "trainer.max_steps=400") != words.end());
        QVERIFY(line.startsWith("continuo train 'dataset=/home/me/my pieces' network=mmt-7m"));
        QVERIFY(line.contains("seed=9"));
    }
};

QTEST_APPLESS_MAIN(RunCurvesTest)
#include "run_curves_test.moc"
