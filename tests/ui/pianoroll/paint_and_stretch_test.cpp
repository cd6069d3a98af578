#include "tests/ui/pianoroll/roll_fixture.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

using Places = std::vector<std::tuple<std::int64_t, int, std::int64_t>>;

Places placesOf(const RollFixture& roll) {
    Places places;
    for (const auto& note : roll.notes()) places.emplace_back(note.onset.fromStart, note.pitch, note.length.count);
    return places;
}

} // namespace

class PaintAndStretchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paintingFillsEveryCellOfThePathInOneStep() {
        RollFixture roll;
        roll.panel.state().setTool(RollTool::Paint);
        roll.drag(roll.at(3850, 62), roll.at(4700, 62));
        QCOMPARE(placesOf(roll), (Places{{0, 60, 480},
                                         {960, 64, 480},
                                         {1920, 67, 480},
                                         {3840, 62, 240},
                                         {4080, 62, 240},
                                         {4320, 62, 240},
                                         {4560, 62, 240}}));
        QCOMPARE(roll.undoText(), QStringLiteral("Paint 4 notes"));
        QCOMPARE(roll.document.history().count(), 1);
        roll.document.history().undo();
        QCOMPARE(roll.notes().size(), std::size_t{3});
    }

    void paintingOverANoteGivesItTheLengthOfTheCell() {
        RollFixture roll;
        roll.panel.state().setTool(RollTool::Paint);
        roll.drag(roll.at(970, 64), roll.at(1400, 64)); // cells at 960 and 1200, a note of 480 at 960
        QCOMPARE(placesOf(roll), (Places{{0, 60, 480}, {960, 64, 240}, {1200, 64, 240}, {1920, 67, 480}}));
    }

    void paintingBehindTheStartOfANoteCutsIt() {
        RollFixture roll;
        roll.panel.state().setTool(RollTool::Paint);
        roll.click(roll.at(1250, 64));
        QCOMPARE(placesOf(roll), (Places{{0, 60, 480}, {960, 64, 240}, {1200, 64, 240}, {1920, 67, 480}}));
    }

    void shiftPaintsOnePitch() {
        RollFixture roll;
        roll.panel.state().setTool(RollTool::Paint);
        roll.drag(roll.at(3850, 62), roll.at(4300, 66), Qt::ShiftModifier);
        for (std::size_t i = 3; i < roll.notes().size(); ++i) QCOMPARE(roll.notes()[i].pitch, std::uint8_t{62});
        QCOMPARE(roll.notes().size(), std::size_t{5});
    }

    void escapePutsPaintBack() {
        RollFixture roll;
        const auto before = roll.document.score();
        roll.panel.state().setTool(RollTool::Paint);
        roll.press(roll.at(3850, 62));
        roll.move(roll.at(4700, 62));
        roll.key(Qt::Key_Escape);
        roll.release(roll.at(4700, 62));
        QVERIFY(roll.document.score() == before);
        QCOMPARE(roll.document.history().count(), 0);
    }

    void theRightSideStretchesTime() {
        RollFixture roll;
        stretch(roll, roll.at(2400, 64), roll.at(4800, 64));
        QCOMPARE(placesOf(roll), (Places{{0, 60, 960}, {1920, 64, 960}, {3840, 67, 960}}));
        QCOMPARE(roll.undoText(), QStringLiteral("Stretch 3 notes"));
    }

    void theTopStretchesIntervals() {
        RollFixture roll;
        const auto& geometry = roll.panel.state().geometry();
        const QPointF top(geometry.xOf({1200}), geometry.yOf(67)), above(geometry.xOf({1200}), geometry.yOf(74));
        stretch(roll, top, above);
        QCOMPARE(placesOf(roll), (Places{{0, 60, 480}, {960, 68, 480}, {1920, 74, 480}}));
    }

    void stretchingToNothingLeavesNotesOfATick() {
        RollFixture roll;
        stretch(roll, roll.at(2400, 64), roll.at(0, 64));
        for (const auto& note : roll.notes()) {
            QCOMPARE(note.onset.fromStart, std::int64_t{0});
            QCOMPARE(note.length.count, std::int64_t{1});
        }
        roll.document.history().undo();
        QCOMPARE(placesOf(roll), (Places{{0, 60, 480}, {960, 64, 480}, {1920, 67, 480}}));
    }

private:
    static void stretch(RollFixture& roll, QPointF from, QPointF to) {
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.key(Qt::Key_8);
        roll.drag(from, to);
    }
};

QTEST_MAIN(PaintAndStretchTest)
#include "paint_and_stretch_test.moc"
