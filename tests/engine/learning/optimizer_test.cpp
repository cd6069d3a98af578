#include "tests/engine/learning/nets.h"

#include "engine/learning/batch_tensors.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/schedule.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace continuo;
using namespace continuo::learning;

namespace {

std::vector<at::Tensor> twoLeaves() {
    at::Tensor first = at::arange(30, at::kFloat).view({5, 6}).mul(0.1).sub(1);
    at::Tensor second = at::arange(7, at::kFloat).mul(-0.2).add(0.5);
    return {first.set_requires_grad(true), second.set_requires_grad(true)};
}

void giveGradients(std::vector<at::Tensor>& leaves, double scale) {
    leaves[0].mutable_grad() = leaves[0].detach().sin() * scale;
    leaves[1].mutable_grad() = leaves[1].detach().cos() * scale;
}

/// Algorithm 2 of the paper on one number.
struct PlainAdamW {
    double value, mean = 0, square = 0;
    void step(double gradient, std::int64_t count, double rate, double decay, const AdamWOptions& options) {
        mean = options.beta1 * mean + (1 - options.beta1) * gradient;
        square = options.beta2 * square + (1 - options.beta2) * gradient * gradient;
        const auto meanHat = mean / (1 - std::pow(options.beta1, static_cast<double>(count)));
        const auto squareHat = square / (1 - std::pow(options.beta2, static_cast<double>(count)));
        value -= rate * decay * value;
        value -= rate * meanHat / (std::sqrt(squareHat) + options.epsilon);
    }
};

} // namespace

class OptimizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void updatesAreThoseOfTheFormula_data() {
        QTest::addColumn<double>("clip");
        QTest::addColumn<double>("scale");
        QTest::newRow("unclipped") << 0.0 << 3.0;
        QTest::newRow("below the limit") << 100.0 << 0.5;
        QTest::newRow("clipped") << 1.0 << 3.0;
    }
    void updatesAreThoseOfTheFormula() {
        QFETCH(double, clip);
        QFETCH(double, scale);
        auto leaves = twoLeaves();
        const AdamWOptions options{.beta1 = 0.9, .beta2 = 0.95, .epsilon = 1e-8, .weightDecay = 0.1, .clip = clip};
        AdamW optimizer(leaves, {true, false}, options);
        std::vector<PlainAdamW> plain;
        for (const auto& leaf : leaves)
            for (std::int64_t i = 0; i < leaf.numel(); ++i)
                plain.push_back({leaf.detach().view({-1})[i].item<double>()});
        for (int count = 1; count <= 6; ++count) {
            const auto rate = 0.01 * count;
            giveGradients(leaves, scale);
            std::vector<double> gradients;
            for (const auto& leaf : leaves)
                for (std::int64_t i = 0; i < leaf.numel(); ++i)
                    gradients.push_back(leaf.grad().view({-1})[i].item<double>());
            double norm = 0;
            for (const auto gradient : gradients) norm += gradient * gradient;
            norm = std::sqrt(norm);
            const auto shrink = clip > 0 ? std::max(1.0, norm / clip) : 1.0;
            for (std::size_t i = 0; i < plain.size(); ++i)
                plain[i].step(gradients[i] / shrink, count, rate, i < 30 ? 0.1 : 0.0, options);

            const auto measured = optimizer.step(rate).item<double>();

            QVERIFY(std::abs(measured - norm) < 1e-4 * norm);
            for (std::size_t i = 0; i < plain.size(); ++i) {
                const auto& leaf = leaves[i < 30 ? 0 : 1];
                const auto value =
                    leaf.detach().view({-1})[static_cast<std::int64_t>(i < 30 ? i : i - 30)].item<double>();
                QVERIFY2(std::abs(value - plain[i].value) < 1e-5,
                         qPrintable(QString("%1: %2 %3").arg(i).arg(value).arg(plain[i].value)));
            }
        }
        QCOMPARE(optimizer.updates(), std::int64_t{6});
    }

    void aGradientThatIsNotFiniteChangesNothing() {
        for (const auto bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
            auto leaves = twoLeaves();
            AdamW optimizer(leaves, {true, false}, {});
            giveGradients(leaves, 1);
            (void)optimizer.step(0.01);
            const auto weights = leaves[0].detach().clone(), mean = optimizer.means()[0].clone(),
                       square = optimizer.squares()[0].clone();
            giveGradients(leaves, 1);
            leaves[1].mutable_grad()[3] = bad;

            QVERIFY(!std::isfinite(optimizer.step(0.01).item<double>()));

            QVERIFY(at::equal(weights, leaves[0].detach()));
            QVERIFY(at::equal(mean, optimizer.means()[0]));
            QVERIFY(at::equal(square, optimizer.squares()[0]));
            QCOMPARE(optimizer.updates(), std::int64_t{1});
        }
    }

    void theRateWarmsUpAndFalls() {
        configuration::TrainingSettings settings;
        settings.schedule = "cosine";
        settings.learningRate = 1;
        settings.warmup = 10;
        settings.maxSteps = 110;
        settings.finalShare = 0.1;
        QVERIFY(std::abs(learningRateAt(settings, 0, 0) - 0.1) < 1e-3);
        QVERIFY(learningRateAt(settings, 9, 0) > 0.95);
        QVERIFY(std::abs(learningRateAt(settings, 55, 0) - 0.55) < 1e-9);
        QVERIFY(std::abs(learningRateAt(settings, 110, 0) - 0.1) < 1e-9);
        QVERIFY(std::abs(learningRateAt(settings, 1000, 0) - 0.1) < 1e-9);
        settings.maxSteps = 0;
        settings.maxSeconds = 60;
        QVERIFY(std::abs(learningRateAt(settings, 55, 30) - 0.55) < 1e-9);
        settings.schedule = "constant";
        QCOMPARE(learningRateAt(settings, 500, 59), 1.0);
    }
};

QTEST_APPLESS_MAIN(OptimizerTest)
#include "optimizer_test.moc"
