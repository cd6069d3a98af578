#include "engine/base/random.h"
#include "engine/learning/attention.h"
#include "engine/network/position_codes.h"

#include <QTest>

using namespace continuo;
using namespace continuo::learning;

namespace {

/// The largest difference, relative to the largest expected value.
double error(const at::Tensor& ours, const at::Tensor& expected) {
    const auto scale = expected.abs().max().item<double>();
    return (ours.to(at::kDouble) - expected.to(at::kDouble)).abs().max().item<double>() / std::max(scale, 1e-30);
}

/// Independent and normal: what is smooth cancels in the sums of gradients, and only rounding is left.
at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed, double size = 1) {
    base::Random random(seed);
    auto values = at::zeros(shape, at::kFloat);
    auto* data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i) data[i] = static_cast<float>(size * random.normal());
    return values.to(at::kBFloat16);
}

struct Pass {
    at::Tensor out, gradient;
};

template <typename Attention>
Pass through(const Attention& attention, const at::Tensor& qkv, const at::Tensor& direction) {
    const auto input = qkv.clone().set_requires_grad(true);
    const auto out = attention(input);
    (out * direction).sum().backward();
    return {out.detach(), input.grad()};
}

} // namespace

class AttentionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theKernelIsThePlainOne_data() {
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("heads");
        QTest::addColumn<bool>("alibi");
        for (const int time : {2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200, 513})
            for (const bool alibi : {false, true})
                QTest::addRow("%d rows%s", time, alibi ? ", ALiBi" : "") << time << (alibi ? 3 : 2) << alibi;
    }
    void theKernelIsThePlainOne() {
        QFETCH(int, time);
        QFETCH(int, heads);
        QFETCH(bool, alibi);
        const auto slopes = alibi ? network::alibiSlopes(heads) : std::vector<float>{};
        const auto qkv = noise({2, time, 3, heads, 64}, 1);
        const auto direction = noise({2, time, heads * 64}, 2);
        const auto fast =
            through([&](const at::Tensor& x) { return causalAttention(x, slopes, {}, 0); }, qkv, direction);
        const auto plain = through([&](const at::Tensor& x) { return plainCausalAttention(x, slopes, {}, 0); },
                                   qkv.to(at::kDouble), direction.to(at::kDouble));
        QVERIFY2(error(fast.out, plain.out) < 1e-2, qPrintable(QString::number(error(fast.out, plain.out))));
        for (std::int64_t third = 0; third < 3; ++third) { // of queries, keys and values
            const auto difference = error(fast.gradient.select(2, third), plain.gradient.select(2, third));
            QVERIFY2(difference < 2e-2, qPrintable(QString("%1: %2").arg(third).arg(difference)));
        }
    }

    void aSingleRowSeesItself() {
        const auto qkv = noise({1, 1, 3, 2, 64}, 1);
        const auto fast = through([](const at::Tensor& x) { return causalAttention(x, {}, {}, 0); }, qkv,
                                  at::ones({1, 1, 128}, at::kBFloat16));
        QVERIFY(error(fast.out.view({1, 1, 2, 64}), qkv.select(2, 2)) < 1e-2);
        QVERIFY(fast.gradient.narrow(2, 0, 2).abs().max().item<double>() < 1e-2);
        QVERIFY(error(fast.gradient.select(2, 2), at::ones({1, 1, 2, 64})) < 1e-2);
    }

    /// Scores that a naive softmax could not hold.
    void largeScoresDoNotOverflow() {
        const auto qkv = noise({1, 70, 3, 1, 64}, 1) * 12;
        const auto fast =
            through([](const at::Tensor& x) { return causalAttention(x, {}, {}, 0); }, qkv, noise({1, 70, 64}, 2));
        QVERIFY(fast.out.isfinite().all().item<bool>());
        QVERIFY(fast.gradient.isfinite().all().item<bool>());
        const auto plain = plainCausalAttention(qkv.to(at::kDouble), {}, {}, 0);
        QVERIFY(error(fast.out, plain) < 1e-2);
    }

    void theSameBitsComeOutOfAnyNumberOfThreads() {
        const auto qkv = noise({3, 90, 3, 2, 64}, 1), direction = noise({3, 90, 128}, 2);
        const auto run = [&](int threads) {
            at::set_num_threads(threads);
            return through([](const at::Tensor& x) { return causalAttention(x, {}, {}, 0); }, qkv, direction);
        };
        const auto one = run(1), two = run(2);
        QVERIFY(at::equal(one.out, two.out));
        QVERIFY(at::equal(one.gradient, two.gradient));
    }
};

QTEST_APPLESS_MAIN(AttentionTest)
#include "attention_test.moc"
