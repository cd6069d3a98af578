#include "engine/score/note_operations.h"
#include "ui/theme/studio_style.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/tracks/instrument_picker.h"
#include "ui/tracks/track_delegate.h"
#include "ui/tracks/track_model.h"
#include "ui/tracks/track_panel.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
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
        list_ = panel_->findChild<QListView*>();
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
        QCOMPARE(menu.actions().size(), 3);

        menu.actions()[2]->trigger();

        const auto route = document_->mix().routes.at(track(0).id);
        QCOMPARE(route.port, std::string("Synth B"));
        QVERIFY(list_->model()->index(0, 0).data(TrackModel::Output).toString().contains("Synth B"));
        panel_->fillOutputMenu(menu);
        menu.actions()[0]->trigger();
        QVERIFY(document_->mix().routes.empty());
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
    QWidget* popup() const {
        auto* open = panel_->findChild<InstrumentPicker*>();
        if (!open) qFatal("no instrument list opened");
        return open;
    }

    std::unique_ptr<ScoreDocument> document_;
    std::unique_ptr<TrackPanel> panel_;
    QListView* list_ = nullptr;
};

QTEST_MAIN(TrackPanelTest)
#include "track_panel_test.moc"
