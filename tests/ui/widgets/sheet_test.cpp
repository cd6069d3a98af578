#include "ui/theme/studio_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/level_meter.h"
#include "ui/widgets/panel_frame.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/status_bar.h"
#include "ui/widgets/toast.h"

#include <QTest>

using namespace continuo::ui;

class SheetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void init() {
        window_ = std::make_unique<QWidget>();
        window_->resize(900, 600);
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        answer_.clear();
    }

    void enterTakesTheDefaultAndEscTheCancel_data() {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("answer");
        QTest::newRow("Enter") << static_cast<int>(Qt::Key_Return) << "save";
        QTest::newRow("Esc") << static_cast<int>(Qt::Key_Escape) << "cancel";
    }
    void enterTakesTheDefaultAndEscTheCancel() {
        QFETCH(int, key);
        QFETCH(QString, answer);
        auto* sheet = ask();

        QTest::keyClick(sheet, static_cast<Qt::Key>(key));

        QCOMPARE(answer_, answer);
        QVERIFY(!Sheet::over(*window_));
    }

    void aButtonIsPressedOnce() {
        auto* sheet = ask();
        sheet->press(1);
        QCOMPARE(answer_, "discard");
        QVERIFY(!Sheet::over(*window_));
    }

    void aSecondSheetCancelsTheFirst() {
        ask();
        Sheet::tell(*window_, errorText("It broke", "nothing was lost"));
        QCOMPARE(answer_, "cancel");
        QVERIFY(Sheet::over(*window_));
    }

    void aSheetLiesInsideTheWindowAtAnySize() {
        auto* sheet = ask();
        window_->resize(700, 480);
        QTRY_VERIFY(window_->rect().contains(sheet->geometry()));
    }

    void theKeyboardComesBackToWhereItWas() {
        PushButton behind("Behind", ButtonKind::Normal, window_.get());
        behind.show();
        behind.setFocus();
        QTRY_VERIFY(behind.hasFocus());

        QTest::keyClick(ask(), Qt::Key_Escape);

        QTRY_VERIFY(behind.hasFocus());
    }

    void aToastSaysItsSentence() {
        Toast::show(*window_, "Saved to song.mid");
        const auto* toast = window_->findChild<Toast*>();
        QVERIFY(toast && toast->isVisible());
        QCOMPARE(toast->accessibleName(), "Saved to song.mid");
    }

    void aChipWithoutContentTakesNoRoom() {
        StatusBar bar;
        auto* chip = bar.addChip("Net");
        QVERIFY(chip->isHidden());
        chip->setContent("model", "small-ensemble", "38 M");
        QVERIFY(!chip->isHidden());
        const int width = chip->sizeHint().width();
        chip->setPart(0.4);
        QVERIFY(chip->sizeHint().width() >= width + theme().px(56));
        chip->setContent({}, {});
        QVERIFY(chip->isHidden());
    }

    void progressHasALineForItsCaption() {
        HonestProgress progress("Training");
        const int bare = progress.sizeHint().height();
        progress.setCaption("step 3 of 20");
        QVERIFY(progress.sizeHint().height() > bare);
    }

    void theMeterCountsInDecibels() {
        QCOMPARE(meterPlace(1.0F), 1.0);
        QCOMPARE(meterPlace(0.0F), 0.0);
        QVERIFY(std::abs(meterPlace(0.1F) - 2.0 / 3) < 1e-6);
        QVERIFY(meterPlace(0.5F) < meterPlace(0.6F));
    }

    void aPanelKeepsRoundCornersOverContentThatFillsIt() {
        PanelFrame panel("Roll");
        auto* canvas = new QWidget;
        canvas->setAutoFillBackground(true);
        auto ground = canvas->palette();
        ground.setColor(QPalette::Window, theme().accent.base);
        canvas->setPalette(ground);
        panel.add(canvas, 1);
        panel.resize(120, 80);
        panel.show();

        const auto picture = panel.grab().toImage();

        QCOMPARE(picture.pixelColor(0, 0).rgb(), theme().surface.frame.rgb());
        QCOMPARE(picture.pixelColor(119, 79).rgb(), theme().surface.frame.rgb());
        QCOMPARE(picture.pixelColor(60, 40).rgb(), theme().accent.base.rgb());
    }

private:
    Sheet* ask() {
        return Sheet::show(*window_,
                           {"warning", "Save the changes?", {"The piece was changed since it was saved."}, {}},
                           {{"Cancel", ButtonKind::Plain, [this] { answer_ = "cancel"; }, false, true},
                            {"Discard", ButtonKind::Danger, [this] { answer_ = "discard"; }, false, false},
                            {"Save", ButtonKind::Primary, [this] { answer_ = "save"; }, true, false}});
    }

    std::unique_ptr<QWidget> window_;
    QString answer_;
};

QTEST_MAIN(SheetTest)
#include "sheet_test.moc"
