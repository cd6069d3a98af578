#include "engine/corpus/counterpoint.h"

#include <QTest>
#include <array>
#include <map>
#include <set>

using namespace continuo;
using namespace continuo::corpus;

namespace {

// A checker of its own: it reads the finished notes only and shares no code with the composer.

using Sonority = std::array<int, 4>;

const std::vector<ComposedPiece>& allPieces() {
    static const auto pieces = [] {
        std::vector<ComposedPiece> made;
        for (int i = 0; i < kCounterpointPieces; ++i) made.push_back(composePiece(static_cast<std::uint64_t>(i)));
        return made;
    }();
    return pieces;
}

/// What sounds at every moment at which a voice strikes; -1 is silence.
std::map<std::int64_t, Sonority> sonorities(const score::Score& score) {
    std::map<std::int64_t, Sonority> all;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) all.try_emplace(note.onset.fromStart, Sonority{-1, -1, -1, -1});
    for (std::size_t voice = 0; voice < score.tracks.size(); ++voice)
        for (const auto& note : score.tracks[voice].notes)
            for (auto at = all.lower_bound(note.onset.fromStart); at != all.end() && at->first < note.end().fromStart;
                 ++at)
                at->second[voice] = note.pitch;
    return all;
}

QString parallelsIn(const score::Score& score) {
    const auto all = sonorities(score);
    for (auto next = std::next(all.begin()); next != all.end(); ++next) {
        const auto& from = std::prev(next)->second;
        const auto& to = next->second;
        for (std::size_t a = 0; a < 4; ++a)
            for (std::size_t b = a + 1; b < 4; ++b) {
                const bool bothMove = from[a] != to[a] && from[b] != to[b];
                const int before = (from[a] - from[b]) % 12, after = (to[a] - to[b]) % 12;
                if (bothMove && before == after && (after == 0 || after == 7))
                    return QString("voices %1 and %2 at tick %3").arg(a).arg(b).arg(next->first);
            }
    }
    return {};
}

int pitchAt(const score::Track& track, score::Tick at) {
    for (const auto& note : track.notes)
        if (note.range().contains(at)) return note.pitch;
    return -1;
}

QString named(std::size_t index) { return QString("piece %1").arg(index); }

} // namespace

class CounterpointTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlantedParallelFifthIsFound() {
        auto score = composePiece(0).score;
        QVERIFY(parallelsIn(score).isEmpty());
        const std::int64_t at = 960;
        for (std::size_t voice = 0; voice < 4; ++voice) {
            auto& track = score.tracks[voice];
            track.notes = {{.id = score::NoteId{1},
                            .onset = score::Tick{0},
                            .length = score::Ticks{at},
                            .pitch = static_cast<std::uint8_t>(std::array{72, 67, 60, 48}[voice])},
                           {.id = score::NoteId{2},
                            .onset = score::Tick{at},
                            .length = score::Ticks{at},
                            .pitch = static_cast<std::uint8_t>(std::array{71, 69, 62, 43}[voice])}};
        }
        QCOMPARE(parallelsIn(score), QString("voices 1 and 2 at tick 960")); // G over C, A over D
    }

    void noPieceHasParallelFifthsOctavesOrUnisons() {
        for (std::size_t i = 0; i < allPieces().size(); ++i) {
            const auto found = parallelsIn(allPieces()[i].score);
            QVERIFY2(found.isEmpty(), qPrintable(named(i) + ": " + found));
        }
    }

    void voicesNeverCrossOrMeetAndNeverRest() {
        for (std::size_t i = 0; i < allPieces().size(); ++i)
            for (const auto& [tick, sounding] : sonorities(allPieces()[i].score))
                for (std::size_t voice = 0; voice < 4; ++voice) {
                    QVERIFY2(sounding[voice] >= 0, qPrintable(named(i)));
                    if (voice > 0)
                        QVERIFY2(sounding[voice - 1] > sounding[voice],
                                 qPrintable(named(i) + QString(" tick %1").arg(tick)));
                }
    }

    void voicesStayInTheirRanges() {
        static constexpr std::array<std::pair<int, int>, 4> kRanges{{{60, 79}, {58, 74}, {50, 67}, {40, 58}}};
        for (const auto& piece : allPieces())
            for (std::size_t voice = 0; voice < 4; ++voice)
                for (const auto& note : piece.score.tracks.at(voice).notes)
                    QVERIFY(note.pitch >= kRanges[voice].first && note.pitch <= kRanges[voice].second);
    }

    void leadingTonesRiseAndSeventhsFall() {
        int leadingTones = 0;
        for (std::size_t i = 0; i < allPieces().size(); ++i) {
            const auto& piece = allPieces()[i];
            for (std::size_t c = 0; c + 1 < piece.harmony.size(); ++c) {
                const auto& mark = piece.harmony[c];
                const auto& next = piece.harmony[c + 1];
                using enum ChordName;
                const auto isDominant = [](ChordName name) {
                    return name == V || name == V6 || name == V7 || name == vii6;
                };
                if (mark.endsPhrase || !isDominant(mark.chord.name) || isDominant(next.chord.name)) continue;
                const int leading = (mark.chord.key.tonic + 11) % 12;
                for (const auto& track : piece.score.tracks) {
                    const int pitch = pitchAt(track, next.at - score::Ticks{1});
                    // A suspension delays the resolution: look at the end of the next chord.
                    const auto resolved = c + 2 < piece.harmony.size() ? piece.harmony[c + 2].at : piece.score.end;
                    std::set<int> after;
                    for (auto at = next.at; at < resolved; at = at + score::Ticks{480})
                        after.insert(pitchAt(track, at));
                    leadingTones += pitch % 12 == leading;
                    if (pitch % 12 == leading) QVERIFY2(after.contains(pitch + 1), qPrintable(named(i)));
                    const bool seventh = mark.chord.name == V7 && pitch % 12 == (mark.chord.key.tonic + 5) % 12;
                    if (seventh) QVERIFY2(after.contains(pitch - 1) || after.contains(pitch - 2), qPrintable(named(i)));
                }
            }
        }
        QVERIFY(leadingTones > 2000);
    }

    void phrasesEndInCadencesAndPiecesAtHome() {
        using enum ChordName;
        std::map<QString, int> kinds;
        for (std::size_t i = 0; i < allPieces().size(); ++i) {
            const auto& piece = allPieces()[i];
            for (std::size_t c = 1; c < piece.harmony.size(); ++c) {
                if (!piece.harmony[c].endsPhrase) continue;
                const auto last = piece.harmony[c].chord.name, before = piece.harmony[c - 1].chord.name;
                const bool authentic = last == I && (before == V || before == V7);
                const bool plagal = last == I && before == IV;
                QVERIFY2(authentic || plagal || last == V, qPrintable(named(i)));
                ++kinds[authentic ? "authentic" : plagal ? "plagal" : "half"];
            }
            QVERIFY(piece.harmony.back().chord.name == I && piece.harmony.back().chord.key == piece.key);
            QCOMPARE(piece.score.tracks[3].notes.back().pitch % 12, piece.key.tonic);
        }
        for (const char* kind : {"authentic", "half", "plagal"}) QVERIFY2(kinds[kind] > 60, kind);
    }

    void chordsHoldTheTonesTheyAreNamedFor() {
        for (std::size_t i = 0; i < allPieces().size(); ++i) {
            const auto& piece = allPieces()[i];
            for (std::size_t c = 0; c < piece.harmony.size(); ++c) {
                const auto& mark = piece.harmony[c];
                const auto end = c + 1 < piece.harmony.size() ? piece.harmony[c + 1].at : piece.score.end;
                std::set<int> heard;
                for (const auto& track : piece.score.tracks)
                    for (auto at = mark.at; at < end; at = at + score::Ticks{480})
                        heard.insert(pitchAt(track, at) % 12);
                const auto tones = mark.chord.pitchClasses();
                QVERIFY2(heard.contains(tones[0]) && heard.contains(tones[1]), qPrintable(named(i)));
            }
        }
    }

    void piecesAreEightToTwentyFourBarsInManyKeysMetresAndTempi() {
        std::set<std::pair<int, bool>> keys;
        std::map<std::pair<int, int>, int> metres;
        std::set<std::uint32_t> tempi;
        std::set<std::int64_t> bars;
        std::set<int> programs;
        for (const auto& piece : allPieces()) {
            keys.insert({piece.key.tonic, piece.key.minor});
            const auto& meter = piece.score.meters.at(0);
            ++metres[{meter.numerator, meter.denominator()}];
            tempi.insert(piece.score.tempos.at(0).microsecondsPerQuarter);
            const auto count = piece.score.meterMap().positionAt(piece.score.end).bar;
            QVERIFY(count >= 8 && count <= 24 && count % 4 == 0);
            bars.insert(count);
            for (const auto& track : piece.score.tracks) programs.insert(score::mainProgram(track));
        }
        QCOMPARE(keys.size(), std::size_t{24});
        QCOMPARE(metres.size(), std::size_t{4});
        for (const auto& [metre, count] : metres) QVERIFY(count > 30);
        QVERIFY(tempi.size() > 30);
        QVERIFY(bars.size() >= 4);
        QVERIFY(programs.size() > 10);
    }

    void linesMoveMostlyByStepAndAreEnlivened() {
        double steps = 0, moves = 0, notes = 0, chords = 0;
        for (const auto& piece : allPieces()) {
            chords += static_cast<double>(piece.harmony.size()) * 4;
            for (std::size_t voice = 0; voice < 4; ++voice) {
                const auto& line = piece.score.tracks[voice].notes;
                notes += static_cast<double>(line.size());
                for (std::size_t n = 1; voice < 3 && n < line.size(); ++n) {
                    const int move = std::abs(line[n].pitch - line[n - 1].pitch);
                    moves += move > 0;
                    steps += move == 1 || move == 2;
                }
            }
        }
        QVERIFY2(steps / moves > 0.6, qPrintable(QString::number(steps / moves)));
        QVERIFY2(notes / chords > 0.95, qPrintable(QString::number(notes / chords)));
    }

    void piecesDifferAndAreTheSameEachTime() {
        std::set<std::vector<int>> sopranos;
        for (const auto& piece : allPieces()) {
            std::vector<int> line;
            for (const auto& note : piece.score.tracks[0].notes) line.push_back(note.pitch - piece.key.tonic);
            sopranos.insert(line);
        }
        QCOMPARE(sopranos.size(), allPieces().size());
        QVERIFY(composePiece(17).score == allPieces()[17].score);
    }

    void theSetIsSplitEightyTenTen() {
        const auto dataset = *Dataset::open("counterpoint");
        QVERIFY(dataset.pieces().size() >= 500);
        QCOMPARE(dataset.pieces(Part::Train).size(), std::size_t{416});
        QCOMPARE(dataset.pieces(Part::Validation).size(), std::size_t{52});
        QCOMPARE(dataset.pieces(Part::Test).size(), std::size_t{52});
    }
};

QTEST_APPLESS_MAIN(CounterpointTest)
#include "counterpoint_test.moc"
