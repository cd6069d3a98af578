#include "tests/ui/window/studio_fixture.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/pianoroll/rows/ruler_menu.h"

#include <QMenu>

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

class RowsInWindowTest : public QObject {
    Q_OBJECT

    static RollPanel& rollOf(QWidget& window) { return *window.findChild<RollPanel*>(); }

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void rowsAndUnitAreRememberedFromSessionToSession() {
        StudioFixture studio;
        auto& roll = rollOf(studio.window);
        QVERIFY(roll.rows().isShown(roll.rows().chords()) && !roll.rows().isShown(roll.rows().tempo()));
        roll.rows().show(roll.rows().tempo(), true);
        roll.rows().show(roll.rows().chords(), false);
        roll.ruler().setUnit(RulerUnit::Both);
        studio.window.close();

        app::Studio again(StudioFixture::optionsIn(studio.folder.path().toStdString()));
        again.window().resize(studio.window.size());
        auto& later = rollOf(again.window());
        QVERIFY(later.rows().isShown(later.rows().tempo()) && !later.rows().isShown(later.rows().chords()));
        QVERIFY(later.ruler().unit() == RulerUnit::Both);
    }

    void smallWindowsKeepTheirOwnRows() {
        StudioFixture studio;
        auto& rows = rollOf(studio.window).rows();
        studio.window.resize(1280, 720);
        QCoreApplication::processEvents();
        QVERIFY(rows.isShown(rows.chords()) && !rows.isShown(rows.sections()));
        studio.window.resize(1920, 1080);
        QCoreApplication::processEvents();
        QVERIFY(rows.isShown(rows.sections()) && rows.isShown(rows.signs()));
    }

    void timeIsDeletedAndDuplicatedByTheirKeys() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        auto& document = studio.document;
        const auto before = document.score();
        const auto bar = document.meterMap().barStart(1);
        document.selection().setRange(score::TickRange{{}, bar});
        rollOf(studio.window).view().setFocus();
        QTest::keyClick(&rollOf(studio.window).view(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(document.history().undoText(), QString("Duplicate time"));
        QVERIFY(score::noteCount(document.score()) > score::noteCount(before));
        QTest::keyClick(&rollOf(studio.window).view(), Qt::Key_Delete, Qt::ControlModifier);
        QCOMPARE(document.history().undoText(), QString("Delete time"));
        QCOMPARE(document.history().count(), 2);
        document.history().undo();
        document.history().undo();
        QVERIFY(document.score() == before);
    }
};

QTEST_MAIN(RowsInWindowTest)
#include "rows_in_window_test.moc"
