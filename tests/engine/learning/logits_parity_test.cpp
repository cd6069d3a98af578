#include "tests/engine/learning/nets.h"

#include "engine/inference/decoder.h"
#include "engine/learning/training_session.h"

#include <QTest>

using namespace continuo;
using namespace continuo::learning;

namespace {

/// The largest difference of the decoder's logits from LibTorch's over all positions, relative to the largest logit.
double largestDifference(const Transformer& net, const at::Tensor& ids) {
    const at::NoGradGuard noGradient;
    std::map<std::string, at::Tensor, std::less<>> weights;
    for (const auto& [name, values] : net.named()) weights[name] = values;
    const auto packed =
        inference::PackedNetwork::pack(net.options(), [&](std::string_view name) -> std::span<const float> {
            const auto& values = weights.find(name)->second;
            return {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())};
        });
    inference::Decoder decoder(*packed);
    const auto expected = net.logits(net.hidden(ids))[0].contiguous();
    const auto scale = std::max(1.0, expected.abs().max().item<double>());
    double worst = 0;
    for (std::int64_t row = 0; row < ids.size(1); ++row) {
        std::vector<std::uint16_t> step;
        for (std::int64_t s = 0; s < ids.size(2); ++s)
            step.push_back(static_cast<std::uint16_t>(ids[0][row][s].item<std::int64_t>()));
        const auto logits = decoder.step(step);
        const auto* wanted = expected.data_ptr<float>() + row * expected.size(1);
        for (std::size_t i = 0; i < logits.size(); ++i)
            worst = std::max(worst, std::abs(static_cast<double>(logits[i]) - static_cast<double>(wanted[i])));
    }
    return worst / scale;
}

} // namespace

class LogitsParityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDecoderEqualsLibTorchAtEveryPosition_data() {
        QTest::addColumn<network::NetworkOptions>("options");
        QTest::addColumn<int>("rows");
        for (const auto* name : {"mmt-1m", "mmt-7m", "mmt-20m"})
            QTest::newRow(name) << network::namedNetwork(name).value() << 1024;
        for (const auto& options : network::namedNetworks())
            if (!options.name.starts_with("mmt-") || options.name == "mmt-official")
                QTest::newRow(options.name.c_str()) << options << (options.width > 256 ? 64 : 200);
        for (const auto positions : {network::Positions::LearnedNormalized, network::Positions::LearnedScaled,
                                     network::Positions::Alibi, network::Positions::Rotary, network::Positions::None}) {
            for (const auto* name : {"mmt-1m", "tpd-1m", "structured-1m"}) {
                auto options = network::namedNetwork(name).value();
                options.positions = positions;
                options.normAfterEmbedding = !options.normAfterEmbedding;
                options.normInStack = false;
                options.attentionBias = true;
                options.embeddingWidth = 96;
                QTest::addRow("%s with %s", name, network::nameOf(positions)) << options << 150;
            }
        }
    }
    void theDecoderEqualsLibTorchAtEveryPosition() {
        QFETCH(network::NetworkOptions, options);
        QFETCH(int, rows);
        Transformer net(options);
        net.initialise(base::Random(1));
        const auto fresh = largestDifference(net, idsOf(options, rows, 11));
        QVERIFY2(fresh < 1e-4, qPrintable(QString::number(fresh)));
        roughen(net, 9);
        const auto rough = largestDifference(net, idsOf(options, rows, 12));
        QVERIFY2(rough < 1e-4, qPrintable(QString::number(rough)));
    }

    void itDoesSoOnTrainedWeights() {
        const auto options = network::namedNetwork("mmt-1m").value();
        configuration::TrainingSettings settings =
            trainingSettings(configuration::Configuration(configuration::trainingKeys()));
        TrainingSession session(options, settings);
        session.initialise();
        const std::vector windows{randomRows(options, 96, 1), randomRows(options, 96, 2)};
        double first = 0, last = 0;
        for (int step = 0; step < 30; ++step) {
            session.step(windows, step, 2e-3);
            last = session.lastStep().loss;
            if (step == 0) first = last;
        }
        QVERIFY(last < first - 1);
        const auto difference = largestDifference(session.net(), idsOf(options, 1024, 13));
        QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
    }

    void aPlantedFaultIsNoticed() {
        const auto options = smallNet();
        Transformer net(options), other(options);
        roughen(net, 1);
        roughen(other, 1);
        const auto ids = idsOf(options, 20, 2);
        const auto before = net.logits(net.hidden(ids));
        auto weight = net.named().back().values; // one head bias
        weight[0] += 1e-2;
        QVERIFY((net.logits(net.hidden(ids)) - before).abs().max().item<double>() > 1e-3);
    }
};

QTEST_APPLESS_MAIN(LogitsParityTest)
#include "logits_parity_test.moc"
