#include "engine/base/files.h"
#include "engine/configuration/training_settings.h"
#include "engine/corpus/exercises.h"
#include "engine/corpus/prepared_folder.h"
#include "engine/learning/train.h"
#include "engine/midi/muspy_import.h"
#include "engine/network/checkpoint.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/requests.h"
#include "engine/runs/run_lock.h"
#include "engine/runs/run_status.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <csignal>
#include <cstring>
#include <set>
#include <sys/resource.h>

using namespace continuo;
using namespace continuo::learning;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

Words tinyRun(const Words& more = {}) {
    Words words{"network=mmt-1m",         "network.emb_dim=64",       "network.attn_layers=2", "network.attn_heads=2",
                "network.max_seq_len=64", "dataset.batch_size=2",     "trainer.threads=1",     "trainer.samples=0",
                "lr_scheduler.warmup=4",  "trainer.validate_every=4", "dataset.val_windows=4"};
    if (std::ranges::none_of(more, [](const auto& word) { return word.starts_with("dataset="); }))
        words.emplace_back("dataset=eighth-notes");
    std::erase_if(words, [&](const auto& word) {
        return word == "network=mmt-1m" && std::ranges::find(more, "network=tpd-1m") != more.end();
    });
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

base::Result<TrainingOutcome> trainIn(const runs::RunDirectory& run, const Words& words,
                                      const TrainingHooks& hooks = {}) {
    const auto configuration = configuration::Configuration::compose(configuration::trainingKeys(), words);
    if (!configuration) return base::failure(configuration.error());
    return train(run, *configuration, words, hooks);
}

TrainingHooks stoppingAfter(std::int64_t steps) {
    const auto seen = std::make_shared<std::int64_t>(0);
    TrainingHooks hooks;
    hooks.onProgress = [seen](const Progress& progress) { *seen = progress.step; };
    hooks.isStopAsked = [seen, steps] { return *seen >= steps; };
    return hooks;
}

/// Name → bytes of every tensor of a checkpoint, the trainer's too.
std::map<std::string, std::vector<float>> tensorsOf(const runs::RunDirectory& run, std::int64_t step) {
    const auto checkpoint = network::openCheckpoint(run.checkpoints() / ("step-" + std::to_string(step)),
                                                    network::CheckpointParts::ModelAndTrainer);
    std::map<std::string, std::vector<float>> all;
    if (!checkpoint) return all;
    for (const auto& tensor : checkpoint->model.tensors())
        all[tensor.name].assign(tensor.values.begin(), tensor.values.end());
    for (const auto& tensor : checkpoint->trainer->tensors())
        all[tensor.name].assign(tensor.values.begin(), tensor.values.end());
    return all;
}

bool sameBytes(const std::map<std::string, std::vector<float>>& a, const std::map<std::string, std::vector<float>>& b) {
    return a.size() == b.size() && std::ranges::all_of(a, [&](const auto& entry) {
               const auto found = b.find(entry.first);
               return found != b.end() && found->second.size() == entry.second.size() &&
                      std::memcmp(found->second.data(), entry.second.data(), entry.second.size() * sizeof(float)) == 0;
           });
}

bool names(const std::string& message, const std::string& part) { return message.find(part) != std::string::npos; }

} // namespace

class TrainingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        run_ = at("run");
    }

    void stoppingAndResumingEqualsNotStopping_data() {
        QTest::addColumn<QStringList>("more");
        QTest::newRow("plain") << QStringList{};
        QTest::newRow("with dropout, two threads")
            << QStringList{"network.emb_dropout=0.1", "network.ff_dropout=0.1", "trainer.threads=2"};
        QTest::newRow("bf16") << QStringList{"trainer.precision=bf16"};
    }
    void stoppingAndResumingEqualsNotStopping() {
        QFETCH(QStringList, more);
        auto words = tinyRun({"trainer.max_steps=12"});
        for (const auto& word : more) words.push_back(word.toStdString());
        const auto whole = at("whole");
        QVERIFY(trainIn(whole, words));

        const auto stopped = trainIn(run_, words, stoppingAfter(6));
        QVERIFY(stopped && stopped->stopped);
        QCOMPARE(stopped->step, std::int64_t{6});
        QCOMPARE(runs::readStatus(run_)->state, runs::RunState::Stopped);
        const auto resumed = resume({.run = run_});

        QVERIFY(resumed && !resumed->stopped);
        QCOMPARE(resumed->step, std::int64_t{12});
        const auto expected = tensorsOf(whole, 12), got = tensorsOf(run_, 12);
        QVERIFY(!expected.empty());
        QVERIFY(sameBytes(expected, got));
        QVERIFY(!sameBytes(expected, tensorsOf(run_, 8)));
    }

    void overfittingOneFileOfEighthNotesGoesBelowFiveHundredths() {
        const auto words = tinyRun({"network.attn_layers=4", "dataset.batch_size=1", "transforms.transpose_min=0",
                                    "transforms.transpose_max=0", "network.residual_dropout=0", "trainer.max_steps=100",
                                    "trainer.validate_every=100", "optimizer.lr=0.003", "lr_scheduler=constant",
                                    "dataset=" + onePiece(), "seed=1"});
        QVERIFY(trainIn(run_, words));
        const auto points = runs::MetricsFollower(run_.metrics()).poll();
        double last = 1e9;
        for (const auto& point : points)
            if (point.values.contains("train/loss")) last = point.values.at("train/loss");
        QVERIFY2(last < 0.05, qPrintable(QString::number(last)));
    }

    void theRunFolderHoldsWhatTheContractNames() {
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=9", "trainer.samples=1", "trainer.sample_bars=1"})));

        const auto status = runs::readStatus(run_);
        QVERIFY(status);
        QCOMPARE(status->state, runs::RunState::Finished);
        QCOMPARE(status->step, std::int64_t{9});
        QVERIFY(status->validationLoss && status->bestValidationLoss && status->trainLoss);
        std::int64_t steps = 0, validations = 0;
        for (const auto& point : runs::MetricsFollower(run_.metrics()).poll()) {
            steps += point.values.contains("train/pitch_loss") && point.values.contains("lr") &&
                     point.values.contains("grad_norm");
            validations += point.values.contains("val/loss") && point.values.contains("val/pitch_loss");
        }
        QCOMPARE(steps, std::int64_t{9});
        QCOMPARE(validations, std::int64_t{3}); // at 4, 8 and the end
        QCOMPARE(runs::finishedCheckpoints(run_).size(), std::size_t{2});
        QVERIFY(runs::bestCheckpoint(run_)->validationLoss);
        const auto yaml = base::readTextFile(run_.configuration()).value_or("");
        QVERIFY(names(yaml, "max_steps: 9") && names(yaml, "dataset_hash") && names(yaml, "version"));
        QVERIFY(fs::exists(run_.root / "log.txt"));
        QVERIFY(fs::exists(run_.samples() / "step-9-0.mid"));
        const auto events = std::ranges::any_of(fs::directory_iterator(run_.root), [](const auto& entry) {
            return entry.path().filename().string().starts_with("events.out.tfevents.") && entry.file_size() > 1000;
        });
        QVERIFY(events);
    }

    void requestsAreObeyed() {
        TrainingHooks hooks;
        std::int64_t asked = 0;
        int looks = 0;
        hooks.onProgress = [&](const Progress& progress) {
            if (progress.step == 2) QVERIFY(runs::makeRequest(run_, runs::Request::Checkpoint));
            if (progress.step == 3) QVERIFY(fs::exists(run_.checkpoints() / "step-2" / "DONE"));
            if (progress.step == 3)
                QVERIFY(runs::makeRequest(run_, runs::Request::Pause) &&
                        runs::makeRequest(run_, runs::Request::Resume));
            if (progress.step == 4) QVERIFY(runs::makeRequest(run_, runs::Request::Pause));
            if (progress.step == 5) QVERIFY(runs::makeRequest(run_, runs::Request::Stop));
            asked = progress.step;
        };
        hooks.isStopAsked = [&] { // while paused this is all the trainer does
            if (asked == 4 && ++looks > 2) (void)runs::makeRequest(run_, runs::Request::Resume);
            return false;
        };
        const auto outcome = trainIn(run_, tinyRun({"trainer.max_steps=50"}), hooks);
        QVERIFY(outcome && outcome->stopped);
        QCOMPARE(outcome->step, std::int64_t{5});
        QVERIFY(fs::exists(run_.checkpoints() / "step-5" / "DONE"));
        QVERIFY(fs::is_empty(run_.requests()));
        QVERIFY(names(base::readTextFile(run_.root / "log.txt").value_or(""), "paused at step 4"));
    }

    void patienceEndsARunThatNoLongerImproves() {
        const auto outcome = trainIn(run_, tinyRun({"trainer.max_steps=400", "trainer.patience=1", "optimizer.lr=0",
                                                    "trainer.validate_every=2"}));
        QVERIFY(outcome && !outcome->stopped);
        QCOMPARE(outcome->step, std::int64_t{4});
    }

    void gradientsThatAreNotFiniteEndTheRunAndKeepTheLastGoodNet() {
        // A rate of 10 without warm-up or clipping throws the weights out of range within a few steps.
        const auto outcome = trainIn(
            run_, tinyRun({"trainer.max_steps=400", "optimizer.lr=10", "lr_scheduler.warmup=0", "trainer.clip=0",
                           "optimizer.weight_decay=10", "trainer.bad_steps=3", "trainer.validate_every=1"}));
        QVERIFY(!outcome);
        QVERIFY2(names(outcome.error().message, "not finite"), outcome.error().message.c_str());
        const auto status = runs::readStatus(run_);
        QCOMPARE(status->state, runs::RunState::Failed);
        QVERIFY(!status->reason.empty());
        for (const auto& entry : runs::finishedCheckpoints(run_)) QVERIFY(network::openCheckpoint(entry.path));
    }

    void aFullDiskAtACheckpointIsSaidAndTrainingGoesOn() {
        std::string said;
        TrainingHooks hooks;
        rlimit before{};
        ::getrlimit(RLIMIT_FSIZE, &before);
        ::signal(SIGXFSZ, SIG_IGN);
        hooks.onProgress = [&](const Progress& progress) {
            const rlimit limited{progress.step < 6 ? 60'000 : before.rlim_cur, before.rlim_max};
            ::setrlimit(RLIMIT_FSIZE, &limited);
        };
        hooks.say = [&](const std::string& sentence) { said += sentence + "\n"; };

        const auto outcome = trainIn(run_, tinyRun({"trainer.max_steps=8"}), hooks);

        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(outcome);
        QVERIFY2(names(said, "WARNING: the checkpoint of step 4 was not written"), said.c_str());
        const auto kept = runs::finishedCheckpoints(run_);
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(kept[0].step, std::int64_t{8});
        for (const auto& entry : fs::directory_iterator(run_.checkpoints()))
            QCOMPARE(entry.path().filename().string(), std::string("step-8"));
    }

    void refusalsAreSentences() {
        const auto refusal = [&](const Words& words) {
            const auto outcome = trainIn(at("refused"), tinyRun(words));
            return outcome ? std::string("accepted") : outcome.error().message;
        };
        QVERIFY(names(refusal({"dataset=nonsense"}), "counterpoint"));
        QVERIFY(names(refusal({"network=mmt-2m"}), "mmt-"));
        QVERIFY(names(refusal({"network=tpd-1m", "tokenizer=mmt"}), "tpd-1m"));
        QVERIFY(!fs::exists(at("refused").root));
        QVERIFY(!resume({.run = at("nowhere")}));

        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=1"})));
        const auto again = trainIn(run_, tinyRun({"trainer.max_steps=1"}));
        QVERIFY(!again && names(again.error().message, "already holds a run"));
        const auto lock = runs::RunLock::take(run_);
        const auto locked = resume({.run = run_});
        QVERIFY(!locked && names(locked.error().message, "another trainer"));
    }

    void aDamagedCheckpointIsNotResumed() {
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=2"})));
        damage(2);
        const auto outcome = resume({.run = run_, .overrides = {"trainer.max_steps=4"}});
        QVERIFY(!outcome);
        QVERIFY2(names(outcome.error().message, "trainer.safetensors"), outcome.error().message.c_str());
    }

    void behindADamagedCheckpointTheOneBeforeItIsTaken() {
        const auto words = tinyRun({"trainer.max_steps=12", "trainer.keep=9"});
        const auto whole = at("whole");
        QVERIFY(trainIn(whole, words) && trainIn(run_, words));
        damage(12);
        std::string said;
        TrainingHooks hooks;
        hooks.say = [&](const std::string& sentence) { said += sentence + "\n"; };

        const auto outcome = resume({.run = run_}, hooks);

        QVERIFY(outcome && outcome->step == 12);
        QVERIFY2(names(said, "The one before it is tried") && names(said, "goes on from step 8"), said.c_str());
        QVERIFY(sameBytes(tensorsOf(whole, 12), tensorsOf(run_, 12)));
        QVERIFY(fs::exists(run_.checkpoints() / "set-aside-step-12"));
        std::set<std::pair<std::int64_t, std::string>> seen; // no step stands twice
        for (const auto& point : runs::MetricsFollower(run_.metrics()).poll())
            for (const auto& [name, value] : point.values) QVERIFY(seen.emplace(point.step, name).second);
        QVERIFY(!resume({.run = run_, .checkpoint = "5"}));
        QVERIFY(names(resume({.run = run_, .checkpoint = "5"}).error().message, "4, 8, 12"));
    }

    /// reliability.md P-38: a mixed run directory is refused, naming the folder.
    void aCheckpointOfAnotherRunIsRefused() {
        const auto other = at("other");
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=2"})));
        QVERIFY(trainIn(other, tinyRun({"trainer.max_steps=3", "network=tpd-1m"})));
        fs::copy(other.checkpoints() / "step-3", run_.checkpoints() / "step-3", fs::copy_options::recursive);
        const auto outcome = resume({.run = run_, .overrides = {"trainer.max_steps=5"}});
        QVERIFY(!outcome);
        QVERIFY2(names(outcome.error().message, "of another run") && names(outcome.error().message, "step-3"),
                 outcome.error().message.c_str());
        QVERIFY(resume({.run = run_, .checkpoint = "2", .overrides = {"trainer.max_steps=3"}}));
    }

    void aRunGoesOnFromAnyCheckpointThatIsKept() {
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=12", "trainer.keep=9"})));
        const auto expected = tensorsOf(run_, 12);
        QVERIFY(resume({.run = run_, .checkpoint = "4"}));
        QVERIFY(sameBytes(expected, tensorsOf(run_, 12)));
        const auto best = runs::bestCheckpoint(run_)->step;
        std::string said;
        TrainingHooks hooks;
        hooks.say = [&](const std::string& sentence) { said += sentence + "\n"; };
        QVERIFY(resume({.run = run_, .checkpoint = "best"}, hooks));
        QVERIFY(names(said, "goes on from step " + std::to_string(best)));
    }

    void weightsAloneBeginANewRun() {
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=4"})));
        const auto fresh = at("fresh");
        // An optimizer of another kind could not go on from the old one's memories.
        const ResumeRequest request{run_, "", {"optimizer=sgd", "optimizer.lr=0", "trainer.max_steps=3"}, true, fresh};
        QVERIFY(!resume({.run = run_, .overrides = {"optimizer=sgd", "trainer.max_steps=8"}}));

        const auto outcome = resume(request);

        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(outcome->step, std::int64_t{3});
        const auto before = tensorsOf(run_, 4), after = tensorsOf(fresh, 3);
        QCOMPARE(after.at("pitch_out.weight"), before.at("pitch_out.weight")); // the rate is 0
        QVERIFY(after.contains("velocity.pitch_out.weight") && !after.contains("mean.pitch_out.weight"));
        QVERIFY(names(base::readTextFile(fresh.configuration()).value_or(""), "sgd"));
        QVERIFY(!resume(request)); // its folder holds a run now
    }

    void epochsOverfittingAndTheTableOfTimes() {
        std::string said;
        TrainingHooks hooks;
        hooks.say = [&](const std::string& sentence) { said += sentence + "\n"; };
        const auto outcome =
            trainIn(run_,
                    tinyRun({"trainer.max_epochs=5", "trainer.overfit_batches=2", "trainer.profiler=simple",
                             "trainer.log_every_n_steps=3", "trainer.validate_every=4", "logger=csv"}),
                    hooks);
        QVERIFY(outcome);
        QCOMPARE(outcome->step, std::int64_t{10});
        QVERIFY2(names(said, "an epoch is the first 2 batches") && names(said, "backward"), said.c_str());
        std::vector<std::int64_t> logged;
        for (const auto& point : runs::MetricsFollower(run_.metrics()).poll())
            if (point.values.contains("train/loss")) logged.push_back(point.step);
        QCOMPARE(logged, (std::vector<std::int64_t>{3, 4, 6, 8, 9, 10}));
        const auto table = base::readTextFile(run_.root / "metrics.csv").value_or("");
        QVERIFY(table.starts_with("step,seconds,tokens,train/loss,val/loss,lr,grad_norm"));
        QCOMPARE(std::ranges::count(table, '\n'), 1 + 6 + 3);
        QVERIFY(std::ranges::none_of(fs::directory_iterator(run_.root), [](const auto& entry) {
            return entry.path().filename().string().find("tfevents") != std::string::npos;
        }));
    }

    void everyFamilyLogsWhatMidiLmLogs_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QStringList>("losses");
        QTest::newRow("mmt") << "mmt-1m" << QStringList{"event_type_loss", "beat_loss",     "position_loss",
                                                        "pitch_loss",      "duration_loss", "instrument_loss"};
        QTest::newRow("tpd") << "tpd-1m" << QStringList{"time_shift_loss", "pitch_loss", "duration_loss"};
        QTest::newRow("structured") << "structured-1m"
                                    << QStringList{"illegal_pitch_prob", "illegal_velocity_prob",
                                                   "illegal_duration_prob", "illegal_time_shift_prob"};
    }
    void everyFamilyLogsWhatMidiLmLogs() {
        QFETCH(QString, network);
        QFETCH(QStringList, losses);
        const Words chosen{"network=" + network.toStdString()};
        for (const auto* logger : {"tensorboard", "csv"}) {
            const auto run = at(logger);
            auto words = tinyRun({"trainer.max_steps=4", "samples.count=1", "samples.rows=100",
                                  "samples.temperature=0.7", std::string("logger=") + logger});
            words.front() = chosen.front();
            QVERIFY(trainIn(run, words));
            std::map<std::string, double> seen;
            for (const auto& point : runs::MetricsFollower(run.metrics()).poll())
                seen.insert(point.values.begin(), point.values.end());
            QStringList wanted{"train/loss", "val/loss"};
            for (const auto& name : losses) wanted << "train/" + name << "val/" + name;
            for (const auto* counted : {"n_beats", "n_tracks", "n_notes", "n_instruments", "pitch_range"})
                wanted << QString("generated/") + counted;
            if (seen["generated/n_notes"] > 0) // of no notes there are no shares
                wanted << "generated/pitch_entropy"
                       << "generated/scale_consistency"
                       << "generated/empty_beat_ratio"
                       << "generated/avg_concurrent_pitches";
            for (const auto& name : wanted) QVERIFY2(seen.contains(name.toStdString()), qPrintable(name));
            for (const auto& [name, value] : seen)
                if (names(name, "illegal")) QVERIFY2(value > 0 && value <= 1, name.c_str());
            if (std::string(logger) == "csv") {
                const auto table = base::readTextFile(run.root / "metrics.csv");
                QVERIFY(table);
                const auto header = QString::fromStdString(*table).split('\n').front().split(',');
                for (const auto& name : wanted) QVERIFY2(header.contains(name), qPrintable(name));
            }
        }
    }

    void samplesOfSoManyRowsBeginWithNothing() {
        const auto words = tinyRun({"trainer.max_steps=4", "samples.count=2", "samples.rows=20"});
        QVERIFY(trainIn(run_, words));
        for (const auto* sample : {"step-4-0.mid", "step-4-1.mid"}) {
            const auto bytes = base::readFile(run_.samples() / sample);
            QVERIFY2(bytes, sample);
            const auto piece = midi::importLikeMuspy(*bytes);
            QVERIFY(piece);
            std::size_t notes = 0; // no prompt is among them, whose eighth notes would be 32
            for (const auto& track : piece->tracks) notes += track.notes.size();
            QVERIFY2(notes <= 20, sample);
        }
    }

    void theReferenceSamplesAHundredRowsEachHundredSteps() {
        const auto settings = [](const Words& more) {
            Words words{"parity=midi-lm"};
            words.insert(words.end(), more.begin(), more.end());
            return configuration::trainingSettings(
                *configuration::Configuration::compose(configuration::trainingKeys(), words));
        };
        const auto plain = settings({});
        QCOMPARE(plain.sampleSteps, std::int64_t{100});
        QCOMPARE(plain.sampleEvery, std::int64_t{100});
        QCOMPARE(plain.sampleFrom, std::int64_t{50});
        QCOMPARE(plain.samples, std::int64_t{1});
        QCOMPARE(settings({"+samples.count=3"}).sampleSteps, std::int64_t{100});
        QCOMPARE(settings({"+samples.bars=2"}).sampleSteps, std::int64_t{0});
        QCOMPARE(settings({"+samples.rows=7"}).sampleSteps, std::int64_t{7});
        QCOMPARE(settings({"+samples.every_n_steps=5"}).sampleFrom, std::int64_t{0});
    }

    void everyLoggerHasTheMeasuresOfTheSamples() {
        for (const auto* logger : {"tensorboard", "csv"}) {
            const auto run = at(logger);
            QVERIFY(trainIn(run, tinyRun({"trainer.max_steps=4", "trainer.samples=1", "trainer.sample_bars=2",
                                          std::string("logger=") + logger})));
            std::set<std::string> measures;
            for (const auto& point : runs::MetricsFollower(run.metrics()).poll())
                for (const auto& [name, value] : point.values)
                    if (name.starts_with("generated/")) measures.insert(name);
            QVERIFY(measures.contains("generated/n_notes") && measures.contains("generated/empty_beat_ratio"));
        }
    }

    void resumingTakesNewLimitsOver() {
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=2"})));
        const auto outcome = resume({.run = run_, .overrides = {"trainer.max_steps=5"}});
        QVERIFY(outcome);
        QCOMPARE(outcome->step, std::int64_t{5});
    }

    void theReferenceModeNeverTrainsTheRowsOfIdZero() {
        // Its decay reaches them like everything else, so it is off here.
        const auto words = tinyRun({"trainer.max_steps=8", "tokenizer.parity=midi-lm", "tokenizer.max_seq_len=64",
                                    "optimizer.weight_decay=0", "trainer.keep=9"});
        QVERIFY(trainIn(run_, words));
        const auto early = tensorsOf(run_, 4), late = tensorsOf(run_, 8);
        const auto rowOf = [](const auto& tensors, const char* name, std::size_t row) {
            const auto& values = tensors.at(name);
            return std::vector<float>(values.begin() + static_cast<std::ptrdiff_t>(row * 64),
                                      values.begin() + static_cast<std::ptrdiff_t>(row * 64 + 64));
        };
        QCOMPARE(rowOf(early, "event_type_emb.weight", 0), rowOf(late, "event_type_emb.weight", 0));
        QVERIFY(rowOf(early, "event_type_emb.weight", 3) != rowOf(late, "event_type_emb.weight", 3));
    }

    void startOfSongIsTrainedThoughItsIdIsZero() {
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=8", "optimizer.weight_decay=0", "trainer.keep=9"})));
        const auto early = tensorsOf(run_, 4), late = tensorsOf(run_, 8);
        const auto& before = early.at("event_type_emb.weight");
        const auto& after = late.at("event_type_emb.weight");
        QVERIFY(!std::equal(before.begin(), before.begin() + 64, after.begin()));
    }

    void evaluationGivesTheLossOfTheRun() {
        QVERIFY(trainIn(run_, tinyRun({"trainer.max_steps=8", "dataset.val_windows=0"})));
        const auto evaluation = evaluate(run_.root, "", "val", 1);
        QVERIFY(evaluation);
        QVERIFY(std::abs(evaluation->total - *runs::readStatus(run_)->bestValidationLoss) < 1e-4);
        double sum = 0;
        for (const auto& [name, loss] : evaluation->fields) sum += loss;
        QVERIFY(std::abs(sum - evaluation->total) < 1e-9);
        QVERIFY(evaluation->unigram > 0);
        QVERIFY(!evaluate(run_.root, "nonsense", "val", 1));
        QVERIFY(!evaluate(run_.root / "nowhere", "", "val", 1));
    }

private:
    void damage(std::int64_t step) const {
        const auto file = run_.checkpoints() / ("step-" + std::to_string(step)) / "trainer.safetensors";
        fs::resize_file(file, fs::file_size(file) - 4);
    }
    runs::RunDirectory at(const char* name) const { return {fs::path(folder_->path().toStdString()) / name}; }

    /// A prepared folder with one file of eighth notes.
    std::string onePiece() const {
        std::vector<corpus::Piece> pieces{corpus::makeEighthNotes().front()};
        pieces.front().part = corpus::Part::Train;
        const auto place = fs::path(folder_->path().toStdString()) / "one";
        return corpus::writePreparedFolder(place, pieces) ? place.string() : "the folder was not written";
    }

    std::unique_ptr<QTemporaryDir> folder_;
    runs::RunDirectory run_;
};

QTEST_APPLESS_MAIN(TrainingTest)
#include "training_test.moc"
