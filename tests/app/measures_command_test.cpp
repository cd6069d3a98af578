#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/midi/midi_file_writer.h"
#include "tests/app/run_continuo.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace continuo;
using app::runContinuo;

namespace {

const QString kChorale = QStringLiteral(CONTINUO_SOURCE_DIR "/resources/demo/chorale.mid");

base::Json jsonOf(const app::Outcome& outcome) {
    return base::parseJson(outcome.out.toStdString()).value_or(base::Json());
}

} // namespace

/// What `inspect --measures` and `prepare --stats` print.
class MeasuresCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresAreElevenInTheirOrder() {
        const auto json = jsonOf(runContinuo({"inspect", kChorale, "--measures", "--json"}));
        std::string names;
        for (const auto& [name, value] : json["measures"].items()) names += name + " ";
        QCOMPARE(names, std::string("n_beats n_tracks n_notes n_instruments pitch_range pitch_entropy "
                                    "scale_consistency empty_beat_ratio avg_concurrent_pitches pitch_class_entropy "
                                    "groove_consistency "));
        QVERIFY(json["measures"]["n_notes"].is_number_integer());
        QCOMPARE(json["measures"]["n_notes"].get<int>(), json["notes"].get<int>());
        QVERIFY(!jsonOf(runContinuo({"inspect", kChorale, "--json"})).contains("measures"));
    }

    void whatIsNotDefinedIsNull() {
        const QTemporaryDir folder;
        const auto file = folder.filePath("empty.mid");
        QVERIFY(base::saveFile(file.toStdString(), midi::write(score::Score{})));
        const auto measures = jsonOf(runContinuo({"inspect", file, "--measures", "--json"}))["measures"];
        QCOMPARE(measures["n_notes"].get<int>(), 0);
        QVERIFY(measures["pitch_entropy"].is_null() && measures["groove_consistency"].is_null());
    }

    void drumsAloneHaveMusPysRangeWhereItIsAskedFor() {
        const QTemporaryDir folder;
        score::Score score;
        score.tracks.push_back({});
        score.tracks[0].channel = 9;
        score.tracks[0].notes.push_back({.id = score::NoteId{1}, .pitch = 36});
        const auto file = folder.filePath("drums.mid");
        QVERIFY(base::saveFile(file.toStdString(), midi::write(score)));
        const auto range = [&](const QStringList& words) {
            const auto outcome = runContinuo(QStringList{"inspect", file, "--measures", "--json"} + words);
            return jsonOf(outcome)["measures"]["pitch_range"].get<int>();
        };
        QCOMPARE(range({}), 0);
        QCOMPARE(range({"--parity", "midi-lm"}), -127);
    }

    void statisticsOfABuiltInSetAndOfAPreparedFolderAgree() {
        const QTemporaryDir folder;
        const auto midi = folder.filePath("midi"), out = folder.filePath("out");
        QCOMPARE(runContinuo({"prepare", "--builtin", "scales", "--midi-out", midi}).code, 0);
        const auto made = runContinuo(
            {"prepare", "--midi", midi, "--out", out, "--splits", midi + "/splits.json", "--stats", "--json"});
        QVERIFY2(made.code == 0, made.err.constData());
        const auto whilePreparing = jsonOf(made)["statistics"];
        const auto later = jsonOf(runContinuo({"prepare", "--stats", out, "--json"}));
        QCOMPARE(later.dump(), whilePreparing.dump());
        const auto builtIn = jsonOf(runContinuo({"prepare", "--stats", "scales", "--json"}));
        QCOMPARE(builtIn["train"].dump(), later["train"].dump());
        QCOMPARE(builtIn["train"]["measures"]["n_notes"]["total"].get<double>(), 300.0);
        QVERIFY(runContinuo({"prepare", "--stats", out}).out.contains("train: 20 pieces"));
    }

    void filtersAreOptions() {
        const QTemporaryDir folder;
        const auto midi = folder.filePath("midi");
        QCOMPARE(runContinuo({"prepare", "--builtin", "scales", "--midi-out", midi}).code, 0);
        const auto outcome =
            runContinuo({"prepare", "--midi", midi, "--out", folder.filePath("out"), "--min-notes", "16", "--json"});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("only 15 notes"), outcome.err.constData());
    }

    void statisticsOfNothingAreRefused() {
        QCOMPARE(runContinuo({"prepare", "--stats", "nonsense"}).code, 1);
        QCOMPARE(runContinuo({"prepare", "--stats"}).code, 2);
    }
};

QTEST_APPLESS_MAIN(MeasuresCommandTest)
#include "measures_command_test.moc"
