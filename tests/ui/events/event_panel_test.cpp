#include "ui/events/event_panel.h"

#include "tests/engine/score/operations/operation_laws.h"
#include "ui/clipboard/clip_mime.h"
#include "ui/events/event_table.h"
#include "ui/theme/studio_style.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented_switch.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;
using score::EventId;
using score::Tick;
using score::Ticks;

namespace {

score::Score fewEvents() {
    auto piece = oneTrack({{.onset = Tick{960}, .length = Ticks{480}, .pitch = 60, .velocity = 90},
                           {.onset = Tick{1920}, .length = Ticks{480}, .pitch = 64, .velocity = 91},
                           {.onset = Tick{2880}, .length = Ticks{480}, .pitch = 67, .velocity = 92}});
    piece.tempos = {{EventId{900}, 0, Tick{0}, 500'000}};
    piece.tracks[0].events = {{EventId{911}, Tick{1000}, score::ChannelEventKind::Controller, 64, 127}};
    return piece;
}

/// The list of a piece, shown, with a hand on its keys and cells.
struct EventsFixture {
    ScoreDocument document;
    EventPanel panel{document};
    EventTable& table = panel.table();

    explicit EventsFixture(score::Score piece = fewEvents()) : document(std::move(piece)) {
        panel.resize(760, 300);
        panel.show();
        panel.activateWindow();
        (void)QTest::qWaitForWindowActive(&panel, 1000);
        table.setFocus();
    }
    int rows() {
        panel.model().bringUpToDate();
        return panel.model().rowCount();
    }
    QString cell(int row, EventColumn column) {
        panel.model().bringUpToDate();
        return panel.model().index(row, int(column)).data().toString();
    }
    void click(int row, EventColumn column = EventColumn::Kind, Qt::KeyboardModifiers modifiers = {}) {
        const auto at = table.visualRect(panel.model().index(row, int(column))).center();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, modifiers, at);
    }
    void type(int row, EventColumn column, const QString& text) {
        const auto at = table.visualRect(panel.model().index(row, int(column))).center();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, at);
        auto* line = table.findChild<QLineEdit*>();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
        QCoreApplication::processEvents();
    }
    QString told() { return panel.findChild<Label*>("eventsTold")->text(); }
    const std::vector<score::Note>& notes() { return document.score().tracks[0].notes; }
};

} // namespace

class EventPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void allEventsOfTheTrackStandByTime() {
        EventsFixture events;
        QCOMPARE(events.rows(), 5);
        QCOMPARE(events.cell(0, EventColumn::Kind), QString("Tempo"));
        QCOMPARE(events.cell(1, EventColumn::Number), QString("C4"));
        QCOMPARE(events.cell(2, EventColumn::Kind), QString("Controller"));
        QCOMPARE(events.told(), QString("5 events"));
    }

    void aCellIsTypedOverInOneStep() {
        EventsFixture events;
        events.type(1, EventColumn::Value, "55");
        QCOMPARE(int{events.notes()[0].velocity}, 55);
        QCOMPARE(events.document.history().count(), 1);
        QCOMPARE(events.document.history().undoText(), QString("Change note"));
        events.document.history().undo();
        QVERIFY(events.document.score() == fewEvents());
        QCOMPARE(events.cell(1, EventColumn::Value), QString("90"));
    }

    void aMovedEventIsFollowedToItsNewRow() {
        EventsFixture events;
        events.type(1, EventColumn::Position, "9.1.000");
        QCOMPARE(events.cell(4, EventColumn::Position), QString("9.1.000"));
        QCOMPARE(events.table.currentIndex().row(), 4);
    }

    void wrongWordsAreSaid() {
        EventsFixture events;
        events.type(1, EventColumn::Number, "H9");
        QVERIFY2(events.told().contains("H9"), qPrintable(events.told()));
        QCOMPARE(events.document.history().count(), 0);
    }

    void rowsAndSelectionAreOne() {
        EventsFixture events;
        events.click(1);
        QVERIFY(events.document.selection().contains(events.notes()[0].id));
        events.click(4, EventColumn::Kind, Qt::ShiftModifier);
        QCOMPARE(events.document.selection().notes().size(), std::size_t{3});
        QCOMPARE(events.told(), QString("4 of 5 events"));
        events.document.selection().select({events.notes()[2].id});
        QCOMPARE(events.table.chosenRows(), std::vector{4});
        events.document.selection().clear();
        QVERIFY(events.table.chosenRows().empty());
    }

    void deleteAndDuplicateAreOneStepEach() {
        EventsFixture events;
        events.click(1);
        events.click(2, EventColumn::Kind, Qt::ControlModifier);
        QTest::keyClick(&events.table, Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(events.rows(), 7);
        QCOMPARE(events.document.history().undoText(), QString("Duplicate 2 events"));
        QCOMPARE(events.notes()[1].onset.fromStart, 1920); // beside what was there: a beat behind its model
        events.document.history().undo();
        events.rows();
        events.click(2);
        QTest::keyClick(&events.table, Qt::Key_Delete);
        QCOMPARE(events.rows(), 4);
        QVERIFY(events.document.score().tracks[0].events.empty());
        QCOMPARE(events.notes().size(), std::size_t{3});
    }

    void insertAddsTheKindOfTheRowAtTheCursor() {
        EventsFixture events;
        events.document.setInsertCursor({3840});
        events.click(2);
        QTest::keyClick(&events.table, Qt::Key_Insert);
        QCOMPARE(events.document.score().tracks[0].events.size(), std::size_t{2});
        QCOMPARE(events.cell(5, EventColumn::Position), QString("2.1.000"));
        QCOMPARE(events.table.currentIndex().row(), 5);
        events.panel.insert(EventKind::Note);
        QVERIFY(events.document.selection().contains(events.notes()[3].id));
        QCOMPARE(events.document.history().count(), 2);
    }

    void copiesAreTextAndMusic() {
        EventsFixture events;
        events.click(1);
        QTest::keyClick(&events.table, Qt::Key_C, Qt::ControlModifier);
        const auto* data = QGuiApplication::clipboard()->mimeData();
        QVERIFY2(data->text().contains("1.2.000\tNote\tC4\t90"), qPrintable(data->text()));
        const auto clip = clipIn(*data);
        QVERIFY(clip);
        QCOMPARE(clip->noteCount(), std::size_t{1});
    }

    void kindsAndScopeChooseWhatIsShown() {
        EventsFixture events;
        auto* kinds = events.panel.findChild<ChoiceBox*>();
        kinds->setCurrentIndex(1);
        QCOMPARE(events.rows(), 3);
        kinds->setCurrentIndex(5);
        QCOMPARE(events.rows(), 1);
        kinds->setCurrentIndex(4);
        QCOMPARE(events.rows(), 0);
        QVERIFY(!events.table.isVisible());
        kinds->setCurrentIndex(0);
        events.document.selection().select({events.notes()[0].id});
        events.panel.findChild<SegmentedSwitch*>()->setCurrent(1);
        QCOMPARE(events.rows(), 2); // the note and the pedal in it
        events.document.selection().select({events.notes()[1].id, events.notes()[2].id});
        QCOMPARE(events.rows(), 2);
    }

    void aHiddenListCostsNothingAndIsRightAgain() {
        EventsFixture events;
        events.panel.hide();
        events.document.selection().select({events.notes()[0].id});
        events.document.perform(removedEvents(events.document.score(), {{EventKind::Note, 0, 0}}), "Delete");
        QCoreApplication::processEvents();
        events.panel.show();
        QCOMPARE(events.rows(), 4);
    }

    void undoWhileAnOldRowIsDrawnIsSafe() {
        EventsFixture events;
        events.click(4);
        QTest::keyClick(&events.table, Qt::Key_Delete);
        (void)events.panel.grab(); // before the rows are found again
        events.document.history().undo();
        (void)events.panel.grab();
        QCOMPARE(events.rows(), 5);
    }

    /// The figures are printed, not judged.
    void aMillionEventsOpenAtOnce() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        auto& track = piece.tracks[0];
        for (int i = 0; i < 1'000'000; ++i)
            track.notes.push_back(
                {.id = mint.note(), .onset = {i * 12}, .length = {10}, .pitch = std::uint8_t(40 + i % 40)});
        for (int i = 0; i < 50'000; ++i)
            track.events.push_back(
                {mint.event(), Tick{i * 240}, score::ChannelEventKind::Controller, 1, std::uint8_t(i % 128)});
        ScoreDocument document(std::move(piece));
        EventPanel panel(document);
        panel.resize(760, 300);
        QElapsedTimer clock;
        clock.start();
        panel.show();
        (void)panel.grab();
        const auto opened = clock.restart();
        panel.table().scrollToBottom();
        (void)panel.grab();
        const auto scrolled = clock.restart();
        document.perform(removedEvents(document.score(), {{EventKind::Note, 0, 500'000}}), "Delete");
        panel.model().bringUpToDate();
        const auto edited = clock.restart();
        document.selection().select({document.score().tracks[0].notes[900'000].id});
        const auto selected = clock.elapsed();
        qInfo("1,050,003 events: opened and drawn in %lld ms, scrolled to the end in %lld ms, found again after an "
              "edit in "
              "%lld ms, a note of the roll shown in %lld ms",
              opened, scrolled, edited, selected);
        QCOMPARE(panel.model().rowCount(), 1'050'002);
        QCOMPARE(panel.table().chosenRows().size(), std::size_t{1});
    }
};

QTEST_MAIN(EventPanelTest)
#include "event_panel_test.moc"
