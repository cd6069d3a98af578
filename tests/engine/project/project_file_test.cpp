#include "engine/project/project_file.h"

#include "engine/base/random.h"
#include "engine/project/database.h"
#include "engine/project/score_codec.h"
#include "tests/engine/project/sample_projects.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstdio>

using namespace continuo;
using namespace continuo::project;

namespace {

/// How often a reader takes a damaged copy of `file` for something else than `whole`; every byte has one bit flipped.
template <typename Read, typename Same>
int silentMisloads(base::Bytes file, Read read, Same isWhole) {
    base::Random random(1);
    int misloads = 0;
    for (auto& byte : file) {
        const auto bit = static_cast<std::byte>(1u << random.below(8));
        byte ^= bit;
        const auto loaded = read(base::ByteSpan(file));
        if (loaded && !isWhole(*loaded)) ++misloads;
        byte ^= bit;
    }
    return misloads;
}

/// The file after somebody with SQLite at hand did something to it.
base::Bytes changed(const base::Bytes& file, const char* sql) {
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("x").toStdString();
    if (!base::saveFile(path, file)) return {};
    {
        auto database = Database::openLog(path);
        if (!database || !database->run("PRAGMA journal_mode=DELETE") || !database->run(sql)) return {};
    }
    return base::readFile(path).value_or(base::Bytes());
}

} // namespace

class ProjectFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSavedIsOpened() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("piece.continuo").toStdString();
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto project = test::sampleProject(seed);
            QVERIFY(saveProject(file, project));
            const auto opened = openProject(file);
            QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
            QVERIFY(isSame(*opened, project));
        }
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.path().toStdString()), {}), 1);
    }

    void scoresOfOneSourceShareItAgain() {
        const auto opened = readProject(writeProject(test::sampleProject(1)).value());
        QVERIFY(opened);
        QVERIFY(opened->score.source == opened->revisions[1].score.source);
    }

    void theSameProjectMakesTheSameBytes() {
        QVERIFY(writeProject(test::sampleProject(4)).value() == writeProject(test::sampleProject(4)).value());
    }

    void noFlippedBitIsTakenForMusic() {
        const auto score = test::goldenProject().score;
        const auto naive = silentMisloads(
            encodeScore(score), [](base::ByteSpan bytes) { return decodeScore(bytes); },
            [&](score::Score read) { return read.source = score.source, read == score; });
        QVERIFY2(naive > 20, "the harness finds the flips that a reader without seals takes");

        const auto project = test::goldenProject();
        const auto file = writeProject(project).value();
        const auto misloads =
            silentMisloads(file, readProject, [&](const Project& read) { return isSame(read, project); });
        std::printf("bits flipped %zu, silent misloads %d (without seals: %d)\n", file.size(), misloads, naive);
        QCOMPARE(misloads, 0);
    }

    void noCutFileIsTakenForMusic() {
        const auto project = test::goldenProject();
        const auto file = writeProject(project).value();
        for (std::size_t size = 0; size < file.size(); size += 13)
            QVERIFY2(!readProject(base::ByteSpan(file).first(size)), std::to_string(size).c_str());
    }

    void whatSomebodyDidWithSqliteIsRefused_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("a changed part") << QByteArray("UPDATE parts SET content=x'00' WHERE kind='view'");
        QTest::newRow("a part less") << QByteArray("DELETE FROM parts WHERE kind='training'");
        QTest::newRow("a part more") << QByteArray("INSERT INTO parts VALUES('x','',x'','')");
        QTest::newRow("a view") << QByteArray("CREATE VIEW v AS SELECT * FROM parts");
        QTest::newRow("another table") << QByteArray("CREATE TABLE t(a)");
        QTest::newRow("no table") << QByteArray("DROP TABLE parts");
        QTest::newRow("another application") << QByteArray("PRAGMA application_id=1");
        QTest::newRow("no version") << QByteArray("PRAGMA user_version=0");
    }
    void whatSomebodyDidWithSqliteIsRefused() {
        QFETCH(QByteArray, sql);
        const auto file = writeProject(test::goldenProject()).value();
        const auto untouched = changed(file, "SELECT 1");
        QVERIFY(readProject(untouched));
        const auto touched = changed(file, sql.constData());
        QVERIFY(!touched.empty() && touched != untouched);
        const auto read = readProject(touched);
        QVERIFY(!read);
        QCOMPARE(read.error().code, base::ErrorCode::FileMalformed);
    }

    void aNewerProjectIsRefusedAndStaysAsItIs() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("newer.continuo").toStdString();
        const auto newer = changed(writeProject(test::goldenProject()).value(), "PRAGMA user_version=99");
        QVERIFY(base::saveFile(path, newer));
        const auto opened = openProject(path);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, base::ErrorCode::Unsupported);
        QVERIFY(base::readFile(path).value() == newer);
    }

    void theFirstVersionOpensForEver() {
        const auto opened = openProject(CONTINUO_SOURCE_DIR "/tests/engine/project/golden/v1.continuo");
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        QVERIFY(isSame(*opened, test::goldenProject()));
    }

    void otherFilesAreNoProjects() {
        QVERIFY(!looksLikeProject({}));
        QVERIFY(!readProject(base::bytesOf("MThd")));
        QVERIFY(!readProject(base::Bytes(100'000)));
        QVERIFY(looksLikeProject(writeProject(Project{}).value()));
    }
};

QTEST_APPLESS_MAIN(ProjectFileTest)
#include "project_file_test.moc"
