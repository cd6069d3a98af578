#include "engine/learning/row_functions.h"
#include "engine/learning/row_kernels.h"
#include "tests/engine/learning/nets.h"

#include "engine/learning/batch_tensors.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::learning;

namespace {

double error(const at::Tensor& ours, const at::Tensor& expected) {
    const auto scale = expected.abs().max().item<double>();
    return (ours.to(at::kDouble) - expected.to(at::kDouble)).abs().max().item<double>() / std::max(scale, 1e-30);
}

/// Independent and normal: what is smooth cancels in the sums of gradients, and only rounding is left.
at::Tensor noise(at::IntArrayRef shape, double seed, double size = 1) {
    base::Random random(static_cast<std::uint64_t>(1000 * seed));
    auto values = at::zeros(shape, at::kFloat);
    auto* data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i) data[i] = static_cast<float>(size * random.normal());
    return values;
}

/// Products in bfloat16 while it lives, as in training.
class LowPrecision {
public:
    LowPrecision() {
        at::autocast::set_autocast_enabled(at::kCPU, true);
        at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
    }
    ~LowPrecision() {
        at::autocast::set_autocast_enabled(at::kCPU, false);
        at::autocast::clear_cache();
    }
    LowPrecision(const LowPrecision&) = delete;
    LowPrecision& operator=(const LowPrecision&) = delete;
};

void seedDropout(std::uint64_t seed) {
    auto generator = at::detail::getDefaultCPUGenerator(); // a handle: copies share their state
    generator.set_current_seed(seed);
}

/// Loss and gradients of every tensor of a net in bfloat16.
std::vector<at::Tensor> gradientsOf(Transformer& net, const Batch& batch, double* loss) {
    for (const auto& leaf : net.leaves()) at::Tensor(leaf).mutable_grad().reset();
    at::Tensor total;
    {
        const LowPrecision low;
        total = batchLosses(net, batch).total;
    }
    *loss = total.item<double>();
    total.backward();
    std::vector<at::Tensor> gradients;
    for (const auto& leaf : net.leaves()) gradients.push_back(leaf.grad().clone());
    return gradients;
}

} // namespace

