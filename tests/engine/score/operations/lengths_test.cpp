#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/lengths.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

std::vector<std::int64_t> lengthsAfter(const Score& score, const OperationResult& result) {
    std::vector<std::int64_t> lengths;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes) lengths.push_back(note.length.count);
    return lengths;
}

using Lengths = std::vector<std::int64_t>;

Score melody() {
    return oneTrack({{.onset = Tick{0}, .length = Ticks{100}, .pitch = 60},
                     {.onset = Tick{480}, .length = Ticks{700}, .pitch = 62},
                     {.onset = Tick{490}, .length = Ticks{30}, .pitch = 65},
                     {.onset = Tick{960}, .length = Ticks{50}, .pitch = 62}});
}

} // namespace

class LengthsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHoldForLegato() {
        for (const double percent : {0.0, 50.0, 100.0, 200.0})
            for (const auto next : {NextNote::Selected, NextNote::InTrack})
                VERIFY_LAWS(
                    [&](const Score& score, NoteIds ids, IdMint&) {
                        return legato(score, ids, {.percent = percent, .overlap = Ticks{-20}, .next = next});
                    },
                    {}, 10);
    }

    void theLawsHoldForEveryRule() {
        using Rule = LengthSettings::Rule;
        for (const auto rule : {Rule::Fixed, Rule::Scaled, Rule::Limited, Rule::ToNext, Rule::ToGrid})
            VERIFY_LAWS(
                [&](const Score& score, NoteIds ids, IdMint&) {
                    return setLengths(
                        score, ids,
                        {.rule = rule, .fixed = Ticks{0}, .factor = 0.01, .longest = Ticks{300}, .grid = Grid::of(8)});
                },
                {}, 10);
    }

    void legatoLeadsToTheNextChordAndStaccatoHalfWay() {
        const auto score = melody();
        const auto ids = allNotes(score);
        QCOMPARE(lengthsAfter(score, legato(score, ids)), (Lengths{480, 480, 470, 50}));
        QCOMPARE(lengthsAfter(score, legato(score, ids, {.percent = 50})), (Lengths{240, 240, 235, 50}));
        QCOMPARE(lengthsAfter(score, legato(score, ids, {.overlap = Ticks{-10}})), (Lengths{470, 470, 460, 50}));
    }

    void overlapNeverRunsIntoTheSameKey() {
        const auto score = melody();
        QCOMPARE(lengthsAfter(score, legato(score, allNotes(score), {.overlap = Ticks{60}})),
                 (Lengths{540, 480, 530, 50}));
    }

    void nextInTrackCountsNotesThatAreNotSelected() {
        const auto score = melody();
        const auto& notes = score.tracks[0].notes;
        const std::vector ids{notes[0].id, notes[3].id};
        QCOMPARE(lengthsAfter(score, legato(score, ids)), (Lengths{960, 700, 30, 50}));
        QCOMPARE(lengthsAfter(score, legato(score, ids, {.next = NextNote::InTrack})), (Lengths{480, 700, 30, 50}));
    }

    void lockedNotesAreLedToAndStay() {
        auto score = melody();
        score.tracks[0].notes[1].marks = score.tracks[0].notes[2].marks = NoteMarks::Locked;
        QCOMPARE(lengthsAfter(score, legato(score, allNotes(score))), (Lengths{480, 700, 30, 50}));
    }

    void everyRuleDoesWhatItSays() {
        using Rule = LengthSettings::Rule;
        const auto score = melody();
        const auto ids = allNotes(score);
        QCOMPARE(lengthsAfter(score, setLengths(score, ids, {.rule = Rule::Fixed, .fixed = Ticks{77}})),
                 (Lengths{77, 77, 77, 77}));
        QCOMPARE(lengthsAfter(score, setLengths(score, ids, {.rule = Rule::Scaled, .factor = 0.5})),
                 (Lengths{50, 350, 15, 25}));
        QCOMPARE(lengthsAfter(score, setLengths(score, ids,
                                                {.rule = Rule::Limited, .shortest = Ticks{40}, .longest = Ticks{90}})),
                 (Lengths{90, 90, 40, 50}));
        QCOMPARE(lengthsAfter(score, setLengths(score, ids, {.rule = Rule::ToGrid, .grid = Grid::of(16)})),
                 (Lengths{240, 720, 230, 240}));
    }

    void whatIsLegatoAlreadyStays() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed);
            const auto done = after(score, legato(score, allNotes(score), {.next = NextNote::InTrack}).edit);
            QVERIFY(legato(done, allNotes(done), {.next = NextNote::InTrack}).edit.isEmpty());
        }
    }
};

QTEST_APPLESS_MAIN(LengthsTest)
#include "lengths_test.moc"
