#include "engine/base/random.h"
#include "engine/score/note_operations.h"
#include "engine/score/operations/controllers.h"
#include "ui/document/score_document.h"

#include <QSignalSpy>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using score::Note;
using score::NoteId;
using score::Tick;
using score::TickRange;
using score::Ticks;

namespace {

score::Score pieceWithNotes(int count) {
    auto piece = newPiece();
    score::IdMint mint(piece);
    for (int i = 0; i < count; ++i)
        piece.tracks[0].notes.push_back(
            {.id = mint.note(), .onset = Tick{i * 480}, .pitch = static_cast<std::uint8_t>(60 + i % 12)});
    piece.end = Tick{count * 480};
    return piece;
}

score::ScoreEdit change(score::TrackId track, const Note& before, const Note& after) {
    score::ScoreEdit edit;
    edit.contents.push_back({track, {{before}, {after}}, {}});
    return edit;
}

score::ScoreEdit raise(const ScoreDocument& document, std::size_t index, int semitones) {
    const auto& track = document.score().tracks[0];
    auto after = track.notes[index];
    after.pitch = static_cast<std::uint8_t>(after.pitch + semitones);
    return change(track.id, track.notes[index], after);
}

score::ScoreEdit someEdit(ScoreDocument& document, base::Random& random) {
    const auto& track = document.score().tracks[random.below(document.score().tracks.size())];
    score::ScoreEdit edit;
    if (random.below(10) == 0) {
        auto header = track.header();
        header.name += "+";
        edit.headers.push_back({track.header(), header});
        return edit;
    }
    score::TrackContentEdit content{track.id, {}, {}};
    for (const auto& note : track.notes)
        if (random.below(8) == 0) content.notes.removed.push_back(note);
    for (int i = 0; i < 3; ++i)
        content.notes.added.push_back(
            {.id = document.mint().note(), .onset = Tick{random.between(0, 9000)}, .pitch = 64});
    edit.contents.push_back(std::move(content));
    return edit;
}

} // namespace

class ScoreDocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEndIsKnownAfterEveryEdit() {
        auto piece = newPiece();
        ScoreDocument document(piece);
        base::Random random(31);
        for (int round = 0; round < 300; ++round) {
            const auto& notes = document.score().tracks[0].notes;
            score::ScoreEdit edit;
            if (notes.empty() || random.below(2) == 0) {
                edit = score::insertNotes(document.currentTrack(), {{.id = document.mint().note(),
                                                                     .onset = {random.between(0, 20'000)},
                                                                     .length = {random.between(1, 3000)}}});
            } else {
                edit = score::removeNotes(document.score(), std::array{notes[random.below(notes.size())].id});
            }
            document.perform(edit, QStringLiteral("Edit"));
            QCOMPARE(document.lastTick(), score::lastTick(document.score()));
            if (random.below(4) == 0) document.history().undo();
            QCOMPARE(document.lastTick(), score::lastTick(document.score()));
        }
    }

    void undoAndRedoOfAThousandEditsRestoreTheScoreExactly() {
        base::Random random(11);
        ScoreDocument document(pieceWithNotes(40));
        const auto before = document.score();
        for (int i = 0; i < 1000; ++i) document.perform(someEdit(document, random), QStringLiteral("Edit"));
        const auto after = document.score();

        while (document.history().canUndo()) document.history().undo();
        QVERIFY(document.score() == before);
        while (document.history().canRedo()) document.history().redo();
        QVERIFY(document.score() == after);
    }

    void anEditSaysWhereItChangedAndUnderWhichName() {
        ScoreDocument document(pieceWithNotes(4));
        QSignalSpy changed(&document, &ScoreDocument::scoreChanged);
        QSignalSpy modified(&document, &ScoreDocument::modifiedChanged);

        document.perform(raise(document, 2, 1), QStringLiteral("Transpose"));

        QCOMPARE(changed.size(), 1);
        const auto range = changed[0][0].value<TickRange>();
        QCOMPARE(range.start.fromStart, 960);
        QVERIFY(range.end.fromStart >= 1440);
        QCOMPARE(document.history().undoText(), QStringLiteral("Transpose"));
        QVERIFY(document.isModified());
        QCOMPARE(modified.size(), 1);
    }

    void anEmptyEditIsNoStep() {
        ScoreDocument document(pieceWithNotes(1));
        document.perform({}, QStringLiteral("Nothing"));
        QVERIFY(!document.history().canUndo());
    }

    void nudgesOfOneKindAreOneStep() {
        ScoreDocument document(pieceWithNotes(3));
        const auto before = document.score();

        for (int i = 0; i < 3; ++i) document.perform(raise(document, 1, 1), QStringLiteral("Transpose"), Nudge::Pitch);
        QCOMPARE(document.history().count(), 1);
        document.history().undo();

        QVERIFY(document.score() == before);
    }

    void nudgesOfOtherNotesOrKindsAreOtherSteps() {
        ScoreDocument document(pieceWithNotes(3));
        document.perform(raise(document, 1, 1), QStringLiteral("Transpose"), Nudge::Pitch);
        document.perform(raise(document, 2, 1), QStringLiteral("Transpose"), Nudge::Pitch);
        document.perform(raise(document, 2, 1), QStringLiteral("Transpose"), Nudge::Velocity);
        document.perform(raise(document, 2, 1), QStringLiteral("Transpose"));
        QCOMPARE(document.history().count(), 4);
    }

    void aNudgeAndItsOppositeLeaveNoStep() {
        ScoreDocument document(pieceWithNotes(3));
        document.perform(raise(document, 1, 1), QStringLiteral("Transpose"), Nudge::Pitch);
        document.perform(raise(document, 1, -1), QStringLiteral("Transpose"), Nudge::Pitch);
        QCOMPARE(document.history().count(), 0);
        QVERIFY(!document.isModified());
    }

    void nudgesOfEventsMergeToo() {
        ScoreDocument document(pieceWithNotes(1));
        const auto track = document.score().tracks[0].id;
        const auto event = score::eventOf(score::ControlLine::controller(1), document.mint().event(), {480}, 10);
        document.perform(score::changedEvents(track, {}, {event}), QStringLiteral("Add"));
        const std::vector ids{event.id};
        for (int i = 0; i < 3; ++i)
            document.perform(score::movePoints(document.score(), track, ids, {10}, 1), QStringLiteral("Move"),
                             Nudge::Time);
        QCOMPARE(document.history().count(), 2);
        document.history().undo();
        QCOMPARE(document.score().tracks[0].events.back(), event);
    }

    void aSnapshotIsMadeOnceForEachState() {
        ScoreDocument document(pieceWithNotes(3));
        const auto first = document.snapshot();
        QCOMPARE(document.snapshot(), first);

        document.perform(raise(document, 0, 2), QStringLiteral("Transpose"));

        QVERIFY(document.snapshot() != first);
        QCOMPARE(first->tracks[0].notes[0].pitch, std::uint8_t{60});
        QVERIFY(*document.snapshot() == document.score());
    }

    void mapsFollowTempoAndMeterEdits() {
        ScoreDocument document(pieceWithNotes(1));
        score::ScoreEdit edit;
        edit.tempos.removed = document.score().tempos;
        edit.tempos.added = document.score().tempos;
        edit.tempos.added[0].microsecondsPerQuarter = 1'000'000;
        edit.meters.removed = document.score().meters;
        edit.meters.added = document.score().meters;
        edit.meters.added[0].numerator = 3;
        document.perform(edit, QStringLiteral("Tempo"));

        QCOMPARE(document.tempoMap().secondsAt(Tick{960}), 1.0);
        QCOMPARE(document.meterMap().barStart(1).fromStart, 2880);
        document.history().undo();
        QCOMPARE(document.tempoMap().secondsAt(Tick{960}), 0.5);
    }

    void savingMakesThePresentStateTheCleanOne() {
        ScoreDocument document(pieceWithNotes(2));
        document.perform(raise(document, 0, 1), QStringLiteral("Transpose"));
        document.markSaved("/tmp/song.mid");
        QVERIFY(!document.isModified());
        document.history().undo();
        QVERIFY(document.isModified());
        QCOMPARE(document.path(), std::filesystem::path("/tmp/song.mid"));
    }

    void anotherPieceStartsAfresh() {
        ScoreDocument document(pieceWithNotes(2));
        QSignalSpy replaced(&document, &ScoreDocument::replaced);
        document.perform(raise(document, 0, 1), QStringLiteral("Transpose"));
        document.selection().select({document.score().tracks[0].notes[0].id});
        document.setVisible(document.currentTrack(), false);

        document.replace(pieceWithNotes(5), "/tmp/other.mid");

        QCOMPARE(replaced.size(), 1);
        QVERIFY(!document.history().canUndo());
        QVERIFY(document.selection().isEmpty());
        QVERIFY(document.isVisible(document.currentTrack()));
        QVERIFY(!document.isModified());
    }

    void theCurrentTrackMovesWhenItsTrackIsRemoved() {
        ScoreDocument document(pieceWithNotes(2));
        const auto removed = document.score().tracks[0];
        score::ScoreEdit edit;
        edit.lists.push_back({0, removed, /*enters=*/false});
        QSignalSpy tracks(&document, &ScoreDocument::tracksChanged);

        document.perform(edit, QStringLiteral("Delete track"));
        QCOMPARE(document.currentTrack(), score::TrackId{});
        document.history().undo();

        QCOMPARE(document.currentTrack(), removed.id);
        QCOMPARE(tracks.size(), 2);
    }

    void tracksKeepTheirColours() {
        auto piece = pieceWithNotes(1);
        for (int i = 0; i < 20; ++i) {
            auto track = piece.tracks[0];
            track.id = score::TrackId{1000u + static_cast<unsigned>(i)};
            piece.tracks.push_back(track);
        }
        ScoreDocument document(piece);
        const auto colour = document.colourOf(piece.tracks[5].id);
        score::ScoreEdit edit;
        edit.lists.push_back({0, piece.tracks[0], /*enters=*/false});
        document.perform(edit, QStringLiteral("Delete track"));

        QCOMPARE(document.colourOf(piece.tracks[5].id), colour);
        QCOMPARE(document.colourOf(piece.tracks[17].id), 1);
    }

    void selectionOutlivesUndo() {
        ScoreDocument document(pieceWithNotes(3));
        const auto note = document.score().tracks[0].notes[1];
        document.selection().select({note.id});
        score::ScoreEdit edit;
        edit.contents.push_back({document.currentTrack(), {{note}, {}}, {}});

        document.perform(edit, QStringLiteral("Delete note"));
        QVERIFY(document.selectedNotes().empty());
        document.history().undo();

        QCOMPARE(document.selectedNotes().size(), std::size_t{1});
        QVERIFY(document.selectedNotes()[0].notes[0] == note);
    }

    void selectionTellsOnlyOfChanges() {
        Selection selection;
        QSignalSpy notes(&selection, &Selection::notesChanged);
        QSignalSpy range(&selection, &Selection::rangeChanged);
        selection.select({NoteId{1}, NoteId{2}});
        selection.select({NoteId{2}, NoteId{1}});
        selection.toggle({NoteId{2}, NoteId{3}});
        QVERIFY(selection.contains(NoteId{3}) && !selection.contains(NoteId{2}));
        QCOMPARE(notes.size(), 2);
        selection.setRange(TickRange{Tick{10}, Tick{10}});
        QCOMPARE(range.size(), 0);
        selection.setRange(TickRange{Tick{10}, Tick{20}});
        selection.clear();
        QVERIFY(selection.range().has_value());
    }

    void acceptingCandidatesIsOneStepWithNotesMarkedAsMadeByTheNet() {
        ScoreDocument document(pieceWithNotes(4));
        const auto before = document.score();
        auto& candidates = document.candidates();
        candidates.begin({Tick{3840}, Tick{3840 * 9}});
        candidates.add({document.currentTrack(), {.onset = Tick{4000}, .pitch = 67}});
        candidates.add({document.currentTrack(), {.onset = Tick{3840}, .pitch = 64}});
        candidates.finish();

        document.acceptCandidates();

        QVERIFY(candidates.isEmpty());
        QCOMPARE(document.history().count(), 1);
        QCOMPARE(document.history().undoText(), QStringLiteral("Generate 8 bars"));
        const auto& notes = document.score().tracks[0].notes;
        QCOMPARE(notes.size(), std::size_t{6});
        QVERIFY(score::has(notes[4].marks, score::NoteMarks::FromNet));
        QVERIFY(notes[4].id != NoteId{} && notes[4].id != notes[5].id);
        QCOMPARE(document.score().end.fromStart, 3840 * 9);
        QCOMPARE(document.selection().notes().size(), std::size_t{2});
        document.history().undo();
        QVERIFY(document.score() == before);
    }

    void candidatesForAnEmptyPieceBringTheirTracks() {
        ScoreDocument document;
        score::Track violin;
        violin.id = score::TrackId{1};
        violin.name = "Violin";
        document.candidates().begin({Tick{0}, Tick{3840}});
        document.candidates().finish({{violin.id, {.onset = Tick{0}, .pitch = 76}}}, {violin});

        document.acceptCandidates();

        QCOMPARE(document.score().tracks.size(), std::size_t{1});
        QCOMPARE(document.score().tracks[0].notes.size(), std::size_t{1});
        QCOMPARE(document.currentTrack(), document.score().tracks[0].id);
        QCOMPARE(document.history().undoText(), QStringLiteral("Generate 1 bar"));
        document.history().undo();
        QVERIFY(document.score() == score::Score{});
    }
};

QTEST_MAIN(ScoreDocumentTest)
#include "score_document_test.moc"
