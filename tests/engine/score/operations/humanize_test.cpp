#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/humanize.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

class HumanizeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        VERIFY_LAWS([](const Score& score, NoteIds ids, IdMint&) {
            return humanize(score, ids, {.timingMs = 40, .velocity = 50, .lengthPart = 0.5, .seed = 9});
        });
    }

    void theSeedDecidesEverything() {
        const auto score = randomScore(1);
        const auto ids = allNotes(score);
        const auto once = humanize(score, ids, {.seed = 4}).edit;
        QVERIFY(humanize(score, ids, {.seed = 4}).edit == once);
        QVERIFY(!(humanize(score, ids, {.seed = 5}).edit == once));
        // Notes play as they did when more was selected.
        const auto fewer = someNotes(score, 2, 4);
        const auto all = after(score, once), some = after(score, humanize(score, fewer, {.seed = 4}).edit);
        for (const auto id : fewer) QVERIFY(noteOf(all, id) == noteOf(some, id));
    }

    void nothingAskedNothingChanged() {
        const auto score = randomScore(2);
        QVERIFY(humanize(score, allNotes(score), {.timingMs = 0, .velocity = 0, .lengthPart = 0}).edit.isEmpty());
    }

    void firstBeatsKeepTheirTime() {
        const auto score = randomScore(3, {.notes = 300});
        const auto meters = score.meterMap();
        const HumanizeSettings settings{.timingMs = 30};
        const auto done = notesById(after(score, humanize(score, allNotes(score), settings).edit));
        int kept = 0, moved = 0;
        for (const auto& [id, was] : notesById(score)) {
            const auto onset = was.second.onset;
            const auto now = done.at(id).second.onset;
            if (meters.barAt(onset) == onset) {
                QCOMPARE(now, onset);
                ++kept;
            } else {
                moved += now != onset;
            }
        }
        QVERIFY(kept > 0 && moved > 50);
    }

    void timeIsMeasuredInMillisecondsAtEveryTempo() {
        for (const std::uint32_t tempo : {200'000u, 2'000'000u}) {
            std::vector<Note> notes;
            for (int i = 0; i < 400; ++i) notes.push_back({.onset = Tick{100'000 + i * 480}});
            auto score = oneTrack(notes);
            score.tempos = {{.id = EventId{9999}, .at = Tick{0}, .microsecondsPerQuarter = tempo}};
            const auto done =
                after(score, humanize(score, allNotes(score), {.timingMs = 10, .keepFirstBeat = false}).edit);
            const auto now = notesById(done);
            const auto map = score.tempoMap();
            double squares = 0;
            for (const auto& note : score.tracks[0].notes) {
                const double ms = 1000 * (map.secondsAt(now.at(note.id).second.onset) - map.secondsAt(note.onset));
                QVERIFY(std::abs(ms) < 26.5);
                squares += ms * ms;
            }
            const double deviation = std::sqrt(squares / 400);
            QVERIFY2(8 < deviation && deviation < 12, qPrintable(QString::number(deviation)));
        }
    }

    void aCorrelatedChordStaysTogether() {
        const auto score = oneTrack({{.onset = Tick{5000}, .pitch = 60},
                                     {.onset = Tick{5000}, .pitch = 64},
                                     {.onset = Tick{5000}, .pitch = 67}});
        const auto together =
            after(score, humanize(score, allNotes(score), {.timingMs = 30, .chordCorrelation = 1}).edit);
        const auto& notes = together.tracks[0].notes;
        QVERIFY(notes[0].onset == notes[2].onset && notes[0].onset != Tick{5000});
        const auto apart = after(score, humanize(score, allNotes(score), {.timingMs = 30, .chordCorrelation = 0}).edit);
        QVERIFY(apart.tracks[0].notes[0].onset != apart.tracks[0].notes[2].onset);
    }
};

QTEST_APPLESS_MAIN(HumanizeTest)
#include "humanize_test.moc"
