#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/quantize.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

Tick quantizedOnset(Tick onset, const QuantizeSettings& settings) {
    const auto score = oneTrack({{.onset = onset, .length = Ticks{100}}});
    return after(score, quantize(score, allNotes(score), settings).edit).tracks[0].notes[0].onset;
}

} // namespace

class QuantizeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHoldForEveryGrid() {
        const std::vector<Grid> grids{Grid::of(16),
                                      Grid::dottedOf(8),
                                      Grid::tupletOf(16, 7),
                                      Grid::tupletOf(8, 3),
                                      {.denominator = 8, .swing = 0.66},
                                      {.bars = 1},
                                      {.bars = 2},
                                      Grid::of(128)};
        for (const auto& grid : grids)
            for (const double strength : {1.0, 0.37})
                VERIFY_LAWS(
                    [&](const Score& score, NoteIds ids, IdMint&) {
                        return quantize(score, ids,
                                        {.grid = grid,
                                         .strength = strength,
                                         .ends = strength < 1,
                                         .lengths = grid.dotted,
                                         .reversible = grid.bars == 0});
                    },
                    {}, 10);
    }

    void everyStartComesToALineOfTheGrid() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 0});
            const auto grid = Grid::tupletOf(8, 3);
            const auto result = quantize(score, allNotes(score), {.grid = grid, .rollGapMs = 1e9});
            const GridLines lines(grid, score.meterMap(), score.division);
            const auto done = after(score, result.edit);
            for (const auto& track : done.tracks)
                for (const auto& note : track.notes) QCOMPARE(lines.nearest(note.onset).at, note.onset);
            QVERIFY(quantize(done, allNotes(done), {.grid = grid, .rollGapMs = 1e9}).edit.isEmpty());
        }
    }

    void theNearestLineIsTheNearestOfAllLines() {
        const auto score = randomScore(3);
        const auto meters = score.meterMap();
        for (const auto& grid : {Grid{.denominator = 8, .swing = 0.7}, Grid::tupletOf(16, 5), Grid{.bars = 1}}) {
            const GridLines lines(grid, meters, score.division);
            std::vector<std::int64_t> all{0};
            while (all.back() < 30'000) all.push_back(lines.next(Tick{all.back()}).at.fromStart);
            QVERIFY(std::is_sorted(all.begin(), all.end()));
            for (std::int64_t bar = 0; meters.barStart(bar) < Tick{28'000}; bar += std::max(1, grid.bars))
                QVERIFY(std::ranges::binary_search(all, meters.barStart(bar).fromStart));
            for (std::int64_t at = 0; at < 28'000; at += 13) {
                std::int64_t best = INT64_MAX;
                for (const auto line : all) best = std::min(best, std::abs(line - at));
                QCOMPARE(std::abs(lines.nearest(Tick{at}).at.fromStart - at), best);
                QVERIFY(lines.floor(Tick{at}).at.fromStart <= at && at < lines.next(Tick{at}).at.fromStart);
            }
        }
    }

    void tupletsAndSwingLieWhereTheyAreWritten() {
        QCOMPARE(quantizedOnset(Tick{330}, {.grid = Grid::tupletOf(8, 3)}).fromStart, 320);
        QCOMPARE(quantizedOnset(Tick{200}, {.grid = Grid::tupletOf(16, 5)}).fromStart, 192);
        QCOMPARE(quantizedOnset(Tick{700}, {.grid = Grid::dottedOf(8)}).fromStart, 720);
        QCOMPARE(quantizedOnset(Tick{480}, {.grid = {.denominator = 8, .swing = 2.0 / 3}}).fromStart, 640);
        QCOMPARE(quantizedOnset(Tick{2000}, {.grid = {.bars = 1}}).fromStart, 3840);
    }

    void strengthGoesAPartOfTheWay() {
        QCOMPARE(quantizedOnset(Tick{340}, {.grid = Grid::of(16), .strength = 0.5}).fromStart, 290);
        QCOMPARE(quantizedOnset(Tick{340}, {.grid = Grid::of(16), .strength = 0}).fromStart, 340);
    }

    void whatIsTooFarAwayIsNotCaught() {
        const QuantizeSettings settings{.grid = Grid::of(16), .catchRange = 0.25};
        QCOMPARE(quantizedOnset(Tick{240 + 60}, settings).fromStart, 240);
        QCOMPARE(quantizedOnset(Tick{240 + 61}, settings).fromStart, 301);
    }

    void endsAndLengthsComeToTheGridToo() {
        const auto score = oneTrack({{.onset = Tick{10}, .length = Ticks{300}}});
        const auto ends =
            after(score, quantize(score, allNotes(score), {.grid = Grid::of(16), .starts = false, .ends = true}).edit);
        QCOMPARE(ends.tracks[0].notes[0].onset.fromStart, 10);
        QCOMPARE(ends.tracks[0].notes[0].end().fromStart, 240);
        const auto lengths =
            after(score, quantize(score, allNotes(score), {.grid = Grid::of(16), .lengths = true}).edit);
        QCOMPARE(lengths.tracks[0].notes[0].length.count, 240);
    }

    void whatWasPlayedComesBackExactly() {
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const auto score = randomScore(seed);
            const auto ids = someNotes(score, seed);
            auto done = score;
            for (const bool iterative : {false, true})
                for (const int denominator : {4, 16, 32})
                    apply(quantize(done, ids,
                                   {.grid = Grid::of(denominator),
                                    .strength = 0.8,
                                    .ends = true,
                                    .reversible = true,
                                    .iterative = iterative})
                              .edit,
                          done);
            QVERIFY(!(done == score));
            const auto back = unquantize(done, ids);
            QVERIFY(brokenLaw(done, ids, back).empty());
            QVERIFY(after(done, back.edit) == score);
        }
    }

    void otherSettingsReplaceTheLastOnesUnlessIterative() {
        const auto score = oneTrack({{.onset = Tick{340}, .length = Ticks{100}}});
        const auto ids = allNotes(score);
        const QuantizeSettings half{.grid = Grid::of(16), .strength = 0.5, .reversible = true};
        auto again = half;
        again.iterative = true;
        const auto once = after(score, quantize(score, ids, half).edit);
        QCOMPARE(once.tracks[0].notes[0].onset.fromStart, 290);
        QVERIFY(quantize(once, ids, half).edit.isEmpty());
        QCOMPARE(after(once, quantize(once, ids, again).edit).tracks[0].notes[0].onset.fromStart, 265);
    }

    void aRolledChordKeepsItsOrder() {
        const auto score = oneTrack(
            {{.onset = Tick{20}, .pitch = 60}, {.onset = Tick{50}, .pitch = 64}, {.onset = Tick{80}, .pitch = 67}});
        const auto rolled = after(score, quantize(score, allNotes(score), {.grid = Grid::of(16)}).edit);
        QCOMPARE(rolled.tracks[0].notes[0].onset.fromStart, 0);
        QCOMPARE(rolled.tracks[0].notes[1].onset.fromStart, 30);
        QCOMPARE(rolled.tracks[0].notes[2].onset.fromStart, 60);
        const auto loose = oneTrack(
            {{.onset = Tick{20}, .pitch = 60}, {.onset = Tick{26}, .pitch = 64}, {.onset = Tick{28}, .pitch = 67}});
        const auto together = after(loose, quantize(loose, allNotes(loose), {.grid = Grid::of(16)}).edit);
        for (const auto& note : together.tracks[0].notes) QCOMPARE(note.onset.fromStart, 0);
        const auto strict = after(loose, quantize(loose, allNotes(loose), {.grid = Grid::of(16), .rollGapMs = 0}).edit);
        QCOMPARE(strict.tracks[0].notes[2].onset.fromStart, 8);
    }

    void theOrderOfOnsetsIsNeverTurnedRound() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 0});
            const auto done = after(
                score, quantize(score, allNotes(score), {.grid = Grid::of(8), .strength = 0.6, .rollGapMs = 1e9}).edit);
            const auto now = notesById(done);
            for (const auto& track : score.tracks)
                for (std::size_t i = 1; i < track.notes.size(); ++i)
                    QVERIFY(now.at(track.notes[i - 1].id).second.onset <= now.at(track.notes[i].id).second.onset);
        }
    }

    void aGrooveTakenFromAPlayerIsGivenToAnother() {
        std::vector<Note> late, straight;
        for (int i = 0; i < 16; ++i) {
            late.push_back({.onset = Tick{i * 240 + (i % 2 == 0 ? 0 : 30)},
                            .length = Ticks{50},
                            .velocity = static_cast<std::uint8_t>(i % 4 == 0 ? 110 : 70)});
            straight.push_back({.onset = Tick{3840 + i * 240 + i}, .length = Ticks{50}, .velocity = 90});
        }
        const auto model = oneTrack(late);
        const auto groove = extractGroove(model, allNotes(model), Grid::of(16));
        QCOMPARE(groove.steps[0].size(), std::size_t{16});
        QCOMPARE(groove.steps[0][1].offset, 0.125);
        QCOMPARE(*groove.steps[0][4].velocity, 110.0);

        const auto score = oneTrack(straight);
        const auto done = after(score, quantize(score, allNotes(score), {.groove = groove, .grooveVelocity = 1}).edit);
        for (int i = 0; i < 16; ++i) {
            const auto& note = done.tracks[0].notes[static_cast<std::size_t>(i)];
            QCOMPARE(note.onset.fromStart, 3840 + i * 240 + (i % 2 == 0 ? 0 : 30));
            QCOMPARE(int{note.velocity}, i % 4 == 0 ? 110 : 70);
        }
        QVERIFY(extractGroove(score, {}, Grid::of(16)).isEmpty() && !groove.isEmpty());
    }

    void aGrooveFitsAnotherDivision() {
        const auto model = oneTrack({{.onset = Tick{270}}});
        auto score = oneTrack({{.onset = Tick{125}}});
        score.division.ticksPerQuarter = 480;
        const auto groove = extractGroove(model, allNotes(model), Grid::of(16));
        const auto done = after(score, quantize(score, allNotes(score), {.groove = groove}).edit);
        QCOMPARE(done.tracks[0].notes[0].onset.fromStart, 135);
    }
};

QTEST_APPLESS_MAIN(QuantizeTest)
#include "quantize_test.moc"
