#include "engine/network/position_codes.h"

#include <QTest>
#include <cmath>

using namespace continuo::network;

class PositionCodesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void slopesOfAPowerOfTwoAreAGeometricSeriesDownToOneIn256() {
        QVERIFY((alibiSlopes(4) == std::vector<float>{1.0F / 4, 1.0F / 16, 1.0F / 64, 1.0F / 256}));
        for (const std::int64_t heads : {1, 2, 8, 16, 64}) {
            const auto slopes = alibiSlopes(heads);
            QCOMPARE(slopes.size(), static_cast<std::size_t>(heads));
            QCOMPARE(slopes.back(), 1.0F / 256);
            for (std::size_t k = 0; k < slopes.size(); ++k)
                QVERIFY(std::abs(slopes[k] - std::pow(slopes[0], static_cast<float>(k + 1))) < 1e-6F);
        }
    }

    void otherCountsTakeEverySecondSlopeOfTheDoubledSet() {
        const std::vector<float> six{1.0F / 4, 1.0F / 16, 1.0F / 64, 1.0F / 256, 1.0F / 2, 1.0F / 8};
        QVERIFY(alibiSlopes(6) == six);
        QVERIFY((alibiSlopes(3) == std::vector<float>{1.0F / 16, 1.0F / 256, 1.0F / 4}));
    }

    void rotaryFrequenciesFallFromOneToTheRootOfTenThousandth() {
        const auto& frequencies = rotaryFrequencies();
        QCOMPARE(frequencies.front(), 1.0F);
        QVERIFY(std::abs(frequencies[8] - 0.01F) < 1e-8F);
        for (std::size_t i = 1; i < frequencies.size(); ++i)
            QVERIFY(std::abs(frequencies[i] / frequencies[i - 1] - std::pow(10.0F, -0.25F)) < 1e-6F);
    }
};

QTEST_APPLESS_MAIN(PositionCodesTest)
#include "position_codes_test.moc"
