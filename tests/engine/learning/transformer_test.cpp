#include "tests/engine/learning/nets.h"

#include "engine/learning/batch_tensors.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::learning;

namespace {

double largest(const at::Tensor& difference) { return difference.abs().max().item<double>(); }

/// x [time, heads, 64] with its first 32 channels turned by place, pair by pair.
at::Tensor plainRotation(const at::Tensor& x) {
    auto y = x.clone();
    for (std::int64_t t = 0; t < x.size(0); ++t)
        for (std::int64_t i = 0; i < 16; ++i) {
            const double angle = static_cast<double>(t) * std::pow(10'000.0, -static_cast<double>(i) / 16);
            const auto a = x[t].select(1, i), b = x[t].select(1, 16 + i);
            y[t].select(1, i).copy_(a * std::cos(angle) - b * std::sin(angle));
            y[t].select(1, 16 + i).copy_(b * std::cos(angle) + a * std::sin(angle));
        }
    return y;
}

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
    auto x = at::zeros({ids.size(0), options.tableWidth()}, at::kDouble);
    for (std::size_t s = 0; s < streams; ++s)
        x = x + w[table[s].name].index_select(0, ids.select(1, static_cast<std::int64_t>(s)));
    if (options.learnsPositions()) {
        const auto positions = w["seq_position_emb.emb.weight"].slice(0, 0, ids.size(0));
        if (options.positions == network::Positions::LearnedNormalized)
            x = x + positions / positions.square().sum(-1, true).sqrt();
        else
            x = x + positions / std::sqrt(static_cast<double>(options.tableWidth()));
    }
    if (options.normAfterEmbedding) x = norm(x, "post_emb_norm");
    if (options.projectsEmbedding()) x = at::matmul(x, w["project_emb.weight"].t()) + w["project_emb.bias"];
    for (std::int64_t layer = 0; layer < options.layers; ++layer) {
        const auto a = "attn_layers.layers." + std::to_string(2 * layer);
        const auto f = "attn_layers.layers." + std::to_string(2 * layer + 1);
        const auto h = norm(x, a + ".0.0");
        const auto project = [&](const char* name) {
            const auto y = at::matmul(h, w[a + ".1." + name + ".weight"].t())
                               .view({ids.size(0), options.heads, options.headWidth()});
            return options.positions == network::Positions::Rotary ? plainRotation(y) : y;
        };
        const auto mixed = plainAttention(project("to_q"), project("to_k"), project("to_v"), slopes);
        x = x + at::matmul(mixed.reshape({ids.size(0), -1}), w[a + ".1.to_out.weight"].t());
        if (options.attentionBias) x = x + w[a + ".1.to_out.bias"];
        const auto u = at::matmul(norm(x, f + ".0.0"), w[f + ".1.ff.0.0.weight"].t()) + w[f + ".1.ff.0.0.bias"];
        const auto units = 0.5 * u * (1 + at::erf(u / std::sqrt(2.0)));
        x = x + at::matmul(units, w[f + ".1.ff.2.weight"].t()) + w[f + ".1.ff.2.bias"];
    }
    if (options.normInStack) x = norm(x, "attn_layers.final_norm");
    x = norm(x, "attn_norm");
    std::vector<at::Tensor> logits;
    for (std::size_t i = table.size() - 2 * streams; i < table.size(); i += 2)
        logits.push_back(at::matmul(x, w[table[i].name].t()) + w[table[i + 1].name]);
    return at::cat(logits, -1);
}

void seedDropout(std::uint64_t seed) {
    auto generator = at::detail::getDefaultCPUGenerator(); // a handle: copies share their state
    generator.set_current_seed(seed);
}

/// A net through which the weights of attention can be read. Queries and keys are 0, so that rows attend evenly; the
/// value of row t is 1 in channel t and comes back there. The stream also carries ±1000, beside which all this is
/// small, so that norms are linear.
class AttentionProbe {
public:
    static constexpr std::int64_t kRows = 12;

    AttentionProbe() : net_(options()) {
        const at::NoGradGuard noGradient;
        for (auto& [name, values] : net_.named()) {
            if (values.dim() == 1 && name.ends_with(".weight")) values.fill_(1.0);
            if (name == "event_type_emb.weight") values.copy_(table());
            if (name.ends_with("to_v.weight"))
                for (std::int64_t t = 0; t < kRows; ++t) {
                    values[t][t] = kDeviation;
                    values[t][kQuiet] = -kDeviation;
                }
            if (name.ends_with("to_out.weight"))
                for (std::int64_t t = 0; t < kRows; ++t) values[t][t] = 1;
        }
    }