/// Each one-pass function against the plain one, which is LibTorch's.
class RowFunctionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addingAndNormalizingIsThePlainOne_data() {
        QTest::addColumn<bool>("adds");
        QTest::addColumn<bool>("wide");
        QTest::addColumn<int>("width");
        QTest::newRow("adds") << true << false << 48;
        QTest::newRow("adds, wide") << true << true << 48;
        QTest::newRow("adds nothing") << false << false << 48;
        QTest::newRow("adds nothing, wide") << false << true << 48;
        for (const int odd : {7, 20, 100}) // network.emb_dim=100: rows that do not end with a vector
            QTest::addRow("adds, %d wide", odd) << true << true << odd;
    }
    void addingAndNormalizingIsThePlainOne() {
        QFETCH(bool, adds);
        QFETCH(bool, wide);
        QFETCH(int, width);
        const auto run = [&](bool plain) {
            const LowPrecision low;
            std::optional<PlainKernels> off;
            if (plain) off.emplace();
            const auto x = noise({3, 50, width}, 0.731, 2).set_requires_grad(true);
            const auto y = noise({3, 50, width}, 0.377).to(at::kBFloat16).set_requires_grad(true);
            const NormWeights norm{(noise({width}, 0.9) + 1.5).set_requires_grad(true),
                                   noise({width}, 0.4).set_requires_grad(true)};
            const auto [sum, h] = addAndNormalize(x, adds ? y : at::Tensor(), 0, norm, wide);
            ((sum * noise({3, 50, width}, 0.13)).sum() + (h.to(at::kFloat) * noise({3, 50, width}, 0.29)).sum())
                .backward();
            return std::vector{sum.detach(),     h.detach(),      x.grad(), adds ? y.grad() : x.grad(),
                               norm.gain.grad(), norm.bias.grad()};
        };
        const auto fast = run(false), plain = run(true);
        for (std::size_t i = 0; i < fast.size(); ++i)
            QVERIFY2(error(fast[i], plain[i]) < 2e-2, // a gradient that came in bfloat16
                     qPrintable(QString("%1: %2").arg(i).arg(error(fast[i], plain[i]))));
        QVERIFY(error(fast[0], plain[0]) < 1e-6);
        if (wide) QVERIFY(error(fast[1], plain[1]) < 1e-5);
    }

    void geluIsThePlainOne() {
        const auto run = [&](bool plain) {
            const LowPrecision low;
            std::optional<PlainKernels> off;
            if (plain) off.emplace();
            const auto x = at::linspace(-9, 9, 7 * 333).view({7, 333}).to(at::kBFloat16).set_requires_grad(true);
            const auto y = geluAndDrop(x, 0);
            (y * noise({7, 333}, 0.21).to(at::kBFloat16)).sum().backward();
            return std::vector{y.detach(), x.grad()};
        };
        const auto fast = run(false), plain = run(true);
        for (std::size_t i = 0; i < 2; ++i)
            QVERIFY((fast[i] - plain[i]).abs().max().item<double>() < 0.04); // half a step at 9
        QVERIFY(error(fast[0].narrow(0, 2, 3), plain[0].narrow(0, 2, 3)) < 1e-2);
    }

    void embeddingIsThePlainOne_data() {
        QTest::addColumn<int>("width");
        for (const int width : {32, 7, 20, 100}) QTest::addRow("%d wide", width) << width;
    }
    void embeddingIsThePlainOne() {
        QFETCH(int, width);
        const auto run = [&](bool plain) {
            const LowPrecision low;
            std::optional<PlainKernels> off;
            if (plain) off.emplace();
            const auto table = noise({20, width}, 0.731).set_requires_grad(true);
            const auto positions = noise({9, width}, 0.211).set_requires_grad(true);
            const auto ids = (at::arange(2 * 9 * 3, at::kLong) * 7).remainder(20).view({2, 9, 3});
            const auto x = embedRows(table, ids, positions);
            (x * noise({2, 9, width}, 0.13)).sum().backward();
            return std::vector{x.detach(), table.grad(), positions.grad()};
        };
        const auto fast = run(false), plain = run(true);
        for (std::size_t i = 0; i < 3; ++i) QVERIFY(error(fast[i], plain[i]) < 1e-5);
    }

    /// Windows so short that nothing in them is predicted, as of a crop of one beat.
    void nothingToPredictCostsNothing() {
        for (const auto type : {at::kFloat, at::kBFloat16}) {
            const auto logits = at::zeros({0, 155}, type).set_requires_grad(true);
            const auto losses = fieldCrossEntropy(logits, at::zeros({0, 3}, at::kLong), {10, 131, 14});
            losses.total.backward();
            QCOMPARE(losses.total.item<double>(), 0.0);
            QVERIFY(losses.fields.eq(0).all().item<bool>());
        }
    }

    void crossEntropyIsThePlainOne() {
        const std::vector<std::int64_t> sizes{5, 257, 13, 129, 33, 129};
        auto targets = at::stack({at::arange(40).remainder(5), at::arange(40), at::arange(40).remainder(13),
                                  at::arange(40) * 3, at::arange(40).remainder(33), at::arange(40)},
                                 1);
        targets[3][2] = -1;
        targets[39][5] = -1;
        const auto run = [&](bool plain) {
            std::optional<PlainKernels> off;
            if (plain) off.emplace();
            const auto logits = noise({40, 566}, 0.731, 6).to(at::kBFloat16).set_requires_grad(true);
            const auto losses = fieldCrossEntropy(logits, targets, sizes);
            losses.total.backward();
            return std::vector{losses.total.detach(), losses.fields, logits.grad()};
        };
        const auto fast = run(false), plain = run(true);
        QVERIFY(error(fast[0], plain[0]) < 1e-5);
        QVERIFY(error(fast[1], plain[1]) < 1e-5);
        QVERIFY(error(fast[2], plain[2]) < 1e-2);
        QVERIFY(fast[2][3].narrow(0, 262, 13).eq(0).all().item<bool>());
    }

    /// Every sixteenth value of the kernel against the sentence in its header.
    void whatIsDroppedIsWhatTheDefinitionSays() {
        if (!hasKernels()) QSKIP("this processor has no AVX-512 BF16");
#if defined(__x86_64__)
        for (const float share : {0.1F, 0.5F}) {
            const Dropping dropping{share, 1234567};
            std::vector<Bfloat16> ones(4096, 0x4080), out(4096); // 4.0
            gelu(ones.data(), out.data(), 4096, 77, dropping);
            int dropped = 0;
            for (std::uint32_t i = 0; i < 4096; ++i) {
                QCOMPARE(out[i] != 0, dropping.keeps(77 + i));
                dropped += out[i] == 0 ? 1 : 0;
            }
            QVERIFY(std::abs(dropped / 4096.0 - static_cast<double>(share)) < 0.03);
        }
#endif
    }

    void droppingKeepsTheMeanAndIsUndoneTheSameWayBackwards() {
        const LowPrecision low;
        seedDropout(5);
        const auto x = at::zeros({400, 64}).set_requires_grad(true);
        const auto y = at::ones({400, 64}, at::kBFloat16).set_requires_grad(true);
        const NormWeights norm{at::ones({64}), at::zeros({64})};
        const auto sum = addAndNormalize(x, y, 0.25, norm).first;
        sum.sum().backward();
        const auto kept = sum.detach().ne(0);
        QVERIFY(std::abs(kept.to(at::kDouble).mean().item<double>() - 0.75) < 0.015);
        QVERIFY(std::abs(sum.mean().item<double>() - 1) < 0.02);
        QVERIFY(at::equal(y.grad().ne(0), kept));
        QVERIFY(x.grad().eq(1).all().item<bool>());
        const auto other = addAndNormalize(x, y, 0.25, norm).first;
        QVERIFY(!at::equal(other.detach(), sum.detach()));
        seedDropout(5);
        QVERIFY(at::equal(addAndNormalize(x, y, 0.25, norm).first.detach(), sum.detach()));
    }

    /// The whole net: as near to float32 as the plain bfloat16 net is.
    void aStepOfEveryNetIsThePlainOne_data() {
        QTest::addColumn<QString>("name");
        for (const auto* name : {"mmt-1m", "tpd-1m", "structured-1m", "mmt-official"}) QTest::newRow(name) << name;
    }
    void aStepOfEveryNetIsThePlainOne() {
        QFETCH(QString, name);
        auto options = network::namedNetwork(name.toStdString()).value();
        options.layers = 2;
        options.width = 128;
        Transformer net(options);
        roughen(net, 4);
        const std::vector windows{randomRows(options, 70, 1), randomRows(options, 41, 2)};
        const auto batch = makeBatch(windows, options);
        double fastLoss = 0, plainLoss = 0, exactLoss = 0;
        const auto fast = gradientsOf(net, batch, &fastLoss);
        std::vector<at::Tensor> plain, exact;
        {
            const PlainKernels off;
            plain = gradientsOf(net, batch, &plainLoss);
        }
        for (const auto& leaf : net.leaves()) at::Tensor(leaf).mutable_grad().reset();
        const auto total = batchLosses(net, batch).total;
        total.backward();
        exactLoss = total.item<double>();
        QVERIFY2(std::abs(fastLoss / exactLoss - 1) < 5e-3, qPrintable(QString("%1 %2").arg(fastLoss).arg(exactLoss)));
        const auto distance = [](const at::Tensor& a, const at::Tensor& b) {
            return (a - b).norm().item<double>() / std::max(b.norm().item<double>(), 1e-30);
        };
        for (std::size_t i = 0; i < fast.size(); ++i) {
            const auto gradient = net.leaves()[i].grad();
            const auto ours = distance(fast[i], gradient), theirs = distance(plain[i], gradient);
            QVERIFY2(ours < std::max(1.5 * theirs, 1e-2),
                     qPrintable(QString("%1: %2 %3").arg(i).arg(ours).arg(theirs)));
        }
    }

    void theSameBitsComeOutOfAnyNumberOfThreads() {
        Transformer net(smallNet());
        roughen(net, 4);
        const std::vector windows{randomRows(net.options(), 60, 1), randomRows(net.options(), 60, 2)};
        const auto batch = makeBatch(windows, net.options());
        const LowPrecision low;
        const auto logits = [&](int threads) {
            at::set_num_threads(threads);
            return batchLosses(net, batch).fields;
        };
        QVERIFY(at::equal(logits(1), logits(2)));
    }
};

QTEST_APPLESS_MAIN(RowFunctionsTest)
#include "row_functions_test.moc"
