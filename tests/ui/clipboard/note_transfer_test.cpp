#include "ui/clipboard/note_transfer.h"

#include "engine/score/note_operations.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;
using score::Tick;

class NoteTransferTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QGuiApplication::clipboard()->clear(); }

    void withoutASelectionTheClipboardStays() {
        ScoreDocument document(randomScore(1));
        QGuiApplication::clipboard()->setText(QStringLiteral("kept"));
        copySelection(document);
        cutSelection(document);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("kept"));
        QCOMPARE(document.history().count(), 0);
        QVERIFY(!pasteClipboard(document));
    }

    void everyFieldOfANoteAndTheControllersArePasted() {
        auto piece = oneTrack({{.onset = Tick{1000},
                                .length = score::Ticks{77},
                                .pitch = 61,
                                .velocity = 33,
                                .release = 12,
                                .marks = score::NoteMarks::Muted | score::NoteMarks::FromNet,
                                .playedOffset = -9,
                                .playedLength = 4},
                               {.onset = Tick{1500}}});
        piece.tracks[0].events = {{score::EventId{900}, Tick{1200}, score::ChannelEventKind::Controller, 64, 127}};
        ScoreDocument document(piece);
        document.selection().select(score::allNotes(piece));
        document.setInsertCursor({3840});
        copySelection(document);
        QVERIFY(pasteClipboard(document));
        const auto& track = document.score().tracks[0];
        QCOMPARE(track.notes.size(), std::size_t{4});
        auto expected = track.notes[0];
        expected.id = track.notes[2].id;
        expected.onset = Tick{3840 + 40};
        QVERIFY(track.notes[2] == expected);
        QCOMPARE(track.events.size(), std::size_t{2});
        QCOMPARE(track.events[1].at.fromStart, 3840 + 240);
        document.history().undo();
        QVERIFY(document.score() == piece);
    }

    void pastingAgainRepeatsThePattern() {
        ScoreDocument document(oneTrack({{.onset = Tick{70}, .length = score::Ticks{100}}, {.onset = Tick{3000}}}));
        document.selection().select(score::allNotes(document.score()));
        document.setInsertCursor({3840});
        copySelection(document);
        for (int i = 0; i < 3; ++i) QVERIFY(pasteClipboard(document));
        const auto& notes = document.score().tracks[0].notes;
        QCOMPARE(notes.size(), std::size_t{8});
        for (std::int64_t bar = 0; bar < 4; ++bar)
            QCOMPARE(notes[static_cast<std::size_t>(2 * bar)].onset.fromStart, bar * 3840 + 70);
        QCOMPARE(document.history().count(), 3);
        QCOMPARE(document.insertCursor().fromStart, 4 * 3840);
        QVERIFY(document.selection().contains(notes[7].id) && !document.selection().contains(notes[1].id));
    }

    void anotherTrackKeepsItsChannel() {
        ScoreDocument document(randomScore(2, {.lockedIn = 0}));
        const auto target = document.score().tracks[1].header();
        document.selection().select({document.score().tracks[0].notes[0].id});
        copySelection(document);
        document.setCurrentTrack(target.id);
        QVERIFY(pasteClipboard(document));
        QVERIFY(document.score().tracks[1].header() == target);
        QCOMPARE(document.score().tracks[1].notes.size(), randomScore(2, {.lockedIn = 0}).tracks[1].notes.size() + 1);
    }

    void severalTracksGoBackWhereTheyCameFrom() {
        const auto piece = randomScore(3, {.lockedIn = 0});
        ScoreDocument document(piece);
        document.selection().select(score::allNotes(piece));
        document.setInsertCursor({40'000});
        copySelection(document);
        QVERIFY(pasteClipboard(document));
        for (std::size_t i = 0; i < piece.tracks.size(); ++i)
            QCOMPARE(document.score().tracks[i].notes.size(), 2 * piece.tracks[i].notes.size());
        QCOMPARE(document.history().count(), 1);
    }

    void aPieceWithoutTracksGetsThem() {
        ScoreDocument source(randomScore(3));
        source.selection().select(score::allNotes(source.score()));
        copySelection(source);
        ScoreDocument empty;
        QVERIFY(pasteClipboard(empty));
        QCOMPARE(empty.score().tracks.size(), std::size_t{3});
        QVERIFY(empty.currentTrackContent());
    }

    void cutLeavesLockedNotesAndIsOneStep() {
        auto piece = oneTrack({{.onset = Tick{0}}, {.onset = Tick{960}, .marks = score::NoteMarks::Locked}});
        ScoreDocument document(piece);
        document.selection().select(score::allNotes(piece));
        cutSelection(document);
        QCOMPARE(document.score().tracks[0].notes.size(), std::size_t{1});
        QCOMPARE(document.history().undoText(), QStringLiteral("Cut 2 notes"));
        document.history().undo();
        QVERIFY(document.score() == piece);
    }

    void duplicatesStandBehindTheirModels() {
        ScoreDocument document(oneTrack(
            {{.onset = Tick{960}, .length = score::Ticks{480}}, {.onset = Tick{1440}, .length = score::Ticks{300}}}));
        document.selection().select(score::allNotes(document.score()));
        duplicateSelection(document, score::Ticks{240});
        QCOMPARE(document.score().tracks[0].notes[2].onset.fromStart, 960 + 960); // 780 ticks fill no beat: by the grid
        QCOMPARE(document.selection().notes().size(), std::size_t{2});
        QCOMPARE(document.history().undoText(), QStringLiteral("Duplicate 2 notes"));
    }
};

QTEST_MAIN(NoteTransferTest)
#include "note_transfer_test.moc"
