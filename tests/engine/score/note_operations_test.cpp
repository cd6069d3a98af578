#include "engine/base/random.h"
#include "engine/score/note_operations.h"

#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::score;

namespace {

Score piece() {
    base::Random random(11);
    Score score;
    IdMint mint;
    for (int t = 0; t < 3; ++t) {
        apply(addTrack(score, "Track", t * 8, t == 2, mint), score);
        std::vector<Note> notes;
        for (int n = 0; n < 60; ++n)
            notes.push_back({.id = mint.note(),
                             .onset = Tick{random.between(0, 40) * 120},
                             .length = Ticks{random.between(1, 960)},
                             .pitch = static_cast<std::uint8_t>(random.between(10, 120)),
                             .velocity = static_cast<std::uint8_t>(random.between(1, 127))});
        apply(insertNotes(score.tracks.back().id, notes), score);
    }
    return score;
}

std::vector<NoteId> everyThird(const Score& score) {
    std::vector<NoteId> ids;
    for (const auto& track : score.tracks)
        for (std::size_t n = 0; n < track.notes.size(); n += 3) ids.push_back(track.notes[n].id);
    return ids;
}

Note noteOf(const Score& score, NoteId id) {
    for (const auto& track : score.tracks)
        if (const auto* note = findNote(track, id)) return *note;
    return {};
}

} // namespace

class NoteOperationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOperationIsTakenBackByItsInverse() {
        const auto before = piece();
        const auto ids = everyThird(before);
        IdMint mint(before);
        const auto track = before.tracks[0].id;
        auto header = before.tracks[1].header();
        header.name = "Renamed";
        const std::vector<ScoreEdit> edits{
            removeNotes(before, ids),
            moveNotes(before, ids, Ticks{-37}, 5),
            copyNotes(before, ids, Ticks{960}, -3, mint),
            resizeEnds(before, ids, Ticks{-300}),
            resizeStarts(before, ids, Ticks{55}),
            trimEnds(before, ids, Tick{3000}),
            changeVelocity(before, ids, 40),
            setVelocity(before, ids, 3),
            setMark(before, ids, NoteMarks::Locked, true),
            splitNotes(before, ids, Tick{1000}, mint),
            joinNotes(before, ids),
            quantizeOnsets(before, ids, Ticks{240}, 0.5),
            setProgram(before, track, 40, mint),
            setHeader(before, header),
            addTrack(before, "New", 12, false, mint),
            removeTrack(before, track),
            setTempo(before, Tick{0}, 90, mint),
            setMeter(before, Tick{0}, 3, 2, mint),
            setKey(before, Tick{0}, -3, false, mint),
        };
        for (std::size_t i = 0; i < edits.size(); ++i) {
            auto score = before;
            apply(edits[i], score);
            QVERIFY2(!(score == before), qPrintable(QString("operation %1 changes something").arg(i)));
            for (const auto& each : score.tracks)
                QVERIFY(std::is_sorted(each.notes.begin(), each.notes.end(), NoteOrder{}));
            apply(inverse(edits[i]), score);
            QVERIFY2(score == before, qPrintable(QString("operation %1 is reversible").arg(i)));
        }
    }

    void lockedNotesAreOnlyUnlocked() {
        auto score = piece();
        IdMint mint(score);
        const auto ids = everyThird(score);
        apply(setMark(score, ids, NoteMarks::Locked, true), score);
        for (const auto& edit :
             {removeNotes(score, ids), moveNotes(score, ids, Ticks{7}, 1), resizeEnds(score, ids, Ticks{5}),
              resizeStarts(score, ids, Ticks{5}), trimEnds(score, ids, Tick{3000}), changeVelocity(score, ids, 5),
              setVelocity(score, ids, 5), setMark(score, ids, NoteMarks::Muted, true),
              splitNotes(score, ids, Tick{1000}, mint), joinNotes(score, ids), quantizeOnsets(score, ids, Ticks{777})})
            QVERIFY(edit.isEmpty());
        std::vector<NoteId> copies;
        apply(copyNotes(score, ids, Ticks{10}, 0, mint, &copies), score);
        for (const auto id : copies) QVERIFY(noteOf(score, id).marks == NoteMarks::None);
        QVERIFY(!setMark(score, ids, NoteMarks::Locked, false).isEmpty());
    }

    void aMovedGroupKeepsItsShapeAtTheLimits() {
        auto score = piece();
        const auto ids = everyThird(score);
        const auto before = score;
        apply(moveNotes(score, ids, Ticks{-1'000'000}, 127), score);
        const auto shift = noteOf(score, ids[0]).onset - noteOf(before, ids[0]).onset;
        const int up = noteOf(score, ids[0]).pitch - noteOf(before, ids[0]).pitch;
        int highest = 0;
        Tick first{INT64_MAX};
        for (const auto id : ids) {
            QCOMPARE((noteOf(score, id).onset - noteOf(before, id).onset).count, shift.count);
            QCOMPARE(noteOf(score, id).pitch - noteOf(before, id).pitch, up);
            highest = std::max<int>(highest, noteOf(score, id).pitch);
            first = std::min(first, noteOf(score, id).onset);
        }
        QCOMPARE(highest, 127);
        QCOMPARE(first.fromStart, 0);
    }

    void lengthsNeverFallBelowTheShortest() {
        auto score = piece();
        const auto ids = everyThird(score);
        apply(resizeEnds(score, ids, Ticks{-100'000}), score);
        for (const auto id : ids) QCOMPARE(noteOf(score, id).length.count, 1);
        apply(resizeStarts(score, ids, Ticks{100'000}), score);
        for (const auto id : ids) QCOMPARE(noteOf(score, id).length.count, 1);
    }

    void aMovedStartLeavesTheEnd() {
        auto score = piece();
        const auto ids = everyThird(score);
        const auto before = score;
        apply(resizeStarts(score, ids, Ticks{-60}), score);
        for (const auto id : ids) QCOMPARE(noteOf(score, id).end().fromStart, noteOf(before, id).end().fromStart);
    }

    void aSplitNoteJoinedAgainIsTheOldOne() {
        Score score;
        IdMint mint;
        apply(addTrack(score, "A", 0, false, mint), score);
        const Note note{.id = mint.note(), .onset = Tick{100}, .length = Ticks{500}};
        apply(insertNotes(score.tracks[0].id, {note}), score);
        apply(splitNotes(score, std::vector{note.id}, Tick{300}, mint), score);
        QCOMPARE(score.tracks[0].notes.size(), std::size_t{2});
        QVERIFY(splitNotes(score, std::vector{note.id}, Tick{100}, mint).isEmpty());
        apply(joinNotes(score, std::vector{score.tracks[0].notes[0].id, score.tracks[0].notes[1].id}), score);
        QVERIFY(score.tracks[0].notes == std::vector{note});
    }

    void copiesGetNewIdsInTheOrderAsked() {
        auto score = piece();
        const auto ids = everyThird(score);
        IdMint mint(score);
        std::vector<NoteId> copies;
        apply(copyNotes(score, ids, Ticks{10}, 0, mint, &copies), score);
        QCOMPARE(copies.size(), ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i)
            QCOMPARE((noteOf(score, copies[i]).onset - noteOf(score, ids[i]).onset).count, 10);
    }

    void aProgramIsReplacedWhereItWasSet() {
        auto score = piece();
        IdMint mint(score);
        const auto track = score.tracks[1].id;
        QCOMPARE(mainProgram(score.tracks[1]), 8);
        apply(setProgram(score, track, 73, mint), score);
        QCOMPARE(mainProgram(score.tracks[1]), 73);
        QCOMPARE(score.tracks[1].events.size(), std::size_t{1});
        QVERIFY(setProgram(score, track, 73, mint).isEmpty());
    }

    void aNewTrackTakesAFreeChannel() {
        Score score;
        IdMint mint;
        for (int i = 0; i < 15; ++i) apply(addTrack(score, "T", i, false, mint), score);
        std::set<int> channels;
        for (const auto& track : score.tracks) channels.insert(track.channel);
        QCOMPARE(channels.size(), std::size_t{15});
        QVERIFY(!channels.contains(9));
        apply(addTrack(score, "Drums", 0, true, mint), score);
        QCOMPARE(int{score.tracks.back().channel}, 9);
    }

    void halfStrengthGoesHalfWay() {
        Score score;
        IdMint mint;
        apply(addTrack(score, "A", 0, false, mint), score);
        const Note note{.id = mint.note(), .onset = Tick{100}};
        apply(insertNotes(score.tracks[0].id, {note}), score);
        apply(quantizeOnsets(score, std::vector{note.id}, Ticks{240}, 0.5), score);
        QCOMPARE(score.tracks[0].notes[0].onset.fromStart, 50);
    }
};

QTEST_APPLESS_MAIN(NoteOperationsTest)
#include "note_operations_test.moc"
