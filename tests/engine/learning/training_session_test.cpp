#include "tests/engine/learning/nets.h"

#include "engine/configuration/training_settings.h"
#include "engine/learning/training_session.h"

#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <limits>

using namespace continuo;
using namespace continuo::learning;

namespace {

configuration::TrainingSettings plain() {
    configuration::TrainingSettings settings =
        configuration::trainingSettings(configuration::Configuration(configuration::trainingKeys()));
    settings.precision = "fp32";
    settings.residualDropout = 0;
    return settings;
}

std::vector<tokens::Rows> windows(const network::NetworkOptions& net, std::size_t count) {
    std::vector<tokens::Rows> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(randomRows(net, 9 + 7 * i, i + 1)); // of unequal lengths
    return all;
}

double largestDifference(const Transformer& a, const Transformer& b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.leaves().size(); ++i)
        largest = std::max(largest, (a.leaves()[i] - b.leaves()[i]).abs().max().item<double>());
    return largest;
}

bool isFinite(const Transformer& net) {
    return std::ranges::all_of(net.leaves(),
                               [](const auto& leaf) { return leaf.isfinite().all().template item<bool>(); });
}

} // namespace

class TrainingSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accumulatedBatchesEqualTheLargerOne() {
        const auto net = smallNet();
        auto settings = plain();
        settings.optimizer = "sgd"; // an update in proportion to the gradient
        TrainingSession whole(net, settings);
        settings.accumulate = 3;
        TrainingSession parts(net, settings);
        for (auto* session : {&whole, &parts}) {
            session->initialise();
            for (int step = 0; step < 3; ++step) QCOMPARE(session->step(windows(net, 6), step, 0.5), std::int64_t{153});
        }
        const auto difference = largestDifference(whole.net(), parts.net());
        qInfo("three batches of two against one of six: weights within %s",
              qPrintable(QString::number(difference, 'g', 2)));
        QVERIFY(difference < 1e-5);
        QVERIFY(std::abs(whole.lastStep().loss - parts.lastStep().loss) < 1e-5);
        QVERIFY(std::abs(whole.lastStep().gradientNorm - parts.lastStep().gradientNorm) < 1e-5);
    }

    void bfloat16StaysNearFloat() {
        const auto net = smallNet();
        auto settings = plain();
        TrainingSession full(net, settings);
        settings.precision = "bf16";
        TrainingSession low(net, settings);
        for (auto* session : {&full, &low}) {
            session->initialise();
            for (int step = 0; step < 3; ++step) (void)session->step(windows(net, 3), step, 0.001);
        }
        QVERIFY(std::abs(full.lastStep().loss - low.lastStep().loss) < 2e-2 * full.lastStep().loss);
        QVERIFY(largestDifference(full.net(), low.net()) > 0);
    }

    /// reliability promise P-41
    void whatIsNotFiniteReachesNeitherTheNetNorACheckpoint() {
        const QTemporaryDir folder;
        const std::filesystem::path place = folder.path().toStdString();
        const auto net = smallNet();
        int planted = 0, reached = 0;
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
            for (std::size_t leaf = 0; leaf < Transformer(net).leaves().size(); ++leaf) {
                TrainingSession session(net, plain());
                session.initialise();
                (void)session.step(windows(net, 2), 0, 0.001);
                auto values = session.net().leaves()[leaf].detach().view({-1});
                const auto before = values[0].item<float>();
                values[0] = bad; // a weight, and by it the loss and the gradient of a step
                (void)session.step(windows(net, 2), 1, 0.001);
                const auto facts = network::CheckpointFacts{net, "{}", 2, {}, "test", "{}"};
                const auto saved = session.save(place / std::to_string(planted), facts);
                reached += saved || std::filesystem::exists(place / std::to_string(planted));
                ++planted;
                values[0] = before; // all others are as they were
                QVERIFY(isFinite(session.net()));
                (void)session.step(windows(net, 2), 2, 0.001);
                QCOMPARE(session.lastStep().badInARow, std::int64_t{0});
                QVERIFY(session.save(place / "good", facts));
            }
        qInfo("P-41: %d times planted, NaN checkpoints %d", planted, reached);
        QCOMPARE(reached, 0);
    }

    void badStepsInARowAreCounted() {
        const auto net = smallNet();
        TrainingSession session(net, plain());
        session.initialise();
        (void)session.step(windows(net, 2), 0, 0.001);
        QCOMPARE(session.lastStep().badInARow, std::int64_t{0});
        session.net().table().detach()[3].fill_(std::numeric_limits<float>::quiet_NaN());
        for (std::int64_t step = 1; step < 4; ++step) {
            (void)session.step(windows(net, 2), step, 0.001);
            QCOMPARE(session.lastStep().badInARow, step);
        }
        QCOMPARE(session.updates(), std::int64_t{1});
    }

    void gradientsAreSpreadOverTheirHistograms() {
        const auto net = smallNet();
        TrainingSession session(net, plain());
        session.initialise();
        std::vector<runs::NamedHistogram> histograms;
        (void)session.step(windows(net, 2), 0, 0.001, &histograms);
        QCOMPARE(histograms.size(), session.net().named().size());
        double squares = 0;
        for (const auto& [name, histogram] : histograms) {
            QVERIFY(name.starts_with("gradients/"));
            double count = 0;
            for (const auto bucket : histogram.counts) count += bucket;
            QCOMPARE(count, histogram.count);
            QCOMPARE(histogram.limits.size(), histogram.counts.size());
            QVERIFY(std::ranges::is_sorted(histogram.limits));
            squares += histogram.sumOfSquares;
        }
        QVERIFY(std::abs(std::sqrt(squares) - session.lastStep().gradientNorm) < 1e-3 * std::sqrt(squares));
    }

    void withoutAGpuThereIsASentenceAndTheProcessor() {
        const auto gpu = deviceFor("gpu"), automatic = deviceFor("auto"), cpu = deviceFor("cpu");
        QVERIFY(cpu.place.is_cpu() && cpu.note.empty());
        if (gpu.place.is_cuda()) QSKIP("this machine has a GPU");
        QVERIFY(gpu.place.is_cpu() && automatic.place.is_cpu());
        QVERIFY2(QString::fromStdString(gpu.note).contains("no GPU is used"), gpu.note.c_str());
        QVERIFY(automatic.note.empty());
        qInfo("%s", gpu.note.c_str());
    }
};

QTEST_APPLESS_MAIN(TrainingSessionTest)
#include "training_session_test.moc"
