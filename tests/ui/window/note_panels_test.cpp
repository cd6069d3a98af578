#include "engine/midi/midi_file_writer.h"
#include "tests/ui/window/studio_fixture.h"
#include "ui/clipboard/clip_mime.h"
#include "ui/events/event_panel.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/pianoroll/roll_state.h"
#include "ui/tracks/track_panel.h"
#include "ui/training/run_panel.h"
#include "ui/widgets/pill.h"

#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

namespace {

/// A hand that holds files over a widget and lets go of them.
class FileHand {
public:
    explicit FileHand(const QStringList& files) {
        QList<QUrl> urls;
        for (const auto& file : files) urls << QUrl::fromLocalFile(file);
        data_.setUrls(urls);
    }
    bool hold(QWidget& over, QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        QDragEnterEvent event(at.toPoint(), Qt::CopyAction, &data_, Qt::LeftButton, modifiers);
        QApplication::sendEvent(&over, &event);
        return event.isAccepted();
    }
    void carryOn(QWidget& from) {
        QDragLeaveEvent event;
        QApplication::sendEvent(&from, &event);
    }
    void letGo(QWidget& over, QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        QDropEvent event(at, Qt::CopyAction, &data_, Qt::LeftButton, modifiers);
        QApplication::sendEvent(&over, &event);
    }

private:
    QMimeData data_;
};

QString veilOver(const QWidget& widget) {
    for (const auto* veil : widget.findChildren<QWidget*>("dropVeil"))
        if (veil->isVisible()) return veil->accessibleName();
    return {};
}

} // namespace

class NotePanelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void keysShowAndHideThePanels() {
        StudioFixture studio;
        auto* inspector = studio.window.findChild<InspectorPanel*>();
        auto* events = studio.window.findChild<EventPanel*>();
        QVERIFY(inspector && events);
        QVERIFY(!inspector->isVisible() && !events->isVisible());
        QTest::keyClick(&studio.window, Qt::Key_F3);
        QTest::keyClick(&studio.window, Qt::Key_F4);
        QVERIFY(inspector->isVisible() && events->isVisible());
        QTest::keyClick(&studio.window, Qt::Key_F3);
        QTest::keyClick(&studio.window, Qt::Key_F4);
        QVERIFY(!inspector->isVisible() && !events->isVisible());
    }

    void aPanelStaysWhenTextGrows() {
        StudioFixture studio;
        studio.window.resize(1900, 1000); // wide at either scale: small windows keep an arrangement of their own
        QTest::keyClick(&studio.window, Qt::Key_F3);
        studio.action("larger")->trigger();
        QVERIFY(studio.window.findChild<InspectorPanel*>()->isVisible());
        studio.action("smaller")->trigger();
        QVERIFY(studio.window.findChild<InspectorPanel*>()->isVisible());
    }

    void theSelectionIsOneInRollListAndInspector() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        QTest::keyClick(&studio.window, Qt::Key_F3);
        QTest::keyClick(&studio.window, Qt::Key_F4);
        auto* events = studio.window.findChild<EventPanel*>();
        QTest::keyClick(&studio.window.findChild<RollPanel*>()->view(), Qt::Key_A, Qt::ControlModifier);
        QCoreApplication::processEvents();
        const auto count = studio.document.currentTrackContent()->notes.size();
        QCOMPARE(studio.document.selection().notes().size(), count);
        std::size_t notes = 0;
        for (const auto& row : events->model().rows()) notes += row.kind == EventKind::Note;
        QCOMPARE(notes, count);
    }

    void musicHeldOverTheRollIsSeenAndDroppedAtTheGridLine() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        auto* roll = studio.window.findChild<RollPanel*>();
        auto& view = roll->view();
        const auto piece = studio.folder.filePath("one.mid");
        auto one = newPiece();
        one.tracks[0].notes = {{.id = score::NoteId{900}, .onset = {960}, .pitch = 61}};
        QVERIFY(midi::saveFile(one, piece.toStdString()));
        FileHand hand({piece});
        const auto before = studio.document.score();
        const auto count = studio.document.currentTrackContent()->notes.size();
        const auto bar = studio.document.meterMap().barStart(2);
        const QPointF at(roll->state().geometry().xOf(bar) + 1, 50);
        QVERIFY(hand.hold(view, at));
        QVERIFY2(veilOver(view).contains("bar 3"), qPrintable(veilOver(view)));
        QVERIFY(studio.document.trial().has_value());
        hand.carryOn(view);
        QVERIFY(!studio.document.trial() && veilOver(view).isEmpty());
        QVERIFY(studio.document.score() == before);

        hand.hold(view, at);
        hand.letGo(view, at);
        QCOMPARE(studio.document.currentTrackContent()->notes.size(), count + 1);
        QCOMPARE(studio.document.history().count(), 1);
        const auto dropped = studio.document.selectedNotes();
        QCOMPARE(dropped.size(), std::size_t{1});
        QCOMPARE(dropped[0].notes[0].onset.fromStart, bar.fromStart + studio.document.score().division.quarter());
        studio.document.history().undo();
        QVERIFY(studio.document.score() == before);

        hand.hold(view, at, Qt::ShiftModifier);
        QVERIFY2(veilOver(view).contains("new track"), qPrintable(veilOver(view)));
        hand.letGo(view, at, Qt::ShiftModifier);
        QCOMPARE(studio.document.score().tracks.size(), before.tracks.size() + 1);
    }

    void filesOnTheTracksBecomeNewOnes() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        const auto before = studio.document.score();
        auto* tracks = studio.window.findChild<TrackPanel*>();
        FileHand hand({studio.demo("evening-quartet.mid"), studio.demo("morning-walk.mid")});
        QVERIFY(hand.hold(*tracks, {20, 20}));
        QVERIFY2(veilOver(*tracks).contains("2 files"), qPrintable(veilOver(*tracks)));
        hand.letGo(*tracks, {20, 20});
        QVERIFY(studio.document.score().tracks.size() > before.tracks.size() + 4);
        QCOMPARE(studio.document.history().count(), 1);
        studio.document.history().undo();
        QVERIFY(studio.document.score() == before);
    }

    void aFileThatCannotBeReadIsToldAndNothingChanges() {
        StudioFixture studio;
        auto* tracks = studio.window.findChild<TrackPanel*>();
        FileHand hand({studio.folder.filePath("absent.mid")});
        hand.hold(*tracks, {20, 20});
        hand.letGo(*tracks, {20, 20});
        QVERIFY(studio.sheet());
        QCOMPARE(studio.document.history().count(), 0);
    }

    void filesOnTheRunPanelAreCopiedAndRead() {
        StudioFixture studio(StudioFixture::Program::None);
        studio.window.showWorkspace(MainWindow::kTrain);
        auto* run = studio.window.findChild<RunPanel*>();
        FileHand hand({studio.demo(), studio.demo("morning-walk.mid")});
        QVERIFY(hand.hold(*run, {20, 20}));
        QVERIFY2(veilOver(*run).contains("2 files"), qPrintable(veilOver(*run)));
        hand.letGo(*run, {20, 20});
        const QDir dropped(studio.folder.filePath("datasets/dropped"));
        QCOMPARE(dropped.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        const QDir folder(dropped.filePath(dropped.entryList(QDir::Dirs | QDir::NoDotAndDotDot).front()));
        QCOMPARE(folder.entryList(QDir::Files).size(), 2);
    }

    void otherFilesAreNotTaken() {
        StudioFixture studio;
        const auto letter = studio.folder.filePath("letter.txt");
        FileHand hand({letter});
        QVERIFY(!hand.hold(studio.window.findChild<RollPanel*>()->view(), {50, 50}));
        QVERIFY(!hand.hold(*studio.window.findChild<TrackPanel*>(), {20, 20}));
        QVERIFY(!hand.hold(studio.window, {5, 5}));
    }

    void notationOnTheWindowIsOpened() {
        StudioFixture studio;
        const auto tune = studio.folder.filePath("scale.abc");
        QVERIFY(base::saveFile(tune.toStdString(), base::bytesOf("X:1\nT:Scale\nM:4/4\nL:1/4\nK:C\nCDEF|\n")));
        FileHand hand({tune});
        QVERIFY(hand.hold(studio.window, {5, 5}));
        hand.letGo(studio.window, {5, 5});
        QCOMPARE(score::noteCount(studio.document.score()), std::size_t{4});
    }
};

QTEST_MAIN(NotePanelsTest)
#include "note_panels_test.moc"
