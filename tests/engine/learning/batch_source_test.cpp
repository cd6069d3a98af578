#include "engine/corpus/dataset.h"
#include "engine/learning/batch_loader.h"
#include "engine/learning/batch_tensors.h"

#include <QTest>
#include <algorithm>
#include <map>

using namespace continuo;
using namespace continuo::learning;

namespace {

/// Scales, whose pieces are all short: each is one sample.
std::shared_ptr<const BatchSource> source(std::size_t windowsAStep, std::uint64_t seed = 3,
                                          std::int64_t onlyBatches = 0) {
    static const auto dataset = corpus::Dataset::open("scales").value();
    tokens::TokenizerSettings tokenizer;
    tokenizer.maxRows = 64;
    corpus::WindowSource windows(dataset, corpus::Part::Train, {.tokenizer = tokenizer});
    return std::make_shared<const BatchSource>(std::move(windows), BatchPlan{windowsAStep, seed, onlyBatches});
}

} // namespace

class BatchSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// reliability promise P-39
    void anEpochHasEachSampleOnceHoweverOftenTheRunStops() {
        constexpr std::int64_t kEpochs = 60;
        constexpr int kInterruptions = 50;
        const auto samples = source(1)->samplesPerEpoch();
        std::size_t aStep = 3;
        while (samples % aStep == 0) ++aStep; // so that the last step of an epoch is a small one
        const auto steps = source(aStep)->stepsPerEpoch();
        base::Random random(11);
        std::map<std::pair<std::int64_t, std::size_t>, int> seen;
        int stops = 0;
        for (std::int64_t step = 0; step < kEpochs * steps;) {
            BatchLoader loader(source(aStep), static_cast<int>(random.below(3))); // a process that begins again
            const auto until =
                std::min(kEpochs * steps, step + 1 +
                                              static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(
                                                  std::max<std::int64_t>(1, kEpochs * steps / 40)))));
            for (; step < until; ++step)
                for (const auto sample : loader.at(step).samples) ++seen[{step / steps, sample}];
            ++stops;
        }
        const auto duplicates = std::ranges::count_if(seen, [](const auto& entry) { return entry.second != 1; });
        const auto misses = static_cast<std::int64_t>(samples) * kEpochs - static_cast<std::int64_t>(seen.size());
        qInfo("P-39: %d interruptions, %lld samples in %lld epochs, duplicates %lld, misses %lld", stops,
              static_cast<long long>(samples), static_cast<long long>(kEpochs), static_cast<long long>(duplicates),
              static_cast<long long>(misses));
        QVERIFY(stops >= kInterruptions);
        QCOMPARE(duplicates, 0);
        QCOMPARE(misses, 0);
    }

    void everyNumberOfThreadsGivesTheSameBatches() {
        BatchLoader plain(source(4), 0), one(source(4), 1), three(source(4), 3);
        for (const std::int64_t step : {0, 1, 2, 9, 40, 41, 7, 300, 3}) { // backwards too
            const auto windows = plain.at(step).windows;
            QVERIFY(!windows.empty());
            QVERIFY(one.at(step).windows == windows);
            QVERIFY(three.at(step).windows == windows);
        }
        for (std::int64_t step = 0; step < 200; ++step) QVERIFY(three.at(step).windows == plain.at(step).windows);
    }

    void seedsAndEpochsGiveOtherOrders() {
        const auto batches = source(4);
        const auto epoch = batches->stepsPerEpoch();
        BatchLoader loader(batches, 0), other(source(4, 4), 0);
        const auto first = loader.at(0).samples;
        QVERIFY(loader.at(epoch).samples != first);
        QVERIFY(other.at(0).samples != first);
    }

    void littleOfAStepIsPadded_data() {
        QTest::addColumn<int>("windows");
        for (const int windows : {2, 4, 8}) QTest::addRow("%d a step", windows) << windows;
    }
    void littleOfAStepIsPadded() {
        QFETCH(int, windows);
        static const auto dataset = corpus::Dataset::open("counterpoint").value();
        const auto batches = std::make_shared<const BatchSource>(
            corpus::WindowSource(dataset, corpus::Part::Train, {.tokenizer = *tokens::namedTokenizer("mmt")}),
            BatchPlan{static_cast<std::size_t>(windows), 5, 0});
        BatchLoader loader(batches, 0);
        std::size_t padded = 0, run = 0, real = 0; // up to the longest of a step, of a run within it
        for (std::int64_t step = 0; step < batches->stepsPerEpoch(); ++step) {
            auto sorted = loader.at(step).windows;
            std::ranges::stable_sort(sorted, {}, &tokens::Rows::size);
            for (const auto even : inEvenRuns(sorted))
                for (const auto& rows : even) {
                    padded += sorted.back().size() - rows.size();
                    run += even.back().size() - rows.size();
                    real += rows.size();
                }
        }
        QVERIFY2(windows > 4 || padded * 10 < real, qPrintable(QString("%1 of %2").arg(padded).arg(real)));
        QVERIFY2(run * 100 < 7 * real, qPrintable(QString("%1 of %2").arg(run).arg(real)));
    }

    void overfittingTakesTheSameWindowsAgain() {
        const auto few = source(4, 3, 2);
        QCOMPARE(few->stepsPerEpoch(), std::int64_t{2});
        BatchLoader loader(few, 1);
        const auto first = loader.at(0).windows, second = loader.at(1).windows;
        QVERIFY(first != second);
        for (std::int64_t step = 2; step < 12; step += 2) {
            QVERIFY(loader.at(step).windows == first);
            QVERIFY(loader.at(step + 1).windows == second);
        }
    }
};

QTEST_APPLESS_MAIN(BatchSourceTest)
#include "batch_source_test.moc"
