#include "ui/operations/paste_desk.h"

#include "tests/engine/score/operations/operation_laws.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/operations/operation_panel.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/label.h"
#include "ui/widgets/switch_button.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;
using score::Tick;
using score::Ticks;

namespace {

/// C♯4 and D♯4 a beat apart, copied; a C major chord sounds in bar 2.
struct PasteFixture {
    QWidget host;
    ScoreDocument document{oneTrack({{.onset = Tick{0}, .length = Ticks{480}, .pitch = 61, .velocity = 33},
                                     {.onset = Tick{960}, .length = Ticks{480}, .pitch = 63, .velocity = 44},
                                     {.onset = Tick{3840}, .length = Ticks{3840}, .pitch = 60},
                                     {.onset = Tick{3840}, .length = Ticks{3840}, .pitch = 64},
                                     {.onset = Tick{3840}, .length = Ticks{3840}, .pitch = 67}})};
    PasteDesk desk{document, host};
    score::Score before = document.score();

    PasteFixture() {
        host.resize(900, 700);
        host.show();
        document.selection().select({notes()[0].id, notes()[1].id});
        copySelection(document);
        document.selection().clear();
        document.setInsertCursor({3840});
        QVERIFY(desk.open());
    }
    const std::vector<score::Note>& notes() { return document.score().tracks[0].notes; }
    void choose(const char* name, int index) {
        for (auto* box : desk.panel()->findChildren<ChoiceBox*>())
            if (box->accessibleName() == QLatin1String(name)) box->setCurrentIndex(index);
    }
    void turnOn(const char* name) {
        for (auto* button : desk.panel()->findChildren<SwitchButton*>())
            if (button->accessibleName() == QLatin1String(name)) button->click();
    }
    void apply() { QTest::keyClick(desk.panel(), Qt::Key_Return); }
};

} // namespace

class PasteDeskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEmptyClipboardOpensNothing() {
        QGuiApplication::clipboard()->clear();
        QWidget host;
        ScoreDocument document(newPiece());
        PasteDesk desk(document, host);
        QVERIFY(!desk.open());
        QVERIFY(!desk.panel());
    }

    void theResultIsSeenAndHeardBeforeItIs() {
        PasteFixture paste;
        QVERIFY(paste.document.trial());
        QCOMPARE(paste.document.heard().tracks[0].notes.size(), std::size_t{7});
        QVERIFY(paste.document.score() == paste.before);
        QTest::keyClick(paste.desk.panel(), Qt::Key_Escape);
        QVERIFY(!paste.document.trial());
        QVERIFY(paste.document.score() == paste.before);
        QCOMPARE(paste.document.history().count(), 0);
    }

    void appliedItIsOneStepAndSelected() {
        PasteFixture paste;
        paste.apply();
        QCOMPARE(paste.notes().size(), std::size_t{7});
        QCOMPARE(paste.document.history().count(), 1);
        QCOMPARE(paste.document.history().undoText(), QString("Paste 2 notes"));
        QCOMPARE(paste.document.selection().notes().size(), std::size_t{2});
        QCOMPARE(paste.document.insertCursor().fromStart, 7680);
        paste.document.history().undo();
        QVERIFY(paste.document.score() == paste.before);
    }

    void notesFitTheChordThatSoundsThere() {
        PasteFixture paste;
        paste.choose("Fit to", 2);
        paste.apply();
        std::set<int> pitches;
        for (const auto& note : paste.notes()) pitches.insert(note.pitch);
        QVERIFY(pitches.contains(60) && !pitches.contains(65));
        for (const auto id : paste.document.selection().notes())
            QVERIFY(std::set<int>({0, 4, 7}).contains(noteOf(paste.document.score(), id).pitch % 12));
    }

    void whatIsThereIsReplaced() {
        PasteFixture paste;
        paste.turnOn("Replace what is there");
        paste.apply();
        QCOMPARE(paste.notes().size(), std::size_t{4});
    }

    void newTracksAreMade() {
        PasteFixture paste;
        paste.choose("Into", 2);
        paste.apply();
        QCOMPARE(paste.document.score().tracks.size(), std::size_t{2});
        QCOMPARE(paste.document.score().tracks[1].notes.size(), std::size_t{2});
    }

    void onlyOneSideGoesToTheSelectedNotes_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("pitches") << 1;
        QTest::newRow("rhythm") << 2;
        QTest::newRow("velocities") << 3;
    }
    void onlyOneSideGoesToTheSelectedNotes() {
        QFETCH(int, what);
        PasteFixture paste;
        paste.choose("What", what);
        QVERIFY(!paste.document.trial()); // nothing is selected
        const auto target = paste.notes()[2];
        paste.document.selection().select({target.id});
        QVERIFY(paste.document.trial().has_value());
        paste.apply();
        const auto now = noteOf(paste.document.score(), target.id);
        QCOMPARE(int{now.pitch}, what == 1 ? 61 : 60);
        QCOMPARE(now.length.count, what == 2 ? 480 : 3840);
        QCOMPARE(int{now.velocity}, what == 3 ? 33 : 80);
        QCOMPARE(paste.document.score().tracks[0].notes.size(), std::size_t{5});
    }
};

QTEST_MAIN(PasteDeskTest)
#include "paste_desk_test.moc"
