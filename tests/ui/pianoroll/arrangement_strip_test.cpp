#include "engine/score/operations/sections.h"
#include "engine/score/track_operations.h"
#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/pianoroll/arrangement_strip.h"
#include "ui/theme/theme.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr std::int64_t kBar = 3840;

/// Three tracks of 64 bars, a note on each beat.
score::Score threeTracks() {
    score::Score piece = newPiece();
    score::IdMint mint(piece);
    for (const char* name : {"Violin", "Cello"}) score::apply(score::addTrack(piece, name, 40, false, mint), piece);
    for (std::size_t i = 0; i < 3; ++i)
        for (int beat = 0; beat < 256; ++beat)
            piece.tracks[i].notes.push_back(noteAt(mint, beat * 960, 50 + 5 * static_cast<int>(i) + beat % 12));
    piece.end = {64 * kBar};
    return piece;
}

struct Strip : RollFixture {
    ArrangementStrip& strip = *panel.findChild<ArrangementStrip*>();

    Strip() : RollFixture(threeTracks()) {}
    QPointF place(std::int64_t bar, std::size_t row, double inBar = 0.5) {
        const auto layout = strip.layoutNow();
        const auto& at = layout.rows[row];
        const auto tick = static_cast<std::int64_t>((static_cast<double>(bar) + inBar) * static_cast<double>(kBar));
        return {layout.xOf({tick}), at.top + at.height / 2};
    }
    void dragOn(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}, bool cancels = false) {
        send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton, modifiers, &strip);
        send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, Qt::LeftButton, modifiers, &strip);
        send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton, modifiers, &strip);
        if (cancels) QTest::keyClick(&strip, Qt::Key_Escape);
        send(QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton, modifiers, &strip);
    }
    score::TrackId track(std::size_t index) { return document.score().tracks[index].id; }
    QRectF frame() {
        const auto layout = strip.layoutNow();
        const auto visible = panel.state().geometry().visibleTicks(panel.state().viewSize().width());
        return {QPointF(layout.xOf(visible.start), 20), QPointF(layout.xOf(visible.end), 60)};
    }
};

} // namespace

class ArrangementStripTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTrackIsInViewHoweverMany() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        for (int i = 0; i < 120; ++i) score::apply(score::addTrack(piece, "T", i, false, mint), piece);
        const ScoreDocument document(piece);
        const ArrangementLayout layout(document, {80, 20, 900, 70}, {kBar});
        QCOMPARE(layout.rows.size(), std::size_t{121});
        QVERIFY(layout.rows.back().top + layout.rows.back().height <= 90.001);
        QCOMPARE(layout.tracksBetween(-100, 500).size(), std::size_t{121});
        QCOMPARE(layout.tickAt(layout.xOf({kBar / 2})).fromStart, kBar / 2);
    }

    void foldedGroupsAreOneRow() {
        ScoreDocument document(threeTracks());
        auto settings = document.trackSettings();
        settings.groups.push_back({"Strings", true, {document.score().tracks[1].id, document.score().tracks[2].id}});
        document.setTrackSettings(settings);
        const ArrangementLayout layout(document, {80, 20, 900, 70}, {kBar});
        QCOMPARE(layout.rows.size(), std::size_t{2});
        QCOMPARE(layout.rows[1].tracks.size(), std::size_t{2});
    }

    void aBandChoosesBarsOfTracks() {
        Strip s;
        s.dragOn(s.place(40, 1, 0.2), s.place(43, 2, 0.8));

        const auto range = s.document.selection().range();
        QVERIFY(range);
        QCOMPARE(range->start.fromStart, 40 * kBar);
        QCOMPARE(range->end.fromStart, 44 * kBar);
        QCOMPARE(s.document.selection().notes().size(), std::size_t{2 * 4 * 4});
        for (const auto& part : s.document.selectedNotes()) QVERIFY(part.track != s.track(0));
        QCOMPARE(s.document.history().count(), 0);
    }

    void chosenBarsAreMovedInOneStep() {
        Strip s;
        const auto before = s.document.score();
        s.dragOn(s.place(40, 1, 0.2), s.place(43, 2, 0.8));
        s.dragOn(s.place(41, 1), s.place(51, 1));

        QCOMPARE(s.document.history().count(), 1);
        QCOMPARE(s.undoText(), QStringLiteral("Move 4 bars"));
        score::IdMint mint(before);
        auto expected = before;
        score::apply(
            score::moveSection(before, {{{40 * kBar}, {44 * kBar}}, {s.track(1), s.track(2)}}, {10 * kBar}, mint).edit,
            expected);
        QVERIFY(s.document.score() == expected);
        QVERIFY(s.document.score().tracks[0] == before.tracks[0]);
        QCOMPARE(s.document.selection().range()->start.fromStart, 50 * kBar);
        s.document.history().undo();
        QVERIFY(s.document.score() == before);
    }

    void withCtrlTheyAreCopied() {
        Strip s;
        s.dragOn(s.place(40, 1, 0.2), s.place(43, 1, 0.8));
        s.dragOn(s.place(41, 1), s.place(51, 1), Qt::ControlModifier);
        QCOMPARE(s.undoText(), QStringLiteral("Copy 4 bars"));
        QCOMPARE(s.document.score().tracks[1].notes.size(), std::size_t{256 + 16});
        QCOMPARE(s.document.selection().notes().size(), std::size_t{16});
    }

    void aDragIsSeenAsATrialAndEscPutsItBack() {
        Strip s;
        const auto before = s.document.score();
        s.dragOn(s.place(40, 1, 0.2), s.place(43, 1, 0.8));
        const auto from = s.place(41, 1), to = s.place(51, 1);
        s.send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton, {}, &s.strip);
        s.send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton, {}, &s.strip);
        QVERIFY(s.document.trial());
        QTest::keyClick(&s.strip, Qt::Key_Escape);
        s.send(QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton, {}, &s.strip);
        QVERIFY(!s.document.trial());
        QCOMPARE(s.document.history().count(), 0);
        QVERIFY(s.document.score() == before);
    }

    void keysMoveTheChosenBarsToo() {
        Strip s;
        s.dragOn(s.place(40, 1, 0.2), s.place(43, 1, 0.8));
        s.strip.setFocus();
        QTest::keyClick(&s.strip, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(s.document.selection().range()->start.fromStart, 39 * kBar);
        QCOMPARE(s.document.history().count(), 1);
        QTest::keyClick(&s.strip, Qt::Key_Down);
        QCOMPARE(s.document.currentTrack(), s.track(1));
    }

    void theFrameIsDraggedAndDrawnWider() {
        Strip s;
        const auto start = s.panel.state().geometry();
        auto frame = s.frame();
        s.dragOn(frame.center(), frame.center() + QPointF(100, 0));
        QVERIFY(s.panel.state().geometry().scrollX > start.scrollX);
        QCOMPARE(s.panel.state().geometry().pixelsPerTick, start.pixelsPerTick);

        frame = s.frame();
        const auto left = s.panel.state().geometry().tickReal(0);
        s.dragOn({frame.right(), 40}, {frame.right() + 150, 40});
        QVERIFY(s.frame().right() > frame.right() + 140);
        QVERIFY(std::abs(s.panel.state().geometry().tickReal(0) - left) < 20);
        QCOMPARE(s.document.history().count(), 0);
    }

    void aClickJumpsToTimeAndTrack() {
        Strip s;
        const auto at = s.place(50, 2);
        s.dragOn(at, at);
        QCOMPARE(s.document.currentTrack(), s.track(2));
        const auto visible = s.panel.state().geometry().visibleTicks(s.panel.state().viewSize().width());
        QVERIFY(visible.contains({50 * kBar}));
    }

    void somethingElseSelectedEndsTheChoice() {
        Strip s;
        s.dragOn(s.place(40, 1, 0.2), s.place(43, 1, 0.8));
        QVERIFY(s.strip.section());
        s.document.selection().clear();
        QVERIFY(!s.strip.section());
    }

    void itFolds() {
        Strip s;
        const int tall = s.strip.height();
        s.dragOn({8, 8}, {8, 8});
        QVERIFY(s.strip.isFolded() && s.strip.height() < tall / 2);
        s.dragOn({8, 8}, {8, 8});
        QCOMPARE(s.strip.height(), tall);
    }

    void sectionsHaveTheirNamesAndADoubleClickChoosesOne() {
        Strip s;
        auto piece = s.document.score();
        piece.markers = {{.id = score::EventId{900'001}, .at = {0}, .name = "Verse"},
                         {.id = score::EventId{900'002}, .at = {16 * kBar}, .name = "Chorus"}};
        s.document.replace(piece, {});
        const auto layout = s.strip.layoutNow();
        const QPointF tab(layout.xOf({20 * kBar}), 9);
        s.send(QEvent::MouseButtonDblClick, tab, Qt::LeftButton, Qt::LeftButton, {}, &s.strip);
        QCOMPARE(s.document.selection().range()->start.fromStart, 16 * kBar);
        QCOMPARE(s.document.selection().notes().size(), std::size_t{3 * 48 * 4});
    }

    void lockedTracksStayWhereTheyAre() {
        Strip s;
        auto settings = s.document.trackSettings();
        settings.locked.insert(s.track(1));
        s.document.setTrackSettings(settings);
        const auto before = s.document.score();
        s.dragOn(s.place(40, 1, 0.2), s.place(43, 1, 0.8));
        s.dragOn(s.place(41, 1), s.place(51, 1));
        QVERIFY(s.document.score() == before);
        QCOMPARE(s.strip.section()->range.start.fromStart, 40 * kBar);
    }
};

QTEST_MAIN(ArrangementStripTest)
#include "arrangement_strip_test.moc"
