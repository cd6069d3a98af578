#include "engine/score/note_operations.h"
#include "ui/theme/studio_style.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/tracks/instrument_choice.h"
#include "ui/tracks/instrument_picker.h"
#include "ui/tracks/track_delegate.h"
#include "ui/tracks/track_model.h"
#include "ui/tracks/track_panel.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_switch.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

/// Piano, violin and drums, as a file would hold them.
score::Score threeTracks() {
    score::Score score;
    score::IdMint mint;
    const auto add = [&](const char* name, int program, bool drums) {
        score::apply(score::addTrack(score, name, program, drums, mint), score);
    };
    add("Piano", 0, false);
    add("Violin", 40, false);
    add("Drums", 0, true);
    return score;
}

} // namespace

class TrackPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void init() {
        document_ = std::make_unique<ScoreDocument>(threeTracks());
        panel_ = std::make_unique<TrackPanel>(*document_, [] {
            return sound::PortList{{}, {"Synth A", "Synth B"}, {}};
        });
        panel_->resize(268, 400);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowActive(panel_.get()));
        list_ = panel_->findChild<TrackList*>();
    }
    void cleanup() {
        panel_.reset();
        document_.reset();
    }

    void aClickBringsATrackInFront() {
        QTest::mouseClick(list_->viewport(), Qt::LeftButton, {}, row(1).center() - QPoint(60, 0));
        QCOMPARE(document_->currentTrack(), track(1).id);
    }

    void aNameIsTypedAfterADoubleClickAndTakenBack() {
        const auto at = row(1).topLeft() + QPoint(60, 14);
        QTest::mouseClick(list_->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(list_->viewport(), Qt::LeftButton, {}, at);
        auto* editor = list_->viewport()->findChild<QLineEdit*>();
        QVERIFY(editor);

        editor->selectAll();
        QTest::keyClicks(editor, "First fiddle");
        QTest::keyClick(editor, Qt::Key_Return);

        QTRY_COMPARE(track(1).name, std::string("First fiddle"));
        QCOMPARE(document_->history().undoText(), "Rename track");
        document_->history().undo();
        QCOMPARE(track(1).name, std::string("Violin"));
    }

    void muteSoloAndEyeActOnTheirRow() {
        const auto violin = track(1).id;

        press(1, TrackDelegate::Part::Mute);
        QVERIFY(document_->mix().muted.contains(violin));
        press(1, TrackDelegate::Part::Mute);
        QVERIFY(!document_->mix().muted.contains(violin));
        press(1, TrackDelegate::Part::Solo);
        QVERIFY(document_->mix().soloed.contains(violin));
        QVERIFY(!document_->mix().sounds(track(0).id));
        press(1, TrackDelegate::Part::Eye);
        QVERIFY(!document_->isVisible(violin));

        QCOMPARE(document_->history().count(), 0);
        QCOMPARE(document_->currentTrack(), track(0).id);
    }

    void theDiscChoosesTheTrackThatRecords() {
        press(2, TrackDelegate::Part::Arm);
        QCOMPARE(document_->currentTrack(), track(2).id);
    }

    void anInstrumentIsFoundByTypingAndTakenBack() {
        panel_->chooseInstrument();
        auto* search = popup()->findChild<QLineEdit*>();

        QTest::keyClicks(search, "french");
        QTest::keyClick(search, Qt::Key_Return);

        QCOMPARE(score::mainProgram(track(0)), 60);
        QCOMPARE(document_->history().undoText(), "Instrument French horn");
        document_->history().undo();
        QCOMPARE(score::mainProgram(track(0)), 0);
    }

    void aMelodyThatBecomesDrumsMovesToTheirChannel() {
        panel_->chooseInstrument();
        auto* search = popup()->findChild<QLineEdit*>();
        QTest::keyClicks(search, "jazz kit");
        QTest::keyClick(search, Qt::Key_Return);

        QVERIFY(track(0).drums);
        QCOMPARE(int(track(0).channel), 9);
        document_->history().undo();
        QVERIFY(!track(0).drums);
        QCOMPARE(document_->score(), threeTracks());
    }

    void aTrackIsAddedInFrontAndTakenBack() {
        panel_->addTrack();
        auto* search = popup()->findChild<QLineEdit*>();
        QTest::keyClicks(search, "cello");
        QTest::keyClick(search, Qt::Key_Return);

        QCOMPARE(document_->score().tracks.size(), std::size_t{4});
        QCOMPARE(document_->currentTrack(), track(3).id);
        QCOMPARE(score::mainProgram(track(3)), 42);
        document_->history().undo();
        QCOMPARE(document_->score().tracks.size(), std::size_t{3});
    }

    void escLeavesThePickerWithoutAChange() {
        panel_->chooseInstrument();
        QTest::keyClick(popup(), Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        QCOMPARE(document_->history().count(), 0);
    }

    void withoutTracksThePanelSaysWhatTheyAre() {
        for (int i = 0; i < 3; ++i) panel_->deleteTrack();
        QVERIFY(document_->score().tracks.empty());
        QVERIFY(!list_->isVisible());
        document_->history().undo();
        QVERIFY(list_->isVisible());
    }

    void aTrackGoesToAPortAndBack() {
        QMenu menu;
        panel_->fillOutputMenu(menu);
        QCOMPARE(menu.actions().size(), 4); // the synthesizer, two ports, channels

        menu.actions()[2]->trigger();

        const auto route = document_->mix().routes.at(track(0).id);
        QCOMPARE(route.port, std::string("Synth B"));
        QVERIFY(list_->model()->index(0, 0).data(TrackModel::Output).toString().contains("Synth B"));
        panel_->fillOutputMenu(menu);
        menu.actions()[0]->trigger();
        QVERIFY(document_->mix().routes.empty());
    }

    void manyAreChangedAtOnce() {
        choose({0, 1});
        press(1, TrackDelegate::Part::Mute);
        QCOMPARE(document_->mix().muted.size(), std::size_t{2});
        panel_->toggleSoloed();
        QCOMPARE(document_->mix().soloed.size(), std::size_t{2});

        panel_->deleteTrack();
        QCOMPARE(document_->score().tracks.size(), std::size_t{1});
        QCOMPARE(document_->history().count(), 1);
        QCOMPARE(document_->history().undoText(), "Delete 2 tracks");
        document_->history().undo();
        QCOMPARE(document_->score(), threeTracks());
    }

    void aDragMovesATrackInOneStepAndEscPutsItBack() {
        const auto violin = track(1).id;
        drag(row(1).center() - QPoint(60, 0), row(0).topLeft() + QPoint(60, 3), /*cancels=*/true);
        QCOMPARE(document_->history().count(), 0);

        drag(row(1).center() - QPoint(60, 0), row(0).topLeft() + QPoint(60, 3));
        QCOMPARE(track(0).id, violin);
        QCOMPARE(document_->history().count(), 1);
        QCOMPARE(document_->history().undoText(), "Move Violin");
        document_->history().undo();
        QCOMPARE(document_->score(), threeTracks());
    }

    void altAndArrowsMoveTheChosenTrack() {
        choose({2});
        QTest::keyClick(list_, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(track(1).name, std::string("Drums"));
        QTest::keyClick(list_, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(track(0).name, std::string("Drums"));
        QTest::keyClick(list_, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(track(1).name, std::string("Drums"));
        QCOMPARE(document_->history().count(), 3);
    }

    void tracksAreGroupedFoldedAndHeardTogether() {
        choose({0, 1});
        trigger("Group");
        QCOMPARE(list_->model()->rowCount(), 4);
        QVERIFY(list_->model()->index(0, 0).data(TrackModel::IsGroup).toBool());
        QCOMPARE(row(0).height(), theme().height.folderRow);

        press(0, TrackDelegate::Part::Mute);
        QCOMPARE(document_->mix().muted.size(), std::size_t{2});
        press(0, TrackDelegate::Part::Fold);
        QCOMPARE(list_->model()->rowCount(), 2);
        press(0, TrackDelegate::Part::Fold);
        QCOMPARE(list_->model()->rowCount(), 4);
        // A track dropped on the heading's lower half joins; one dropped behind all leaves.
        drag(row(3).center() - QPoint(60, 0), row(0).bottomLeft() + QPoint(60, -3));
        QCOMPARE(document_->trackSettings().groups[0].tracks.size(), std::size_t{3});
        drag(row(1).center() - QPoint(60, 0), row(3).bottomLeft() + QPoint(60, 40));
        QCOMPARE(document_->trackSettings().groups[0].tracks.size(), std::size_t{2});
        QCOMPARE(track(2).name, std::string("Piano"));
    }

    void aLockedTrackRefusesEditsWithASentence() {
        QStringList refused;
        connect(document_.get(), &ScoreDocument::editRefused, this, [&](const QString& text) { refused << text; });
        press(0, TrackDelegate::Part::Lock);
        QVERIFY(document_->trackSettings().locked.contains(track(0).id));

        document_->perform(score::insertNotes(track(0).id, {{.id = document_->mint().note()}}), "Draw");
        panel_->deleteTrack();
        auto header = track(0).header();
        header.name = "Other";
        document_->perform(score::setHeader(document_->score(), header), "Rename");

        QCOMPARE(document_->score(), threeTracks());
        QCOMPARE(document_->history().count(), 0);
        QCOMPARE(refused.size(), 3);
        QVERIFY2(refused[0].contains("Piano") && refused[0].contains("locked"), qPrintable(refused[0]));
        drag(row(1).center() - QPoint(60, 0), row(0).topLeft() + QPoint(60, 3)); // the list may change round it
        QCOMPARE(track(0).name, std::string("Violin"));
        press(1, TrackDelegate::Part::Lock);
        panel_->model().toggleMuted({track(1).id});
        document_->perform(score::insertNotes(track(1).id, {{.id = document_->mint().note()}}), "Draw");
        QCOMPARE(document_->history().count(), 2);
    }

    void aPressOnItsWordChangesWhatTheNetDoes() {
        press(1, TrackDelegate::Part::NetRole);
        QCOMPARE(document_->trackSettings().roleOf(track(1).id), NetRole::Hears);
        QCOMPARE(list_->model()->index(1, 0).data(TrackModel::Part).toString(), "hears");
        press(1, TrackDelegate::Part::NetRole);
        QCOMPARE(document_->trackSettings().roleOf(track(1).id), NetRole::Ignores);
        press(1, TrackDelegate::Part::NetRole);
        QCOMPARE(document_->trackSettings().roleOf(track(1).id), NetRole::Writes);
    }

    void aChannelOfTwoInstrumentsIsSaidAndMendedByAClick() {
        auto header = track(1).header();
        header.channel = track(0).channel;
        document_->perform(score::setHeader(document_->score(), header), "Channel");
        const auto problem = list_->model()->index(1, 0).data(TrackModel::Problem).toString();
        QVERIFY2(problem.startsWith("Channel 1 also plays Piano"), qPrintable(problem));

        press(1, TrackDelegate::Part::Mend);

        QVERIFY(list_->model()->index(1, 0).data(TrackModel::Problem).toString().isEmpty());
        QCOMPARE(int(track(1).channel), 1);
        QCOMPARE(document_->history().undoText(), "Move Violin to channel 2");
    }

    void routesThatMeetAreMendedToo() {
        auto mix = document_->mix();
        mix.routes[track(0).id] = mix.routes[track(1).id] = {"Synth A", 4};
        document_->setMix(mix);
        press(1, TrackDelegate::Part::Mend);
        QCOMPARE(document_->mix().routes.at(track(1).id), (sound::Route{"Synth A", 0}));
        QCOMPARE(document_->history().count(), 0);
    }

    void colourAndIconAreChosen() {
        choose({0, 2});
        trigger("Rust");
        QCOMPARE(document_->colourOf(track(0).id), 4);
        QCOMPARE(document_->colourOf(track(2).id), 4);
        trigger("voice");
        QCOMPARE(list_->model()->index(2, 0).data(TrackModel::Icon).toString(), "voice");
        trigger("Of the instrument");
        QCOMPARE(list_->model()->index(2, 0).data(TrackModel::Icon).toString(), "drums");
    }

    void tracksAreClonedMergedAndSplitInOneStepEach() {
        document_->perform(score::insertNotes(track(0).id, {{.id = document_->mint().note(), .pitch = 60},
                                                            {.id = document_->mint().note(), .pitch = 40}}),
                           "Draw");
        const auto before = document_->score();
        choose({0});
        const auto once = [&](const char* entry, const char* step, std::size_t tracks) {
            trigger(entry);
            const bool good = document_->score().tracks.size() == tracks && document_->history().undoText() == step;
            document_->history().undo();
            choose({0});
            return good && document_->score() == before;
        };
        QVERIFY(once("Clone", "Clone Piano", 4));
        QVERIFY(once("Explode: a track for each key", "Explode Piano", 4));
        QVERIFY(once("By hand", "Split the hands", 4));
        choose({0, 1});
        trigger("Piano");
        QCOMPARE(document_->history().undoText(), "Merge into Piano");
        QCOMPARE(document_->score().tracks.size(), std::size_t{2});
    }

    void anOperationIsAskedForWithTheNotesOfTheTrack() {
        const auto id = document_->mint().note();
        document_->perform(score::insertNotes(track(1).id, {{.id = id}}), "Draw");
        QString asked;
        connect(panel_.get(), &TrackPanel::operationRequested, this, [&](const QString& name) { asked = name; });
        choose({1});
        trigger("Quantize…");
        QCOMPARE(asked, "quantize");
        QVERIFY(document_->selection().contains(id));
    }

    void fromThirteenTracksOnTheyAreSearched() {
        auto* search = panel_->findChild<SearchField*>();
        QVERIFY(!search->isVisible());
        for (int i = 0; i < 10; ++i)
            document_->perform(
                score::addTrack(document_->score(), "Cello " + std::to_string(i), 42, false, document_->mint()), "Add");
        panel_->renameTrack(); // any change of rows has shown it
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, "violin");
        QCOMPARE(list_->model()->rowCount(), 1);
        QTest::keyClick(search, Qt::Key_Escape);
        search->clear();
        QCOMPARE(list_->model()->rowCount(), 13);
    }

    void browsingInstrumentsIsATrialAndWarnsOfRange() {
        document_->perform(score::insertNotes(track(0).id, {{.id = document_->mint().note(), .pitch = 30}}), "Draw");
        panel_->chooseInstrument();
        auto* search = popup()->findChild<QLineEdit*>();
        QTest::keyClicks(search, "piccolo");
        QVERIFY(document_->trial());
        QCOMPARE(score::mainProgram(document_->heard().tracks[0]), 72);
        auto* choice = popup()->findChild<InstrumentChoice*>();
        const auto labels = choice->findChildren<QLabel*>();
        QVERIFY2(labels[0]->text().startsWith("Piccolo cannot play 1 of 1 notes."), qPrintable(labels[0]->text()));
        auto* outside = choice->findChildren<SegmentedSwitch*>().first();
        QVERIFY(outside->isVisible());

        outside->setFocus();
        QTest::keyClick(outside, Qt::Key_Right);
        QTest::keyClick(outside, Qt::Key_Right); // Fold
        QTest::keyClick(search, Qt::Key_Return);

        QVERIFY(!document_->trial());
        QCOMPARE(score::mainProgram(track(0)), 72);
        QVERIFY(track(0).notes[0].pitch >= 74);
        QCOMPARE(document_->history().undoText(), "Instrument Piccolo");
        document_->history().undo();
        QCOMPARE(int(track(0).notes[0].pitch), 30);
    }

    void escEndsTheTrial() {
        panel_->chooseInstrument();
        QTest::keyClicks(popup()->findChild<QLineEdit*>(), "oboe");
        QVERIFY(document_->trial());
        QTest::keyClick(popup(), Qt::Key_Escape);
        QTRY_VERIFY(!document_->trial());
        QCOMPARE(document_->history().count(), 0);
    }

    void everyProgramHasANameAndADrawing() {
        QSet<QString> names;
        for (int program = 0; program < 128; ++program) {
            names << programName(program);
            QVERIFY(!instrumentIcon(program, false).isEmpty());
        }
        QCOMPARE(names.size(), 128);
        QCOMPARE(programName(73), "Flute");
        QCOMPARE(instrumentName(40, true), "Brush kit");
    }

private:
    const score::Track& track(std::size_t index) const { return document_->score().tracks.at(index); }
    QRect row(int index) const { return list_->visualRect(list_->model()->index(index, 0)); }
    void press(int index, TrackDelegate::Part part) {
        QTest::mouseClick(list_->viewport(), Qt::LeftButton, {}, TrackDelegate::rectOf(part, row(index)).center());
    }
    void choose(const std::vector<int>& rows) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            QTest::mouseClick(list_->viewport(), Qt::LeftButton, i ? Qt::ControlModifier : Qt::NoModifier,
                              row(rows[i]).topLeft() + QPoint(60, 14));
    }
    void drag(QPoint from, QPoint to, bool cancels = false) {
        auto* on = list_->viewport();
        QTest::mousePress(on, Qt::LeftButton, {}, from);
        for (const auto at : {from + (to - from) / 3, to}) {
            QMouseEvent move(QEvent::MouseMove, at, on->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(on, &move);
        }
        if (cancels) QTest::keyClick(list_, Qt::Key_Escape);
        QTest::mouseRelease(on, Qt::LeftButton, {}, to);
    }
    /// The entry of the menu, or of one of its submenus.
    void trigger(const QString& text) {
        QMenu menu;
        panel_->fillTrackMenu(menu);
        const auto find = [&](const QMenu& in, auto&& again) -> QAction* {
            for (auto* action : in.actions()) {
                if (action->text() == text) return action;
                if (auto* inside = action->menu() ? again(*action->menu(), again) : nullptr) return inside;
            }
            return nullptr;
        };
        auto* action = find(menu, find);
        QVERIFY2(action, qPrintable(text));
        action->trigger();
    }
    QWidget* popup() const {
        auto* open = panel_->findChild<InstrumentPicker*>();
        if (!open) qFatal("no instrument list opened");
        return open;
    }

    std::unique_ptr<ScoreDocument> document_;
    std::unique_ptr<TrackPanel> panel_;
    TrackList* list_ = nullptr;
};

QTEST_MAIN(TrackPanelTest)
#include "track_panel_test.moc"
