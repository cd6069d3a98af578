#include "engine/base/files.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/soundfont_check.h"
#include "soundfonts/bank_builder.h"
#include "tests/soundfonts/spectrum.h"

#include <QTest>
#include <map>

using namespace continuo;
using namespace continuo::soundfonts;
using namespace continuo::soundfonts::listening;

namespace {

/// One program of each family.
const std::map<const char*, int>& families() {
    static const std::map<const char*, int> table{
        {"piano", 0},    {"celesta", 8}, {"organ", 19},   {"guitar", 24}, {"bass", 33},  {"violin", 40},
        {"strings", 48}, {"choir", 52},  {"trumpet", 56}, {"horn", 60},   {"oboe", 68},  {"clarinet", 71},
        {"flute", 73},   {"square", 80}, {"saw", 81},     {"pad", 89},    {"sitar", 104}};
    return table;
}

/// Levels of the first ten harmonics, as a vector of length 1.
std::vector<double> colour(const std::vector<double>& magnitudes, double f0) {
    std::vector<double> levels;
    double sum = 1e-12;
    for (int n = 1; n <= 10; ++n) {
        const auto bin = static_cast<std::size_t>(n * f0 * 2 * static_cast<double>(magnitudes.size()) / kRate);
        double high = 0;
        for (auto i = bin - 6; i <= bin + 6 && i < magnitudes.size(); ++i) high = std::max(high, magnitudes[i]);
        levels.push_back(high);
        sum += high * high;
    }
    for (auto& level : levels) level /= std::sqrt(sum);
    return levels;
}

} // namespace

class BankTest : public QObject {
    Q_OBJECT

    std::unique_ptr<sound::Synthesizer> synthesizer_;

private Q_SLOTS:
    void initTestCase() {
        auto opened = sound::Synthesizer::open(sound::builtSoundFont(), kRate);
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
        synthesizer_ = std::move(*opened);
    }

    void theFileIsSmallSoundAndTheSameEveryTime() {
        const auto file = base::readFile(sound::builtSoundFont()).value();
        QVERIFY2(file.size() <= 3'000'000, qPrintable(QString::number(file.size())));
        QVERIFY(sound::checkSoundFont(file).has_value());
        QVERIFY(write(buildBank()) == file);
    }

    void everyProgramAndEveryDrumIsThere() {
        const auto bank = buildBank();
        QCOMPARE(bank.presets.size(), std::size_t{129});
        for (int program = 0; program < 128; ++program) {
            QCOMPARE(bank.presets[static_cast<std::size_t>(program)].program, program);
            const auto heard = listen(*synthesizer_, program, 60, 100, 0.4, 0.4);
            QVERIFY2(level(heard, 0, 0.4) > -60, qPrintable(QString("program %1 is silent").arg(program)));
        }
        for (int key = 35; key <= 81; ++key)
            QVERIFY2(level(listen(*synthesizer_, 0, key, 100, 0.2, 0.2, true), 0, 0.2) > -60,
                     qPrintable(QString("drum %1 is silent").arg(key)));
    }

    void pitchedProgramsAreInTuneWithinFiveCents() {
        for (const int program : {0,  4,  6,  8,  11, 12, 16, 19, 21, 24, 25, 26, 32, 33,  40, 42,
                                  46, 56, 57, 60, 65, 68, 70, 71, 73, 75, 79, 80, 81, 104, 107})
            for (const int key : {41, 53, 60, 67, 74, 83}) {
                const auto heard = listen(*synthesizer_, program, key, 100, 1.2, 1.2);
                const auto magnitudes = spectrum(heard, 2048, 32768);
                const double wanted = frequencyOf(key), found = peakNear(magnitudes, wanted);
                const double cents = 1200 * std::log2(found / wanted);
                QVERIFY2(std::abs(cents) < 5,
                         qPrintable(QString("program %1 key %2 is off by %3 cents").arg(program).arg(key).arg(cents)));
            }
    }

    void noTwoFamiliesHaveTheSameSpectrum() {
        std::map<std::string, std::vector<double>> colours;
        for (const auto& [name, program] : families()) {
            const auto heard = listen(*synthesizer_, program, 57, 100, 0.8, 0.8);
            colours[name] = colour(spectrum(heard, 6000, 16384), frequencyOf(57));
        }
        for (const auto& [one, a] : colours)
            for (const auto& [other, b] : colours) {
                if (one >= other) continue;
                double alike = 0;
                for (std::size_t i = 0; i < a.size(); ++i) alike += a[i] * b[i];
                QVERIFY2(alike < 0.9995,
                         qPrintable(QString("%1 and %2 sound alike: %3").arg(one.c_str(), other.c_str()).arg(alike)));
            }
        const auto& clarinet = colours["clarinet"];
        QVERIFY(clarinet[1] < 0.3 * clarinet[2]);
        const auto& saw = colours["saw"];
        QVERIFY(saw[1] > saw[2]);
    }

