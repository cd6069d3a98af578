#include "engine/analysis/beats.h"

#include "engine/base/random.h"
#include "engine/corpus/dataset.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace continuo;
using namespace continuo::analysis;

namespace {

/// A written piece as somebody plays it: the tempo swells and ebbs, phrases end slower, no note is quite in time. The
/// file has one tempo and 480 ticks a quarter, and its bars say nothing.
struct Performance {
    score::Score file;
    std::vector<double> beats; // where the player felt them, in seconds
};

Performance played(const score::Score& piece, double beatSeconds, std::uint64_t seed) {
    Performance made{piece, {}};
    base::Random random(seed);
    const auto quarter = piece.division.quarter();
    score::Tick last;
    for (const auto& track : piece.tracks)
        for (const auto& note : track.notes) last = std::max(last, note.end());
    const auto count = last.fromStart / quarter + 2;
    double at = 0.731;
    for (std::int64_t beat = 0; beat < count; ++beat) {
        made.beats.push_back(at);
        const auto swell = 0.07 * std::sin(static_cast<double>(beat) / 5);
        at += beatSeconds * (1 + swell + (beat % 16 == 15 ? 0.12 : 0.0));
    }
    const auto secondsAt = [&](score::Tick tick) {
        const auto beat = static_cast<std::size_t>(tick.fromStart / quarter);
        const auto in = static_cast<double>(tick.fromStart % quarter) / static_cast<double>(quarter);
        return made.beats[beat] + in * (made.beats[beat + 1] - made.beats[beat]);
    };
    made.file.division.ticksPerQuarter = 480;
    made.file.tempos = {{.microsecondsPerQuarter = 500'000}};
    const auto fileTick = [](double seconds) { return score::Tick{std::llround(seconds * 960)}; };
    for (auto& track : made.file.tracks)
        for (auto& note : track.notes) {
            const auto jitter = (random.uniform() - 0.5) * 0.03;
            const auto end = fileTick(secondsAt(note.end()) + jitter);
            note.onset = fileTick(secondsAt(note.onset) + jitter);
            note.length = std::max(score::Ticks{1}, end - note.onset);
        }
    return made;
}

/// Share of beats that have one of the others within 70 ms, both ways (the F-measure of the field).
double fMeasure(const std::vector<double>& found, const std::vector<double>& truth) {
    const auto hits = [](const auto& some, const auto& others) {
        return std::ranges::count_if(some, [&](double beat) {
            return std::ranges::any_of(others, [beat](double other) { return std::abs(other - beat) <= 0.07; });
        });
    };
    const auto precision = static_cast<double>(hits(found, truth)) / static_cast<double>(found.size());
    const auto recall = static_cast<double>(hits(truth, found)) / static_cast<double>(truth.size());
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

/// The beats of the truth between the first and the last onset.
std::vector<double> within(const Performance& performance) {
    const score::TempoMap tempo(performance.file.tempos, performance.file.division);
    double first = 1e9, last = 0;
    for (const auto& track : performance.file.tracks)
        for (const auto& note : track.notes) {
            first = std::min(first, tempo.secondsAt(note.onset));
            last = std::max(last, tempo.secondsAt(note.onset));
        }
    auto beats = performance.beats;
    std::erase_if(beats, [&](double beat) { return beat < first - 0.1 || beat > last + 0.1; });
    return beats;
}

} // namespace

class BeatsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writtenMusicHasItsBeatsAndPlayedMusicHasNot() {
        const auto dataset = *corpus::Dataset::open("counterpoint");
        for (std::size_t i = 0; i < 20; ++i) {
            const auto score = dataset.score(i * 20);
            QVERIFY(gridShare(score).value_or(1) > 0.95);
            QVERIFY(!isWithoutBeats(score));
            if (!gridShare(score)) continue;
            QVERIFY2(isWithoutBeats(played(score, 0.61, i).file),
                     qPrintable(QString::number(*gridShare(played(score, 0.61, i).file))));
        }
    }

    void theBeatsOfPlayedMusicAreFound() {
        const auto dataset = *corpus::Dataset::open("counterpoint");
        double sum = 0, atSomeLevel = 0;
        constexpr int kPieces = 20;
        for (std::size_t i = 0; i < kPieces; ++i) {
            const auto performance = played(dataset.score(i * 20), 0.5 + 0.015 * static_cast<double>(i % 10), i);
            const auto found = findBeats(performance.file);
            const auto truth = within(performance);
            double best = fMeasure(found, truth);
            sum += best;
            for (std::size_t first : {0U, 1U}) { // every other beat may be heard, too
                std::vector<double> half;
                for (auto beat = first; beat < truth.size(); beat += 2) half.push_back(truth[beat]);
                best = std::max(best, fMeasure(found, half));
            }
            atSomeLevel += best;
        }
        QVERIFY2(sum / kPieces > 0.75, qPrintable(QString::number(sum / kPieces)));
        QVERIFY2(atSomeLevel / kPieces > 0.85, qPrintable(QString::number(atSomeLevel / kPieces)));
    }

    void onItsBeatsAPieceSoundsAsBefore() {
        const auto performance = played(corpus::Dataset::open("counterpoint")->score(7), 0.55, 3);
        const auto& before = performance.file;
        const auto after = onBeats(before, findBeats(before));
        const score::TempoMap tempoBefore(before.tempos, before.division), tempoAfter(after.tempos, after.division);
        QCOMPARE(after.division.quarter(), std::int64_t{480});
        std::optional<double> shift; // the piece may begin earlier or later than its file
        for (std::size_t t = 0; t < before.tracks.size(); ++t) {
            QCOMPARE(after.tracks[t].notes.size(), before.tracks[t].notes.size());
            for (const auto& note : before.tracks[t].notes) {
                const auto same =
                    std::ranges::find(after.tracks[t].notes, note.id, [](const auto& each) { return each.id; });
                QVERIFY(same != after.tracks[t].notes.end());
                const auto moved = tempoAfter.secondsAt(same->onset) - tempoBefore.secondsAt(note.onset);
                if (!shift) shift = moved;
                QVERIFY2(std::abs(moved - *shift) < 0.004, qPrintable(QString::number(moved - *shift)));
                QVERIFY(std::abs(tempoAfter.secondsAt(same->end()) - tempoBefore.secondsAt(note.end()) - *shift) <
                        0.004);
            }
        }
        QVERIFY(gridShare(after).value() > 0.7 && gridShare(before).value() < 0.4);
    }

    void tooLittleMusicHasNoBeats() {
        QVERIFY(findBeats({}).empty());
        QVERIFY(!gridShare({}) && !isWithoutBeats({}));
    }
};

QTEST_APPLESS_MAIN(BeatsTest)
#include "beats_test.moc"
