#include "engine/corpus/window_source.h"
#include "engine/inference/decoder.h"
#include "engine/learning/training_session.h"
#include "tests/engine/inference/random_network.h"

#include <QTest>

using namespace continuo;
using learning::Transformer;

namespace {

network::NetworkOptions net(const char* name) { return *network::namedNetwork(name); }

void fill(const Transformer& transformer, const inference::TensorMap& tensors) {
    for (const auto& tensor : transformer.named())
        std::ranges::copy(tensors.find(tensor.name)->second, tensor.values.data_ptr<float>());
}

std::shared_ptr<const inference::PackedNetwork> packed(const Transformer& transformer) {
    inference::TensorMap tensors;
    for (const auto& tensor : transformer.named()) {
        const auto* data = tensor.values.data_ptr<float>();
        tensors[tensor.name].assign(data, data + tensor.values.numel());
    }
    return inference::pack(transformer.options(), tensors);
}

/// The largest difference of any logit at any position, relative to the spread of the logits where that is above 1.
double largestDifference(const Transformer& transformer, const std::vector<std::uint16_t>& ids, std::int64_t length) {
    const at::NoGradGuard noGradient;
    const auto streams = static_cast<std::int64_t>(transformer.options().streams.size());
    auto rows = at::empty({1, length, streams}, at::kLong);
    for (std::int64_t i = 0; i < length * streams; ++i)
        rows.data_ptr<std::int64_t>()[i] = ids[static_cast<std::size_t>(i)];
    const auto expected = transformer.logits(transformer.hidden(rows)).squeeze(0).contiguous();
    const auto scale = std::max(1.0, expected.abs().max().item<double>());
    inference::Decoder decoder(packed(transformer));
    double worst = 0;
    for (std::int64_t at = 0; at < length; ++at) {
        const auto logits = decoder.step(
            std::span(ids).subspan(static_cast<std::size_t>(at * streams), static_cast<std::size_t>(streams)));
        const auto* row = expected.data_ptr<float>() + at * expected.size(1);
        for (std::size_t i = 0; i < logits.size(); ++i)
            worst = std::max(worst, std::abs(static_cast<double>(logits[i]) - row[i]) / scale);
    }
    return worst;
}

configuration::TrainingSettings settingsOf(const std::vector<std::string>& words) {
    return configuration::trainingSettings(
        *configuration::Configuration::compose(configuration::trainingKeys(), words));
}

std::vector<tokens::Rows> rowsOf(const char* dataset) {
    const auto data = corpus::Dataset::open(dataset);
    return corpus::WindowSource(*data, corpus::Part::Train,
                                {.tokenizer = *tokens::namedTokenizer("mmt"), .transpose = false})
        .covering();
}

} // namespace

class TransformerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNamedNetHasItsParameterCount_data() {
        QTest::addColumn<QString>("name");
        for (const auto& each : network::namedNetworks())
            QTest::newRow(each.name.c_str()) << QString::fromStdString(each.name);
    }

    void everyNamedNetHasItsParameterCount() {
        QFETCH(QString, name);
        const Transformer transformer(net(name.toUtf8().constData()));
        std::int64_t leaves = 0, named = 0;
        for (const auto& leaf : transformer.leaves()) leaves += leaf.numel();
        for (const auto& tensor : transformer.named()) named += tensor.values.numel();
        QCOMPARE(leaves, network::parameterCount(transformer.options()));
        QCOMPARE(named, leaves);
    }

    void theFirstLossIsThatOfGuessing() {
        Transformer transformer(net("mmt-1m"));
        transformer.initialise(base::Random(3));
        const auto windows = rowsOf("counterpoint");
        const auto losses = learning::batchLosses(transformer, learning::makeBatch(std::span(windows).first(8)));
        // Each head starts near ln V (reference specification 2.4); real rows are not uniform, so the bound is wider
        // than there.
        QVERIFY(std::abs(losses.total.item<double>() - 22.94) < 0.05 * 22.94);
    }

    void decodingEqualsTheForwardPass_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QList<int>>("lengths");
        QTest::newRow("mmt-1m") << "mmt-1m" << QList<int>{1, 2, 15, 16, 17, 63, 64, 65, 200, 511, 1024};
        QTest::newRow("mmt-7m") << "mmt-7m" << QList<int>{1, 33, 1024};
        QTest::newRow("mmt-20m") << "mmt-20m" << QList<int>{1, 1024};
        QTest::newRow("tpd-1m") << "tpd-1m" << QList<int>{1, 300};
        QTest::newRow("structured-1m") << "structured-1m" << QList<int>{1, 300};
    }

    void decodingEqualsTheForwardPass() {
        QFETCH(QString, name);
        QFETCH(QList<int>, lengths);
        const auto options = net(name.toUtf8().constData());
        const Transformer transformer(options);
        fill(transformer, inference::randomTensors(options, 5));
        const auto ids = inference::randomIds(options, 1024, 9);
        for (const int length : lengths) {
            const auto difference = largestDifference(transformer, ids, length);
            QVERIFY2(difference < 1e-4, qPrintable(QStringLiteral("length %1: %2").arg(length).arg(difference)));
        }
    }

    void aPlantedDifferenceIsFound() {
        const auto options = net("mmt-1m");
        const Transformer transformer(options);
        auto tensors = inference::randomTensors(options, 5);
        fill(transformer, tensors);
        tensors.find("attn_norm.bias")->second[3] += 0.05F;
        const Transformer other(options);
        fill(other, tensors);
        const at::NoGradGuard noGradient;
        const auto rows = at::ones({1, 3, 6}, at::kLong);
        const auto change =
            (transformer.logits(transformer.hidden(rows)) - other.logits(other.hidden(rows))).abs().max();
        QVERIFY(change.item<double>() > 1e-4);
    }

    /// midi-lm's own test (reference specification, section 12), and the decoder on weights that were trained.
    void oneEighthNotesPieceIsLearntByHeart() {
        const auto settings = settingsOf(
            {"network.emb_dim=64", "network.attn_layers=4", "network.attn_heads=1", "network.residual_dropout=0"});
        learning::TrainingSession session(*learning::networkOf(settings), settings);
        session.initialise();
        const auto windows = rowsOf("eighth-notes");
        double loss = 0;
        for (int step = 0; step < 100; ++step) loss = session.step(std::span(windows).first(1), step, 0.004).loss;
        QVERIFY2(loss < 0.05, qPrintable(QString::number(loss)));

        const auto& options = session.net().options();
        QVERIFY(largestDifference(session.net(), inference::randomIds(options, 1024, 4), 1024) < 1e-4);
    }

    void paddingDoesNotChangeTheLoss() {
        Transformer transformer(net("mmt-1m"));
        transformer.initialise(base::Random(1));
        const auto windows = rowsOf("scales");
        const std::vector<tokens::Rows> mixed{windows[0], tokens::Rows(windows[0].begin(), windows[0].begin() + 5)};
        const auto together = learning::batchLosses(transformer, learning::makeBatch(mixed));
        const auto first = learning::makeBatch(std::span(mixed).first(1)),
                   second = learning::makeBatch(std::span(mixed).last(1));
        const auto apart =
            (learning::batchLosses(transformer, first).total.item<double>() * static_cast<double>(first.rows) +
             learning::batchLosses(transformer, second).total.item<double>() * static_cast<double>(second.rows)) /
            static_cast<double>(first.rows + second.rows);
        QVERIFY(std::abs(together.total.item<double>() - apart) < 1e-4);
    }

    /// The fused optimizer against the formula of Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR
    /// 2019.
    void theOptimizerFollowsItsFormula() {
        auto weight = at::randn({4, 3}).set_requires_grad(true);
        const auto start = weight.detach().clone();
        learning::AdamW optimizer({weight}, {true},
                                  {.beta1 = 0.9, .beta2 = 0.99, .epsilon = 1e-8, .weightDecay = 0.1, .clip = 0});
        auto value = start.to(at::kDouble), mean = at::zeros_like(value), square = at::zeros_like(value);
        for (int step = 1; step <= 5; ++step) {
            const auto gradient = at::randn({4, 3});
            weight.mutable_grad() = gradient.clone();
            (void)optimizer.step(0.01);
            const auto g = gradient.to(at::kDouble);
            mean = 0.9 * mean + 0.1 * g;
            square = 0.99 * square + 0.01 * g * g;
            const auto unbiased = mean / (1 - std::pow(0.9, step)), root = (square / (1 - std::pow(0.99, step))).sqrt();
            value = value * (1 - 0.01 * 0.1) - 0.01 * unbiased / (root + 1e-8);
        }
        QVERIFY((value - weight.detach().to(at::kDouble)).abs().max().item<double>() < 1e-5);
    }
};

QTEST_APPLESS_MAIN(TransformerTest)
#include "transformer_test.moc"