    void strikersDecayAndBlowersSustain() {
        for (const int program : {0, 6, 8, 12, 24, 33, 46, 105}) {
            const auto heard = listen(*synthesizer_, program, 60, 100, 2.2, 2.2);
            QVERIFY2(level(heard, 1.8, 0.3) < level(heard, 0.05, 0.3) - 6,
                     qPrintable(QString("program %1 does not decay").arg(program)));
        }
        for (const int program : {16, 19, 40, 48, 52, 56, 68, 71, 73, 80, 89}) {
            const auto heard = listen(*synthesizer_, program, 60, 100, 2.2, 2.2);
            QVERIFY2(std::abs(level(heard, 1.8, 0.3) - level(heard, 0.8, 0.3)) < 4,
                     qPrintable(QString("program %1 does not sustain").arg(program)));
        }
        const auto released = listen(*synthesizer_, 56, 60, 100, 1.5, 0.5);
        QVERIFY(level(released, 1.2, 0.2) < level(released, 0.2, 0.2) - 40);
    }

    void aHarderTouchIsBrighter() {
        for (const int program : {0, 4, 12, 24, 33, 40, 48, 56, 65, 71}) {
            const auto soft = centroid(spectrum(listen(*synthesizer_, program, 60, 30, 0.6, 0.6), 1024, 16384));
            const auto hard = centroid(spectrum(listen(*synthesizer_, program, 60, 120, 0.6, 0.6), 1024, 16384));
            QVERIFY2(hard > soft * 1.03,
                     qPrintable(QString("program %1: %2 Hz soft, %3 Hz hard").arg(program).arg(soft).arg(hard)));
        }
    }

    void loopsJoinWithoutAClick() {
        int loops = 0;
        for (const auto& sample : buildBank().samples) {
            if (sample.loopEnd <= sample.loopStart) continue;
            ++loops;
            const auto bend = [&](std::size_t i) {
                return std::abs(sample.frames[i - 1] - 2 * sample.frames[i] + sample.frames[i + 1]);
            };
            // The last second difference across the join, against the largest inside the loop.
            const auto end = sample.loopEnd, start = sample.loopStart;
            const int join = std::abs(sample.frames[end - 2] - 2 * sample.frames[end - 1] + sample.frames[start]);
            int largest = 4;
            for (auto i = start + 1; i + 2 < end; ++i) largest = std::max(largest, bend(i));
            QVERIFY2(join <= largest + 2, qPrintable(QString("%1 %2").arg(sample.name.c_str()).arg(sample.root)));
            // What follows the loop is its beginning again, so that no interpolator sees an edge.
            for (std::size_t i = 0; i < 8; ++i)
                QVERIFY(std::abs(sample.frames[end + i] - sample.frames[start + i]) <= 3);
        }
        QVERIFY(loops > 150);
    }

    void aPlantedClickIsFound() {
        auto bank = buildBank();
        auto& sample = *std::ranges::find_if(bank.samples, [](const auto& one) { return one.loopEnd > one.loopStart; });
        sample.frames[sample.loopEnd - 1] = static_cast<std::int16_t>(sample.frames[sample.loopEnd - 1] + 9000);
        const int join = std::abs(sample.frames[sample.loopEnd - 2] - 2 * sample.frames[sample.loopEnd - 1] +
                                  sample.frames[sample.loopStart]);
        QVERIFY(join > 8000);
    }

    void theProgramsAreAboutEquallyLoud() {
        for (int program = 0; program < 112; ++program) {
            const auto heard = listen(*synthesizer_, program, 60, 100, 0.7, 0.7);
            double loudest = -100;
            for (double at = 0; at < 0.6; at += 0.1) loudest = std::max(loudest, level(heard, at, 0.1));
            QVERIFY2(loudest > -36 && loudest < -16,
                     qPrintable(QString("program %1 at %2 dB").arg(program).arg(loudest)));
        }
    }
};

QTEST_APPLESS_MAIN(BankTest)
#include "bank_test.moc"
