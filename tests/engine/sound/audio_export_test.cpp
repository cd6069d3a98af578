#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/sound/audio_export.h"
#include "engine/sound/sound_engine.h"
#include "tests/engine/sound/sound_fixtures.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <sndfile.h>

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

/// A file as libsndfile reads it, interleaved.
struct Audio {
    SF_INFO facts{};
    std::vector<float> samples;
    double peak() const {
        float high = 0;
        for (const float sample : samples) high = std::max(high, std::abs(sample));
        return high;
    }
};

Audio heard(const std::filesystem::path& path) {
    Audio audio;
    auto* file = sf_open(path.c_str(), SFM_READ, &audio.facts);
    if (!file) return audio;
    audio.samples.resize(static_cast<std::size_t>(audio.facts.frames) * 2);
    sf_readf_float(file, audio.samples.data(), audio.facts.frames);
    sf_close(file);
    return audio;
}

/// Two bars of 4/4 at 120: a key held over the bar line, and one of the second bar.
score::Score twoBars() {
    return scoreOf({track(1, {note(1, 0, 5760, 60), note(2, 3840, 1920, 72)}), track(2, {note(3, 960, 960, 43)})});
}

} // namespace

class AudioExportTest : public QObject {
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
        settings.format.container = AudioFormat::Container::Flac;
        QVERIFY(exportAudio(chord(), {}, flac, settings).has_value());
        const auto bytes = base::readFile(flac).value();
        QCOMPARE(QByteArray(reinterpret_cast<const char*>(bytes.data()), 4), QByteArray("fLaC"));
        QVERIFY(bytes.size() < base::readFile(wav).value().size());
    }

    void everyFormatHoldsTheSameSound_data() {
        QTest::addColumn<int>("container");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("format");
        QTest::addColumn<double>("step");
        QTest::newRow("WAV 16") << 0 << 0 << (SF_FORMAT_WAV | SF_FORMAT_PCM_16) << 1.0 / 32767;
        QTest::newRow("WAV 24") << 0 << 1 << (SF_FORMAT_WAV | SF_FORMAT_PCM_24) << 1.0 / 8388607;
        QTest::newRow("FLAC 16") << 1 << 0 << (SF_FORMAT_FLAC | SF_FORMAT_PCM_16) << 1.0 / 32767;
        QTest::newRow("FLAC 24") << 1 << 1 << (SF_FORMAT_FLAC | SF_FORMAT_PCM_24) << 1.0 / 8388607;
    }
    void everyFormatHoldsTheSameSound() {
        QFETCH(int, container);
        QFETCH(int, samples);
        QFETCH(int, format);
        QFETCH(double, step);
        QTemporaryDir folder;
        const auto exact = std::filesystem::path(folder.filePath("exact.wav").toStdString()),
                   file = std::filesystem::path(folder.filePath("file").toStdString());
        auto settings = builtBank();
        settings.format = {AudioFormat::Container::Wav, AudioFormat::Samples::Float32, 48000};
        QVERIFY(exportAudio(chord(), {}, exact, settings));
        settings.format = {static_cast<AudioFormat::Container>(container), static_cast<AudioFormat::Samples>(samples),
                           48000};
        QVERIFY(exportAudio(chord(), {}, file, settings));
        const auto wanted = heard(exact), got = heard(file);
        QCOMPARE(got.facts.format, format);
        QCOMPARE(got.facts.samplerate, 48000);
        QCOMPARE(got.samples.size(), wanted.samples.size());
        double worst = 0;
        for (std::size_t i = 0; i < got.samples.size(); ++i)
            worst = std::max(worst, static_cast<double>(std::abs(got.samples[i] - wanted.samples[i])));
        QVERIFY2(worst > 0 && worst <= step, qPrintable(QString::number(worst / step)));
    }

    void flacRefusesFloatingPoint() {
        QTemporaryDir folder;
        auto settings = builtBank();
        settings.format = {AudioFormat::Container::Flac, AudioFormat::Samples::Float32, 44100};
        const auto report =
            exportAudio(chord(), {}, std::filesystem::path(folder.filePath("a.flac").toStdString()), settings);
        QVERIFY(!report);
        QCOMPARE(report.error().code, base::ErrorCode::WrongArgument);
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void normalisedAudioHasThePeakThatWasAskedFor() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.filePath("a.wav").toStdString());
        auto settings = builtBank();
        settings.format.samples = AudioFormat::Samples::Float32;
        settings.normaliseTo = -3;
        std::vector<double> told;
        QVERIFY(exportAudio(chord(), {}, file, settings, [&](double part) { told.push_back(part); }));
        QVERIFY(std::abs(heard(file).peak() - std::pow(10, -3.0 / 20)) < 1e-5);
        QVERIFY(std::is_sorted(told.begin(), told.end()) && told.back() <= 1);
    }

    void aRangeIsWhatSoundsInItWithTheKeysThatAreDown() {
        QTemporaryDir folder;
        const auto whole = std::filesystem::path(folder.filePath("whole.wav").toStdString()),
                   second = std::filesystem::path(folder.filePath("second.wav").toStdString());
        auto settings = builtBank();
        settings.longestTail = 0;
        QVERIFY(exportAudio(twoBars(), {}, whole, settings));
        settings.range = score::TickRange{score::Tick{3840}, score::Tick{5760}};
        QVERIFY(exportAudio(twoBars(), {}, second, settings));
        const auto all = heard(whole), part = heard(second);
        QVERIFY(std::abs(static_cast<double>(part.facts.frames) / 44100 - 1.0) < 0.05);
        QVERIFY(std::abs(static_cast<double>(all.facts.frames) / 44100 - 3.0) < 0.05);
        QVERIFY(part.peak() > 0.03);
        settings.range = score::TickRange{score::Tick{0}, score::Tick{0}};
        QVERIFY(!exportAudio(twoBars(), {}, second, settings));
    }

    void stemsAddUpToTheWhole() {
        QTemporaryDir folder;
        const auto whole = std::filesystem::path(folder.filePath("mix.wav").toStdString());
        auto score = twoBars();
        score.tracks[0].notes = {note(1, 0, 5760, 60), note(2, 1440, 1920, 72)}; // none takes up a voice that ended
        score.tracks[0].name = "Violin/1";
        score.tracks.push_back(track(3, {}));
        auto settings = builtBank();
        settings.format.samples = AudioFormat::Samples::Float32;
        settings.gain = 0.2F; // far below the limiter, which works on the sum alone
        QVERIFY(exportAudio(score, {}, whole, settings));
        const auto reports = exportStems(score, {}, whole, settings);
        QVERIFY(reports);
        QCOMPARE(reports->size(), std::size_t{2});
        QCOMPARE(reports->at(0).file.filename(), std::filesystem::path("mix 01 Violin_1.wav"));
        const auto mix = heard(whole), one = heard(reports->at(0).file), two = heard(reports->at(1).file);
        double worst = 0;
        for (std::size_t i = 0; i < std::min(one.samples.size(), two.samples.size()); ++i)
            worst = std::max(worst, static_cast<double>(std::abs(one.samples[i] + two.samples[i] - mix.samples[i])));
        QVERIFY2(worst < 1e-6, qPrintable(QString::number(worst)));
        QVERIFY(one.peak() > 0.001 && two.peak() > 0.001);
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

QTEST_GUILESS_MAIN(AudioExportTest)
#include "audio_export_test.moc"
