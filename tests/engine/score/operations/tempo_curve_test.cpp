#include "engine/base/random.h"
#include "engine/score/operations/tempo_curve.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

constexpr Division k480{.ticksPerQuarter = 480};

/// Where the straight change would be, by adding up small pieces of it (the middle of each), tick by tick.
std::vector<double> integrated(std::int64_t ticks, double from, double to, int quarter) {
    std::vector<double> seconds{0};
    for (std::int64_t tick = 0; tick < ticks; ++tick) {
        double piece = 0;
        for (int part = 0; part < 4; ++part) {
            const double middle = (static_cast<double>(tick) + (part + 0.5) / 4) / static_cast<double>(ticks);
            piece += 60 / (from + (to - from) * middle) / quarter / 4;
        }
        seconds.push_back(seconds.back() + piece);
    }
    return seconds;
}

std::vector<double> stepped(const std::vector<TempoEvent>& events, std::int64_t ticks, int quarter) {
    std::vector<double> seconds{0};
    std::size_t next = 0;
    double perTick = 0;
    for (std::int64_t tick = 0; tick < ticks; ++tick) {
        while (next < events.size() && events[next].at.fromStart <= tick)
            perTick = events[next++].microsecondsPerQuarter * 1e-6 / quarter;
        seconds.push_back(seconds.back() + perTick);
    }
    return seconds;
}

double worst(const std::vector<double>& a, const std::vector<double>& b) {
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(a[i] - b[i]));
    return worst;
}

/// The fewest lines through the tube that begin on the curve and end on it, by trying: places on a grid of times and of
/// 21 distances from the curve. A better way than these may exist, by a little; none with fewer than this less one.
int fewestByTrying(const std::vector<double>& curve, int places) {
    const auto n = static_cast<int>(curve.size()) - 1;
    constexpr int kLevels = 21;
    const auto tick = [&](int place) { return static_cast<std::size_t>(static_cast<long>(place) * n / places); };
    const auto level = [](int i) { return (i - kLevels / 2) * kRampTolerance / (kLevels / 2); };
    std::vector<std::vector<int>> links(static_cast<std::size_t>(places) + 1, std::vector<int>(kLevels, 1 << 20));
    links[0][kLevels / 2] = 0;
    const auto fits = [&](int a, double ya, int b, double yb) {
        for (int k = a + 1; k < b; ++k) {
            const double part = static_cast<double>(tick(k) - tick(a)) / static_cast<double>(tick(b) - tick(a));
            if (std::abs(ya + (yb - ya) * part - curve[tick(k)]) > kRampTolerance) return false;
        }
        return true;
    };
    for (int b = 1; b <= places; ++b)
        for (int j = 0; j < kLevels; ++j)
            for (int a = 0; a < b; ++a)
                for (int i = 0; i < kLevels; ++i) {
                    auto& best = links[static_cast<std::size_t>(b)][static_cast<std::size_t>(j)];
                    const int here = links[static_cast<std::size_t>(a)][static_cast<std::size_t>(i)];
                    if (here + 1 < best && fits(a, curve[tick(a)] + level(i), b, curve[tick(b)] + level(j)))
                        best = here + 1;
                }
    return links[static_cast<std::size_t>(places)][kLevels / 2];
}

Score withTempos(std::vector<TempoEvent> tempos) {
    Score score;
    score.tempos = std::move(tempos);
    return score;
}

} // namespace

class TempoCurveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFormulaIsTheIntegral() {
        const auto seconds = integrated(4800, 72, 140, 480);
        for (std::int64_t tick = 0; tick <= 4800; tick += 160)
            QVERIFY(std::abs(rampSeconds(static_cast<double>(tick) / 480, 10, 72, 140) -
                             seconds[static_cast<std::size_t>(tick)]) < 1e-6);
        QVERIFY(std::abs(rampSeconds(3, 10, 90, 90) - 2.0) < 1e-12);
    }

    void theOracleOfTheToleranceFindsAPlantedFault() {
        auto events = rampEvents({Tick{0}, Tick{4800}}, 72, 140, k480);
        events[events.size() / 2].microsecondsPerQuarter += 3000;
        QVERIFY(worst(integrated(4800, 72, 140, 480), stepped(events, 4800, 480)) > kRampTolerance);
    }

    void everyTickLiesWithinAMillisecondAndTheEndIsExact() {
        base::Random random(5);
        std::size_t most = 0;
        for (int round = 0; round < 120; ++round) {
            const auto ticks = random.between(1, round < 60 ? 4000 : 60'000);
            const double from = static_cast<double>(random.between(30, 300)),
                         to = static_cast<double>(random.between(30, 300));
            const auto events = rampEvents({Tick{0}, Tick{ticks}}, from, to, k480);
            const auto curve = integrated(ticks, from, to, 480), steps = stepped(events, ticks, 480);
            QVERIFY2(worst(curve, steps) <= kRampTolerance, qPrintable(QString::number(worst(curve, steps) * 1e3)));
            QVERIFY(std::abs(curve.back() - steps.back()) < 1e-4);
            most = std::max(most, events.size());
        }
        QVERIFY(most < 400);
    }

    void thereAreNoFewerEventsThatWouldDo() {
        for (const auto& [from, to, ticks] : {std::tuple{120.0, 60.0, 1920},
                                              {72.0, 68.0, 7680},
                                              {60.0, 200.0, 960},
                                              {140.0, 139.0, 9600},
                                              {40.0, 50.0, 1920},
                                              {100.0, 150.0, 4000}}) {
            const auto events = rampEvents({Tick{0}, Tick{ticks}}, from, to, k480);
            const int tried = fewestByTrying(integrated(ticks, from, to, 480), 40);
            QVERIFY2(static_cast<int>(events.size()) <= tried,
                     qPrintable(QString("%1 to %2: %3 against %4").arg(from).arg(to).arg(events.size()).arg(tried)));
        }
    }

    void pointsReadBackAsTheyWereSet() {
        base::Random random(6);
        for (int round = 0; round < 60; ++round) {
            Score score;
            IdMint mint;
            std::vector<TempoPoint> points;
            for (std::int64_t at = 0; at < 9; ++at)
                points.push_back({Tick{at * 1900 + random.between(0, 900)},
                                  static_cast<double>(random.between(4000, 20'000)) / 100, random.below(2) == 0});
            points.back().ramp = false;
            apply(setTempoPoints(score, points, mint), score);
            QVERIFY(tempoPointsOf(score) == points);
            QVERIFY(setTempoPoints(score, points, mint).isEmpty());
            const auto before = score;
            auto moved = points;
            moved[4].at = moved[4].at + Ticks{100};
            const auto edit = setTempoPoints(score, moved, mint);
            apply(edit, score);
            QVERIFY(tempoPointsOf(score) == moved);
            apply(inverse(edit), score);
            QVERIFY(score == before);
        }
    }

    void aRampThatWasTouchedIsWhatItsEventsSay() {
        Score score;
        IdMint mint;
        apply(setTempoPoints(score, {{Tick{0}, 120, true}, {Tick{3840}, 60, false}}, mint), score);
        QCOMPARE(tempoPointsOf(score).size(), std::size_t{2});
        score.tempos[1].microsecondsPerQuarter += 1;
        QCOMPARE(tempoPointsOf(score).size(), score.tempos.size());
        QVERIFY(std::ranges::none_of(tempoPointsOf(score), &TempoPoint::ramp));
    }

    void eventsOfAFileKeepTheirChunksAndExactTempos() {
        const auto score =
            withTempos({{.id = EventId{1}, .chunk = 2, .at = Tick{0}, .microsecondsPerQuarter = 512'821},
                        {.id = EventId{2}, .chunk = 0, .at = Tick{960}, .microsecondsPerQuarter = 833'333},
                        {.id = EventId{3}, .chunk = 0, .at = Tick{960}, .microsecondsPerQuarter = 400'001}});
        const auto points = tempoPointsOf(score);
        QCOMPARE(points.size(), std::size_t{2});
        IdMint mint(score);
        QVERIFY(setTempoPoints(score, points, mint).isEmpty());
        const auto edit = setTempoPoints(score, {{Tick{0}, 90}, points[1]}, mint);
        QCOMPARE(edit.tempos.removed.size(), std::size_t{1});
        QCOMPARE(edit.tempos.added.at(0).chunk, 2);
    }

    void roundTemposStayRound() {
        for (int bpm = 30; bpm <= 300; ++bpm) {
            const auto score = withTempos(
                {{.id = EventId{1}, .microsecondsPerQuarter = static_cast<std::uint32_t>(std::lround(60e6 / bpm))}});
            QCOMPARE(tempoPointsOf(score)[0].bpm, static_cast<double>(bpm));
        }
    }
};

QTEST_APPLESS_MAIN(TempoCurveTest)
#include "tempo_curve_test.moc"
