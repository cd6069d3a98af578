#include "engine/base/random.h"
#include "engine/sound/output_stage.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <vector>

using namespace continuo;
using namespace continuo::sound;

class OutputStageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingLeavesThatIsNoNumberOrAboveFullScale() {
        OutputStage stage(48000);
        base::Random random(3);
        const float wild[] = {
            std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -1e30F, 5e4F, 0, 3};
        for (int block = 0; block < 200; ++block) {
            std::vector<float> left(64), right(64);
            for (int i = 0; i < 64; ++i)
                left[i] = wild[random.below(6)], right[i] = static_cast<float>(4 * random.normal());
            stage.process(left.data(), right.data(), 64);
            for (int i = 0; i < 64; ++i) {
                QVERIFY(std::isfinite(left[i]) && std::abs(left[i]) <= 1);
                QVERIFY(std::isfinite(right[i]) && std::abs(right[i]) <= 1);
            }
        }
        QVERIFY(stage.badSamples() > 100);
    }

    void belowFullScaleNothingIsChanged() {
        OutputStage stage(48000);
        std::vector<float> left(4800), right(4800);
        stage.process(left.data(), right.data(), 4800);
        for (int i = 0; i < 4800; ++i) left[i] = right[i] = 0.9F * std::sin(0.05F * static_cast<float>(i));
        const auto before = left;
        stage.process(left.data(), right.data(), 4800);
        QCOMPARE(left, before);
        QVERIFY(std::abs(stage.takePeakLeft() - 0.9F) < 0.01F);
        QCOMPARE(stage.takePeakLeft(), 0.0F);
    }
};

QTEST_APPLESS_MAIN(OutputStageTest)
#include "output_stage_test.moc"
