#include "engine/learning/batch_tensors.h"
#include "tests/reference/network_numbers.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace continuo;
using namespace continuo::learning;

namespace {

at::Tensor tensorOf(std::span<const float> values, const std::vector<std::int64_t>& shape) {
    return at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat).clone();
}

/// The net of a file with its weights.
Transformer netOf(const reference::NetworkNumbers& numbers) {
    Transformer net(numbers.options);
    for (auto& [name, values] : net.named()) {
        const auto* stored = numbers.file.find("weight." + name);
        if (!stored || stored->shape != values.sizes().vec()) qFatal("the file lacks %s", name.c_str());
        values.copy_(tensorOf(stored->values, stored->shape));
    }
    return net;
}

std::vector<tokens::Rows> windowsOf(const reference::NetworkNumbers& numbers) {
    const auto* stored = numbers.file.find("rows");
    const auto time = static_cast<std::size_t>(stored->shape[1]), streams = static_cast<std::size_t>(stored->shape[2]);
    std::vector<tokens::Rows> windows;
    for (const auto length : numbers.values("lengths")) {
        auto& rows = windows.emplace_back(static_cast<std::size_t>(length));
        const auto first = (windows.size() - 1) * time;
        for (std::size_t t = 0; t < rows.size(); ++t)
            for (std::size_t f = 0; f < streams; ++f)
                rows[t][f] = static_cast<std::uint16_t>(stored->values[(first + t) * streams + f]);
    }
    return windows;
}

/// The largest difference, relative where the expected value is above 1.
double worst(const at::Tensor& ours, std::span<const float> theirs) {
    const auto expected = tensorOf(theirs, ours.sizes().vec());
    return ((ours.detach() - expected).abs() / expected.abs().clamp_min(1.0)).max().item<double>();
}

LossRules rulesOf(const reference::NetworkNumbers& numbers) { return lossRules(numbers.isMidiLm ? "midi-lm" : "mmt"); }

} // namespace

/// Holds the nets to the numbers of x-transformers: tests/reference/network_numbers.py.
class ReferenceNumbersTest : public QObject {
    Q_OBJECT

private:
    static void everyCase() {
        QTest::addColumn<QString>("name");
        for (const auto& name : reference::networkCases()) QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

private Q_SLOTS:
    void theNumbersCoverEveryFamilyAndWayOfCountingPositions() {
        std::set<std::pair<network::Positions, bool>> positions;
        std::set<network::Family> families;
        for (const auto& name : reference::networkCases()) {
            const auto numbers = reference::networkNumbers(name);
            positions.emplace(numbers.options.positions, numbers.isMidiLm);
            families.insert(numbers.options.family);
        }
        QCOMPARE(families.size(), std::size_t{3});
        using enum network::Positions;
        for (const auto kind : {LearnedNormalized, LearnedScaled, Alibi, None})
            QVERIFY(positions.contains({kind, true}));
        for (const auto kind : {LearnedScaled, Rotary, Alibi, None}) QVERIFY(positions.contains({kind, false}));
    }

    void theFileHoldsExactlyTheTensorsOfTheNet_data() { everyCase(); }
    void theFileHoldsExactlyTheTensorsOfTheNet() {
        QFETCH(QString, name);
        const auto numbers = reference::networkNumbers(name.toStdString());
        const auto isWeight = [](const auto& tensor) { return tensor.name.starts_with("weight."); };
        QCOMPARE(std::ranges::count_if(numbers.file.tensors(), isWeight),
                 std::ptrdiff_t(network::parameterTable(numbers.options).size()));
    }

    void logitsAgree_data() { everyCase(); }
    void logitsAgree() {
        QFETCH(QString, name);
        const at::NoGradGuard noGradient;
        const auto numbers = reference::networkNumbers(name.toStdString());
        const auto net = netOf(numbers);
        const auto rules = rulesOf(numbers);
        const auto batch = makeBatch(windowsOf(numbers), net.options(), rules);
        const auto logits = batchLogits(net, batch, {}, rules);
        const auto difference = worst(logits, numbers.values("logits"));
        QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
    }

    void lossesAgree_data() { everyCase(); }
    void lossesAgree() {
        QFETCH(QString, name);
        const at::NoGradGuard noGradient;
        const auto numbers = reference::networkNumbers(name.toStdString());
        const auto net = netOf(numbers);
        const auto windows = windowsOf(numbers);
        const auto rules = rulesOf(numbers);
        const auto theirs = batchLosses(net, makeBatch(windows, net.options(), rules), {}, rules);
        const auto filled = batchLosses(net, makeBatch(windows, net.options()));
        QVERIFY(worst(theirs.fields, numbers.values("losses")) < 1e-4);
        QVERIFY(worst(filled.fields, numbers.values("filled_losses")) < 1e-4);
        QVERIFY(std::abs(theirs.total.item<double>() - theirs.fields.sum().item<double>()) < 1e-5);
    }

    void gradientsAgree_data() { everyCase(); }
    void gradientsAgree() {
        QFETCH(QString, name);
        const auto numbers = reference::networkNumbers(name.toStdString());
        const auto net = netOf(numbers);
        const auto rules = rulesOf(numbers);
        batchLosses(net, makeBatch(windowsOf(numbers), net.options(), rules), {}, rules).total.backward();
        if (numbers.isMidiLm) net.table().grad().index_fill_(0, net.zeroIds(), 0);
        std::vector<at::Tensor> gradients;
        for (const auto& leaf : net.leaves()) gradients.push_back(leaf.grad());
        for (const auto& [tensor, values] : net.named(gradients)) {
            const auto difference = worst(values, numbers.values("gradient." + tensor));
            QVERIFY2(difference < 1e-4, qPrintable(QString("%1: %2").arg(tensor.c_str()).arg(difference)));
        }
    }

    void aPlantedFaultIsNoticed() {
        const at::NoGradGuard noGradient;
        auto numbers = reference::networkNumbers("official-rotary");
        const auto rules = rulesOf(numbers);
        const auto difference = [&] {
            const auto net = netOf(numbers);
            return worst(batchLogits(net, makeBatch(windowsOf(numbers), net.options(), rules), {}, rules),
                         numbers.values("logits"));
        };
        QVERIFY(difference() < 1e-4);
        numbers.options.positions = network::Positions::None;
        QVERIFY(difference() > 1e-2);
    }
};

QTEST_APPLESS_MAIN(ReferenceNumbersTest)
#include "reference_numbers_test.moc"
