#include "engine/base/files.h"
#include "engine/midi/midi_file_reader.h"
#include "tests/app/run_continuo.h"
#include "tests/engine/inference/random_checkpoint.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using app::runContinuo;

namespace {

const QString kChorale = QStringLiteral(CONTINUO_SOURCE_DIR "/resources/demo/chorale.mid");

score::Score scoreAt(const QString& file) { return midi::readFile(file.toStdString())->score; }

} // namespace

class GenerateCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        checkpoint_ = folder_.filePath("net/step-3");
        inference::writeRandomCheckpoint(checkpoint_.toStdString(), 3);
    }

    void aDamagedCheckpointOfARunGivesWayToOneThatIsWhole() {
        const auto run = folder_.filePath("damaged");
        for (const int step : {1, 2})
            inference::writeRandomCheckpoint((run + "/checkpoints/step-" + QString::number(step)).toStdString(), step);
        const auto weights = (run + "/checkpoints/step-2/model.safetensors").toStdString();
        QVERIFY(base::saveFile(weights, base::bytesOf("no weights")));
        const auto out = folder_.filePath("from-older.mid");
        const auto outcome = runContinuo({"generate", "--checkpoint", run, "--bars", "1", "--out", out});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY2(outcome.err.contains("step 1 is taken instead"), outcome.err.constData());
    }

    void aSeedBelowNothingAndAnEmptyPromptAreRefused() {
        const auto out = folder_.filePath("refused.mid");
        for (const auto& wrong : {QStringList{"--seed", "-1"}, QStringList{"--prompt", ""}}) {
            const auto outcome =
                runContinuo(QStringList{"generate", "--checkpoint", checkpoint_, "--bars", "1", "--out", out} + wrong);
            QCOMPARE(outcome.code, 2);
            QVERIFY2(outcome.err.count('\n') == 1, outcome.err.constData());
        }
    }

    void thePromptStaysAndTheBarsAreCounted() {
        const auto out = folder_.filePath("continued.mid");
        const auto outcome = generate({"--prompt", kChorale, "--prompt-bars", "4", "--bars", "3", "--out", out});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto before = scoreAt(kChorale), after = scoreAt(out);
        const score::Tick promptEnd{4 * 4 * 960}, end{7 * 4 * 960};
        QCOMPARE(after.division, before.division);
        QCOMPARE(after.tracks.size(), before.tracks.size());
        for (std::size_t i = 0; i < after.tracks.size(); ++i) {
            const auto isOld = [&](const score::Note& note) { return note.onset < promptEnd; };
            QCOMPARE(std::ranges::count_if(after.tracks[i].notes, isOld),
                     std::ranges::count_if(before.tracks[i].notes, isOld));
            for (const auto& note : after.tracks[i].notes) QVERIFY(note.onset < end);
        }
        QVERIFY(score::noteCount(after) > 0);
    }

    void theSameSeedGivesTheSameBytesAndAnotherOthers() {
        const auto bytes = [&](const QString& seed, const QString& name) {
            const auto out = folder_.filePath(name);
            if (generate({"--prompt", kChorale, "--bars", "2", "--seed", seed, "--out", out}).code != 0)
                qFatal("failed");
            return *base::readFile(out.toStdString());
        };
        const auto first = bytes("5", "a.mid");
        QCOMPARE(bytes("5", "b.mid"), first);
        QVERIFY(bytes("6", "c.mid") != first);
    }

    void candidatesAreNumberedAndTheirSeedsFollowEachOther() {
        const auto out = folder_.filePath("take.mid");
        QCOMPARE(generate({"--bars", "1", "--seed", "8", "--candidates", "2", "--out", out}).code, 0);
        QCOMPARE(generate({"--bars", "1", "--seed", "9", "--out", folder_.filePath("single.mid")}).code, 0);
        QVERIFY(!QFile::exists(out) && QFile::exists(folder_.filePath("take.1.mid")));
        QCOMPARE(*base::readFile(folder_.filePath("take.2.mid").toStdString()),
                 *base::readFile(folder_.filePath("single.mid").toStdString()));
    }

    void newOnlyLeavesThePromptOut() {
        const auto out = folder_.filePath("new.mid");
        QCOMPARE(generate({"--prompt", kChorale, "--bars", "2", "--new-only", "--out", out}).code, 0);
        for (const auto& track : scoreAt(out).tracks)
            for (const auto& note : track.notes) QVERIFY(note.onset < score::Tick{2 * 4 * 960});
    }

    void thePrecisionIsSaidAndTakenAtItsWord() {
        for (const auto* precision : {"fp32", "bf16", "int8"}) {
            const auto outcome =
                generate({"--bars", "1", "--precision", precision, "--out", folder_.filePath("precise.mid")});
            QCOMPARE(outcome.code, 0);
            QVERIFY2(outcome.out.contains(QByteArray(": ") + precision + " on "), outcome.out.constData());
        }
        QVERIFY(generate({"--bars", "1", "--out", folder_.filePath("precise.mid")}).out.contains(": bf16 on "));
    }

    void rowsAreDrawnForInstruments() {
        const auto out = folder_.filePath("trio.mid");
        const auto outcome = generate({"--steps", "120", "--min-steps", "60", "--instruments", "violin,viola,cello",
                                       "--filter", "top_k", "--threshold", "0.5", "--out", out});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto piece = scoreAt(out);
        QVERIFY(score::noteCount(piece) >= 50 && score::noteCount(piece) <= 120);
        for (const auto& track : piece.tracks) {
            const auto program = score::programAt(track, score::Tick{0});
            QVERIFY(program == 40 || program == 41 || program == 42);
        }
    }

    void rowsOfMidiLmBeginWithItsPiano() {
        const auto out = folder_.filePath("piano.mid");
        QCOMPARE(generate({"--steps", "40", "--min-steps", "20", "--parity", "midi-lm", "--out", out}).code, 0);
        const auto piece = scoreAt(out);
        QVERIFY(score::noteCount(piece) > 10);
        for (const auto& track : piece.tracks) QVERIFY(!track.drums && score::programAt(track, score::Tick{0}) == 0);
    }

    void newRowsAloneLeaveThePromptOut() {
        const auto both = folder_.filePath("both.mid"), alone = folder_.filePath("alone.mid");
        const QStringList drawn{"--steps", "40", "--min-steps", "40", "--prompt", kChorale, "--prompt-beats", "8"};
        const auto outcome = generate(drawn + QStringList{"--out", both});
        QCOMPARE(generate(drawn + QStringList{"--new-only", "--out", alone}).code, 0);
        const auto made = score::noteCount(scoreAt(alone));
        QVERIFY(made > 30 && made <= 40); // some rows may declare an instrument
        QVERIFY(made < score::noteCount(scoreAt(both)));
        QVERIFY2(outcome.out.contains(QByteArray::number(qulonglong(made)) + " notes in "), outcome.out.constData());
        auto first = score::Tick{1'000'000};
        for (const auto& track : scoreAt(alone).tracks)
            for (const auto& note : track.notes) first = std::min(first, note.onset);
        QVERIFY(first < score::Tick{960});
    }

    void aPromptOfFewerBeatsThanAskedForIsSaid() {
        const QStringList drawn{"--steps", "9", "--prompt", kChorale, "--out", folder_.filePath("short.mid")};
        const auto tooMany = generate(drawn + QStringList{"--prompt-beats", "4000"});
        QCOMPARE(tooMany.code, 0);
        QVERIFY2(tooMany.err.contains("all of it is continued"), tooMany.err.constData());
        QVERIFY(!generate(drawn + QStringList{"--prompt-beats", "8"}).err.contains("continued"));
        QVERIFY(!generate(drawn).err.contains("continued"));
    }

    void runsAreKnownByNameAndStep() {
        const auto data = folder_.filePath("data");
        for (const int step : {2, 5})
            inference::writeRandomCheckpoint(
                (data + "/continuo/runs/my-run/checkpoints/step-" + QString::number(step)).toStdString(), step);
        qputenv("XDG_DATA_HOME", data.toUtf8());
        const auto of = [&](const QString& net) {
            return runContinuo(
                {"generate", "--checkpoint", net, "--bars", "1", "--out", folder_.filePath("named.mid")});
        };
        QVERIFY(of("my-run:2").out.contains("step 2:"));
        QVERIFY(of("my-run:newest").out.contains("step 5:"));
        QCOMPARE(of("my-run").code, 0);
        QVERIFY(of(data + "/continuo/runs/my-run/checkpoints/step-2/model.safetensors").out.contains("step 2:"));
        const auto gone = of("my-run:3");
        QVERIFY2(gone.code == 1 && gone.err.contains("steps 2, 5 are kept"), gone.err.constData());
        QVERIFY(runContinuo({"inspect", "my-run:2"}).out.contains("checkpoint"));
        qunsetenv("XDG_DATA_HOME");
    }

    void whatWasMadeIsWrittenWhenItIsStopped() {
        QProcess process;
        const auto out = folder_.filePath("stopped.mid");
        process.start(
            QStringLiteral(CONTINUO_BINARY_DIR "/continuo"),
            {"generate", "--checkpoint", checkpoint_, "--bars", "10000", "--candidates", "1000", "--out", out});
        QVERIFY(process.waitForReadyRead(20'000)); // it says which net it has, and begins
        process.terminate();
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        const auto said = process.readAllStandardError();
        QVERIFY2(said.contains("stopped as asked"), said.constData());
        for (const auto& file : QDir(folder_.path()).entryList({"stopped.*"}))
            QVERIFY(midi::readFile(folder_.filePath(file).toStdString()));
    }

    void whatCannotBePrintedIsAFailure() {
        if (!QFile::exists("/dev/full")) QSKIP("no /dev/full here");
        QProcess shell;
        shell.start("sh", {"-c", "exec \"$0\" --help > /dev/full", QStringLiteral(CONTINUO_BINARY_DIR "/continuo")});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.exitCode(), 1);
        QVERIFY(shell.readAllStandardError().contains("could be written"));
        shell.start("sh", {"-c", "exec \"$0\" --help >&-", QStringLiteral(CONTINUO_BINARY_DIR "/continuo")});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.exitCode(), 0); // nobody wanted to read
    }

    void rowsGoOnFromTheFirstBeats() {
        const auto out = folder_.filePath("beats.mid");
        const auto outcome = generate({"--steps", "50", "--prompt", kChorale, "--prompt-beats", "8", "--parity", "mmt",
                                       "--candidates", "2", "--out", out});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(QFile::exists(folder_.filePath("beats.1.mid")) && QFile::exists(folder_.filePath("beats.2.mid")));
    }

    void refusalsAreOneSentence_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::newRow("no such net") << QStringList{"--checkpoint", "@/gone", "--out", "@/x.mid"} << 1;
        QTest::newRow("no such prompt") << QStringList{"--checkpoint", checkpoint_, "--prompt",
                                                       "@/gone.mid",   "--out",     "@/x.mid"}
                                        << 1;
        QTest::newRow("no place") << QStringList{"--checkpoint", checkpoint_, "--out", "@/gone/x.mid"} << 1;
        QTest::newRow("no bars") << QStringList{"--checkpoint", checkpoint_, "--bars", "0", "--out", "@/x.mid"} << 2;
        const auto row = [&](const char* name, const QStringList& words) {
            QTest::newRow(name) << QStringList{"--checkpoint", checkpoint_, "--out", "@/x.mid"} + words << 2;
        };
        row("no such instrument", {"--steps", "9", "--instruments", "violine"});
        row("instruments and a prompt", {"--steps", "9", "--instruments", "violin", "--prompt", "@/p.mid"});
        row("least above most", {"--steps", "9", "--min-steps", "10"});
        row("least without steps", {"--min-steps", "10"});
        row("two of six values", {"--temperature", "1,2"});
        row("no such filter", {"--filter", "top_q"});
        row("no such precision", {"--precision", "fp16"});
        row("a temperature of 0", {"--temperature", "0"});
        row("bars beside steps", {"--steps", "9", "--bars", "2"});
        row("bars of the prompt beside steps", {"--steps", "9", "--prompt", "@/p.mid", "--prompt-bars", "2"});
        row("a threshold of nothing", {"--threshold", "0.5"});
        row("a mass beside entmax", {"--filter", "entmax", "--top-p", "0.9"});
        row("a seed beyond 64 bits", {"--seed", "99999999999999999999"});
        QTest::newRow("not a MIDI file") << QStringList{"--checkpoint", checkpoint_, "--out", "@/x.txt"} << 2;
        QTest::newRow("no out") << QStringList{"--checkpoint", checkpoint_} << 2;
        QTest::newRow("over the prompt") << QStringList{"--checkpoint", checkpoint_, "--prompt",
                                                        "@/p.mid",      "--out",     "@/p.mid"}
                                         << 2;
    }

    void refusalsAreOneSentence() {
        QFETCH(QStringList, words);
        QTemporaryDir place;
        QVERIFY(QFile::copy(kChorale, place.filePath("p.mid")));
        words.replaceInStrings("@", place.path());

        const auto outcome = runContinuo(QStringList{"generate"} + words);

        QTEST(outcome.code, "code");
        QVERIFY2(outcome.err.startsWith("continuo generate: "), outcome.err.constData());
        QCOMPARE(outcome.err.count('\n'), 1);
        QCOMPARE(QDir(place.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{"p.mid"});
    }

private:
    app::Outcome generate(const QStringList& words) const {
        return runContinuo(QStringList{"generate", "--checkpoint", checkpoint_} + words);
    }

    QTemporaryDir folder_;
    QString checkpoint_;
};

QTEST_GUILESS_MAIN(GenerateCommandTest)
#include "generate_command_test.moc"
