#include "tests/ui/training/synthetic_run.h"
#include "ui/training/offered_nets.h"
#include "ui/training/run_watcher.h"

#include <QSignalSpy>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

constexpr auto kQuick = std::chrono::milliseconds(20);

} // namespace

class RunWatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunOfASweepIsCalledAfterIt() {
        RunRecord run;
        run.directory.root = "/runs/20240103-101500-sweep/1";
        QCOMPARE(run.name(), QString("sweep #1"));
        QVERIFY(run.started().isValid());
        run.directory.root = "/runs/20240103-101500-counterpoint-mmt-1m";
        QCOMPARE(run.name(), QString("counterpoint-mmt-1m"));
    }

    void runsAppearAndTheirPointsArrive() {
        QTemporaryDir folder;
        RunWatcher watcher({folder.path().toStdString()}, nullptr, kQuick);
        SyntheticRun run(folder.path().toStdString(), "20260101-120000-first");

        run.train(1, 30);
        QTRY_COMPARE(watcher.runs().size(), std::size_t{1});
        QTRY_COMPARE(watcher.find(run.id())->curves.curve(kTrainLoss).size(), std::size_t{30});
        run.train(31, 45);

        QTRY_COMPARE(watcher.find(run.id())->curves.curve(kTrainLoss).size(), std::size_t{45});
        QCOMPARE(watcher.find(run.id())->name(), QString("first"));
        QCOMPARE(watcher.find(run.id())->started(), QDateTime(QDate(2026, 1, 1), QTime(12, 0)));
    }

    void anotherFolderJoinsWhileItWatches() {
        QTemporaryDir one, other;
        SyntheticRun run(other.path().toStdString(), "20260101-120000-elsewhere");
        RunWatcher watcher({one.path().toStdString()}, nullptr, kQuick);

        watcher.addFolder(other.path().toStdString());

        QTRY_VERIFY(watcher.find(run.id()));
    }

    void aRunThatIsDeletedGoes() {
        QTemporaryDir folder;
        SyntheticRun run(folder.path().toStdString(), "20260101-120000-short");
        RunWatcher watcher({folder.path().toStdString()}, nullptr, kQuick);
        QTRY_COMPARE(watcher.runs().size(), std::size_t{1});

        QVERIFY(QDir(run.id()).removeRecursively());

        QTRY_VERIFY(watcher.runs().empty());
    }

    void onlyFinishedCheckpointsAreOffered() {
        QTemporaryDir folder;
        SyntheticRun run(folder.path().toStdString(), "20260101-120000-net");
        const auto checkpoint = run.directory().checkpoints() / "step-40";
        QVERIFY(base::makeFolder(checkpoint).has_value());
        RunWatcher watcher({folder.path().toStdString()}, nullptr, kQuick);
        QTRY_COMPARE(watcher.runs().size(), std::size_t{1});
        QVERIFY(offeredNets(watcher.runs()).empty());

        QVERIFY(base::replaceFile(checkpoint / "DONE", "").has_value());

        QTRY_COMPARE(offeredNets(watcher.runs()).size(), std::size_t{1});
        const auto net = offeredNets(watcher.runs()).front();
        QCOMPARE(net.step, std::int64_t{40});
        QVERIFY(net.inTraining);
        QCOMPARE(net.size, QString("1M"));
    }

    void closingDoesNotWaitForTheSecond() {
        QTemporaryDir folder;
        QElapsedTimer clock;
        clock.start();
        { const RunWatcher watcher({folder.path().toStdString()}); }
        QVERIFY(clock.elapsed() < 900);
    }
};

QTEST_MAIN(RunWatcherTest)
#include "run_watcher_test.moc"
