#include "ui/operations/select_desk.h"

#include "tests/engine/score/operations/operation_laws.h"
#include "ui/operations/operation_panel.h"
#include "ui/widgets/number_field.h"

#include <QMenu>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;
using score::Select;
using score::Tick;
using score::Ticks;

namespace {

/// C4 E4 together, C5 short, F♯4 loud and muted, C4 again.
struct SelectFixture {
    QWidget host;
    ScoreDocument document{
        oneTrack({{.onset = Tick{0}, .pitch = 60, .velocity = 80},
                  {.onset = Tick{0}, .pitch = 64, .velocity = 82},
                  {.onset = Tick{960}, .length = Ticks{30}, .pitch = 72, .velocity = 60},
                  {.onset = Tick{1920}, .pitch = 66, .velocity = 120, .marks = score::NoteMarks::Muted},
                  {.onset = Tick{2880}, .pitch = 60, .velocity = 90}})};
    SelectDesk desk{document, host};

    SelectFixture() {
        host.resize(800, 600);
        host.show();
    }
    score::NoteId id(std::size_t index) { return document.score().tracks[0].notes[index].id; }
    void run(Select what) {
        for (const auto& row : SelectDesk::table())
            if (row.what == what) desk.run(row);
    }
    /// Places of the selected notes.
    QList<int> chosen() {
        QList<int> places;
        const auto& notes = document.score().tracks[0].notes;
        for (std::size_t i = 0; i < notes.size(); ++i)
            if (document.selection().contains(notes[i].id)) places << static_cast<int>(i);
        return places;
    }
};

} // namespace

class SelectDeskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachSelectsWhatItSays_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("velocity") << int(Select::SameVelocity) << QList<int>{0, 1};
        QTest::newRow("muted") << int(Select::Muted) << QList<int>{3};
        QTest::newRow("locked") << int(Select::Locked) << QList<int>{};
        QTest::newRow("every second") << int(Select::EveryNth) << QList<int>{0, 1, 3};
        QTest::newRow("short") << int(Select::ShorterThan) << QList<int>{2};
        QTest::newRow("long") << int(Select::LongerThan) << QList<int>{};
    }
    void eachSelectsWhatItSays() {
        QFETCH(int, what);
        QFETCH(QList<int>, expected);
        SelectFixture fixture;
        fixture.document.selection().select({fixture.id(0)});
        fixture.run(Select(what));
        QCOMPARE(fixture.chosen(), expected);
        QCOMPARE(fixture.document.history().count(), 0);
    }

    void aValueIsSetWhileItsChoiceIsSeenAndEscPutsBack() {
        SelectFixture fixture;
        fixture.document.selection().select({fixture.id(0)});
        fixture.run(Select::SameVelocity);
        QVERIFY(fixture.desk.panel());
        auto* number = fixture.desk.panel()->findChild<NumberField*>();
        number->setFocus();
        QTest::keyClick(number, Qt::Key_PageUp); // 18
        QCOMPARE(fixture.chosen(), (QList<int>{0, 1, 4}));
        QTest::keyClick(fixture.desk.panel(), Qt::Key_Escape);
        QVERIFY(!fixture.desk.panel());
        QCOMPARE(fixture.chosen(), QList<int>{0});
        fixture.run(Select::SameVelocity);
        QTest::keyClick(fixture.desk.panel(), Qt::Key_Return);
        QCOMPARE(fixture.chosen(), (QList<int>{0, 1}));
    }

    void aSelectionOfSeveralIsNarrowed() {
        SelectFixture fixture;
        fixture.document.selection().select({fixture.id(0), fixture.id(2), fixture.id(4)});
        fixture.run(Select::EveryNth);
        QCOMPARE(fixture.chosen(), (QList<int>{0, 4}));
    }

    void everyRowHasItsPlaceInTheMenu() {
        SelectFixture fixture;
        QMenu menu;
        fixture.desk.fillMenu(menu);
        QCOMPARE(menu.actions().size(), qsizetype(SelectDesk::table().size()));
        for (const auto* action : menu.actions()) QVERIFY(action->text().startsWith("Select "));
    }
};

QTEST_MAIN(SelectDeskTest)
#include "select_desk_test.moc"
