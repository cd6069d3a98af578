#include "tests/ui/pianoroll/rows/row_fixture.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr std::int64_t kBar = 3840;

score::Score sections() {
    auto piece = threeNotes();
    score::IdMint mint(piece);
    piece.markers = {{.id = mint.event(), .at = {0}, .name = "Intro"},
                     {.id = mint.event(), .at = {2 * kBar}, .name = "Verse"},
                     {.id = mint.event(), .at = {4 * kBar}, .name = ""},
                     {.id = mint.event(), .at = {5 * kBar}, .kind = score::MarkerEvent::Kind::Cue, .name = "door"}};
    piece.end = {8 * kBar};
    return piece;
}

QString spans(RowFixture& roll) {
    QStringList texts;
    for (const auto& span : score::sectionsOf(roll.document.score()))
        texts << QString("%1 %2-%3")
                     .arg(QString::fromStdString(span.name))
                     .arg(static_cast<double>(span.range.start.fromStart) / kBar)
                     .arg(static_cast<double>(span.range.end.fromStart) / kBar);
    return texts.join("; ");
}

} // namespace

class SectionRowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doubleClickNamesASectionAtTheBarLine() {
        RowFixture roll;
        auto& row = roll.rows().sections();
        roll.typeIn(row, kBar - 300, "  Verse ");
        QCOMPARE(spans(roll), QString("Verse 1-2"));
        QVERIFY(roll.isOneStep("Section Verse"));
        QVERIFY(!row.isTyping() && row.hasFocus());
    }

    void escapeLeavesTheNameAsItWas() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        roll.doubleClickIn(row, roll.in(row, 100));
        auto* field = row.findChild<QLineEdit*>();
        QCOMPARE(field->text(), QString("Intro"));
        field->setText("Other");
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!row.isTyping());
        QCOMPARE(roll.steps(), 0);
    }

    void draggingASectionTakesItsEndAlong() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        roll.dragIn(row, roll.in(row, 3 * kBar), roll.in(row, 4 * kBar + 100));
        QCOMPARE(spans(roll), QString("Intro 0-3; Verse 3-5"));
        QVERIFY(roll.isOneStep("Move section"));
    }

    void aSectionDraggedUpToTheNextEndsThere() {
        auto piece = sections();
        score::IdMint mint(piece);
        piece.markers.insert(piece.markers.begin() + 3, {.id = mint.event(), .at = {5 * kBar}, .name = "Coda"});
        std::ranges::sort(piece.markers, score::EventOrder{});
        RowFixture roll(piece);
        auto& row = roll.rows().sections();
        roll.dragIn(row, roll.in(row, 3 * kBar), roll.in(row, 4 * kBar));
        QCOMPARE(spans(roll), QString("Intro 0-3; Verse 3-5; Coda 5-8"));
        QVERIFY(roll.isOneStep("Move section"));
    }

    void draggingAnEdgeMovesTheBorderAlone() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        roll.dragIn(row, roll.in(row, 2 * kBar), roll.in(row, kBar));
        QCOMPARE(spans(roll), QString("Intro 0-1; Verse 1-4"));
        roll.dragIn(row, roll.in(row, 4 * kBar) - QPointF(3, 0), roll.in(row, 6 * kBar));
        QCOMPARE(spans(roll), QString("Intro 0-1; Verse 1-6"));
        QCOMPARE(roll.steps(), 2);
    }

    void altFreesFromTheBarLines() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        roll.dragIn(row, roll.in(row, 2 * kBar), roll.in(row, kBar + 400), Qt::AltModifier);
        QCOMPARE(score::sectionsOf(roll.document.score())[1].range.start.fromStart, kBar + 400);
    }

    void theDragIsSeenAndEscapeRestores() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        roll.pressIn(row, roll.in(row, 3 * kBar));
        roll.moveIn(row, roll.in(row, 4 * kBar));
        QCOMPARE(row.flags()[1].range.start.fromStart, 3 * kBar);
        QVERIFY(roll.document.score() == roll.before);
        QTest::keyClick(&row, Qt::Key_Escape);
        QCOMPARE(row.flags()[1].range.start.fromStart, 2 * kBar);
        roll.releaseIn(row, roll.in(row, 4 * kBar));
        QCOMPARE(roll.steps(), 0);
        QVERIFY(roll.document.score() == roll.before);
    }

    void theKeyboardDoesAllOfIt() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        row.setFocus();
        QTest::keyClick(&row, Qt::Key_Right);
        QTest::keyClick(&row, Qt::Key_Right);
        QCOMPARE(row.chosen(), 1);
        QTest::keyClick(&row, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(spans(roll), QString("Intro 0-3; Verse 3-4"));
        QTest::keyClick(&row, Qt::Key_Return);
        roll.type(row, "Chorus");
        QCOMPARE(spans(roll), QString("Intro 0-3; Chorus 3-4"));
        QTest::keyClick(&row, Qt::Key_Delete);
        QCOMPARE(spans(roll), QString("Intro 0-4"));
        QCOMPARE(roll.undoText(), QString("Delete section"));
    }

    void theMenuSelectsLoopsAndTargets() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        QVERIFY(roll.choose(row, 100, "Select all notes in it"));
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{3});
        QSignalSpy loops(&roll.panel, &RollPanel::loopChanged);
        QVERIFY(roll.choose(row, 3 * kBar, "Loop it"));
        const score::TickRange verse{{2 * kBar}, {4 * kBar}};
        QVERIFY(roll.document.mix().loop == verse);
        QCOMPARE(loops.size(), 1);
        QVERIFY(roll.choose(row, 3 * kBar, "Make it the target of the net"));
        QVERIFY(roll.document.selection().range() == verse);
        QCOMPARE(roll.steps(), 0);
        QVERIFY(roll.choose(row, 3 * kBar, "End the section here"));
        QCOMPARE(spans(roll), QString("Intro 0-2; Verse 2-3"));
    }

    void cuesArePoints() {
        RowFixture roll(sections());
        auto& row = roll.rows().sections();
        roll.dragIn(row, roll.in(row, 5 * kBar), roll.in(row, 6 * kBar));
        QCOMPARE(roll.document.score().markers.back().at.fromStart, 6 * kBar);
        QCOMPARE(spans(roll), QString("Intro 0-2; Verse 2-4"));
        roll.rows().insert(TimeRows::Insert::Cue, {7 * kBar});
        roll.type(row, "rain");
        QCOMPARE(roll.document.score().markers.back().name, std::string("rain"));
        QVERIFY(roll.document.score().markers.back().kind == score::MarkerEvent::Kind::Cue);
    }
};

QTEST_MAIN(SectionRowTest)
#include "section_row_test.moc"
