#include "tests/ui/pianoroll/roll_fixture.h"

#include "engine/score/operations/edit_builder.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

/// C4, E4, G4 in one track; in another E5 at 0 and A4 at 960; a third, out of sight, has A5 at 0.
score::Score twoTracks() {
    auto piece = threeNotes();
    score::IdMint mint(piece);
    for (int i = 0; i < 2; ++i) {
        score::Track track;
        track.id = mint.track();
        track.channel = static_cast<std::uint8_t>(i + 1);
        piece.tracks.push_back(track);
    }
    piece.tracks[1].notes = {noteAt(mint, 0, 76), noteAt(mint, 960, 69)};
    piece.tracks[2].notes = {noteAt(mint, 0, 81)};
    return piece;
}

struct SeveralFixture : RollFixture {
    explicit SeveralFixture(bool several = true) : RollFixture(twoTracks()) {
        auto options = panel.state().options();
        options.several = several;
        panel.state().setOptions(options);
        document.setVisible(track(2).id, false);
        auto view = panel.state().geometry();
        view.scrollY = (127 - 84) * 14;
        panel.state().setGeometry(view);
    }
    const score::Track& track(std::size_t index) { return document.score().tracks[index]; }
};

} // namespace

class SeveralTracksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void visibleTracksCanBeEditedWithTheOption() {
        SeveralFixture roll;
        QCOMPARE(roll.panel.state().editableTracks().size(), std::size_t{2});
        QVERIFY(roll.panel.state().editableTracks().back() == &roll.track(0)); // the current one in front
        QCOMPARE(roll.panel.state().ghostTracks().size(), std::size_t{0});
        SeveralFixture one(false);
        QCOMPARE(one.panel.state().editableTracks().size(), std::size_t{1});
        QCOMPARE(one.panel.state().ghostTracks().size(), std::size_t{1});
    }

    void aBandSelectsAcrossTracksAndADragMovesThemAll() {
        SeveralFixture roll;
        const auto before = roll.document.score();
        roll.drag(roll.at(900, 72), roll.at(1000, 62)); // E4 and A4
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{2});
        roll.drag(roll.at(1200, 69), roll.at(1200 + 960, 71)); // held by the note of the other track
        QCOMPARE(roll.notes()[1].onset.fromStart, 1920);
        QCOMPARE(roll.notes()[1].pitch, std::uint8_t{66});
        QCOMPARE(roll.track(1).notes[1].onset.fromStart, 1920);
        QCOMPARE(roll.track(1).notes[1].pitch, std::uint8_t{71});
        QCOMPARE(roll.undoText(), QStringLiteral("Move 2 notes"));
        QCOMPARE(roll.document.history().count(), 1);
        roll.document.history().undo();
        QVERIFY(roll.document.score() == before);
    }

    void escapeDuringADragAcrossTracksRestoresAll() {
        SeveralFixture roll;
        const auto before = roll.document.score();
        roll.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{5});
        roll.press(roll.at(200, 76));
        roll.move(roll.at(1400, 78));
        QCOMPARE(roll.panel.state().preview().notes.size(), std::size_t{3});
        QCOMPARE(roll.panel.state().preview().others.size(), std::size_t{1});
        roll.key(Qt::Key_Escape);
        roll.release(roll.at(1400, 78));
        QVERIFY(roll.document.score() == before);
        QVERIFY(!roll.document.history().canUndo());
    }

    void edgesAndDeletingWorkAcrossTracks() {
        SeveralFixture roll;
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.press(roll.at(460, 76));
        roll.move(roll.at(700, 76), Qt::ShiftModifier);
        roll.move(roll.at(940, 76), Qt::ShiftModifier); // twice as long, in proportion
        roll.release(roll.at(940, 76), Qt::ShiftModifier);
        QCOMPARE(roll.track(1).notes[0].length.count, 960);
        QCOMPARE(roll.notes()[2].length.count, 960);
        roll.key(Qt::Key_Delete);
        QVERIFY(roll.notes().empty() && roll.track(1).notes.empty());
        QCOMPARE(roll.track(2).notes.size(), std::size_t{1});
        QCOMPARE(roll.undoText(), QStringLiteral("Delete 5 notes"));
    }

    void theKnifeCutsNotesOfBothTracks() {
        SeveralFixture roll;
        roll.panel.state().setTool(RollTool::Knife);
        roll.drag(roll.at(1200, 71), roll.at(1200, 62));
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QCOMPARE(roll.track(1).notes.size(), std::size_t{3});
        QCOMPARE(roll.document.history().count(), 1);
        roll.document.history().undo();
        QVERIFY(roll.document.score() == twoTracks());
    }

    void aClickedNoteBringsItsTrackToTheFront() {
        SeveralFixture roll;
        roll.click(roll.at(200, 76));
        QVERIFY(roll.document.currentTrack() == roll.track(1).id);
        QVERIFY(roll.document.selection().contains(roll.track(1).notes[0].id));
        QVERIFY(!roll.document.history().canUndo());
    }

    void altClickOnAGhostJumpsToItsTrack() {
        SeveralFixture roll(false);
        roll.click(roll.at(200, 76));
        QVERIFY(roll.document.currentTrack() == roll.track(0).id); // only with Alt
        roll.click(roll.at(200, 76), Qt::AltModifier);
        QVERIFY(roll.document.currentTrack() == roll.track(1).id);
        QVERIFY(roll.document.selection().contains(roll.track(1).notes[0].id));
        roll.document.setCurrentTrack(roll.track(0).id);
        roll.panel.state().setTool(RollTool::Draw);
        roll.click(roll.at(1200, 69), Qt::AltModifier); // no note is drawn over it
        QVERIFY(roll.document.currentTrack() == roll.track(1).id);
        QVERIFY(!roll.document.history().canUndo());
    }

    void ghostsComeFromAllFromChosenOrFromTheFamily() {
        SeveralFixture roll(false);
        auto& state = roll.panel.state();
        auto options = state.options();
        options.ghostSource = GhostSource::All;
        state.setOptions(options);
        QCOMPARE(state.ghostTracks().size(), std::size_t{2});
        options.ghostSource = GhostSource::Family;
        state.setOptions(options);
        QCOMPARE(state.ghostTracks().size(), std::size_t{2}); // all are pianos
        score::EditBuilder builder;
        builder.addEvent(roll.track(1).id, {.id = roll.document.mint().event(),
                                            .at = {},
                                            .kind = score::ChannelEventKind::Program,
                                            .first = 40,
                                            .second = 0});
        roll.document.perform(builder.edit(), QStringLiteral("Violin"));
        QCOMPARE(state.ghostTracks().size(), std::size_t{1});
        state.setShowsGhosts(false);
        QCOMPARE(state.ghostTracks().size(), std::size_t{0});
    }

    void ghostsCatchADragOnlyWithTheOption() {
        SeveralFixture roll(false);
        auto piece = twoTracks();
        piece.tracks[1].notes[1].onset = {1037}; // between the lines
        roll.document.replace(piece, {});
        auto view = roll.panel.state().geometry();
        view.pixelsPerTick = 0.1, view.scrollX = 0, view.rowHeight = 14, view.scrollY = (127 - 84) * 14;
        const auto dragged = [&] {
            roll.panel.state().setGeometry(view);
            roll.drag(roll.at(200, 60), roll.at(200 + 1030, 60));
            const auto at = roll.notes()[0].pitch == 60 ? roll.notes()[0].onset : roll.notes()[1].onset;
            roll.document.history().undo();
            return at.fromStart;
        };
        QVERIFY(dragged() != 1037);
        auto options = roll.panel.state().options();
        options.snapToGhosts = true;
        roll.panel.state().setOptions(options);
        QCOMPARE(dragged(), std::int64_t{1037});
    }
};

QTEST_MAIN(SeveralTracksTest)
#include "several_tracks_test.moc"
