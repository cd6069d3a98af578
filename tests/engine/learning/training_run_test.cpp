#include "engine/base/files.h"
#include "engine/configuration/training_settings.h"
#include "engine/learning/train.h"
#include "engine/network/checkpoint.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/requests.h"
#include "engine/runs/run_status.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace continuo;
namespace fs = std::filesystem;

namespace {

/// A net small enough to train in moments.
std::vector<std::string> tiny(std::vector<std::string> more) {
    std::vector<std::string> words{"dataset=scales",        "network=mmt-1m",        "network.emb_dim=64",
                                   "network.attn_layers=2", "network.attn_heads=2",  "network.max_seq_len=64",
                                   "trainer.threads=1",     "trainer.samples=1",     "trainer.sample_bars=1",
                                   "dataset.batch_size=2",  "dataset.val_windows=4", "lr_scheduler.steps=12"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

base::Result<learning::TrainingOutcome> trainTiny(const runs::RunDirectory& run, const std::vector<std::string>& more,
                                                  const learning::TrainingHooks& hooks = {}) {
    const auto words = tiny(more);
    auto configuration = configuration::Configuration::compose(configuration::trainingKeys(), words);
    if (!configuration) return base::failure(configuration.error());
    return learning::train(run, *configuration, words, hooks);
}

std::string weightsOf(const runs::RunDirectory& run, int step) {
    const auto folder = run.checkpoints() / ("step-" + std::to_string(step));
    return base::readTextFile(folder / "model.safetensors").value_or("") +
           base::readTextFile(folder / "trainer.safetensors").value_or("");
}

} // namespace

class TrainingRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void aRunLeavesEverythingItsContractNames() {
        const auto run = runIn("whole");
        const auto outcome = trainTiny(run, {"trainer.max_steps=6", "trainer.validate_every=3"});

        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(outcome->step, std::int64_t{6});
        QVERIFY(runs::readStatus(run)->state == runs::RunState::Finished);
        const auto points = runs::MetricsFollower(run.metrics()).poll();
        QVERIFY(std::ranges::count_if(points, [](const auto& p) { return p.values.contains("train/loss"); }) == 6);
        QVERIFY(std::ranges::count_if(points, [](const auto& p) { return p.values.contains("val/loss"); }) == 2);
        QVERIFY(fs::exists(run.configuration()) && fs::exists(run.log()));
        QVERIFY(fs::exists(run.samples() / "step-6-0.mid"));
        const auto best = runs::bestCheckpoint(run);
        QVERIFY(best && best->validationLoss);
        QVERIFY(network::openCheckpoint(best->path).has_value());
        const auto events = std::ranges::count_if(fs::directory_iterator(run.root), [](const auto& entry) {
            return entry.path().filename().string().starts_with("events.out.tfevents.");
        });
        QCOMPARE(events, std::ptrdiff_t{1});
    }

    void stoppingAndResumingEqualsNotStopping() {
        const auto whole = runIn("whole"), parts = runIn("parts");
        const std::vector<std::string> words{"trainer.max_steps=12", "trainer.validate_every=100",
                                             "network.residual_dropout=0.1"};
        QVERIFY(trainTiny(whole, words).has_value());

        std::int64_t steps = 0;
        learning::TrainingHooks hooks;
        hooks.onProgress = [&](const learning::Progress& at) { steps = at.step; };
        hooks.isStopAsked = [&] { return steps >= 5; };
        const auto stopped = trainTiny(parts, words, hooks);
        QVERIFY(stopped && stopped->stopped);
        QVERIFY(runs::readStatus(parts)->state == runs::RunState::Stopped);
        QVERIFY(learning::resume(parts, {}).has_value());

        QVERIFY(!weightsOf(whole, 12).empty());
        QVERIFY2(weightsOf(whole, 12) == weightsOf(parts, 12), "weights and moments are the same bytes");
    }

    void aRequestToStopIsObeyedAndKeepsACheckpoint() {
        const auto run = runIn("asked");
        learning::TrainingHooks hooks;
        hooks.onProgress = [&](const learning::Progress& at) {
            if (at.step == 3) QVERIFY(runs::makeRequest(run, runs::Request::Stop).has_value());
        };
        const auto outcome = trainTiny(run, {"trainer.max_steps=1000"}, hooks);
        QVERIFY(outcome && outcome->stopped);
        QVERIFY(outcome->step <= 4);
        QCOMPARE(runs::finishedCheckpoints(run).size(), std::size_t{1});
        QVERIFY2(fs::is_empty(run.requests()), "the request is taken away when obeyed");
    }

    void aTakenRunFolderIsRefused() {
        const auto run = runIn("taken");
        QVERIFY(trainTiny(run, {"trainer.max_steps=1"}).has_value());
        const auto again = trainTiny(run, {"trainer.max_steps=1"});
        QVERIFY(!again);
        QVERIFY2(again.error().message.find("resume") != std::string::npos, again.error().message.c_str());
    }

    void onlyTheBestAndTheNewestCheckpointStay() {
        const auto run = runIn("kept");
        QVERIFY(trainTiny(run, {"trainer.max_steps=10", "trainer.validate_every=2", "trainer.samples=0"}).has_value());
        const auto kept = runs::finishedCheckpoints(run);
        QVERIFY(kept.size() <= 2);
        QCOMPARE(kept.back().step, std::int64_t{10});
    }

    void evaluationAgreesWithTheRunsOwnValidation() {
        const auto run = runIn("evaluated");
        const auto outcome = trainTiny(run, {"trainer.max_steps=4", "dataset.val_windows=0"});
        QVERIFY(outcome && outcome->bestValidationLoss);
        const auto evaluation = learning::evaluate(run.root, "", "val", 1);
        QVERIFY2(evaluation.has_value(), evaluation ? "" : evaluation.error().message.c_str());
        QVERIFY(std::abs(evaluation->total - *outcome->bestValidationLoss) < 1e-4);
    }

    /// The net must use what came before: it has to be far below the best guess that sees no context.
    void aTrainedNetBeatsTheUnigramModel() {
        const auto run = runIn("counterpoint");
        const std::vector<std::string> words{"dataset=counterpoint",       "network=mmt-1m",    "trainer.max_steps=160",
                                             "lr_scheduler.warmup=20",     "trainer.samples=0", "dataset.val_windows=8",
                                             "trainer.validate_every=1000"};
        auto configuration = configuration::Configuration::compose(configuration::trainingKeys(), words);
        QVERIFY(learning::train(run, *configuration, words).has_value());
        const auto evaluation = learning::evaluate(run.root, "", "val");
        QVERIFY(evaluation.has_value());
        qInfo("validation %s nats a row, unigram model %s: margin %s",
              qPrintable(QString::number(evaluation->total, 'f', 3)),
              qPrintable(QString::number(evaluation->unigram, 'f', 3)),
              qPrintable(QString::number(evaluation->unigram - evaluation->total, 'f', 3)));
        QVERIFY(evaluation->total < evaluation->unigram - 3);
    }

private:
    runs::RunDirectory runIn(const char* name) const { return {fs::path(folder_->path().toStdString()) / name}; }
    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_APPLESS_MAIN(TrainingRunTest)
#include "training_run_test.moc"
