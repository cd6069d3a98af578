#include "engine/learning/run_plan.h"
#include "engine/learning/schedule.h"

#include <QTest>
#include <cmath>
#include <numbers>

using namespace continuo;
using namespace continuo::learning;

namespace {

configuration::TrainingSettings scheduled(const char* name, std::int64_t warmup = 0) {
    configuration::TrainingSettings settings;
    settings.schedule = name;
    settings.learningRate = 1;
    settings.warmup = warmup;
    return settings;
}

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

} // namespace

class ScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRateWarmsUpAndFalls() {
        auto settings = scheduled("warmup-cosine", 10);
        settings.maxSteps = 110;
        settings.finalShare = 0.1;
        QVERIFY(std::abs(learningRateAt(settings, 0, 0) - 0.1) < 1e-3);
        QVERIFY(learningRateAt(settings, 9, 0) > 0.95);
        QVERIFY(near(learningRateAt(settings, 55, 0), 0.55));
        QVERIFY(near(learningRateAt(settings, 110, 0), 0.1));
        QVERIFY(near(learningRateAt(settings, 1000, 0), 0.1));
        settings.maxSteps = 0;
        settings.maxSeconds = 60;
        QVERIFY(near(learningRateAt(settings, 55, 30), 0.55));
        settings.schedule = "constant";
        QCOMPARE(learningRateAt(settings, 500, 59), 1.0);
    }

    /// PyTorch's CosineAnnealingWarmRestarts, stepped as it steps: T_cur counts up to T_i, then T_i doubles.
    void theCosineRestartsWhereMidiLmsDoes() {
        auto settings = scheduled("cosine");
        settings.learningRate = 0.002;
        settings.restartPeriod = 200;
        settings.restartFactor = 2;
        std::vector<std::int64_t> restarts;
        std::int64_t since = 0, period = 200;
        for (std::int64_t step = 0; step < 13000; ++step, ++since) {
            if (since == period) {
                since = 0;
                period *= 2;
                restarts.push_back(step);
            }
            const auto expected =
                1e-6 + (0.002 - 1e-6) *
                           (1 + std::cos(std::numbers::pi * static_cast<double>(since) / static_cast<double>(period))) /
                           2;
            QVERIFY(std::abs(learningRateAt(settings, step, 0) - expected) < 1e-12);
        }
        QCOMPARE(restarts, (std::vector<std::int64_t>{200, 600, 1400, 3000, 6200, 12600}));
        for (const auto step : restarts) QCOMPARE(learningRateAt(settings, step, 0), 0.002);
    }

    void mmtRisesAndFallsInLines() {
        auto settings = scheduled("mmt", 5000);
        settings.horizon = 100000;
        settings.finalShare = 0.1;
        QVERIFY(near(learningRateAt(settings, 0, 0), 1.0 / 5000));
        QVERIFY(near(learningRateAt(settings, 4999, 0), 1));
        QVERIFY(near(learningRateAt(settings, 5000, 0), 1));
        QVERIFY(near(learningRateAt(settings, 52500, 0), 0.55));
        QVERIFY(near(learningRateAt(settings, 100000, 0), 0.1));
        QVERIFY(near(learningRateAt(settings, 199999, 0), 0.1));
    }

    void aPlateauLowersTheRate() {
        auto settings = scheduled("plateau");
        settings.plateauPatience = 2;
        settings.leastRate = 0.005;
        Plateau plateau;
        plateau.validated(settings, 3.0);
        plateau.validated(settings, 2.9999); // not a ten-thousandth better
        plateau.validated(settings, 3.1);
        QCOMPARE(learningRateAt(settings, 10, 0, plateau), 1.0);
        plateau.validated(settings, 3.0); // the third that is not better
        QVERIFY(near(learningRateAt(settings, 10, 0, plateau), 0.1));
        plateau.validated(settings, 2.0);
        for (int i = 0; i < 9; ++i) plateau.validated(settings, 2.5);
        QVERIFY(near(learningRateAt(settings, 10, 0, plateau), 0.005)); // 0.01, then the least
    }

    void epochsBecomeSteps() {
        configuration::TrainingSettings settings;
        settings.maxEpochs = 3;
        QCOMPARE(inSteps(settings, 40).maxSteps, std::int64_t{120});
        settings.maxSteps = 100;
        QCOMPARE(inSteps(settings, 40).maxSteps, std::int64_t{100});
        QCOMPARE(inSteps(settings, 40).validateEvery, std::int64_t{40});
        settings.validateEpochs = 0.25;
        QCOMPARE(inSteps(settings, 40).validateEvery, std::int64_t{10});
        settings.validateEpochs = 0.001;
        QCOMPARE(inSteps(settings, 40).validateEvery, std::int64_t{1});
        settings.validateEvery = 7;
        QCOMPARE(inSteps(settings, 40).validateEvery, std::int64_t{7});
        QCOMPARE(overfittedBatches(settings, 40), std::int64_t{0});
        settings.overfitShare = 0.1;
        QCOMPARE(overfittedBatches(settings, 40), std::int64_t{4});
        settings.overfitBatches = 90;
        QCOMPARE(overfittedBatches(settings, 40), std::int64_t{40});
    }
};

QTEST_APPLESS_MAIN(ScheduleTest)
#include "schedule_test.moc"
