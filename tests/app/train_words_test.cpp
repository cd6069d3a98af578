#include "engine/base/files.h"
#include "engine/runs/run_directory.h"
#include "tests/app/run_continuo.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using app::knowsCommand;
using app::runContinuo;

namespace {

QStringList words(const char* line) { return QString(line).split(' '); }

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A net and a run so small that they take a moment.
const QStringList kTiny{"train",
                        "network=mmt-1m",
                        "network.attn_layers=1",
                        "network.emb_dim=64",
                        "network.attn_heads=1",
                        "network.max_seq_len=128",
                        "dataset=eighth-notes",
                        "dataset.val_windows=1",
                        "samples.count=0",
                        "trainer.threads=1",
                        "trainer.max_steps=1"};

/// The environment with the built executable on its path.
QProcessEnvironment withContinuo() {
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PATH", QStringLiteral(CONTINUO_BINARY_DIR ":") + environment.value("PATH"));
    return environment;
}

} // namespace

class TrainWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!knowsCommand("train")) QSKIP("this build does not train");
        qputenv("XDG_CONFIG_HOME", folder_.filePath("config").toUtf8());
        qputenv("XDG_DATA_HOME", folder_.filePath("data").toUtf8());
        QDir::setCurrent(folder_.path());
    }

    /// What midi-lm's README writes about local work, with what exists here for wandb and Apple's GPU.
    void everyInvocationOfTheReadmeWorks_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("shows");
        const auto row = [](const char* line, const char* shows) { QTest::newRow(line) << line << shows; };
        row("compute=local trainer=cpu tokenizer=mmt model=mmt network=mmt-1m dataset=scales transforms=crop "
            "trainer.val_check_interval=1.0 trainer.max_epochs=20",
            "  val_check_interval: 1.0\n");
        row("compute=local trainer=cpu tokenizer=mmt model=mmt network=mmt-1m dataset=bach transforms=crop_transpose "
            "trainer.val_check_interval=1.0",
            "  crop_n_beats: 24\n  transpose_min_semitones: -5\n  transpose_max_semitones: 5\n");
        row("compute=local trainer=cpu tokenizer=mmt model=mmt network=mmt-1m dataset=nes transforms=crop-transpose",
            "  dataset_dir: data/nes/\n  batch_size: 16\n  num_workers: 8\n");
        row("trainer=gpu network=mmt-7m dataset=maestro transforms=crop-transpose +trainer.profiler=\"simple\" "
            "+trainer.max_steps=10",
            "  profiler: simple\n  max_steps: 10\n");
        row("optimizer.lr=0.0012", "  lr: 0.0012\n  weight_decay: 0.01\n");
        row("optimizer=adamw +optimizer.amsgrad=True", "  amsgrad: true\n");
    }
    void everyInvocationOfTheReadmeWorks() {
        QFETCH(QString, line);
        QFETCH(QString, shows);
        for (const auto* parity : {"parity=midi-lm", "parity=none"}) {
            const auto outcome = runContinuo(QStringList{"train", parity} + line.split(' ') + QStringList{"-c", "job"});
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            if (QString(parity) == "parity=midi-lm")
                QVERIFY2(outcome.out.contains(shows.toUtf8()), outcome.out.constData());
        }
    }

    void whatDoesNotWorkYetIsNotOffered_data() {
        QTest::addColumn<QString>("word");
        for (const auto* word : {"logger=wandb-test", "compute=a10g", "trainer=mps", "compute.timeout=3600",
                                 "resume_from_checkpoint=x", "trainer.precision=16-mixed"})
            QTest::newRow(word) << word;
    }
    void whatDoesNotWorkYetIsNotOffered() {
        QFETCH(QString, word);
        const auto outcome = runContinuo({"train", "parity=midi-lm", word});
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.err.startsWith("continuo train: ") && outcome.err.count('\n') == 1);
    }

    void wrongWordsAreRefusedBeforeAnyWork_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* line, const char* says) { QTest::newRow(line) << line << says; };
        row("train network=mmt-2m", "mmt-20m");
        row("train tokenizer=tpd", "tpd-1m");
        row("train trainer.max_step=5", "trainer.max_steps");
        row("train dataset=scales dataset=counterpoint", "twice");
        row("train --mutlirun a=1", "--multirun");
        row("train -c nothing", "job hydra all");
        row("train -cn absent", "absent");
        row("train seed=1,2", "-m");
        row("train -m network=glob(zzz*)", "no value");
        row("train -m seed=1,2 trainer.max_step=5", "trainer.max_steps");
        row("train dataset=scales transforms.transpose_min_semitones=5 transforms.transpose_max_semitones=-5", "above");
        row("train network.emb_dim=100", "multiple of 16");
        row("train network.attn_dim=7", "multiple of 16");
        row("resume", "name the run");
        row("resume --mutlirun", "--multirun");
    }
    void wrongWordsAreRefusedBeforeAnyWork() {
        QFETCH(QString, line);
        QFETCH(QString, says);
        const auto outcome = runContinuo(line.split(' '));
        QVERIFY2(outcome.code == 2, outcome.err.constData());
        QVERIFY2(outcome.err.contains(says.toUtf8()) && outcome.err.count('\n') == 1, outcome.err.constData());
        QVERIFY(!QDir(folder_.filePath("data/continuo/runs")).exists());
        QVERIFY(!QDir(folder_.filePath("multirun")).exists());
    }

    void helpShowsGroupsSettingsAndTheConfiguration() {
        const auto help = runContinuo({"train", "--help", "optimizer=sgd"});
        QCOMPARE(help.code, 0);
        for (const auto* part : {"== Configuration groups ==", "optimizer: adam, adamw, sgd", "== Settings ==",
                                 "trainer.max_steps=null", "== Config ==", "  momentum: 0.9\n", "Examples:"})
            QVERIFY2(help.out.contains(part), part);
        QVERIFY(runContinuo({"train", "--hydra-help"}).out.contains("--multirun"));
        QVERIFY(runContinuo({"train", "--version"}).out.startsWith("continuo "));
        QVERIFY(runContinuo({"train", "--info", "defaults"}).out.contains("network/mmt-1m"));
        QVERIFY(runContinuo({"train", "-i"}).out.contains("Config search path"));
        QVERIFY(runContinuo(words("train -c hydra")).out.startsWith("hydra:\n"));
        QCOMPARE(runContinuo(words("train -c job -p compute")).out, QByteArray("# @package compute\nlocal: true\n"));
        const auto resolved = runContinuo(words("train parity=midi-lm run_dir=/tmp/x -c job --resolve -p logger"));
        QVERIFY2(resolved.out.contains("save_dir: /tmp/x/\n"), resolved.out.constData());
    }

    void ownOptionsAreMergedFromTheUsersFolderAndTheCommandLine() {
        const auto write = [&](const QString& path, const char* text) {
            return base::makeFolder(QFileInfo(path).path().toStdString()) &&
                   base::saveFile(path.toStdString(), base::bytesOf(text));
        };
        QVERIFY(write(folder_.filePath("config/continuo/configuration/optimizer/mine.yaml"),
                      "defaults: [adamw, _self_]\nlr: 0.0123\n"));
        QVERIFY(runContinuo(words("train optimizer=mine -c job -p optimizer")).out.contains("lr: 0.0123"));
        QVERIFY(runContinuo({"train", "--help"}).out.contains("optimizer: adam, adamw, mine, sgd"));
        QVERIFY(write(folder_.filePath("more/night.yaml"), "defaults: [config, _self_]\ntrainer: {max_seconds: 7}\n"));
        const auto night = runContinuo({"train", "-cd", folder_.filePath("more"), "-cn", "night", "-c", "job"});
        QVERIFY2(night.out.contains("max_seconds: 7\n") && night.out.contains("optimizer:"), night.err.constData());
        QVERIFY(QFile::remove(folder_.filePath("config/continuo/configuration/optimizer/mine.yaml")));
    }

    void bashCompletesGroupsOptionsAndKeys_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("offers");
        const auto row = [](const char* line, const char* offers) {
            QTest::newRow(line) << line << QByteArray(offers);
        };
        row("continuo tra", "train \n");
        row("continuo train optimizer=ad", "optimizer=adam\noptimizer=adamw\n");
        row("continuo train optimizer=sgd optimizer.mo", "optimizer.momentum=\n");
        row("continuo train --hy", "--hydra-help\n");
        row("continuo resume x trainer=g", "trainer=gpu\n");
    }
    void bashCompletesGroupsOptionsAndKeys() {
        QFETCH(QString, line);
        QFETCH(QByteArray, offers);
        QProcess bash;
        bash.setProcessEnvironment(withContinuo());
        bash.start("bash", {"-c",
                            "eval \"$(continuo train -sc install=bash)\" || exit 9\n"
                            "COMP_LINE=\"$0\"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE)\n"
                            "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                            "_continuo_complete; printf '%s\\n' \"${COMPREPLY[@]}\"",
                            line});
        if (!bash.waitForStarted()) QSKIP("no bash here");
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.readAllStandardOutput(), offers);
    }

    void fishCompletesGroupsOptionsAndKeys_data() { bashCompletesGroupsOptionsAndKeys_data(); }
    void fishCompletesGroupsOptionsAndKeys() {
        QFETCH(QString, line);
        QFETCH(QByteArray, offers);
        QProcess fish;
        fish.setProcessEnvironment(withContinuo());
        fish.start("fish", {"--no-config", "-c",
                            "continuo train -sc install=fish | source; complete -C " + ("'" + line + "'")});
        if (!fish.waitForStarted()) QSKIP("no fish here");
        QVERIFY(fish.waitForFinished());
        auto offered = fish.readAllStandardOutput();
        QCOMPARE(offered, offers == "train \n" ? QByteArray("train\n") : offers); // fish adds the space itself
    }

    void zshCompletesGroupsOptionsAndKeys_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("shows"); // behind two tabulators
        QTest::newRow("a command") << "continuo tra"
                                   << "in";
        QTest::newRow("options") << "continuo train optimizer=ad"
                                 << "optimizer=adamw";
        QTest::newRow("a key") << "continuo train optimizer=sgd optimizer.mo"
                               << "mentum=";
        QTest::newRow("a flag") << "continuo train --hy"
                                << "dra-help";
        QTest::newRow("of resume") << "continuo resume x trainer=g"
                                   << "pu";
    }
    /// A zsh at a terminal of its own, as somebody types.
    void zshCompletesGroupsOptionsAndKeys() {
        QFETCH(QString, line);
        QFETCH(QString, shows);
        QProcess zsh;
        zsh.setProcessEnvironment(withContinuo());
        zsh.start("zsh", {"-f", "-c",
                          "zmodload zsh/zpty || exit 9\n"
                          "zpty typed zsh -f -i\n"
                          "zpty -w typed 'PS1=; eval \"$(continuo train -sc install=zsh)\"; print REA\"\"DY'\n"
                          "zpty -r typed out '*READY*'\n"
                          "zpty -w -n typed \"$1\"$'\\t\\t'\n"
                          "zpty -r typed out \"*$2*\" && print shown\n"
                          "zpty -d typed",
                          "zsh", line, shows});
        if (!zsh.waitForStarted()) QSKIP("no zsh here");
        const bool ended = zsh.waitForFinished(20'000);
        if (!ended) zsh.kill();
        if (ended && zsh.exitCode() == 9) QSKIP("this zsh has no pseudo-terminals");
        QVERIFY(ended);
        QCOMPARE(zsh.readAllStandardOutput(), QByteArray("shown\n"));
    }

    void aRunKeepsItsConfigurationAndHiddenCopies() {
        const auto run = folder_.filePath("run");
        const auto outcome = runContinuo(kTiny + QStringList{"optimizer=sgd", "run_dir=" + run}, 60);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QCOMPARE(contentOf(run + "/.hydra/overrides.yaml").count('\n'),
                 kTiny.size() + 1); // and optimizer, run_dir
        QVERIFY(contentOf(run + "/.hydra/config.yaml").contains("attn_dim: ${network.emb_dim}\n"));
        QVERIFY(contentOf(run + "/.hydra/hydra.yaml").contains("dir: " + run.toUtf8()));
        QVERIFY(contentOf(run + "/configuration.yaml").contains("attn_dim: 64\n"));
        const auto again = runContinuo(kTiny + QStringList{"run_dir=" + run});
        QVERIFY(again.code == 2 && again.err.contains("already holds a run"));

        const auto shown = runContinuo({"resume", run, "-c", "job", "-p", "trainer", "--", "trainer=gpu"});
        QVERIFY2(shown.code == 0 && shown.out.contains("accelerator: gpu\n"), shown.err.constData());
        QCOMPARE(runContinuo({"resume", run + ":x"}).code, 2);
        QCOMPARE(runContinuo({"resume", run, "trainer.max_step=4"}).code, 2);
        QVERIFY(runContinuo({"resume", run, "--version"}).out.startsWith("continuo "));
        QVERIFY(runContinuo({"resume", run, "--hydra-help"}).out.contains("--multirun"));
        for (const auto& flags : {QStringList{"-cd", folder_.path()}, QStringList{"-cn", "x"}, QStringList{"--info"}}) {
            const auto refused = runContinuo(QStringList{"resume", run} + flags);
            QVERIFY2(refused.code == 2 && refused.err.contains("belongs to `continuo train`"), refused.err.constData());
        }
        QVERIFY(contentOf(run + "/status.json").contains("\"step\": 1,")); // none of these went on
        const auto on = runContinuo({"resume", run + "/checkpoints/step-1", "--", "trainer.max_steps=2"}, 60);
        QVERIFY2(on.code == 0 && on.out.contains("step 2"), on.err.constData() + on.out);
    }

    void aSetThatIsNotPreparedIsSaidWithItsFolder() {
        const auto outcome = runContinuo({"train", "dataset=bach"});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("data/bach_chorales") && outcome.err.contains("continuo prepare"),
                 outcome.err.constData());
    }

    void aNoteIsSaidOnce() {
        const auto outcome = runContinuo({"train", "dataset=bach", "transforms=crop_transpose"});
        QCOMPARE(outcome.err.count("note: "), 1);
    }

    void aFolderOfOtherThingsIsNoPlaceForARun() {
        const auto other = folder_.filePath("other");
        QVERIFY(QDir().mkpath(other + "/music"));
        const auto outcome = runContinuo(kTiny + QStringList{"run_dir=" + other});
        QVERIFY2(outcome.code == 2 && outcome.err.contains("'music'"), outcome.err.constData());
        QCOMPARE(QDir(other).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden), QStringList{"music"});
        QVERIFY(runContinuo(kTiny + QStringList{"run_dir="}).err.contains("names no folder"));
    }

    void whereNoRunCameToBeNothingIsLeft() {
        const auto run = folder_.filePath("none");
        const auto outcome =
            runContinuo(kTiny.mid(0, 6) + QStringList{"dataset=/no/such/folder", "run_dir=" + run}, 60);
        QVERIFY(outcome.code != 0);
        QVERIFY(!QDir(run).exists());
    }

    void aNetOfAnotherWidthLearnsAndPlays() {
        const auto run = folder_.filePath("wide");
        const auto outcome = runContinuo(kTiny + QStringList{"network.emb_dim=48", "network.attn_dim=80",
                                                             "trainer.precision=bf16", "run_dir=" + run},
                                         60);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto made = runContinuo({"generate", "--checkpoint", run, "--bars", "1", "--out", run + ".mid"});
        QVERIFY2(made.code == 0, made.err.constData());
    }

    void aSweepMakesANumberedRunOfEachCombination() {
        const auto sweep = folder_.filePath("sweep");
        const auto outcome =
            runContinuo(kTiny + QStringList{"-m", "seed=1,2", "optimizer=choice(sgd,adam)", "run_dir=" + sweep}, 120);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY2(outcome.out.contains("#2 : seed=2 optimizer=sgd"), outcome.out.constData());
        for (int n = 0; n < 4; ++n) {
            const auto job = sweep + "/" + QString::number(n);
            QVERIFY(contentOf(job + "/configuration.yaml").contains(n < 2 ? "seed: 1\n" : "seed: 2\n"));
            QVERIFY(contentOf(job + "/.hydra/hydra.yaml").contains("num: " + QByteArray::number(n)));
        }
        QVERIFY(QFile::exists(sweep + "/multirun.yaml"));
    }

    void aSweepGoesWhereItsWordsSayAndElseAmongTheRuns() {
        const auto sweep = folder_.filePath("where");
        const QStringList two{"-m", "seed=1,2", "trainer.max_steps=1"};
        const auto named = runContinuo(
            kTiny + two + QStringList{"hydra.sweep.dir=" + sweep, "hydra.sweep.subdir=s${hydra:job.num}"}, 120);
        QVERIFY2(named.code == 0, named.err.constData());
        QVERIFY(QFile::exists(sweep + "/s0/configuration.yaml") && QFile::exists(sweep + "/s1/configuration.yaml"));

        const auto unnamed = runContinuo(kTiny + two, 120);
        QVERIFY2(unnamed.code == 0, unnamed.err.constData());
        const auto runs = folder_.filePath("data/continuo/runs").toStdString();
        std::size_t jobs = 0;
        for (const auto& run : runs::listRuns(runs)) jobs += run.root.parent_path().string().ends_with("-sweep");
        QCOMPARE(jobs, std::size_t{2});
        QVERIFY(!QDir(folder_.filePath("multirun")).exists());
    }

private:
    QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TrainWordsTest)
#include "train_words_test.moc"
