#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/mirror.h"
#include "engine/score/operations/stretch.h"
#include "engine/score/operations/tuplets.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

Score three() {
    return oneTrack({{.onset = Tick{4000}, .length = Ticks{480}, .pitch = 60},
                     {.onset = Tick{4480}, .length = Ticks{480}, .pitch = 64},
                     {.onset = Tick{4960}, .length = Ticks{960}, .pitch = 67}});
}

std::vector<std::pair<std::int64_t, std::int64_t>> spansAfter(const Score& score, const OperationResult& result) {
    std::vector<std::pair<std::int64_t, std::int64_t>> spans;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes) spans.emplace_back(note.onset.fromStart, note.length.count);
    return spans;
}

using Spans = std::vector<std::pair<std::int64_t, std::int64_t>>;

} // namespace

class ShapesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        for (const double percent : {0.5, 37.0, 50.0, 200.0, 1e9}) {
            VERIFY_LAWS(
                [&](const Score& score, NoteIds ids, IdMint&) { return stretch(score, ids, {.percent = percent}); }, {},
                8);
            VERIFY_LAWS(
                [&](const Score& score, NoteIds ids, IdMint&) {
                    return stretch(score, ids, {.percent = percent, .pivot = Tick{9000}, .lengths = false});
                },
                {}, 8);
        }
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return stretchToBars(score, ids, 3); });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return invert(score, ids); });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return invert(score, ids, {.axis = 10}); });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) {
            return invert(score, ids, {.axis = {}, .scale = Scale{4}});
        });
        for (const auto what : {ReverseWhat::Time, ReverseWhat::Pitches})
            VERIFY_LAWS([&](const Score& score, NoteIds ids, IdMint&) { return reverse(score, ids, what); });
        for (int count = 2; count <= 9; ++count)
            for (const auto way : {TupletSettings::Way::Divide, TupletSettings::Way::Squeeze})
                VERIFY_LAWS(
                    [&](const Score& score, NoteIds ids, IdMint& mint) {
                        return makeTuplets(score, ids, {way, count}, mint);
                    },
                    {}, 4);
    }

    void halfAndDoubleAreEachOthersWayBack() {
        const auto score = three();
        const auto ids = allNotes(score);
        QCOMPARE(spansAfter(score, stretch(score, ids, {.percent = 50})),
                 (Spans{{4000, 240}, {4240, 240}, {4480, 480}}));
        const auto done = after(score, stretch(score, ids, {.percent = 200}).edit);
        QVERIFY(after(done, stretch(done, ids, {.percent = 50}).edit) == score);
        QVERIFY(stretch(score, ids, {}).edit.isEmpty());
    }

    void touchingNotesStillTouch() {
        const auto score = three();
        for (const double percent : {33.0, 71.0, 113.0}) {
            const auto spans = spansAfter(score, stretch(score, allNotes(score), {.percent = percent}));
            QCOMPARE(spans[0].first + spans[0].second, spans[1].first);
            QCOMPARE(spans[1].first + spans[1].second, spans[2].first);
        }
    }

    void barsAreFilled() {
        const auto score = three(); // in the second bar, which it fills in part
        QCOMPARE(spansAfter(score, stretchToBars(score, allNotes(score), 2)),
                 (Spans{{3840 + 320, 960}, {3840 + 1280, 960}, {3840 + 2240, 1920}}));
    }

    void thePivotStaysAndNothingGoesBelowTickZero() {
        const auto score = three();
        const auto spans = spansAfter(score, stretch(score, allNotes(score), {.percent = 1000, .pivot = Tick{4480}}));
        QCOMPARE(spans[0].first, 0);
        QCOMPARE(spans[1].first, 4480);
    }

    void twiceInvertedAndTwiceReversedIsTheIdentity() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 5});
            const auto ids = someNotes(score, seed);
            const auto upside = after(score, invert(score, ids).edit);
            QVERIFY(after(upside, invert(upside, ids).edit) == score);
            const auto back = after(score, reverse(score, ids).edit);
            QVERIFY(after(back, reverse(back, ids).edit) == score);
        }
    }

    void inversionInAScaleStaysInTheScale() {
        const auto score = three();
        const auto done = after(score, invert(score, allNotes(score), {.axis = 64, .scale = Scale{}}).edit);
        QCOMPARE(int{done.tracks[0].notes[0].pitch}, 67);
        QCOMPARE(int{done.tracks[0].notes[2].pitch}, 60);
        const auto exact = after(score, invert(score, allNotes(score), {.axis = 64, .scale = {}}).edit);
        QCOMPARE(int{exact.tracks[0].notes[0].pitch}, 68);
    }

    void reversedPitchesKeepTheRhythm() {
        const auto score = three();
        const auto done = after(score, reverse(score, allNotes(score), ReverseWhat::Pitches).edit);
        QCOMPARE(spansAfter(score, reverse(score, allNotes(score), ReverseWhat::Pitches)), spansAfter(score, {}));
        QCOMPARE(int{done.tracks[0].notes[0].pitch}, 67);
        QCOMPARE(spansAfter(score, reverse(score, allNotes(score))), (Spans{{4000, 960}, {4960, 480}, {5440, 480}}));
    }

    void aTupletFillsTheTimeOfItsNote() {
        const auto score = oneTrack({{.onset = Tick{100}, .length = Ticks{1000}}});
        for (int count = 3; count <= 9; ++count) {
            IdMint mint(score);
            const auto spans = spansAfter(score, makeTuplets(score, allNotes(score), {.count = count}, mint));
            QCOMPARE(spans.size(), static_cast<std::size_t>(count));
            QCOMPARE(spans.front().first, 100);
            QCOMPARE(spans.back().first + spans.back().second, 1100);
            for (std::size_t i = 1; i < spans.size(); ++i)
                QCOMPARE(spans[i - 1].first + spans[i - 1].second, spans[i].first);
        }
    }

    void squeezedNotesAreTuplets() {
        const auto score = three();
        IdMint mint(score);
        const auto spans =
            spansAfter(score, makeTuplets(score, allNotes(score), {TupletSettings::Way::Squeeze, 3}, mint));
        QCOMPARE(spans, (Spans{{4000, 320}, {4320, 320}, {4640, 640}}));
    }
};

QTEST_APPLESS_MAIN(ShapesTest)
#include "shapes_test.moc"
