#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/velocities.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

Score five() {
    std::vector<Note> notes;
    for (int i = 0; i < 5; ++i)
        notes.push_back({.onset = Tick{i * 100}, .velocity = static_cast<std::uint8_t>(20 + 20 * i)});
    return oneTrack(notes);
}

std::vector<int> velocitiesAfter(const Score& score, const OperationResult& result) {
    std::vector<int> velocities;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes) velocities.push_back(note.velocity);
    return velocities;
}

using Velocities = std::vector<int>;

} // namespace

class VelocitiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) {
            return randomizeVelocities(score, ids, {.low = 200, .high = -5});
        });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return scaleVelocities(score, ids, 9); });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) {
            return rampVelocities(score, ids, {.from = -300, .to = 500});
        });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) { return fadeVelocities(score, ids, {}); });
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) {
            return followCurve(score, ids, {{{Tick{100}, 300}, {Tick{100}, 5}, {Tick{900}, -40}}}, 0.7);
        });
    }

    void randomVelocitiesStayInTheirBand() {
        const auto score = randomScore(1, {.lockedIn = 0});
        const auto done = after(score, randomizeVelocities(score, allNotes(score), {.low = 50, .high = 60}).edit);
        std::set<int> seen;
        for (const auto& track : done.tracks)
            for (const auto& note : track.notes) seen.insert(note.velocity);
        QCOMPARE(*seen.begin(), 50);
        QCOMPARE(*seen.rbegin(), 60);
        QCOMPARE(seen.size(), std::size_t{11});
        QVERIFY(randomizeVelocities(score, allNotes(score), {.blend = 0}).edit.isEmpty());
    }

    void scalingKeepsTheMean() {
        const auto score = five();
        QCOMPARE(velocitiesAfter(score, scaleVelocities(score, allNotes(score), 0.5)),
                 (Velocities{40, 50, 60, 70, 80}));
        QCOMPARE(velocitiesAfter(score, scaleVelocities(score, allNotes(score), 0)), (Velocities{60, 60, 60, 60, 60}));
        QVERIFY(scaleVelocities(score, allNotes(score), 1).edit.isEmpty());
    }

    void rampsAndFadesAreStraightAndBlend() {
        const auto score = five();
        const auto ids = allNotes(score);
        QCOMPARE(velocitiesAfter(score, rampVelocities(score, ids, {.from = 100, .to = 20})),
                 (Velocities{100, 80, 60, 40, 20}));
        QCOMPARE(velocitiesAfter(score, rampVelocities(score, ids, {.from = 100, .to = 20, .blend = 0.5})),
                 (Velocities{60, 60, 60, 60, 60}));
        QCOMPARE(velocitiesAfter(score, fadeVelocities(score, ids, {.from = 1, .to = 0})),
                 (Velocities{20, 30, 30, 20, 1}));
    }

    void curvesPassThroughTheirPoints() {
        const VelocityCurve curve{{{Tick{100}, 10}, {Tick{200}, 90}, {Tick{300}, 50}}, CurveShape::Smooth};
        QCOMPARE(curve.valueAt(Tick{0}), 10.0);
        QCOMPARE(curve.valueAt(Tick{100}), 10.0);
        QCOMPARE(curve.valueAt(Tick{150}), 50.0);
        QCOMPARE(curve.valueAt(Tick{200}), 90.0);
        QCOMPARE(curve.valueAt(Tick{900}), 50.0);
        const VelocityCurve steps{curve.points, CurveShape::Step};
        QCOMPARE(steps.valueAt(Tick{199}), 10.0);
    }

    void aBrushGivesEachNoteItsOwnValue() {
        const auto score = oneTrack({{.onset = {0}, .velocity = 40}, {.onset = {480}, .velocity = 60}});
        const auto& notes = score.tracks[0].notes;
        const std::vector<NoteValue> values{{notes[0].id, 100}, {notes[1].id, 200}};
        const auto full = after(score, setNoteValues(score, values, NoteField::Velocity).edit).tracks[0].notes;
        QCOMPARE(full[0].velocity, std::uint8_t{100});
        QCOMPARE(full[1].velocity, std::uint8_t{127});
        const auto half = after(score, setNoteValues(score, values, NoteField::Velocity, 0.5).edit).tracks[0].notes;
        QCOMPARE(half[0].velocity, std::uint8_t{70});
        const std::vector<NoteValue> quiet{{notes[0].id, -5}};
        QCOMPARE(after(score, setNoteValues(score, quiet, NoteField::Release).edit).tracks[0].notes[0].release,
                 std::uint8_t{0});
        VERIFY_LAWS([](const Score& any, NoteIds ids, IdMint&) {
            std::vector<NoteValue> each;
            for (const auto id : ids) each.push_back({id, 90});
            return setNoteValues(any, each, NoteField::Velocity);
        });
    }
};

QTEST_APPLESS_MAIN(VelocitiesTest)
#include "velocities_test.moc"
