#include "ui/window/studio_settings.h"

#include "engine/base/files.h"

#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

void compare(const StudioSettings& a, const StudioSettings& b) {
    QCOMPARE(a.theme, b.theme);
    QCOMPARE(a.scale, b.scale);
    QCOMPARE(a.workspace, b.workspace);
    QVERIFY(a.windowSize == b.windowSize);
    QVERIFY(a.arrangements == b.arrangements);
    QCOMPARE(a.recentFiles, b.recentFiles);
    QCOMPARE(a.rows, b.rows);
    QCOMPARE(a.rulerUnit, b.rulerUnit);
}

} // namespace

class StudioSettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSavedIsLoaded() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("not/yet/studio.json").toStdString();
        StudioSettings settings{
            "light", 1.2, 1, {1400, 900}, {{"compose", QByteArray("\0\xff state", 8)}, {"live-small", "another"}}, {}};
        settings.addRecent(QString::fromUtf8("/music/Für Elise.mid"));
        settings.rows = {{"wide", {"chords", "tempo"}}, {"small", {}}};
        settings.rulerUnit = 2;
        saveStudioSettings(file, settings);
        compare(loadStudioSettings(file), settings);
    }

    void brokenFilesCountAsTheFirstTime_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("cut off") << QString("{\"theme\": \"li");
        QTest::newRow("a list") << QString("[1, 2, 3]");
        QTest::newRow("other kinds") << QString(
            "{\"theme\": 7, \"scale\": \"big\", \"workspace\": {}, \"window\": \"x\", "
            "\"docks\": [1], \"recent\": 3, \"rows\": [4], \"ruler\": \"x\"}");
    }
    void brokenFilesCountAsTheFirstTime() {
        QFETCH(QString, text);
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("studio.json").toStdString();
        QVERIFY(base::saveFile(file, base::bytesOf(text.toStdString())));
        compare(loadStudioSettings(file), StudioSettings{});
    }

    void noFileIsTheFirstTime() {
        QTemporaryDir folder;
        compare(loadStudioSettings(folder.filePath("none.json").toStdString()), StudioSettings{});
    }

    void tenFilesAreRemembered() {
        StudioSettings settings;
        for (int i = 0; i < 14; ++i) settings.addRecent(QString::number(i));
        settings.addRecent("9");
        QCOMPARE(settings.recentFiles, QStringList({"9", "13", "12", "11", "10", "8", "7", "6", "5", "4"}));
    }
};

QTEST_APPLESS_MAIN(StudioSettingsTest)
#include "studio_settings_test.moc"
