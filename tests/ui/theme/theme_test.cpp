#include "ui/theme/colours.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/studio_style.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme_reader.h"

#include <QApplication>
#include <QDir>
#include <QFontMetricsF>
#include <QImage>
#include <QPalette>
#include <QSignalSpy>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

QByteArray tokens() { return resourceBytes(":/themes/tokens.json"); }
QString sheet() { return QString::fromUtf8(resourceBytes(":/themes/studio.qss.in")); }

QByteArray replaced(const char* from, const char* to) {
    auto text = tokens();
    const auto at = text.indexOf(from);
    Q_ASSERT(at >= 0);
    return text.replace(at, static_cast<qsizetype>(std::strlen(from)), to);
}

/// How much of a picture is covered, and whether every covered pixel has the ink.
int coveredPixels(const QPixmap& pixmap, const QColor& ink) {
    const auto image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    int covered = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const auto pixel = image.pixelColor(x, y);
            if (pixel.alpha() < 200) continue;
            if (std::abs(pixel.red() - ink.red()) > 3 || std::abs(pixel.blue() - ink.blue()) > 3) return -1;
            ++covered;
        }
    return covered;
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void everyThemeFillsEveryToken_data() { eachTheme(); }
    void everyThemeFillsEveryToken() {
        QFETCH(QString, name);
        const auto read = readTheme(tokens(), name, 1);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QCOMPARE(read->height.trackRow, 46);
        QCOMPARE(read->width.leftDock, 268);
    }

    void aMissingTokenIsNamed() {
        const auto read = readTheme(replaced("\"panelEdge\"", "\"panelRim\""), "dark", 1);
        QVERIFY(!read);
        QVERIFY(read.error().message.find("panelEdge") != std::string::npos);
    }

    void aTokenThatNothingReadsIsNamed() {
        const auto read = readTheme(replaced("\"panelEdge\"", "\"shine\": \"#102030\", \"panelEdge\""), "dark", 1);
        QVERIFY(!read);
        QVERIFY(read.error().message.find("shine") != std::string::npos);
    }

    void anUnknownThemeChangesNothing() {
        const auto before = theme().name;
        QVERIFY(!Theme::use("solarized"));
        QCOMPARE(theme().name, before);
    }

    void theStyleSheetNamesTokensOnly_data() { eachTheme(); }
    void theStyleSheetNamesTokensOnly() {
        QFETCH(QString, name);
        const auto filled = filledStyleSheet(sheet(), *readTheme(tokens(), name, 1.25));
        QVERIFY2(filled, filled ? "" : filled.error().message.c_str());
        QVERIFY(!filled->contains("{surface"));
        QVERIFY(!filled->contains(QRegularExpression("\\{[0-9.]+px\\}")));
    }

    void aPlantedUnknownPlaceholderIsFound() {
        const auto filled = filledStyleSheet("QMenu { color: {text.primery}; }", theme());
        QVERIFY(!filled);
        QVERIFY(filled.error().message.find("text.primery") != std::string::npos);
    }

    void noteFillsFollowTheRuleOfTheTokens_data() { eachTheme(); }
    void noteFillsFollowTheRuleOfTheTokens() {
        QFETCH(QString, name);
        const auto t = *readTheme(tokens(), name, 1);
        for (const int velocity : {0, 1, 64, 127})
            for (const std::size_t track : {0UL, 7UL, 15UL}) {
                const double part = t.velocityFloor + (1 - t.velocityFloor) * velocity / 127.0;
                const QColor fill(t.noteTints.fill[track][static_cast<std::size_t>(velocity)]);
                const auto expected = t.roll.rowWhite.red() + (t.tracks[track].red() - t.roll.rowWhite.red()) * part;
                QVERIFY2(std::abs(fill.red() - expected) <= 1.01, qPrintable(name));
            }
        QCOMPARE(QColor(t.noteTints.fill[3][127]), t.tracks[3]);
    }

    void textAndNotesCanBeRead_data() { eachTheme(); }
    void textAndNotesCanBeRead() {
        QFETCH(QString, name);
        const auto t = *readTheme(tokens(), name, 1);
        for (const auto& ground :
             {t.surface.frame, t.surface.panel, t.surface.raised, t.surface.field, t.surface.popover}) {
            QVERIFY(contrast(t.text.primary, ground) >= 7);
            QVERIFY(contrast(t.text.secondary, ground) >= 4.5);
        }
        for (const auto& track : t.tracks)
            for (const auto& row : {t.roll.rowWhite, t.roll.rowBlack}) QVERIFY(contrast(track, row) >= 3);
        QVERIFY(contrast(t.primary.on, t.primary.fill) >= 4.5);
        QVERIFY(contrast(t.model.on, t.model.strong) >= 4.5);
    }

    void everyDrawingIsCompiledInAndTakesTheInk() {
        const auto names = QDir(QString(CONTINUO_SOURCE_DIR) + "/resources/icons").entryList({"*.svg"});
        QVERIFY(names.size() >= 90);
        const QColor ink = theme().accent.base;
        for (const auto& file : names) {
            const auto name = file.chopped(4);
            QVERIFY2(hasIcon(name), qPrintable(name));
            QVERIFY2(coveredPixels(icon(name, 20, ink, 2), ink) > 10, qPrintable(name));
        }
    }

    void anIconHasTheSizeThatWasAsked() {
        const auto drawn = icon("play", 16, theme().text.primary, 2);
        QCOMPARE(drawn.width(), 32);
        QCOMPARE(drawn.devicePixelRatio(), 2.0);
    }

    void everyDigitIsAsWideAsZero() {
        const auto face = textFont(TextSize::Body);
        QCOMPARE(figuresWidth(face, "1111"), figuresWidth(face, "8888"));
        QCOMPARE(figuresWidth(face, "0"), QFontMetricsF(face).horizontalAdvance('0'));
    }

    void theThreeWeightsAreThreeFaces() {
        const auto width = [](Weight weight) {
            return QFontMetricsF(textFont(TextSize::Counter, weight)).horizontalAdvance("Continuo");
        };
        if (!QFontInfo(textFont(TextSize::Body)).family().startsWith("Inter")) QSKIP("Inter is not installed");
        QVERIFY(width(Weight::Regular) < width(Weight::Medium));
        QVERIFY(width(Weight::Medium) < width(Weight::Semibold));
    }

    void theUsersScaleMultipliesSizesButHairlines() {
        const auto t = *readTheme(tokens(), "dark", 1.5);
        QCOMPARE(t.height.control, 39);
        QCOMPARE(t.textSize.body, 18);
        QCOMPARE(t.stroke.focus, 2.0);
        QCOMPARE(readTheme(tokens(), "dark", 9)->scale, 2.0);
    }

    void aSwitchOfThemesSetsThePaletteAndSaysSoOnce() {
        QSignalSpy changed(&themeSignals(), &ThemeSignals::changed);

        QVERIFY(Theme::use("light"));

        QCOMPARE(changed.count(), 1);
        QCOMPARE(QApplication::palette().color(QPalette::Window), theme().surface.panel);
        QCOMPARE(QApplication::palette().color(QPalette::Disabled, QPalette::Text), theme().text.disabled);
        Theme::use("dark");
    }

private:
    static void eachTheme() {
        QTest::addColumn<QString>("name");
        for (const auto& name : Theme::names()) QTest::newRow(qPrintable(name)) << name;
    }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
