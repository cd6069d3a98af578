#include "engine/base/files.h"
#include "engine/base/random.h"
#include "engine/network/checkpoint.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/run_directory.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>

using namespace continuo;
namespace fs = std::filesystem;

namespace {

constexpr int kSteps = 80;

QStringList words(const QString& network, int loaderThreads) {
    return {"dataset=eighth-notes",
            "network=" + network,
            "tokenizer=" + network.section('-', 0, 0),
            "network.emb_dim=64",
            "network.attn_layers=2",
            "network.attn_heads=2",
            "network.max_seq_len=64",
            "dataset.batch_size=3", // an epoch ends within the run, with a smaller batch
            "dataset.num_workers=" + QString::number(loaderThreads),
            "dataset.val_windows=4",
            "trainer.threads=1",
            "trainer.precision=fp32",
            "trainer.samples=1",
            "trainer.sample_bars=1",
            "trainer.validate_every=10",
            "trainer.histograms=0",
            "logger.audio=false",
            "lr_scheduler=plateau",
            "lr_scheduler.patience=1",
            "trainer.max_steps=" + QString::number(kSteps)};
}

const QString kProgram = QStringLiteral(CONTINUO_BINARY_DIR "/continuo");

std::int64_t stepsIn(const runs::RunDirectory& run) {
    const auto points = runs::MetricsFollower(run.metrics()).poll();
    return points.empty() ? 0 : points.back().step;
}

/// Starts the program and kills it as soon as its run has come to `step`; whether it ended before that, with code 0.
bool finishes(const QStringList& arguments, const runs::RunDirectory& run, std::int64_t step) {
    QProcess process;
    process.start(kProgram, arguments);
    while (!process.waitForFinished(2))
        if (stepsIn(run) >= step) break;
    if (process.state() == QProcess::NotRunning) {
        if (process.exitCode() != 0) qWarning("%s", process.readAllStandardError().constData());
        return process.exitCode() == 0;
    }
    process.kill(); // SIGKILL
    process.waitForFinished(10'000);
    return false;
}

/// Step and name → value, of all but times and rates; counts values that stand twice.
std::map<std::pair<std::int64_t, std::string>, double> metricsOf(const runs::RunDirectory& run, int& twice) {
    std::map<std::pair<std::int64_t, std::string>, double> values;
    for (const auto& point : runs::MetricsFollower(run.metrics()).poll())
        for (const auto& [name, value] : point.values)
            if (name != "tokens_per_second") {
                twice += !values.emplace(std::pair(point.step, name), value).second;
                values.emplace(std::pair(point.step, name + " after tokens"), static_cast<double>(point.tokens));
            }
    return values;
}

/// Path in the run → bytes, of all that must be equal.
std::map<std::string, base::Bytes> filesOf(const runs::RunDirectory& run) {
    std::map<std::string, base::Bytes> files;
    for (const auto& folder : {run.samples(), run.checkpoints()})
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            const auto name = entry.path().filename().string();
            if (entry.is_regular_file() && (name.ends_with(".mid") || name.ends_with(".safetensors")))
                files[fs::relative(entry.path(), run.root).string()] =
                    base::readFile(entry.path()).value_or(base::Bytes());
        }
    return files;
}

} // namespace

class ExactResumeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunThatIsKilledAndResumedEqualsOneThatIsNot_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("loaderThreads");
        QTest::newRow("mmt, no loader thread") << "mmt-1m" << 0;
        QTest::newRow("mmt, three loader threads") << "mmt-1m" << 3;
        QTest::newRow("tpd, one loader thread") << "tpd-1m" << 1;
        QTest::newRow("structured, two loader threads") << "structured-1m" << 2;
    }
    /// reliability promise P-36
    void aRunThatIsKilledAndResumedEqualsOneThatIsNot() {
        QFETCH(QString, network);
        QFETCH(int, loaderThreads);
        const QTemporaryDir folder;
        const runs::RunDirectory whole{fs::path(folder.path().toStdString()) / "whole"};
        const runs::RunDirectory killed{fs::path(folder.path().toStdString()) / "killed"};
        const auto train = QStringList{"train"} + words(network, loaderThreads);
        constexpr std::int64_t kNever = 1'000'000;
        QVERIFY(finishes(train + QStringList{"run_dir=" + QString::fromStdString(whole.root.string())}, whole, kNever));

        base::Random random(17 + static_cast<std::uint64_t>(loaderThreads));
        auto arguments = train + QStringList{"run_dir=" + QString::fromStdString(killed.root.string())};
        int kills = 0;
        for (bool done = false; !done; ++kills) {
            QVERIFY(kills < 60);
            const auto hasCheckpoint = !runs::finishedCheckpoints(killed).empty();
            if (kills > 0 && hasCheckpoint)
                arguments = QStringList{"resume", QString::fromStdString(killed.root.string())};
            else if (kills > 0)
                fs::remove_all(killed.root); // killed before there was anything to go on from: begun again
            const auto from = hasCheckpoint ? runs::finishedCheckpoints(killed).back().step : 0;
            done = finishes(arguments, killed, from + random.between(4, 24));
        }
        --kills;

        int twice = 0;
        const auto expected = metricsOf(whole, twice), got = metricsOf(killed, twice);
        const auto files = filesOf(whole), otherFiles = filesOf(killed);
        int mismatches = twice;
        for (const auto& [key, value] : expected) {
            const auto found = got.find(key);
            if (found != got.end() && found->second == value) continue;
            ++mismatches;
            qWarning("step %lld %s differs", static_cast<long long>(key.first), key.second.c_str());
        }
        for (const auto& [name, bytes] : files) {
            const auto found = otherFiles.find(name);
            if (found != otherFiles.end() && found->second == bytes) continue;
            ++mismatches;
            qWarning("%s differs", name.c_str());
        }
        qInfo("P-36: %s, %d loader threads: kills %d, values and files compared %zu, mismatches %d",
              qPrintable(network), loaderThreads, kills, expected.size() + files.size(), mismatches);
        QVERIFY(kills >= 4);
        QVERIFY(expected.size() > 3 * kSteps);
        QVERIFY(files.size() >= kSteps / 10 + 4);
        QCOMPARE(got.size(), expected.size());
        QCOMPARE(otherFiles.size(), files.size());
        QCOMPARE(mismatches, 0);
    }
};

QTEST_GUILESS_MAIN(ExactResumeTest)
#include "exact_resume_test.moc"
