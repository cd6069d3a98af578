#include "engine/score/operations/fit_tempo.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

constexpr Allowed kAll{.touchesOthers = true};

/// When each note begins and ends, in seconds, by id.
std::map<NoteId, std::pair<double, double>> heard(const Score& score) {
    std::map<NoteId, std::pair<double, double>> times;
    const auto tempo = score.tempoMap();
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            times[note.id] = {tempo.secondsAt(note.onset), tempo.secondsAt(note.end())};
    return times;
}

double longestTick(const Score& score) {
    double slowest = 500'000;
    for (const auto& tempo : score.tempos) slowest = std::max<double>(slowest, tempo.microsecondsPerQuarter);
    return slowest * 1e-6 / score.division.ticksPerQuarter;
}

} // namespace

class FitTempoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSelectedNotesComeToLieOnBeats() {
        auto score =
            oneTrack({{.onset = Tick{900}}, {.onset = Tick{1960}}, {.onset = Tick{2890}}, {.onset = Tick{3700}}});
        IdMint mint(score);
        const auto result = fitTempo(score, allNotes(score), mint);
        QVERIFY(result.has_value());
        const auto fitted = after(score, result->edit);
        std::vector<std::int64_t> onsets;
        for (const auto& note : fitted.tracks[0].notes) onsets.push_back(note.onset.fromStart);
        QCOMPARE(onsets, (std::vector<std::int64_t>{960, 1920, 2880, 3840}));
        QVERIFY(std::abs(fitted.tempoMap().bpmAt(Tick{960}) - 120.0 * 960 / 1060) < 0.01);
    }

    void everythingSoundsWhenItSounded() {
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 0});
            std::vector<NoteId> beats;
            Tick last{-700};
            for (const auto& note : score.tracks[0].notes)
                if (last + Ticks{700} <= note.onset && beats.size() < 12) beats.push_back(note.id), last = note.onset;
            IdMint mint(score);
            const auto result = fitTempo(score, beats, mint);
            QVERIFY(result.has_value());
            const auto fault = brokenLaw(score, {}, *result, kAll);
            QVERIFY2(fault.empty(), fault.c_str());
            const auto fitted = after(score, result->edit);
            const auto before = heard(score), now = heard(fitted);
            const double tick = 1.1 * longestTick(fitted);
            for (const auto& [id, times] : before) {
                QVERIFY(std::abs(now.at(id).first - times.first) < tick);
                QVERIFY(std::abs(now.at(id).second - times.second) < 2 * tick);
            }
        }
    }

    void lockedNotesStayAndAreTold() {
        auto score =
            oneTrack({{.onset = Tick{900}}, {.onset = Tick{1960}}, {.onset = Tick{2890}, .marks = NoteMarks::Locked}});
        IdMint mint(score);
        const auto result = fitTempo(score, allNotes(score), mint);
        QVERIFY(result && result->locked == 1);
        QCOMPARE(after(score, result->edit).tracks[0].notes[2].onset, Tick{2890});
    }

    void lessThanTwoTimesAreNoBeats() {
        auto score = oneTrack({{.onset = Tick{900}}, {.onset = Tick{900}, .pitch = 70}});
        IdMint mint(score);
        QVERIFY(!fitTempo(score, allNotes(score), mint));
        QVERIFY(!fitTempo(score, {}, mint));
    }
};

QTEST_APPLESS_MAIN(FitTempoTest)
#include "fit_tempo_test.moc"
