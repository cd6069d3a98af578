#include "tests/engine/learning/nets.h"

#include "engine/learning/batch_tensors.h"
#include "engine/learning/optimizer.h"

#include <QTest>
#include <algorithm>
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

/// The papers' algorithms on one number, in double precision.
struct PlainRule {
    double value, mean = 0, square = 0, largest = 0, velocity = 0;
    void step(double gradient, std::int64_t count, double rate, double decay, const OptimizerOptions& options) {
        if (options.rule != UpdateRule::AdamW) gradient += decay * value;
        if (options.rule == UpdateRule::Sgd) {
            velocity = options.momentum * velocity + gradient;
            value -= rate * velocity;
            return;
        }
        mean = options.beta1 * mean + (1 - options.beta1) * gradient;
        square = options.beta2 * square + (1 - options.beta2) * gradient * gradient;
        largest = std::max(largest, square);
        const auto meanHat = mean / (1 - std::pow(options.beta1, static_cast<double>(count)));
        const auto divisor =
            (options.amsgrad ? largest : square) / (1 - std::pow(options.beta2, static_cast<double>(count)));
        if (options.rule == UpdateRule::AdamW) value -= rate * decay * value;
        value -= rate * meanHat / (std::sqrt(divisor) + options.epsilon);
    }
};

} // namespace

class OptimizerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void updatesAreThoseOfTheFormula_data() {
        QTest::addColumn<int>("rule");
        QTest::addColumn<bool>("amsgrad");
        QTest::addColumn<double>("momentum");
        QTest::addColumn<double>("clip");
        QTest::addColumn<double>("scale");
        const auto add = [](const char* name, UpdateRule rule, bool amsgrad = false, double momentum = 0.9) {
            QTest::addRow("%s, unclipped", name) << static_cast<int>(rule) << amsgrad << momentum << 0.0 << 3.0;
            QTest::addRow("%s, below the limit", name) << static_cast<int>(rule) << amsgrad << momentum << 100.0 << 0.5;
            QTest::addRow("%s, clipped", name) << static_cast<int>(rule) << amsgrad << momentum << 1.0 << 3.0;
        };
        add("adamw", UpdateRule::AdamW);
        add("adamw amsgrad", UpdateRule::AdamW, true);
        add("adam", UpdateRule::Adam);
        add("adam amsgrad", UpdateRule::Adam, true);
        add("sgd", UpdateRule::Sgd);
        add("sgd without momentum", UpdateRule::Sgd, false, 0);
    }
    void updatesAreThoseOfTheFormula() {
        QFETCH(int, rule);
        QFETCH(bool, amsgrad);
        QFETCH(double, momentum);
        QFETCH(double, clip);
        QFETCH(double, scale);
        auto leaves = twoLeaves();
        OptimizerOptions options{.rule = static_cast<UpdateRule>(rule), .beta2 = 0.95, .amsgrad = amsgrad};
        options.momentum = momentum;
        options.weightDecay = 0.1;
        options.clip = clip;
        Optimizer optimizer(leaves, {true, false}, options);
        std::vector<PlainRule> plain;
        for (const auto& leaf : leaves)
            for (std::int64_t i = 0; i < leaf.numel(); ++i)
                plain.push_back({leaf.detach().view({-1})[i].item<double>()});
        for (int count = 1; count <= 6; ++count) {
            const auto rate = 0.01 * count;
            giveGradients(leaves, count == 3 ? 5 * scale : scale); // the largest mean square is not the last
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

            const auto measured = optimizer.step(rate).norm.item<double>();

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

    void whatIsNotFiniteChangesNothing_data() {
        QTest::addColumn<int>("rule");
        QTest::newRow("adamw") << static_cast<int>(UpdateRule::AdamW);
        QTest::newRow("adam") << static_cast<int>(UpdateRule::Adam);
        QTest::newRow("sgd") << static_cast<int>(UpdateRule::Sgd);
    }
    void whatIsNotFiniteChangesNothing() {
        QFETCH(int, rule);
        for (const auto bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
            for (const bool inLoss : {false, true}) {
                auto leaves = twoLeaves();
                Optimizer optimizer(leaves, {true, false}, {.rule = static_cast<UpdateRule>(rule)});
                giveGradients(leaves, 1);
                (void)optimizer.step(0.01, at::ones({}));
                const auto weights = leaves[0].detach().clone();
                std::vector<at::Tensor> memories;
                for (const auto& memory : optimizer.memories()) memories.push_back(memory.values[1].clone());
                giveGradients(leaves, 1);
                if (!inLoss) leaves[1].mutable_grad()[3] = bad;

                const auto outcome = optimizer.step(0.01, inLoss ? at::full({}, bad) : at::ones({}));

                QCOMPARE(outcome.isBad.item<double>(), 1.0);
                QVERIFY(at::equal(weights, leaves[0].detach()));
                for (std::size_t m = 0; m < memories.size(); ++m)
                    QVERIFY(at::equal(memories[m], optimizer.memories()[m].values[1]));
                QCOMPARE(optimizer.updates(), std::int64_t{1});
            }
    }
};

QTEST_APPLESS_MAIN(OptimizerTest)
#include "optimizer_test.moc"
