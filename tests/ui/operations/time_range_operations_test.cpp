#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/operations/operation_desk.h"
#include "ui/operations/operation_panel.h"
#include "ui/theme/studio_style.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/number_field.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr std::int64_t kBar = 3840;

score::Score withSection() {
    auto piece = threeNotes(); // at 0, 960 and 1920
    score::IdMint mint(piece);
    piece.markers = {{.id = mint.event(), .at = {0}, .name = "A"}, {.id = mint.event(), .at = {1920}, .name = "B"}};
    piece.end = {kBar};
    return piece;
}

struct Bench {
    std::vector<std::int64_t> onsets() const {
        std::vector<std::int64_t> all;
        for (const auto& note : roll.notes()) all.push_back(note.onset.fromStart);
        return all;
    }
    std::int64_t sectionB() const { return roll.document.score().markers.at(1).at.fromStart; }
    void run(const char* id) { desk.run(*findOperation(id)); }

    RollFixture roll{withSection()};
    score::Score before = roll.document.score();
    OperationDesk desk{roll.document, roll.view(), [] { return score::Grid::of(16); }};
};

using Onsets = std::vector<std::int64_t>;

} // namespace

class TimeRangeOperationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void timeIsInsertedAtTheCursorWithALengthFromThePanel() {
        Bench bench;
        bench.roll.document.setInsertCursor({960});
        bench.run("insertTime");
        QVERIFY(bench.desk.panel());
        QVERIFY(bench.roll.document.score() == bench.before); // only shown
        auto* number = bench.desk.panel()->findChild<NumberField*>();
        number->setValue(2);
        Q_EMIT number->valueEdited(2);
        auto* unit = bench.desk.panel()->findChild<ChoiceBox*>();
        unit->setCurrentIndex(1);
        QTest::keyClick(bench.desk.panel(), Qt::Key_Return);
        QCOMPARE(bench.onsets(), (Onsets{0, 960 + 1920, 1920 + 1920}));
        QCOMPARE(bench.sectionB(), 1920 + 1920);
        QCOMPARE(bench.roll.document.history().count(), 1);
        QCOMPARE(bench.roll.undoText(), QString("Insert time"));
        bench.roll.document.history().undo();
        QVERIFY(bench.roll.document.score() == bench.before);
    }

    void escapeLeavesThePieceAsItWas() {
        Bench bench;
        bench.run("insertTime");
        QTest::keyClick(bench.desk.panel(), Qt::Key_Escape);
        QVERIFY(!bench.desk.panel());
        QVERIFY(bench.roll.document.score() == bench.before);
        QCOMPARE(bench.roll.document.history().count(), 0);
    }

    void theSelectedTimeIsDeletedFromEverything() {
        Bench bench;
        bench.roll.document.selection().setRange(score::TickRange{{960}, {1920}});
        bench.run("deleteTime");
        QCOMPARE(bench.onsets(), (Onsets{0, 960}));
        QCOMPARE(bench.sectionB(), 960);
        QCOMPARE(bench.roll.undoText(), QString("Delete time"));
    }

    void theTimeOfTheSelectedNotesIsDuplicatedWithItsSections() {
        Bench bench;
        bench.roll.document.selection().select({bench.roll.notes()[0].id, bench.roll.notes()[1].id});
        bench.run("duplicateTime");
        QCOMPARE(bench.onsets(), (Onsets{0, 960, 1440, 2400, 1920 + 1440}));
        QCOMPARE(bench.roll.document.score().markers.size(), std::size_t{3});
        bench.roll.document.history().undo();
        QVERIFY(bench.roll.document.score() == bench.before);
    }

    void withoutASelectionNothingIsDeleted() {
        Bench bench;
        QSignalSpy told(&bench.desk, &OperationDesk::told);
        bench.run("deleteTime");
        bench.run("duplicateTime");
        QVERIFY(bench.roll.document.score() == bench.before);
        QVERIFY(told[0][0].toString().contains("Nothing"));
    }
};

QTEST_MAIN(TimeRangeOperationsTest)
#include "time_range_operations_test.moc"
