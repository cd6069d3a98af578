#include "engine/base/files.h"
#include "engine/runs/metrics_log.h"
#include "engine/runs/requests.h"
#include "engine/runs/run_directory.h"
#include "engine/runs/run_status.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace continuo;
using namespace continuo::runs;
namespace fs = std::filesystem;

namespace {

void makeCheckpoint(const RunDirectory& run, int step, const std::string& manifest, bool done = true) {
    const auto folder = run.checkpoints() / ("step-" + std::to_string(step));
    fs::create_directories(folder);
    QVERIFY(base::saveFile(folder / "manifest.json", base::bytesOf(manifest)));
    if (done) QVERIFY(base::saveFile(folder / "DONE", {}));
}

double secondsSinceEpoch() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

RunStatus runningHere() {
    RunStatus status;
    status.state = RunState::Running;
    char host[256] = {};
    ::gethostname(host, sizeof host - 1);
    status.host = host;
    status.pid = ::getpid();
    status.heartbeat = secondsSinceEpoch();
    return status;
}

/// A process number that has just ended.
std::int64_t deadProcess() {
    const auto child = ::fork();
    if (child == 0) ::_exit(0);
    ::waitpid(child, nullptr, 0);
    return child;
}

} // namespace

class RunDirectoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        run_ = {fs::path(folder_->path().toStdString()) / "run"};
        fs::create_directories(run_.root);
    }

    void aCheckpointCountsOnlyWhenItIsDone() {
        makeCheckpoint(run_, 200, "{\"validation_loss\": 3.5}");
        makeCheckpoint(run_, 30, "{\"validation_loss\": 3.25}");
        makeCheckpoint(run_, 1000, "{}", /*done=*/false);
        fs::create_directories(run_.checkpoints() / "step-x");

        const auto found = finishedCheckpoints(run_);

        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0].step, std::int64_t{30});
        QCOMPARE(found[1].step, std::int64_t{200});
        QCOMPARE(*found[0].validationLoss, 3.25);
        QCOMPARE(bestCheckpoint(run_)->step, std::int64_t{30});
    }

    void withoutValidationTheNewestIsBest() {
        QVERIFY(!bestCheckpoint(run_));
        makeCheckpoint(run_, 10, "{}");
        makeCheckpoint(run_, 20, "not json");
        QCOMPARE(bestCheckpoint(run_)->step, std::int64_t{20});
    }

    void aStatusIsReadAsItWasWritten() {
        auto status = runningHere();
        status.step = 12;
        status.maxSteps = 200;
        status.tokensPerSecond = 10320.5;
        status.trainLoss = 4.25;
        status.network = "mmt-1m";
        QVERIFY(writeStatus(run_, status));

        const auto read = readStatus(run_);

        QVERIFY(read);
        QCOMPARE(read->state, RunState::Running);
        QCOMPARE(read->step, std::int64_t{12});
        QCOMPARE(read->tokensPerSecond, 10320.5);
        QCOMPARE(*read->trainLoss, 4.25);
        QVERIFY(!read->secondsLeft);
        QVERIFY(!read->validationLoss);
    }

    void aSilentOrDeadTrainerIsLost() {
        auto silent = runningHere();
        silent.heartbeat -= 31;
        QVERIFY(writeStatus(run_, silent));
        QCOMPARE(readStatus(run_)->state, RunState::Lost);

        auto dead = runningHere();
        dead.pid = deadProcess();
        QVERIFY(writeStatus(run_, dead));
        QCOMPARE(readStatus(run_)->state, RunState::Lost);

        auto finished = dead;
        finished.state = RunState::Finished;
        finished.heartbeat = 0;
        QVERIFY(writeStatus(run_, finished));
        QCOMPARE(readStatus(run_)->state, RunState::Finished);
    }

    void aBrokenStatusIsAnErrorInWords() {
        QVERIFY(!readStatus(run_));
        for (const auto* text : {"", "{", "[]", "{\"state\": \"running\""}) {
            QVERIFY(base::replaceFile(run_.status(), text));
            QVERIFY(!readStatus(run_));
        }
        QVERIFY(base::replaceFile(run_.status(), "{\"step\": \"many\", \"state\": 7}"));
        QVERIFY(readStatus(run_));
    }

    void aFollowerGetsEachPointOnce() {
        MetricsFollower follower(run_.metrics());
        QVERIFY(follower.poll().empty());
        QVERIFY(
            appendMetrics(run_.metrics(), {.step = 1, .seconds = 0.5, .tokens = 64, .values = {{"train/loss", 22.9}}}));
        QVERIFY(appendMetrics(run_.metrics(), {.step = 2, .seconds = 1, .tokens = 128, .values = {{"lr", 1e-3}}}));

        const auto first = follower.poll();

        QCOMPARE(first.size(), std::size_t{2});
        QCOMPARE(first[0].values.at("train/loss"), 22.9);
        QCOMPARE(first[1].tokens, std::int64_t{128});
        QVERIFY(follower.poll().empty());
    }

    void anUnfinishedLastLineWaits() {
        MetricsFollower follower(run_.metrics());
        QVERIFY(base::replaceFile(run_.metrics(), "{\"step\": 1}\n{\"step\": 2, \"tr"));
        QCOMPARE(follower.poll().size(), std::size_t{1});
        QVERIFY(base::appendBytes(run_.metrics(), base::bytesOf("ain/loss\": 3}\n")));
        const auto rest = follower.poll();
        QCOMPARE(rest.size(), std::size_t{1});
        QCOMPARE(rest[0].values.at("train/loss"), 3.0);
    }

    void aShorterFileIsReadFromItsStart() {
        MetricsFollower follower(run_.metrics());
        QVERIFY(base::replaceFile(run_.metrics(), "{\"step\": 1}\n{\"step\": 2}\n"));
        QCOMPARE(follower.poll().size(), std::size_t{2});
        QVERIFY(base::replaceFile(run_.metrics(), "{\"step\": 7}\n"));
        const auto fresh = follower.poll();
        QCOMPARE(fresh.size(), std::size_t{1});
        QCOMPARE(fresh[0].step, std::int64_t{7});
    }

    void aLongerFileInItsPlaceIsReadFromItsStart() {
        MetricsFollower follower(run_.metrics());
        QVERIFY(base::replaceFile(run_.metrics(), "{\"step\": 1}\n"));
        QCOMPARE(follower.poll().size(), std::size_t{1});
        QVERIFY(base::replaceFile(run_.metrics(), "{\"step\": 7}\n{\"step\": 8}\n"));
        QCOMPARE(follower.poll().size(), std::size_t{2});
    }

    void aRunThatGoesOnFromAStepForgetsLaterLines() {
        const auto write = [&](const std::string& text) { QVERIFY(base::replaceFile(run_.metrics(), text)); };
        const std::string kept = "{\"step\": 1, \"lr\": 1}\n{\"step\": 2, \"lr\": 1}\n{\"step\": 2, \"val/loss\": 3}\n";
        const auto afterCut = [&] {
            QVERIFY(cutMetrics(run_.metrics(), 2, "generated/"));
            QCOMPARE(base::readTextFile(run_.metrics()).value(), kept);
        };
        write(kept + "{\"step\": 3, \"lr\": 1}\n");
        afterCut();
        write(kept + "{\"step\": 2, \"generated/n_notes\": 4}\n{\"step\": 3, \"l"); // torn by a kill
        afterCut();
        write(kept + "{\"step\": 2, \"lr\"");
        afterCut();
        const auto before = fs::last_write_time(run_.metrics());
        afterCut();
        QCOMPARE(fs::last_write_time(run_.metrics()), before);
        QVERIFY(cutMetrics(run_.root / "nothing", 2, "generated/"));
    }

    /// reliability promise P-43
    void aKilledWriterLeavesAReadableLog() {
        constexpr int kKills = 200;
        int unreadable = 0, torn = 0, doubled = 0;
        std::int64_t step = 0;
        for (int kill = 0; kill < kKills; ++kill) {
            const auto child = ::fork();
            if (child == 0) {
                for (auto at = step;; ++at) { // a few lines, then slowly, so that the log stays short
                    (void)appendMetrics(run_.metrics(),
                                        {.step = at + 1, .values = {{"train/loss", 3.25}, {"lr", 1e-3}}});
                    if (at > step + 20) ::usleep(100);
                }
            }
            ::usleep(static_cast<useconds_t>(200 + kill * 7 % 900));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            const auto text = base::readTextFile(run_.metrics()).value_or("");
            torn += !text.empty() && text.back() != '\n';
            auto points = MetricsFollower(run_.metrics()).poll();
            unreadable += static_cast<std::int64_t>(std::ranges::count(text, '\n')) != std::ssize(points);
            step = points.empty() ? 0 : points.back().step - points.back().step % 10; // the newest checkpoint
            QVERIFY(cutMetrics(run_.metrics(), step, "generated/"));
            points = MetricsFollower(run_.metrics()).poll();
            for (std::size_t i = 0; i < points.size(); ++i)
                doubled += points[i].step != static_cast<std::int64_t>(i) + 1;
            QCOMPARE(std::ssize(points), step);
        }
        qInfo("P-43: %d kills, %lld steps kept, unreadable logs %d, torn last lines %d, steps that stand twice %d",
              kKills, static_cast<long long>(step), unreadable, torn, doubled);
        QVERIFY(step > 0);
        QCOMPARE(unreadable, 0);
        QCOMPARE(doubled, 0);
    }

    void valuesThatAreNotNumbersAreLeftOut() {
        QVERIFY(appendMetrics(run_.metrics(), {.step = 3, .values = {{"train/loss", std::nan("")}, {"lr", 0.5}}}));
        const auto points = MetricsFollower(run_.metrics()).poll();
        QCOMPARE(points.size(), std::size_t{1});
        QCOMPARE(points[0].values.size(), std::size_t{1});
    }

    void aRequestIsTakenOnce() {
        QVERIFY(takeRequests(run_).empty());
        QVERIFY(makeRequest(run_, Request::Sample));
        QVERIFY(makeRequest(run_, Request::Stop));
        QCOMPARE(takeRequests(run_), (std::vector{Request::Stop, Request::Sample}));
        QVERIFY(takeRequests(run_).empty());
    }

    void runsAreListedNewestFirst() {
        const auto parent = run_.root.parent_path();
        for (const auto* name : {"20240101-000000-a", "20240102-000000-b"}) {
            fs::create_directories(parent / name);
            QVERIFY(base::saveFile(parent / name / "configuration.yaml", base::bytesOf("x")));
        }
        fs::last_write_time(parent / "20240101-000000-a" / "configuration.yaml",
                            fs::file_time_type::clock::now() - std::chrono::hours(1));

        const auto runs = listRuns(parent);

        QCOMPARE(runs.size(), std::size_t{2});
        QCOMPARE(runs[0].root.filename().string(), std::string("20240102-000000-b"));
        QVERIFY(listRuns(parent / "nowhere").empty());

        const auto sweep = parent / "20240103-000000-sweep";
        for (const auto* job : {"0", "1", "notes"}) fs::create_directories(sweep / job);
        for (const auto* job : {"0", "1"}) QVERIFY(base::saveFile(sweep / job / "configuration.yaml", {}));
        QCOMPARE(listRuns(parent).size(), std::size_t{2}); // a folder of whatever
        QVERIFY(base::saveFile(sweep / kSweepFile, {}));
        QCOMPARE(listRuns(parent).size(), std::size_t{4});
    }

    void aNewRunTakesAFreeName() {
        const auto parent = run_.root.parent_path();
        const auto first = newRunDirectory(parent, "mmt 1m/../x");
        QVERIFY(first.root.filename().string().ends_with("-mmt-1m-x"));
        QCOMPARE(first.root.parent_path(), parent);
        fs::create_directories(first.root);
        QVERIFY(newRunDirectory(parent, "mmt 1m/../x").root != first.root);
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    RunDirectory run_;
};

QTEST_APPLESS_MAIN(RunDirectoryTest)
#include "run_directory_test.moc"
