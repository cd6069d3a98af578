#include "tests/engine/learning/nets.h"

#include "engine/learning/batch_tensors.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::learning;

namespace {

double largest(const at::Tensor& difference) { return difference.abs().max().item<double>(); }

/// One block's attention by its definition, in double precision: scores, bias, mask, softmax, mix.
at::Tensor plainAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
                          const std::vector<double>& slopes) {
    const auto time = q.size(0), heads = q.size(1);
    auto mixed = at::zeros_like(v);
    for (std::int64_t head = 0; head < heads; ++head)
        for (std::int64_t i = 0; i < time; ++i) {
            auto scores = at::zeros({i + 1}, at::kDouble);
            for (std::int64_t j = 0; j <= i; ++j) {
                const auto bias =
                    slopes.empty() ? 0.0 : -slopes[static_cast<std::size_t>(head)] * static_cast<double>(i - j);
                scores[j] = q[i][head].dot(k[j][head]) / 8.0 + bias; // 8 is the root of the head width
            }
            mixed[i][head] = at::matmul(at::softmax(scores, 0), v.slice(0, 0, i + 1).select(1, head));
        }
    return mixed;
}

/// The whole net by its definition, from the tensors' names on disk. ids [time, streams]; returns [time, logits].
at::Tensor plainLogits(const Transformer& net, const at::Tensor& ids, const std::vector<double>& slopes) {
    std::map<std::string, at::Tensor> w;
    for (const auto& [name, values] : net.named()) w[name] = values.to(at::kDouble);
    const auto& options = net.options();
    const auto table = network::parameterTable(options);
    const auto streams = options.streams.size();
    const auto norm = [&](const at::Tensor& x, const std::string& name) {
        const auto centred = x - x.mean(-1, true);
        return centred / (centred.square().mean(-1, true) + 1e-5).sqrt() * w[name + ".weight"] + w[name + ".bias"];
    };
    auto x = at::zeros({ids.size(0), options.width}, at::kDouble);
    for (std::size_t s = 0; s < streams; ++s)
        x = x + w[table[s].name].index_select(0, ids.select(1, static_cast<std::int64_t>(s)));
    if (options.positions == network::Positions::LearnedNormalized) {
        const auto positions = w["seq_position_emb.emb.weight"].slice(0, 0, ids.size(0));
        x = x + positions / positions.square().sum(-1, true).sqrt();
    }
    if (options.normAfterEmbedding) x = norm(x, "post_emb_norm");
    for (std::int64_t layer = 0; layer < options.layers; ++layer) {
        const auto a = "attn_layers.layers." + std::to_string(2 * layer);
        const auto f = "attn_layers.layers." + std::to_string(2 * layer + 1);
        const auto h = norm(x, a + ".0.0");
        const auto project = [&](const char* name) {
            return at::matmul(h, w[a + ".1." + name + ".weight"].t())
                .view({ids.size(0), options.heads, options.headWidth()});
        };
        const auto mixed = plainAttention(project("to_q"), project("to_k"), project("to_v"), slopes);
        x = x + at::matmul(mixed.reshape({ids.size(0), -1}), w[a + ".1.to_out.weight"].t());
        const auto u = at::matmul(norm(x, f + ".0.0"), w[f + ".1.ff.0.0.weight"].t()) + w[f + ".1.ff.0.0.bias"];
        const auto units = 0.5 * u * (1 + at::erf(u / std::sqrt(2.0)));
        x = x + at::matmul(units, w[f + ".1.ff.2.weight"].t()) + w[f + ".1.ff.2.bias"];
    }
    x = norm(norm(x, "attn_layers.final_norm"), "attn_norm");
    std::vector<at::Tensor> logits;
    for (std::size_t i = table.size() - 2 * streams; i < table.size(); i += 2)
        logits.push_back(at::matmul(x, w[table[i].name].t()) + w[table[i + 1].name]);
    return at::cat(logits, -1);
}

} // namespace

class TransformerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allNineNetsHaveThePublishedParameterCounts_data() {
        QTest::addColumn<qlonglong>("published");
        QTest::newRow("mmt-1m") << 1'067'190LL;
        QTest::newRow("mmt-7m") << 6'859'318LL;
        QTest::newRow("mmt-20m") << 20'009'526LL;
        QTest::newRow("tpd-1m") << 830'235LL;
        QTest::newRow("tpd-6m") << 6'385'819LL;
        QTest::newRow("tpd-19m") << 19'062'939LL;
        QTest::newRow("structured-1m") << 964'132LL;
        QTest::newRow("structured-7m") << 6'653'092LL;
        QTest::newRow("structured-20m") << 19'596'964LL;
    }
    void allNineNetsHaveThePublishedParameterCounts() {
        QFETCH(qlonglong, published);
        const Transformer net(network::namedNetwork(QTest::currentDataTag()).value());
        std::int64_t trained = 0, named = 0;
        for (const auto& leaf : net.leaves()) trained += leaf.numel();
        for (const auto& tensor : net.named()) named += tensor.values.numel();
        QCOMPARE(trained, published);
        QCOMPARE(named, published);
    }

    void everyNameOfTheTableIsAViewOfItsOwnWeights() {
        const Transformer net(smallNet());
        const auto table = network::parameterTable(net.options());
        const auto named = net.named();
        QCOMPARE(named.size(), table.size());
        for (std::size_t i = 0; i < table.size(); ++i) {
            QCOMPARE(named[i].name, table[i].name);
            QCOMPARE(named[i].values.sizes().vec(), table[i].shape);
            QVERIFY(named[i].values.is_contiguous());
            auto values = named[i].values;
            values.fill_(static_cast<double>(i + 1));
        }
        for (std::size_t i = 0; i < named.size(); ++i) // no other name has written into it
            QVERIFY(named[i].values.eq(static_cast<double>(i + 1)).all().item<bool>());
    }

    void logitsAreThoseOfTheDefinition_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QList<double>>("slopes");
        QTest::newRow("mmt: learned positions") << "mmt-1m" << QList<double>{};
        QTest::newRow("tpd: ALiBi") << "tpd-1m" << QList<double>{0.25, 1.0 / 16, 1.0 / 64, 1.0 / 256};
        QTest::newRow("structured: ALiBi, 8 heads")
            << "structured-7m" << QList<double>{1 / 2., 1 / 4., 1 / 8., 1 / 16., 1 / 32., 1 / 64., 1 / 128., 1 / 256.};
    }
    void logitsAreThoseOfTheDefinition() {
        QFETCH(QString, name);
        QFETCH(QList<double>, slopes);
        const at::NoGradGuard noGradient;
        auto options = network::namedNetwork(name.toStdString()).value();
        options.layers = 2;
        Transformer net(options);
        roughen(net, 5);
        const auto ids = idsOf(options, 23, 6);
        const auto ours = net.logits(net.hidden(ids))[0];
        const auto plain = plainLogits(net, ids[0], {slopes.begin(), slopes.end()});
        const auto error = largest(ours.to(at::kDouble) - plain) / largest(plain);
        QVERIFY2(error < 1e-5, qPrintable(QString::number(error)));
    }

    void aRowDoesNotSeeLaterOnes() {
        const at::NoGradGuard noGradient;
        Transformer net(smallNet());
        roughen(net, 1);
        auto ids = idsOf(net.options(), 40, 2);
        const auto before = net.hidden(ids);
        ids.narrow(1, 25, 15).copy_(idsOf(net.options(), 15, 3));
        const auto after = net.hidden(ids);
        QVERIFY(largest(before.narrow(1, 0, 25) - after.narrow(1, 0, 25)) < 1e-6);
        QVERIFY(largest(before.narrow(1, 25, 15) - after.narrow(1, 25, 15)) > 1e-3);
    }

    /// An even guess costs ln V a head, 22.94 in all. The last norm leaves vectors of length sqrt(width) and head
    /// weights are N(0, 0.02), so logits spread by 0.02 sqrt(width) and cost half the square of that more.
    void aFreshNetGuessesEvenly_data() {
        QTest::addColumn<int>("width");
        QTest::newRow("mmt-1m") << 128;
        QTest::newRow("mmt-7m") << 256;
        QTest::newRow("mmt-20m") << 512;
    }
    void aFreshNetGuessesEvenly() {
        QFETCH(int, width);
        const at::NoGradGuard noGradient;
        auto options = network::namedNetwork(QTest::currentDataTag()).value();
        Transformer net(options);
        net.initialise(base::Random(3));
        const std::array windows{randomRows(options, 200, 1), randomRows(options, 200, 2), randomRows(options, 200, 3)};
        const auto losses = batchLosses(net, makeBatch(windows));
        const double spread = 0.5 * 0.02 * 0.02 * width;
        const std::array<double, 6> even{1.609, 5.549, 2.565, 4.860, 3.497, 4.860};
        const auto relative = [](double value, double expected) { return std::abs(value / expected - 1); };
        const auto total = losses.total.item<double>();
        QVERIFY2(relative(total, 22.94 + 6 * spread) < 0.01, qPrintable(QString::number(total)));
        if (width == 128) QVERIFY2(relative(total, 22.94) < 0.01, qPrintable(QString::number(total)));
        for (int f = 0; f < 6; ++f) {
            const auto field = losses.fields[f].item<double>();
            const auto limit = f == 0 ? 0.05 : 0.02; // five classes average little of the spread away
            QVERIFY2(relative(field, even[static_cast<std::size_t>(f)] + spread) < limit,
                     qPrintable(QString("%1: %2").arg(f).arg(field)));
        }
    }

    void theSameSeedGivesTheSameWeights() {
        Transformer one(smallNet()), two(smallNet()), other(smallNet());
        one.initialise(base::Random(7));
        two.initialise(base::Random(7));
        other.initialise(base::Random(8));
        QVERIFY(at::equal(one.table(), two.table()));
        QVERIFY(!at::equal(one.table(), other.table()));
    }

    void dropoutActsOnlyWhereAsked() {
        const at::NoGradGuard noGradient;
        Transformer net(smallNet());
        roughen(net, 1);
        const auto ids = idsOf(net.options(), 30, 2);
        const auto plain = net.hidden(ids);
        QVERIFY(at::equal(plain, net.hidden(ids)));
        for (const Dropouts& dropouts : {Dropouts{.embedding = 0.2}, Dropouts{.attention = 0.2},
                                         Dropouts{.hidden = 0.2}, Dropouts{.residual = 0.2}})
            QVERIFY(largest(plain - net.hidden(ids, dropouts)) > 1e-2);
    }
};

QTEST_APPLESS_MAIN(TransformerTest)
#include "transformer_test.moc"
