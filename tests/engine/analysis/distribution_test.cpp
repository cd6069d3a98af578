#include "engine/analysis/distribution.h"
#include "engine/base/random.h"

#include <QTest>
#include <array>
#include <cmath>

using namespace continuo;
using namespace continuo::analysis;

class DistributionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fiveNumbersComeToWhatTheyDoByHand() {
        const std::array values{2.0, 4.0, 4.0, 5.0, 10.0};
        const auto result = distributionOf(values, 4);
        QCOMPARE(result.mean, 5.0);
        QCOMPARE(result.deviation, 3.0); // squares 9 + 1 + 1 + 0 + 25 over 4
        QCOMPARE(result.total, 25.0);
        QCOMPARE(result.bins, (std::vector<std::size_t>{1, 3, 0, 1}));
    }

    void nothingAndOneValueHaveNoWidth() {
        QCOMPARE(distributionOf({}).count, std::size_t{0});
        const std::array one{3.0};
        const auto result = distributionOf(one, 5);
        QCOMPARE(result.bins[0], std::size_t{1});
        QCOMPARE(confidence95(result), 0.0);
    }

    void quantilesAreStudents() {
        // From tables of the t distribution (NIST Handbook, 1.3.6.7.2).
        const std::array<std::pair<std::size_t, double>, 9> known{{{1, 12.706},
                                                                   {2, 4.303},
                                                                   {4, 2.776},
                                                                   {5, 2.571},
                                                                   {9, 2.262},
                                                                   {19, 2.093},
                                                                   {30, 2.042},
                                                                   {100, 1.984},
                                                                   {100'000, 1.960}}};
        for (const auto& [freedom, quantile] : known)
            QVERIFY2(std::abs(studentQuantile(freedom) - quantile) < 6e-4, qPrintable(QString::number(freedom)));
    }

    void theIntervalHoldsTheTrueMeanNinetyFiveTimesInAHundred() {
        base::Random random(8);
        int inside = 0;
        for (int i = 0; i < 4000; ++i) {
            std::array<double, 6> sample{};
            for (auto& value : sample) value = 7 + 3 * random.normal();
            const auto result = distributionOf(sample);
            inside += std::abs(result.mean - 7) <= confidence95(result);
        }
        QVERIFY2(std::abs(inside / 4000.0 - 0.95) < 0.012, qPrintable(QString::number(inside)));
    }
};

QTEST_APPLESS_MAIN(DistributionTest)
#include "distribution_test.moc"
