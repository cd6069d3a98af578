#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/check.h"
#include "engine/score/operations/cleanup.h"
#include "engine/score/operations/instrument_ranges.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

constexpr Allowed kRemoves{.removesNotes = true};

Note key60(std::int64_t onset, std::int64_t length, NoteMarks marks = NoteMarks::None, std::uint8_t velocity = 80) {
    return {.onset = Tick{onset}, .length = Ticks{length}, .velocity = velocity, .marks = marks};
}

std::vector<std::pair<std::int64_t, std::int64_t>> spansAfter(const Score& score, const OperationResult& result) {
    std::vector<std::pair<std::int64_t, std::int64_t>> spans;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes) spans.emplace_back(note.onset.fromStart, note.end().fromStart);
    return spans;
}

using Spans = std::vector<std::pair<std::int64_t, std::int64_t>>;

std::size_t count(const std::vector<Spot>& spots, Suspicion what) {
    return static_cast<std::size_t>(std::ranges::count(spots, what, &Spot::what));
}

} // namespace

class CleanupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return removeOverlaps(score, ids); }, kRemoves);
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return removeDuplicates(score, ids, Ticks{300}); },
                    kRemoves);
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return glueNotes(score, ids, Ticks{2000}); },
                    kRemoves);
        for (const auto way : {TinyNotes::Remove, TinyNotes::Lengthen})
            VERIFY_LAWS([&](const Score& score, NoteIds ids, IdMint&) { return mendTinyNotes(score, ids, 200, way); },
                        kRemoves);
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint& mint) { return repairPedals(score, ids, mint); });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return foldIntoRange(score, ids); });
        VERIFY_LAWS([](const Score& score, NoteIds ids,
                       IdMint& mint) { return clean(score, ids, {.shortestMs = 100, .range = true}, mint); },
                    kRemoves);
    }

    void cleaningTwiceChangesNothingMore() {
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const auto score = randomScore(seed, {.notes = 200});
            const auto ids = allNotes(score);
            IdMint mint(score);
            auto done = after(score, clean(score, ids, {.range = true}, mint).edit);
            QVERIFY(clean(done, ids, {.range = true}, mint).edit.isEmpty());
        }
    }

    void noKeySoundsTwiceAfterwards() {
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const auto score = randomScore(seed, {.notes = 200, .lockedIn = 0});
            QVERIFY(count(check(score), Suspicion::Overlap) + count(check(score), Suspicion::Duplicate) > 0);
            const auto done = after(score, removeOverlaps(score, allNotes(score)).edit);
            QCOMPARE(count(check(done), Suspicion::Overlap) + count(check(done), Suspicion::Duplicate), std::size_t{0});
        }
    }

    void overlapsAreCutAndLockedNotesAreBarriers() {
        const auto score = oneTrack({key60(0, 500), key60(300, 100), key60(300, 50)});
        QCOMPARE(spansAfter(score, removeOverlaps(score, allNotes(score))), (Spans{{0, 300}, {300, 400}}));
        const auto locked = oneTrack({key60(0, 500, NoteMarks::Locked), key60(300, 400), key60(100, 50)});
        const auto result = removeOverlaps(locked, allNotes(locked));
        QCOMPARE(spansAfter(locked, result), (Spans{{0, 500}, {100, 150}, {500, 700}}));
        QCOMPARE(result.locked, std::size_t{1});
        // What is not selected stands as firm.
        const auto half = oneTrack({key60(0, 500), key60(300, 400)});
        QCOMPARE(spansAfter(half, removeOverlaps(half, std::vector{half.tracks[0].notes[1].id})),
                 (Spans{{0, 500}, {500, 700}}));
        QCOMPARE(spansAfter(half, removeOverlaps(half, std::vector{half.tracks[0].notes[0].id})),
                 (Spans{{0, 300}, {300, 700}}));
    }

    void ofDuplicatesTheBestStays() {
        const auto score = oneTrack({key60(0, 100, NoteMarks::None, 127), key60(2, 400, NoteMarks::None, 10),
                                     key60(3, 400, NoteMarks::None, 50)});
        QCOMPARE(spansAfter(score, removeDuplicates(score, allNotes(score))).size(), std::size_t{3});
        QCOMPARE(spansAfter(score, removeDuplicates(score, allNotes(score), Ticks{5})), (Spans{{3, 403}}));
        const auto locked = oneTrack({key60(0, 400), key60(0, 10, NoteMarks::Locked)});
        QCOMPARE(spansAfter(locked, removeDuplicates(locked, allNotes(locked))), (Spans{{0, 10}}));
    }

    void gluedNotesAreOne() {
        const auto score = oneTrack({key60(0, 100), key60(110, 100), key60(300, 100), key60(420, 10)});
        QCOMPARE(spansAfter(score, glueNotes(score, allNotes(score), Ticks{20})), (Spans{{0, 210}, {300, 430}}));
        const auto done = after(score, glueNotes(score, allNotes(score), Ticks{20}).edit);
        QCOMPARE(done.tracks[0].notes[0].id, score.tracks[0].notes[0].id);
        QVERIFY(glueNotes(score, allNotes(score)).edit.isEmpty());
    }

    void tinyNotesAreMeasuredInRealTime() {
        const auto score = oneTrack({key60(0, 37), key60(500, 39)}); // 120 beats a minute: 38.4 ticks are 20 ms
        QCOMPARE(spansAfter(score, mendTinyNotes(score, allNotes(score))), (Spans{{500, 539}}));
        QCOMPARE(spansAfter(score, mendTinyNotes(score, allNotes(score), 20, TinyNotes::Lengthen)),
                 (Spans{{0, 39}, {500, 539}}));
    }

    void notesWithoutVelocityAreHeardAgain() {
        const auto score = oneTrack({key60(0, 100, NoteMarks::None, 0)});
        QCOMPARE(count(check(score), Suspicion::NoVelocity), std::size_t{1});
        QCOMPARE(int{after(score, mendZeroVelocity(score, allNotes(score)).edit).tracks[0].notes[0].velocity}, 1);
    }

    void aHangingPedalIsLifted() {
        auto score = oneTrack({key60(0, 1000)});
        score.tracks[0].events = {{EventId{500}, Tick{10}, ChannelEventKind::Controller, 64, 127}};
        IdMint mint(score);
        const auto spots = check(score);
        QCOMPARE(count(spots, Suspicion::HangingPedal), std::size_t{1});
        const auto done = after(score, fix(score, spots[0], mint).edit);
        QCOMPARE(done.tracks[0].events.back().at.fromStart, 1000);
        QCOMPARE(int{done.tracks[0].events.back().second}, 0);
        QCOMPARE(count(check(done), Suspicion::HangingPedal), std::size_t{0});
    }

    void checkFindsWhatWasPlantedAndItsFixMendsIt() {
        auto score = oneTrack({key60(0, 500),
                               key60(300, 100),
                               {.onset = Tick{1000}, .length = Ticks{5}, .pitch = 62},
                               {.onset = Tick{2000}, .length = Ticks{40'000}, .pitch = 50},
                               {.onset = Tick{3000}, .pitch = 5}});
        auto other = score.tracks[0];
        other.id = TrackId{900};
        other.notes = {{.id = NoteId{901}, .onset = Tick{0}, .pitch = 60}};
        other.events = {{EventId{902}, Tick{0}, ChannelEventKind::Program, 40, 0}};
        score.tracks.push_back(other);
        IdMint mint(score);
        const auto spots = check(score);
        for (const auto what : {Suspicion::Overlap, Suspicion::TinyNote, Suspicion::EndlessNote, Suspicion::OutOfRange,
                                Suspicion::ChannelConflict})
            QCOMPARE(count(spots, what), std::size_t{1});
        QVERIFY(std::ranges::is_sorted(spots, {}, &Spot::at));
        auto mended = score;
        for (const auto& spot : spots) {
            QVERIFY(!spot.text.empty());
            const auto result = fix(mended, spot, mint);
            QVERIFY(!result.edit.isEmpty());
            apply(result.edit, mended);
        }
        QVERIFY(check(mended).empty());
        QVERIFY(boundsFault(mended).empty());
        QVERIFY(check(oneTrack({key60(0, 480)})).empty());
    }

    void unknownDrumsAreNamedAsSuch() {
        const auto drums = oneTrack({{.onset = Tick{0}, .pitch = 36}, {.onset = Tick{480}, .pitch = 100}}, true);
        QCOMPARE(count(check(drums), Suspicion::UnnamedDrum), std::size_t{1});
        QCOMPARE(QString::fromStdString(InstrumentRanges::standard().drumName(42)), QString("Closed hi-hat"));
    }

    void everyProgramHasARange() {
        for (int program = 0; program < 128; ++program) {
            const auto& range = InstrumentRanges::standard().of(program);
            QCOMPARE(range.program, program);
            QVERIFY(!range.name.empty());
            QVERIFY(0 <= range.lowest && range.lowest <= range.comfortableLowest &&
                    range.comfortableLowest < range.comfortableHighest && range.comfortableHighest <= range.highest &&
                    range.highest <= 127);
        }
    }

    void anotherInstrumentIsOfferedItsOctave() {
        const auto score = oneTrack(
            {{.onset = Tick{0}, .pitch = 40}, {.onset = Tick{100}, .pitch = 52}, {.onset = Tick{200}, .pitch = 45}});
        const auto check = checkRange(score, allNotes(score), 40); // a violin ends at G3
        QCOMPARE(check.outside, std::size_t{3});
        QCOMPARE(check.octaves, 2);
        QCOMPARE(check.outsideThen, std::size_t{0});
        IdMint mint(score);
        const auto result = reassignInstrument(score, score.tracks[0].id,
                                               {.program = 40, .bank = 130, .channel = 5, .octaves = 2}, mint);
        QVERIFY(brokenLaw(score, allNotes(score), result).empty());
        const auto done = after(score, result.edit);
        QCOMPARE(mainProgram(done.tracks[0]), 40);
        QCOMPARE(int{done.tracks[0].channel}, 5);
        QCOMPARE(int{done.tracks[0].notes[0].pitch}, 64);
        QCOMPARE(done.tracks[0].events.size(), std::size_t{3});
        QCOMPARE(int{done.tracks[0].events[0].second}, 1);
        QCOMPARE(int{done.tracks[0].events[1].second}, 2);
        QVERIFY(done.tracks[0].events[2].kind == ChannelEventKind::Program);
        QVERIFY(reassignInstrument(done, done.tracks[0].id, {.program = 40}, mint).edit.isEmpty());
    }

    void reassigningKeepsTheLawsOnRandomTracks() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed);
            IdMint mint(score);
            const auto& track = score.tracks[seed % 2];
            const auto result = reassignInstrument(
                score, track.id,
                {.program = static_cast<int>(seed * 6), .octaves = seed % 3 == 0 ? -3 : 5, .foldOutside = true}, mint);
            const auto fault = brokenLaw(score, allNotes(track), result);
            QVERIFY2(fault.empty(), fault.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(CleanupTest)
#include "cleanup_test.moc"
