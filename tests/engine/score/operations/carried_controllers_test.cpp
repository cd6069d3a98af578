#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/carried_controllers.h"
#include "engine/score/operations/control_line.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

const auto kModulation = ControlLine::controller(1);

Note at(std::int64_t onset, std::int64_t length, int pitch = 60) {
    return {.onset = {onset}, .length = {length}, .pitch = static_cast<std::uint8_t>(pitch)};
}

/// Two notes with a swell under each, then silence.
Score swells() {
    auto score = oneTrack({at(0, 480), at(960, 480)});
    auto& events = score.tracks[0].events;
    std::uint64_t id = 1000;
    for (const auto& [tick, value] : {std::pair{0, 10}, {240, 90}, {470, 20}, {960, 30}, {1200, 100}, {1430, 20}})
        events.push_back(eventOf(kModulation, EventId{id++}, {tick}, value));
    events.push_back(eventOf(ControlLine::program(), EventId{id++}, {100}, 40));
    std::sort(events.begin(), events.end(), EventOrder{});
    return score;
}

} // namespace

class CarriedControllersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        VERIFY_LAWS(
            [](const Score& score, NoteIds ids, IdMint&) {
                return OperationResult{removeNotesWithControllers(score, ids), lockedAmong(score, ids)};
            },
            {.removesNotes = true});
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint& mint) {
            return OperationResult{moveNotesWithControllers(score, ids, {700}, 1, mint), lockedAmong(score, ids)};
        });
    }

    void notesAloneLeaveTheirControllers() {
        const auto score = swells();
        const std::vector ids{score.tracks[0].notes[0].id};
        QCOMPARE(after(score, removeNotes(score, ids)).tracks[0].events, score.tracks[0].events);
    }

    void withControllersTheSwellGoesAndTheRestSoundsAsBefore() {
        const auto score = swells();
        const std::vector ids{score.tracks[0].notes[0].id};
        const auto now = after(score, removeNotesWithControllers(score, ids)).tracks[0];
        QCOMPARE(eventsOf(now, kModulation).size(), std::size_t{4}); // the last one stays: it holds on
        for (std::int64_t t = 480; t < 3000; t += 10)
            QCOMPARE(valueAt(now, kModulation, {t}), valueAt(score.tracks[0], kModulation, {t}));
        QCOMPARE(eventsOf(now, ControlLine::program()).size(), std::size_t{1});
    }

    void underOtherNotesTheyStay() {
        auto score = swells();
        score.tracks[0].notes.push_back({.id = NoteId{5000}, .onset = {0}, .length = {480}, .pitch = 72});
        std::sort(score.tracks[0].notes.begin(), score.tracks[0].notes.end(), NoteOrder{});
        const std::vector ids{score.tracks[0].notes[0].id};
        QCOMPARE(after(score, removeNotesWithControllers(score, ids)).tracks[0].events, score.tracks[0].events);
    }

    void aMovedNoteTakesItsSwellAlong() {
        const auto score = swells();
        const std::vector ids{score.tracks[0].notes[0].id};
        IdMint mint(score);
        const auto now = after(score, moveNotesWithControllers(score, ids, {1920}, 2, mint)).tracks[0];
        QCOMPARE(now.notes[1].onset, Tick{1920});
        for (const auto& [tick, value] : {std::pair{1920, 10}, {2160, 90}, {2390, 20}})
            QCOMPARE(valueAt(now, kModulation, {tick}), value);
        for (std::int64_t t = 480; t < 1920; t += 10)
            QCOMPARE(valueAt(now, kModulation, {t}), valueAt(score.tracks[0], kModulation, {t}));
        QCOMPARE(valueAt(now, kModulation, {240}), 0);
        QCOMPARE(valueAt(now, kModulation, {2400}), 20);
    }
};

QTEST_APPLESS_MAIN(CarriedControllersTest)
#include "carried_controllers_test.moc"
