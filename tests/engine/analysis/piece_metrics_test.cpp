#include "engine/analysis/piece_metrics.h"
#include "engine/base/random.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::analysis;

namespace {

GridScore pieceOf(std::vector<GridNote> notes, bool drums = false) {
    GridScore piece;
    piece.tracks.push_back({.program = 0, .drums = drums, .notes = std::move(notes)});
    for (const auto& note : piece.tracks[0].notes) piece.tracks[0].end = std::max(piece.tracks[0].end, note.end);
    piece.end = piece.tracks[0].end;
    return piece;
}

GridScore randomPiece(base::Random& random) {
    GridScore piece;
    const auto tracks = random.between(1, 4);
    for (int t = 0; t < tracks; ++t) {
        GridTrack track{.program = static_cast<int>(random.below(3)), .drums = random.below(4) == 0};
        for (auto left = random.below(30); left > 0; --left) {
            const auto onset = random.between(0, 400);
            track.notes.push_back(
                {onset, onset + random.between(0, 60), static_cast<std::uint8_t>(random.between(50, 58))});
            track.end = std::max(track.end, track.notes.back().end);
        }
        if (random.below(3) == 0) track.end += random.between(0, 100); // a controller
        piece.end = std::max(piece.end, track.end);
        piece.tracks.push_back(std::move(track));
    }
    return piece;
}

/// The same measures from a table of every position, as their formulas say.
class Roll {
public:
    explicit Roll(const GridScore& piece) : piece_(piece) {
        for (const auto& track : piece.tracks) length_ = std::max(length_, track.end);
        sounds_.assign(static_cast<std::size_t>(length_), std::vector<bool>(128));
        for (const auto& track : piece.tracks)
            for (const auto& note : track.notes)
                for (auto at = note.onset; !track.drums && at < note.end; ++at)
                    sounds_[static_cast<std::size_t>(at)][note.pitch] = true;
    }

    std::optional<double> polyphony(bool rate) const {
        std::int64_t pitches = 0, any = 0, many = 0;
        for (const auto& position : sounds_) {
            const auto here = std::ranges::count(position, true);
            pitches += here, any += here > 0, many += here > 2;
        }
        if (rate) return length_ < 1 ? std::nullopt : std::optional(double(many) / double(length_));
        return any < 1 ? std::nullopt : std::optional(double(pitches) / double(any));
    }

    std::optional<double> emptyBeats() const {
        if (length_ < 1) return std::nullopt;
        std::vector<bool> touched(static_cast<std::size_t>(length_ / 12 + 1));
        for (const auto& track : piece_.tracks)
            for (const auto& note : track.notes)
                for (auto beat = note.onset / 12; beat <= note.end / 12; ++beat)
                    touched[static_cast<std::size_t>(beat)] = true;
        return 1 - double(std::ranges::count(touched, true)) / double(touched.size());
    }

    std::optional<double> groove() const {
        const auto bars = static_cast<std::size_t>(length_ / 48 + 1);
        if (bars < 2) return std::nullopt;
        std::vector<std::vector<bool>> patterns(bars, std::vector<bool>(48));
        for (const auto& track : piece_.tracks)
            for (const auto& note : track.notes)
                patterns[static_cast<std::size_t>(note.onset / 48)][static_cast<std::size_t>(note.onset % 48)] = true;
        int distance = 0;
        for (std::size_t bar = 1; bar < bars; ++bar)
            for (std::size_t at = 0; at < 48; ++at) distance += patterns[bar][at] != patterns[bar - 1][at];
        return 1 - distance / (48.0 * double(bars - 1));
    }

private:
    const GridScore& piece_;
    std::int64_t length_ = 0;
    std::vector<std::vector<bool>> sounds_;
};

bool agree(const std::optional<double>& a, const std::optional<double>& b) {
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < 1e-12);
}

} // namespace

class PieceMetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresEqualTheirFormulasOnRandomPieces() {
        base::Random random(4);
        for (int i = 0; i < 400; ++i) {
            const auto piece = randomPiece(random);
            const auto metrics = measure(piece);
            const Roll roll(piece);
            QVERIFY(agree(metrics.polyphony, roll.polyphony(false)));
            QVERIFY(agree(metrics.polyphonyRate, roll.polyphony(true)));
            QVERIFY(agree(metrics.emptyBeatRatio, roll.emptyBeats()));
            QVERIFY(agree(metrics.grooveConsistency, roll.groove()));
        }
    }

    void aScaleIsInItselfAndItsEntropyIsKnown() {
        std::vector<GridNote> notes;
        for (const int pitch : {60, 62, 64, 65, 67, 69, 71, 72}) {
            const auto at = static_cast<std::int64_t>(notes.size()) * 12;
            notes.push_back({at, at + 12, static_cast<std::uint8_t>(pitch)});
        }
        const auto metrics = measure(pieceOf(notes));
        QCOMPARE(metrics.scaleConsistency, std::optional(1.0));
        QCOMPARE(metrics.pitchEntropy, std::optional(3.0)); // eight pitches alike
        QVERIFY(agree(metrics.pitchClassEntropy, -6.0 / 8 * std::log2(1.0 / 8) - 2.0 / 8 * std::log2(2.0 / 8)));
        QCOMPARE(metrics.pitchRange, 12);
        QCOMPARE(metrics.beats, 8);
        QCOMPARE(metrics.polyphony, std::optional(1.0));
    }

    void aPieceWithoutNotesHasCountsAndNothingElse() {
        const auto metrics = measure({});
        for (const auto& metric : metricTable())
            QCOMPARE(metric.of(metrics), metric.isCount ? std::optional(0.0) : std::nullopt);
    }

    void drumsAloneHaveNoPitchesButBeats() {
        const auto drums = pieceOf({{0, 12, 36}, {48, 60, 38}}, true);
        const auto metrics = measure(drums);
        QVERIFY(!metrics.pitchEntropy && !metrics.polyphony && !metrics.scaleConsistency);
        QCOMPARE(metrics.pitchRange, 0);
        QCOMPARE(measure(drums, Convention::MusPy).pitchRange, -127);
        QVERIFY(metrics.grooveConsistency && metrics.emptyBeatRatio);
    }

    void repeatedBarsGrooveWholly() {
        std::vector<GridNote> notes;
        for (std::int64_t bar = 0; bar < 4; ++bar)
            for (const std::int64_t at : {0, 12, 30}) notes.push_back({bar * 48 + at, bar * 48 + at + 6, 60});
        auto piece = pieceOf(notes);
        QCOMPARE(measure(piece).grooveConsistency, std::optional(1.0));
        piece.tracks[0].notes[4].onset += 1; // one onset of one inner bar moves: four places differ
        QVERIFY(agree(measure(piece).grooveConsistency, 1 - 4 / (48.0 * 3)));
    }

    void aPieceOfAMillionBarsIsMeasuredAtOnce() {
        const auto piece = pieceOf({{0, 12, 60}, {std::int64_t{1} << 50, (std::int64_t{1} << 50) + 12, 61}});
        const auto metrics = measure(piece);
        QCOMPARE(metrics.polyphony, std::optional(1.0));
        QVERIFY(*metrics.emptyBeatRatio > 0.999);
    }

    void namesAreTheOnesOfLogsAndTables() {
        std::string names;
        for (const auto& metric : metricTable().first(kPublishedMetrics)) names += std::string(metric.name) + " ";
        QCOMPARE(names, std::string("n_beats n_tracks n_notes n_instruments pitch_range pitch_entropy "
                                    "scale_consistency empty_beat_ratio avg_concurrent_pitches pitch_class_entropy "
                                    "groove_consistency "));
    }
};

QTEST_APPLESS_MAIN(PieceMetricsTest)
#include "piece_metrics_test.moc"
