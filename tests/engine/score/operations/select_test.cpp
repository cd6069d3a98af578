#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/check.h"
#include "engine/score/operations/cleanup.h"
#include "engine/score/operations/select.h"
#include "engine/score/operations/value_change.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

using Kind = ValueChange::Kind;

std::vector<int> pitchesOf(const Score& score, const std::vector<NoteId>& ids) {
    std::vector<int> pitches;
    for (const auto id : ids) pitches.push_back(noteOf(score, id).pitch);
    return pitches;
}

using Keys = std::vector<int>;

Score chordsAndNotes() {
    return oneTrack({{.onset = Tick{0}, .pitch = 60, .velocity = 50},
                     {.onset = Tick{0}, .pitch = 64},
                     {.onset = Tick{480}, .length = Ticks{60}, .pitch = 61},
                     {.onset = Tick{960}, .pitch = 72, .velocity = 55},
                     {.onset = Tick{960}, .pitch = 67, .marks = NoteMarks::Muted},
                     {.onset = Tick{1440}, .pitch = 70}});
}

std::vector<int> velocitiesAfter(const Score& score, const char* typed) {
    std::vector<int> velocities;
    const auto done =
        after(score, changeValues(score, allNotes(score), NoteField::Velocity, *parseValueChange(typed)).edit);
    for (const auto& note : done.tracks[0].notes) velocities.push_back(note.velocity);
    return velocities;
}

} // namespace

class SelectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachKindFindsItsNotes() {
        const auto score = chordsAndNotes();
        const auto all = allNotes(score);
        const std::vector like{all[0]};
        const auto found = [&](SelectSettings settings) {
            return pitchesOf(score, selectNotes(score, all, like, settings));
        };
        QCOMPARE(found({.what = Select::SamePitch}), (Keys{60}));
        QCOMPARE(found({.what = Select::SamePitchClass}), (Keys{60, 72}));
        QCOMPARE(found({.what = Select::SameVelocity, .velocityBand = 5}), (Keys{60, 72}));
        QCOMPARE(found({.what = Select::ShorterThan}), (Keys{61}));
        QCOMPARE(found({.what = Select::LongerThan, .length = Ticks{60}}), (Keys{60, 64, 67, 72, 70}));
        QCOMPARE(found({.what = Select::OutOfScale}), (Keys{61, 70}));
        QCOMPARE(found({.what = Select::EveryNth, .nth = 2}), (Keys{60, 64, 67, 72}));
        QCOMPARE(found({.what = Select::ChordTops}), (Keys{64, 72}));
        QCOMPARE(found({.what = Select::ChordBottoms}), (Keys{60, 67}));
        QCOMPARE(found({.what = Select::Muted}), (Keys{67}));
        QCOMPARE(found({.what = Select::Locked}), (Keys{}));
        QCOMPARE(found({.what = Select::FromNet}), (Keys{}));
    }

    void onlyNotesAskedForAreFound() {
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const auto score = randomScore(seed);
            const auto among = someNotes(score, seed);
            const NoteIdSet asked(among);
            for (int kind = 0; kind <= static_cast<int>(Select::Overlaps); ++kind)
                for (const auto id : selectNotes(score, among, among, {.what = static_cast<Select>(kind)}))
                    QVERIFY(asked.contains(id));
            QVERIFY(selectNotes(score, {}, among, {.what = Select::SamePitch}).empty());
        }
    }

    void overlapsAreThoseThatCheckFinds() {
        const auto score = randomScore(4, {.notes = 200, .lockedIn = 0});
        QVERIFY(!selectNotes(score, allNotes(score), {}, {.what = Select::Overlaps}).empty());
        const auto done = after(score, removeOverlaps(score, allNotes(score)).edit);
        QVERIFY(selectNotes(done, allNotes(done), {}, {.what = Select::Overlaps}).empty());
    }

    void typedChangesAreRead() {
        QCOMPARE(*parseValueChange("80"), (ValueChange{Kind::Set, 80, 0}));
        QCOMPARE(*parseValueChange(" +5 "), (ValueChange{Kind::Add, 5, 0}));
        QCOMPARE(*parseValueChange("-5"), (ValueChange{Kind::Add, -5, 0}));
        QCOMPARE(*parseValueChange("*1.5"), (ValueChange{Kind::Times, 1.5, 0}));
        QCOMPARE(*parseValueChange("/2"), (ValueChange{Kind::Times, 0.5, 0}));
        QCOMPARE(*parseValueChange("=60..90"), (ValueChange{Kind::Span, 60, 90}));
        QCOMPARE(*parseValueChange("= 90 .. 60"), (ValueChange{Kind::Span, 90, 60}));
        QCOMPARE(*parseValueChange("=-5"), (ValueChange{Kind::Set, -5, 0}));
        for (const auto* wrong :
             {"", " ", "+", "=", "..", "=1..", "=..2", "5x", "/0", "*", "1,5", "inf", "+nan", "++5", "60..90"})
            QVERIFY2(!parseValueChange(wrong), wrong);
    }

    void everyChangeDoesWhatItSays() {
        std::vector<Note> notes;
        for (int i = 0; i < 3; ++i)
            notes.push_back({.onset = Tick{i * 100}, .velocity = static_cast<std::uint8_t>(20 + 40 * i)});
        const auto score = oneTrack(notes);
        QCOMPARE(velocitiesAfter(score, "80"), (Keys{80, 80, 80}));
        QCOMPARE(velocitiesAfter(score, "+50"), (Keys{70, 110, 127}));
        QCOMPARE(velocitiesAfter(score, "-30"), (Keys{1, 30, 70}));
        QCOMPARE(velocitiesAfter(score, "*1.2"), (Keys{24, 72, 120}));
        QCOMPARE(velocitiesAfter(score, "=60..90"), (Keys{60, 75, 90}));
        QCOMPARE(velocitiesAfter(score, "=0"), (Keys{1, 1, 1}));
    }

    void theLawsHoldForEveryField() {
        for (const auto field :
             {NoteField::Onset, NoteField::Length, NoteField::Pitch, NoteField::Velocity, NoteField::Release})
            for (const auto* typed : {"=-1e30", "1e30", "+77", "-1e9", "*3.7", "/-2", "=20..300"})
                VERIFY_LAWS([&](const Score& score, NoteIds ids,
                                IdMint&) { return changeValues(score, ids, field, *parseValueChange(typed)); },
                            {}, 4);
    }

    void addingKeepsTheShapeOfAGroup() {
        const auto score = chordsAndNotes();
        const auto done =
            after(score, changeValues(score, allNotes(score), NoteField::Pitch, {Kind::Add, 100, 0}).edit);
        QCOMPARE(pitchesOf(done, allNotes(score)), (Keys{115, 119, 116, 122, 127, 125}));
    }
};

QTEST_APPLESS_MAIN(SelectTest)
#include "select_test.moc"
