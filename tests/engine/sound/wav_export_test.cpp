#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/wav_export.h"
#include "tests/engine/sound/sound_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using namespace continuo::sound;
using namespace continuo::sound::fixtures;

namespace {

ExportSettings builtBank() {
    ExportSettings settings;
    settings.soundFont = builtSoundFont();
    return settings;
}

score::Score chord() {
    return scoreOf({track(1, {note(1, 0, 1920, 60), note(2, 0, 1920, 64), note(3, 960, 960, 67)})});
}

} // namespace

class WavExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPieceIsAsLongAsItsNotesAndATailAndLoudEnough() {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.filePath("a.wav").toStdString());
        const auto report = exportAudio(chord(), {}, path, builtBank());

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY(report->seconds > 1.0 && report->seconds < 6.2);
        QVERIFY(report->peak > 0.03 && report->peak <= 1.0);
        const auto bytes = base::readFile(path).value();
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(bytes.data()), 4), QByteArray("RIFF"));
        const auto frames = (bytes.size() - 44) / 4;
        QVERIFY(std::abs(static_cast<double>(frames) / 44100 - report->seconds) < 0.01);
    }

    void theSamePieceGivesTheSameBytes() {
        QTemporaryDir folder;
        const auto one = std::filesystem::path(folder.filePath("1.wav").toStdString()),
                   two = std::filesystem::path(folder.filePath("2.wav").toStdString());
        QVERIFY(exportAudio(chord(), {}, one, builtBank()).has_value());
        QVERIFY(exportAudio(chord(), {}, two, builtBank()).has_value());
        QCOMPARE(base::sha256(base::readFile(one).value()), base::sha256(base::readFile(two).value()));
    }

    void flacIsWrittenAndSmaller() {
        QTemporaryDir folder;
        auto settings = builtBank();
        const auto wav = std::filesystem::path(folder.filePath("a.wav").toStdString()),
                   flac = std::filesystem::path(folder.filePath("a.flac").toStdString());
        QVERIFY(exportAudio(chord(), {}, wav, settings).has_value());
        settings.flac = true;
        QVERIFY(exportAudio(chord(), {}, flac, settings).has_value());
        const auto bytes = base::readFile(flac).value();
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(bytes.data()), 4), QByteArray("fLaC"));
        QVERIFY(bytes.size() < base::readFile(wav).value().size());
    }

    void stoppedOrImpossibleNothingIsLeftBehind() {
        QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.filePath("a.wav").toStdString());
        std::stop_source stop;
        const auto report = exportAudio(
            chord(), {}, path, builtBank(), [&](double) { stop.request_stop(); }, stop.get_token());
        QVERIFY(!report);
        QCOMPARE(report.error().code, base::ErrorCode::Interrupted);
        QVERIFY(
            !exportAudio(chord(), {}, std::filesystem::path(folder.filePath("none/a.wav").toStdString()), builtBank()));
        ExportSettings wrong;
        wrong.soundFont = "/dev/null";
        QVERIFY(!exportAudio(chord(), {}, path, wrong));
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void aPieceThatClaimsWeeksIsRefusedAtOnce() {
        auto score = chord();
        score.tempos.push_back({.id = score::EventId{1}, .microsecondsPerQuarter = 0xFFFFFF});
        score.tracks[0].notes.push_back(note(9, std::int64_t{1} << 40, 1, 60));
        QTemporaryDir folder;
        const auto report =
            exportAudio(score, {}, std::filesystem::path(folder.filePath("a.wav").toStdString()), builtBank());
        QVERIFY(!report);
        QVERIFY(QString::fromStdString(report.error().message).contains("hours"));
    }

    void theEngineWithoutADeviceStillMovesAndSaysWhy() {
        auto engine = SoundEngine::open({.soundFont = builtSoundFont(), .driver = "none"}).value();
        engine->publish(scoreOf({track(1, {note(1, 0, 96000, 60)})}), {});
        QVERIFY(!engine->state().audible);
        QVERIFY(engine->state().output.starts_with("No sound"));
        engine->play(score::Tick{480});
        QVERIFY(engine->isPlaying());
        QTRY_VERIFY(engine->position() > score::Tick{500});
        engine->stop();
        QVERIFY(!engine->isPlaying());
    }
};

QTEST_GUILESS_MAIN(WavExportTest)
#include "wav_export_test.moc"
