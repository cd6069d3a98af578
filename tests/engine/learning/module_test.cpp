#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Outcome {
    int code = -1;
    QString out, err;
};

Outcome run(const QString& program, const QStringList& words) {
    QProcess process;
    process.start(program, words);
    process.waitForFinished(60'000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

const QString kModule = QStringLiteral(CONTINUO_BINARY_DIR "/libcontinuo_learning.so");

/// Lines of `ldd` that name NVIDIA's libraries and lead to a file outside `root`, or nowhere.
QStringList strays(const QString& ldd, const QString& root) {
    QStringList found;
    for (const auto& line : ldd.split('\n')) {
        const auto name = line.trimmed().section(' ', 0, 0);
        if (!name.startsWith("libcu") && !name.startsWith("libnv")) continue;
        const auto path = line.section("=> ", 1).section(" (", 0, 0);
        const auto real = QFileInfo(path).canonicalFilePath();
        if (real.isEmpty() || !real.startsWith(root + '/')) found << line.trimmed();
    }
    return found;
}

/// The folder two above torch/lib, from which libtorch_cpu was loaded.
QString torchRoot(const QString& ldd) {
    for (const auto& line : ldd.split('\n'))
        if (line.contains("libtorch_cpu.so")) {
            auto folder = QFileInfo(QFileInfo(line.section("=> ", 1).section(" (", 0, 0)).canonicalFilePath()).dir();
            folder.cdUp();
            folder.cdUp();
            return folder.path();
        }
    return {};
}

} // namespace

class ModuleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlantedStrayLibraryIsFound() {
        QTemporaryDir elsewhere;
        const auto file = elsewhere.path() + "/libcudart.so.13";
        QVERIFY(QFile::copy(kModule, file));
        const auto line = "\tlibcudart.so.13 => " + file + " (0x00007f0000000000)\n";
        QCOMPARE(strays(line, "/somewhere/else").size(), 1);
        QCOMPARE(strays("\tlibcupti.so.13 => not found\n", "/somewhere").size(), 1);
        QCOMPARE(strays(line, QFileInfo(elsewhere.path()).canonicalFilePath()).size(), 0);
        QCOMPARE(strays("\tlibc.so.6 => /lib/libc.so.6 (0x0)\n", "/somewhere").size(), 0);
    }

    void everyNvidiaLibraryComesFromBesideLibTorch() {
        const auto ldd = run("ldd", {kModule});
        QCOMPARE(ldd.code, 0);
        const auto root = torchRoot(ldd.out);
        QVERIFY2(!root.isEmpty(), qPrintable("no libtorch_cpu in:\n" + ldd.out));
        QVERIFY(ldd.out.contains("libcudart"));
        const auto found = strays(ldd.out, root);
        QVERIFY2(found.isEmpty(), qPrintable("outside " + root + ":\n" + found.join("\n")));
        QVERIFY2(!ldd.out.contains("not found"), qPrintable(ldd.out));
    }

    void theModuleShowsOneFunctionAndTheProgramNone() {
        const auto symbols = run("nm", {"--dynamic", "--defined-only", "--extern-only", kModule});
        if (symbols.code != 0) QSKIP("nm is not installed");
        QStringList ours;
        for (const auto& line : symbols.out.split('\n'))
            if (line.contains("ontinuo")) ours << line.section(' ', -1);
        QCOMPARE(ours, QStringList{"continuoLearning"});
    }

    void theProgramDoesNotLoadLibTorch() {
        const auto ldd = run("ldd", {QStringLiteral(CONTINUO_BINARY_DIR "/continuo")});
        QCOMPARE(ldd.code, 0);
        QVERIFY(!ldd.out.contains("torch") && !ldd.out.contains("libcu"));
    }

    void aMissingModuleIsASentence() {
        QTemporaryDir folder;
        const auto program = folder.path() + "/continuo";
        QVERIFY(QFile::copy(QStringLiteral(CONTINUO_BINARY_DIR "/continuo"), program));
        const auto outcome = run(program, {"train", "dataset=scales", "run_dir=" + folder.path() + "/run"});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("cannot train"), qPrintable(outcome.err));
        QVERIFY(!QFileInfo::exists(folder.path() + "/run"));
    }

    void wrongWordsAreFoundBeforeLibTorchIsLoaded_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("said");
        QTest::newRow("unknown key") << QStringList{"train", "trainer.max_step=5"} << "trainer.max_steps";
        QTest::newRow("unknown net") << QStringList{"train", "network=mmt-9m"} << "mmt-20m";
        QTest::newRow("no value") << QStringList{"train", "network"} << "key=value";
        QTest::newRow("no folder") << QStringList{"resume"} << "name the run";
        QTest::newRow("no checkpoint") << QStringList{"evaluate"} << "--checkpoint";
    }
    void wrongWordsAreFoundBeforeLibTorchIsLoaded() {
        QFETCH(QStringList, words);
        QFETCH(QString, said);
        const auto outcome = run(QStringLiteral(CONTINUO_BINARY_DIR "/continuo"), words);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(said), qPrintable(outcome.err));
    }

    void helpExplainsEverySetting() {
        const auto outcome = run(QStringLiteral(CONTINUO_BINARY_DIR "/continuo"), {"train", "--help"});
        QCOMPARE(outcome.code, 0);
        for (const auto* part :
             {"dataset=counterpoint", "trainer.max_steps=", "optimizer.lr=", "Examples:", "requests/"})
            QVERIFY2(outcome.out.contains(part), part);
    }

    void terminateMeansStopWithACheckpoint() {
        QTemporaryDir folder;
        const auto place = folder.path() + "/run";
        QProcess process;
        process.start(QStringLiteral(CONTINUO_BINARY_DIR "/continuo"),
                      {"train", "dataset=eighth-notes", "network.emb_dim=64", "network.attn_layers=1",
                       "network.attn_heads=1", "trainer.threads=1", "trainer.max_steps=1000000", "trainer.samples=0",
                       "run_dir=" + place});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(place + "/metrics.jsonl").size() > 0, 30'000);
        QFile environment("/proc/" + QString::number(process.processId()) + "/environ");
        QVERIFY(environment.open(QIODevice::ReadOnly));
        QVERIFY(environment.readAll().contains("OMP_WAIT_POLICY=passive")); // the same process, started over
        process.terminate();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitCode(), 0);
        const auto kept = QDir(place + "/checkpoints").entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(!kept.isEmpty());
        QVERIFY(QFileInfo::exists(place + "/checkpoints/" + kept.last() + "/DONE"));
    }
};

QTEST_GUILESS_MAIN(ModuleTest)
#include "module_test.moc"
