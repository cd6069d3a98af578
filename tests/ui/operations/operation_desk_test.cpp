#include "engine/score/note_operations.h"
#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/operations/operation_desk.h"
#include "ui/operations/operation_panel.h"
#include "ui/theme/studio_style.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/push_button.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

/// A roll with notes a little off the grid, and a desk over it.
struct Bench {
    Bench() {
        document().perform(score::moveNotes(document().score(), score::allNotes(document().score()), {70}, 0), "off");
        document().history().setClean();
    }
    ScoreDocument& document() { return roll.document; }
    PushButton* button(const QString& text) {
        for (auto* candidate : desk.panel()->findChildren<PushButton*>())
            if (candidate->text() == text) return candidate;
        return nullptr;
    }
    std::vector<std::int64_t> onsets() const {
        std::vector<std::int64_t> all;
        for (const auto& note : roll.notes()) all.push_back(note.onset.fromStart);
        return all;
    }

    RollFixture roll;
    OperationDesk desk{roll.document, roll.view(), [] { return score::Grid::of(16); }};
};

using Onsets = std::vector<std::int64_t>;
const Onsets kOff{70, 1030, 1990}, kOn{0, 960, 1920};

} // namespace

class OperationDeskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void runningIsOneStepOfUndoWithTheNameOfTheOperation() {
        Bench bench;
        QSignalSpy told(&bench.desk, &OperationDesk::told);
        bench.desk.run(*findOperation("quantize"));
        QCOMPARE(bench.onsets(), kOn);
        QCOMPARE(bench.document().history().undoText(), "Quantize");
        QCOMPARE(told[0][0].toString(), "Quantize: 3 notes changed");
        bench.document().history().undo();
        QCOMPARE(bench.onsets(), kOff);
    }

    void onlySelectedNotesAreTouchedAndStaySelected() {
        Bench bench;
        bench.document().selection().select({bench.roll.notes()[1].id});
        bench.desk.run(*findOperation("quantize"));
        QCOMPARE(bench.onsets(), (Onsets{70, 960, 1990}));
        QVERIFY(bench.roll.isSelected(1) && !bench.roll.isSelected(0));
    }

    void thePanelShowsTheResultAndChangesNothingUntilItIsApplied() {
        Bench bench;
        bench.desk.open(*findOperation("quantize"));
        QCOMPARE(bench.onsets(), kOff);
        QVERIFY(bench.document().trial().has_value());
        QCOMPARE(bench.roll.panel.state().preview().notes.size(), std::size_t{3});
        QCOMPARE(bench.document().heard().tracks[0].notes[1].onset.fromStart, std::int64_t{960});

        QTest::keyClick(bench.desk.panel(), Qt::Key_Return);
        QCOMPARE(bench.onsets(), kOn);
        QVERIFY(!bench.desk.panel() && !bench.document().trial());
        QVERIFY(bench.roll.panel.state().preview().isEmpty());
        QCOMPARE(bench.document().history().undoText(), "Quantize");
    }

    void escapePutsEverythingBack() {
        Bench bench;
        const auto before = bench.document().score();
        bench.desk.open(*findOperation("humanize"));
        QTest::keyClick(bench.desk.panel(), Qt::Key_Escape);
        QVERIFY(bench.document().score() == before && !bench.document().trial());
        QVERIFY(bench.document().history().isClean());
    }

    void compareShowsThePieceAsItWas() {
        Bench bench;
        bench.desk.open(*findOperation("quantize"));
        auto* compare = bench.button("Compare");
        QTest::mousePress(compare, Qt::LeftButton);
        QVERIFY(!bench.document().trial());
        QTest::mouseRelease(compare, Qt::LeftButton);
        QVERIFY(bench.document().trial().has_value());
    }

    void changedSettingsAreSeenAtOnceAndRemembered() {
        Bench bench;
        bench.desk.open(*findOperation("quantize"));
        auto* strength = bench.desk.panel()->findChildren<NumberField*>().at(0);
        QTest::keyClick(strength, Qt::Key_5);
        QTest::keyClicks(QApplication::focusWidget(), "0");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(bench.document().heard().tracks[0].notes[0].onset.fromStart, std::int64_t{35});
        bench.button("Apply")->click();
        QCOMPARE(bench.onsets(), (Onsets{35, 995, 1955}));
        bench.document().history().undo();
        bench.desk.run(*findOperation("quantize"));
        QCOMPARE(bench.onsets(), (Onsets{35, 995, 1955}));
    }

    void anotherSelectionIsTriedAtOnce() {
        Bench bench;
        bench.desk.open(*findOperation("quantize"));
        bench.document().selection().select({bench.roll.notes()[2].id});
        QCOMPARE(bench.roll.panel.state().preview().notes.size(), std::size_t{1});
    }

    void anUndoBehindTheTrialDoesNotHarmIt() {
        Bench bench;
        bench.desk.open(*findOperation("arpeggiate"));
        bench.document().history().undo();
        QVERIFY(bench.desk.panel());
        bench.document().heard(); // applies the trial: what it removes must be there
        QTest::keyClick(bench.desk.panel(), Qt::Key_Escape);
        QCOMPARE(bench.onsets(), kOn);
    }

    void lockedNotesAreLeftAloneAndCounted() {
        Bench bench;
        auto& document = bench.document();
        document.perform(
            score::setMark(document.score(), std::array{bench.roll.notes()[0].id}, score::NoteMarks::Locked, true),
            "lock");
        QSignalSpy told(&bench.desk, &OperationDesk::told);
        bench.desk.run(*findOperation("quantize"));
        QCOMPARE(bench.onsets(), (Onsets{70, 960, 1920}));
        QCOMPARE(told[0][0].toString(), "Quantize: 2 notes changed; 1 locked left alone");
    }
};

QTEST_MAIN(OperationDeskTest)
#include "operation_desk_test.moc"