    /// [rows, rows] float64: what each row takes of each.
    at::Tensor weights(const Dropouts& dropouts) const {
        const auto ids = at::arange(kRows, at::kLong).view({1, kRows, 1});
        const auto hidden = net_.hidden(ids, dropouts)[0].to(at::kDouble);
        const auto stream = (hidden - hidden.select(1, kQuiet).unsqueeze(1)) * kDeviation;
        return stream.narrow(1, 0, kRows) - at::eye(kRows, at::kDouble);
    }

private:
    static constexpr std::int64_t kQuiet = 15;
    static constexpr double kDeviation = 866.0254; // of 16 zeros, 24 times 1000 and 24 times −1000

    static network::NetworkOptions options() {
        auto net = smallNet(/*layers=*/1, /*width=*/64);
        net.streams = {{"event_type", kRows}};
        net.heads = 1;
        net.positions = network::Positions::None;
        net.normAfterEmbedding = false;
        net.normInStack = false;
        return net;
    }

    static at::Tensor table() {
        auto rows = at::zeros({kRows, 64});
        rows.narrow(1, 16, 24).fill_(1000.0);
        rows.narrow(1, 40, 24).fill_(-1000.0);
        for (std::int64_t t = 0; t < kRows; ++t) rows[t][t] = 1;
        return rows;
    }

    Transformer net_;
};

} // namespace

class TransformerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allNetsHaveThePublishedParameterCounts_data() {
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
        QTest::newRow("mmt-official") << 19'944'950LL;
    }
    void allNetsHaveThePublishedParameterCounts() {
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
        QTest::addColumn<QString>("positions");
        QTest::addColumn<int>("heads");
        QTest::addColumn<QList<double>>("slopes");
        const QList<double> four{1 / 4., 1 / 16., 1 / 64., 1 / 256.};
        QTest::newRow("mmt") << "mmt-1m"
                             << "learned-normalized" << 4 << QList<double>{};
        QTest::newRow("mmt: scaled") << "mmt-1m"
                                     << "learned-scaled" << 4 << QList<double>{};
        QTest::newRow("tpd") << "tpd-1m"
                             << "alibi" << 4 << four;
        QTest::newRow("structured: 3 heads") << "structured-7m"
                                             << "alibi" << 3 << QList<double>{1 / 16., 1 / 256., 1 / 4.};
        QTest::newRow("official") << "mmt-official"
                                  << "learned-scaled" << 2 << QList<double>{};
        QTest::newRow("official: rotary") << "mmt-official"
                                          << "rotary" << 2 << QList<double>{};
        QTest::newRow("official: none") << "mmt-official"
                                        << "none" << 2 << QList<double>{};
        QTest::newRow("mmt: rotary") << "mmt-1m"
                                     << "rotary" << 4 << QList<double>{};
    }
    void logitsAreThoseOfTheDefinition() {
        QFETCH(QString, name);
        QFETCH(QString, positions);
        QFETCH(int, heads);
        QFETCH(QList<double>, slopes);
        const at::NoGradGuard noGradient;
        for (const std::int64_t embeddingWidth : {0, 48}) {
            auto options = network::namedNetwork(name.toStdString()).value();
            options.layers = 2;
            options.width = std::min<std::int64_t>(options.width, 256);
            options.heads = heads;
            options.positions = *network::positionsNamed(positions.toStdString());
            options.embeddingWidth = embeddingWidth;
            Transformer net(options);
            roughen(net, 5);
            const auto ids = idsOf(options, 23, 6);
            const auto ours = net.logits(net.hidden(ids))[0];
            const auto plain = plainLogits(net, ids[0], {slopes.begin(), slopes.end()});
            const auto error = largest(ours.to(at::kDouble) - plain) / largest(plain);
            QVERIFY2(error < 1e-5, qPrintable(QString::number(error)));
        }
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

    /// An even guess costs ln V a head. The last norm leaves vectors of length sqrt(width) and head weights are
    /// N(0, 0.02), so logits spread by 0.02 sqrt(width) and cost half the square of that more.
    void aFreshNetGuessesEvenly_data() {
        QTest::addColumn<double>("total");
        QTest::newRow("mmt-1m") << 22.94;
        QTest::newRow("mmt-7m") << 22.94;
        QTest::newRow("mmt-20m") << 22.94;
        QTest::newRow("tpd-1m") << 9.817;
        QTest::newRow("tpd-19m") << 9.817;
        QTest::newRow("structured-1m") << 6.516;
        QTest::newRow("structured-20m") << 6.516;
    }
    void aFreshNetGuessesEvenly() {
        QFETCH(double, total);
        const at::NoGradGuard noGradient;
        auto options = network::namedNetwork(QTest::currentDataTag()).value();
        options.layers = std::min<std::int64_t>(options.layers, 3);
        Transformer net(options);
        net.initialise(base::Random(3));
        const std::array windows{randomRows(options, 300, 1), randomRows(options, 300, 2), randomRows(options, 300, 3)};
        const LossRules everything{.emptyFields = true};
        const auto losses = batchLosses(net, makeBatch(windows, options, everything));
        const double spread = 0.5 * 0.02 * 0.02 * static_cast<double>(options.width);
        const auto relative = [](double value, double expected) { return std::abs(value / expected - 1); };
        const auto streams = static_cast<double>(options.streams.size());
        const auto measured = losses.total.item<double>();
        QVERIFY2(relative(measured, total + streams * spread) < 0.01, qPrintable(QString::number(measured)));
        if (options.width == 128) QVERIFY2(relative(measured, total) < 0.01, qPrintable(QString::number(measured)));
        for (std::size_t f = 0; f < options.streams.size(); ++f) {
            const auto field = losses.fields[static_cast<std::int64_t>(f)].item<double>();
            const auto size = options.streams[f].vocabulary;
            const auto limit = size < 12 ? 0.05 : 0.02; // few classes average little of the spread away
            QVERIFY2(relative(field, std::log(static_cast<double>(size)) + spread) < limit,
                     qPrintable(QString("%1: %2").arg(f).arg(field)));
        }
    }

    void theOfficialNetBeginsAsItsFrameworkDoes() {
        auto options = network::namedNetwork("mmt-official").value();
        options.layers = 1;
        Transformer net(options);
        net.initialise(base::Random(3), ZeroIds::Ordinary);
        for (const auto& [name, values] : net.named()) {
            const auto deviation = values.std().item<double>();
            const auto most = largest(values);
            if (name.ends_with("_emb.weight")) {
                QVERIFY2(std::abs(deviation / std::sqrt(2.0 / 512) - 1) < 0.05, name.c_str());
            } else if (name.starts_with("seq_position")) {
                QVERIFY2(std::abs(deviation - 1) < 0.01, name.c_str());
            } else if (name.find("norm") != std::string::npos || name.find("s.0.0.0.") != std::string::npos ||
                       name.find("s.1.0.0.") != std::string::npos) {
                QVERIFY2(values.eq(name.ends_with("weight") ? 1.0 : 0.0).all().item<bool>(), name.c_str());
            } else { // uniform within 1 / sqrt(inputs)
                const double inputs = name.find("ff.2") != std::string::npos ? 2048 : 512;
                QVERIFY2(most <= 1 / std::sqrt(inputs), name.c_str());
                QVERIFY2(most > 0.8 / std::sqrt(inputs), name.c_str());
                if (values.numel() > 500) QVERIFY2(std::abs(deviation * std::sqrt(3 * inputs) - 1) < 0.1, name.c_str());
            }
        }
    }

    void rowsOfNothingBeginAtZeroButTheStartOfASongDoesNot() {
        const auto rowsOf = [](ZeroIds zeroIds) {
            Transformer net(smallNet());
            net.initialise(base::Random(3), zeroIds);
            return net.table().detach().index_select(0, net.zeroIds());
        };
        const auto zeroed = rowsOf(ZeroIds::Zeroed), frozen = rowsOf(ZeroIds::Frozen);
        QVERIFY(largest(zeroed.narrow(0, 1, 5)) == 0);
        QVERIFY(largest(zeroed[0]) > 0);
        QVERIFY(at::equal(zeroed[0], frozen[0]));
        for (std::int64_t f = 0; f < 6; ++f) QVERIFY(largest(frozen[f]) > 0);
        const auto tpd = network::namedNetwork("tpd-1m").value();
        Transformer net(tpd);
        net.initialise(base::Random(3));
        const auto rows = net.table().detach().index_select(0, net.zeroIds());
        QVERIFY(largest(rows[0]) == 0);
        QVERIFY(largest(rows[1]) > 0); // pitch 0 is a rest
        QVERIFY(largest(rows[2]) == 0);
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
                                         Dropouts{.hidden = 0.2}, Dropouts{.residual = 0.2}, Dropouts{.output = 0.2}})
            QVERIFY(largest(plain - net.hidden(ids, dropouts)) > 1e-2);
    }

    /// Row t attends evenly to t + 1 rows, each value 1 in its own channel. A weight 1 / (t + 1) is kept with
    /// probability 1 − share and then divided by it: the mean stays, the variance is weight² share / (1 − share).
    void droppingAttentionDropsWeightsAndKeepsTheMean() {
        const at::NoGradGuard noGradient;
        seedDropout(7);
        constexpr int kDraws = 4000;
        constexpr double kShare = 0.3;
        const AttentionProbe probe;
        const auto plain = probe.weights({});
        auto sum = at::zeros_like(plain), squares = at::zeros_like(plain);
        for (int draw = 0; draw < kDraws; ++draw) {
            const auto weights = probe.weights({.attention = kShare});
            sum += weights;
            squares += weights * weights;
        }
        const auto mean = sum / kDraws;
        const auto variance = squares / kDraws - mean * mean;
        for (std::int64_t t = 0; t < AttentionProbe::kRows; ++t)
            for (std::int64_t j = 0; j < AttentionProbe::kRows; ++j) {
                const double weight = j <= t ? 1.0 / static_cast<double>(t + 1) : 0.0;
                const double spread = weight * weight * kShare / (1 - kShare);
                QVERIFY(std::abs(plain[t][j].item<double>() - weight) < 1e-3);
                const double error = 5 * std::sqrt(spread / kDraws) + 1e-3;
                QVERIFY(std::abs(mean[t][j].item<double>() - weight) < error);
                QVERIFY(std::abs(variance[t][j].item<double>() - spread) < 0.15 * spread + 1e-4);
            }
    }

    /// What is dropped has no gradient: with a single row, the zeros in one leaf's gradient are the share.
    void eachDropoutDropsItsShare() {
        seedDropout(9);
        Transformer net(smallNet(/*layers=*/1, /*width=*/512));
        roughen(net, 1);
        const auto ids = idsOf(net.options(), 1, 2);
        const auto direction = at::linspace(-1, 1, 512).sin();
        const auto leafOf = [&](const char* name) { // the gradient that shows a kind
            for (std::size_t i = 0; const auto& tensor : net.named()) {
                if (tensor.name == name) return i;
                ++i;
            }
            return std::size_t{0};
        };
        const auto share = [&](const Dropouts& dropouts, std::size_t tensor) {
            for (const auto& leaf : net.leaves()) at::Tensor(leaf).mutable_grad().reset();
            (net.hidden(ids, dropouts)[0][0] * direction).sum().backward();
            std::vector<at::Tensor> gradients;
            for (const auto& leaf : net.leaves())
                gradients.push_back(leaf.grad().defined() ? leaf.grad() : at::zeros_like(leaf));
            const auto gradient = net.named(gradients)[tensor].values;
            // a table's gradient is that of its one row; a matrix drops whole columns
            const auto seen = tensor == 0           ? gradient[ids[0][0][0].item<std::int64_t>()]
                              : gradient.dim() == 2 ? gradient.abs().amax({0})
                                                    : gradient;
            return seen.eq(0).to(at::kDouble).mean().item<double>();
        };
        const std::array<std::pair<Dropouts, const char*>, 4> kinds{
            {{{.embedding = 0.3}, "event_type_emb.weight"},
             {{.hidden = 0.3}, "attn_layers.layers.1.1.ff.2.weight"},
             {{.residual = 0.3}, "attn_layers.layers.1.1.ff.2.bias"},
             {{.output = 0.3}, "attn_layers.final_norm.bias"}}};
        for (const auto& [dropouts, name] : kinds) {
            const auto tensor = leafOf(name);
            QCOMPARE(share({}, tensor), 0.0);
            const auto dropped = share(dropouts, tensor);
            QVERIFY2(std::abs(dropped - 0.3) < 0.07, qPrintable(QString("%1: %2").arg(name).arg(dropped)));
        }
    }

    /// In midi-lm attention adds nothing at padding; in MMT padding sees every row evenly, later ones too.
    void paddingAttendsAsInTheReferenceAskedFor() {
        const at::NoGradGuard noGradient;
        for (const auto* name : {"mmt-1m", "tpd-1m"}) {
            auto options = network::namedNetwork(name).value();
            options.layers = 2;
            Transformer net(options);
            roughen(net, 4);
            const auto ids = idsOf(options, 20, 2);
            auto isReal = at::ones({1, 20}, at::kBool);
            isReal.narrow(1, 13, 7).fill_(false);
            const auto plain = net.hidden(ids);
            for (const auto rule : {PaddedRows::Attend, PaddedRows::Silent, PaddedRows::Even}) {
                const auto hidden = net.hidden(ids, {}, isReal, rule);
                QVERIFY(largest(hidden.narrow(1, 0, 13) - plain.narrow(1, 0, 13)) < 1e-4);
                QCOMPARE(largest(hidden.narrow(1, 13, 7) - plain.narrow(1, 13, 7)) < 1e-4, rule == PaddedRows::Attend);
            }
            auto other = ids.clone(); // a later row of padding is seen by an earlier one only where all see all
            other[0][19].zero_();
            const auto seen = [&](PaddedRows rule) {
                return largest((net.hidden(ids, {}, isReal, rule) - net.hidden(other, {}, isReal, rule))[0][15]) > 1e-4;
            };
            QVERIFY(!seen(PaddedRows::Silent));
            QVERIFY(seen(PaddedRows::Even));
        }
    }
};

QTEST_APPLESS_MAIN(TransformerTest)
#include "transformer_test.moc"
