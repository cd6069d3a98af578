#include "engine/base/files.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "tests/app/run_continuo.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using app::runContinuo;

namespace {

const QString kChorale = QStringLiteral(CONTINUO_SOURCE_DIR "/resources/demo/chorale.mid");

QJsonObject jsonOf(const app::Outcome& outcome) { return QJsonDocument::fromJson(outcome.out).object(); }

base::Bytes bytesAt(const QString& file) { return *base::readFile(file.toStdString()); }

} // namespace

/// inspect, convert, render: what they print, what they leave, how they end.
class MidiCommandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inspectCountsWhatTheReaderCounts() {
        const auto json = jsonOf(runContinuo({"inspect", kChorale, "--json"}));
        const auto read = midi::readFile(kChorale.toStdString());
        QCOMPARE(json["format"].toInt(), 1);
        QCOMPARE(json["division"].toInt(), read->score.division.ticksPerQuarter);
        QCOMPARE(json["ticks"].toInt(), static_cast<int>(read->score.end.fromStart));
        QCOMPARE(json["notes"].toInt(), static_cast<int>(read->noteOns));
        QCOMPARE(json["verdict"].toString(), "accept");
        int notes = 0;
        for (const auto& track : json["tracks"].toArray()) {
            for (const char* key : {"name", "port", "channel", "program", "drums", "notes"})
                QVERIFY2(track.toObject().contains(key), key);
            notes += track.toObject()["notes"].toInt();
        }
        QCOMPARE(notes, json["notes"].toInt());
        QCOMPARE(json["report"].toArray().size(), 0);
    }

    void aRefusedFileStillPrintsItsJsonAndExitsOne() {
        QTemporaryDir folder;
        const auto file = folder.filePath("noise.mid");
        QVERIFY(base::saveFile(file.toStdString(), base::bytesOf("this is not a MIDI file")).has_value());

        const auto outcome = runContinuo({"inspect", file, "--json"});

        QCOMPARE(outcome.code, 1);
        QCOMPARE(jsonOf(outcome)["verdict"].toString(), "refuse");
    }

    void networksAreInspectedByName_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("parameters");
        QTest::newRow("mmt 1M") << "mmt-1m" << 1'067'190;
        QTest::newRow("mmt 20M") << "mmt-20m" << 20'009'526;
        QTest::newRow("tpd 6M") << "tpd-6m" << 6'385'819;
        QTest::newRow("structured 20M") << "structured-20m" << 19'596'964;
    }

    void networksAreInspectedByName() {
        QFETCH(QString, name);
        QTEST(jsonOf(runContinuo({"inspect", "network=" + name, "--json"}))["parameters"].toInt(), "parameters");
    }

    void convertKeepsEveryByte() {
        QTemporaryDir folder;
        const auto copy = folder.filePath("copy.mid");
        QCOMPARE(runContinuo({"convert", kChorale, copy}).code, 0);
        QCOMPARE(bytesAt(copy), bytesAt(kChorale));
    }

    void convertTakesTheFileOutOfItsWrapper() {
        QTemporaryDir folder;
        const auto inner = bytesAt(kChorale);
        const auto size = static_cast<std::uint32_t>(inner.size());
        const auto little = [](std::uint32_t n) {
            std::string text;
            for (int i = 0; i < 4; ++i) text += static_cast<char>(n >> (8 * i) & 0xff);
            return text;
        };
        const auto wrapper = "RIFF" + little(size + size % 2 + 12) + "RMIDdata" + little(size) +
                             std::string(base::textOf(inner)) + std::string(size % 2, '\0');
        QVERIFY(base::saveFile(folder.filePath("song.rmi").toStdString(), base::bytesOf(wrapper)).has_value());

        QCOMPARE(runContinuo({"convert", folder.filePath("song.rmi"), folder.filePath("song.mid")}).code, 0);

        QCOMPARE(bytesAt(folder.filePath("song.mid")), inner);
    }

    void refusalsLeaveNothingBehind_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::newRow("convert: no such file") << QStringList{"convert", "@/gone.mid", "@/out.mid"} << 1;
        QTest::newRow("convert: a folder") << QStringList{"convert", "@", "@/out.mid"} << 1;
        QTest::newRow("convert: not MIDI") << QStringList{"convert", "@/noise.mid", "@/out.mid"} << 1;
        QTest::newRow("convert: unknown format") << QStringList{"convert", kChorale, "@/out.pdf"} << 1;
        QTest::newRow("convert: onto itself") << QStringList{"convert", "@/noise.mid", "@/noise.mid"} << 2;
        QTest::newRow("convert: one word") << QStringList{"convert", kChorale} << 2;
        QTest::newRow("convert: no such folder") << QStringList{"convert", kChorale, "@/gone/out.mid"} << 1;
        QTest::newRow("inspect: no word") << QStringList{"inspect"} << 2;
        QTest::newRow("inspect: no such file") << QStringList{"inspect", "@/gone.mid"} << 1;
        QTest::newRow("render: not MIDI") << QStringList{"render", "@/noise.mid", "--out", "@/out.wav"} << 1;
        QTest::newRow("render: unknown format") << QStringList{"render", kChorale, "--out", "@/out.mp3"} << 2;
        QTest::newRow("render: no out") << QStringList{"render", kChorale} << 2;
        QTest::newRow("render: rate out of range")
            << QStringList{"render", kChorale, "--out", "@/out.wav", "--rate", "7"} << 2;
        QTest::newRow("render: floating point in FLAC")
            << QStringList{"render", kChorale, "--out", "@/out.flac", "--bits", "32f"} << 2;
        QTest::newRow("render: bars backwards")
            << QStringList{"render", kChorale, "--out", "@/out.wav", "--bars", "9-3"} << 2;
        QTest::newRow("render: louder than full scale")
            << QStringList{"render", kChorale, "--out", "@/out.wav", "--normalise", "3"} << 2;
        QTest::newRow("render: no such bank")
            << QStringList{"render", kChorale, "--out", "@/out.wav", "--soundfont", "@/gone.sf2"} << 1;
    }

    void refusalsLeaveNothingBehind() {
        QFETCH(QStringList, words);
        if (words[0] == "render" && !app::knowsCommand("render")) QSKIP("this build has no sound");
        QTemporaryDir folder;
        const auto noise = folder.filePath("noise.mid");
        QVERIFY(base::saveFile(noise.toStdString(), base::bytesOf("noise")).has_value());
        words.replaceInStrings("@", folder.path());

        const auto outcome = runContinuo(words);

        QTEST(outcome.code, "code");
        QVERIFY2(outcome.err.startsWith("continuo " + words[0].toUtf8() + ": "), outcome.err.constData());
        QCOMPARE(outcome.err.count('\n'), 1);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{"noise.mid"});
        QCOMPARE(bytesAt(noise).size(), std::size_t{5});
    }

    void renderWritesPlainPcmOfTheRightLengthTheSameEachTime() {
        if (!app::knowsCommand("render")) QSKIP("this build has no sound");
        QTemporaryDir folder;
        const auto first = folder.filePath("a.wav"), second = folder.filePath("b.wav");
        for (const auto& out : {first, second})
            QCOMPARE(runContinuo({"render", kChorale, "--built-in-bank", "--out", out}).code, 0);
        const auto wave = bytesAt(first);
        QCOMPARE(wave, bytesAt(second));
        const auto number = [&](std::size_t at, int bytes) {
            std::uint32_t value = 0;
            for (int i = bytes; i-- > 0;)
                value = value << 8 | std::to_integer<std::uint32_t>(wave[at + std::size_t(i)]);
            return value;
        };
        QCOMPARE(number(20, 2), 1U);      // PCM (RIFF WAVE, fmt chunk)
        QCOMPARE(number(22, 2), 2U);      // stereo
        QCOMPARE(number(24, 4), 44'100U); // frames a second
        QCOMPARE(number(34, 2), 16U);     // bits
        const double seconds = static_cast<double>(wave.size() - 44) / 4 / 44'100;
        const double piece = midi::readFile(kChorale.toStdString())->seconds;
        QVERIFY2(seconds >= piece && seconds <= piece + 5.1, qPrintable(QString::number(seconds)));
    }
};

QTEST_GUILESS_MAIN(MidiCommandsTest)
#include "midi_commands_test.moc"
