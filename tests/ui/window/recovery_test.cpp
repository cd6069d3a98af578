#include "engine/base/files.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/project/recovery_journal.h"
#include "tests/ui/window/studio_fixture.h"
#include "ui/widgets/score_thumbnail.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;
namespace fs = std::filesystem;

namespace {

/// A session that opens a piece, renames its first track and dies without a word.
void crashIn(const fs::path& root, const QString& piece, const std::string& name) {
    const auto child = ::fork();
    if (child == 0) {
        const auto read = midi::readFile(piece.toStdString());
        ScoreDocument document;
        RecoveryKeeper keeper(document, root / "journals");
        document.replace(read->score, piece.toStdString());
        auto header = document.score().tracks[0].header();
        header.name = name;
        document.perform(score::setHeader(document.score(), header), QStringLiteral("Rename track"));
        ::_exit(keeper.flush() ? 0 : 1); // no destructor runs, as when it is killed
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    QCOMPARE(WEXITSTATUS(status), 0);
}

struct Session {
    app::Studio studio;
    explicit Session(const fs::path& root) : studio(StudioFixture::optionsIn(root)) {
        studio.window().resize(1600, 1000);
        studio.window().show();
        QCoreApplication::processEvents();
    }
    Sheet* sheet() { return Sheet::over(studio.window()); }
    void answer(const QString& text) {
        for (auto* button : sheet() ? sheet()->findChildren<PushButton*>() : QList<PushButton*>())
            if (button->text() == text) return void(QTest::mouseClick(button, Qt::LeftButton));
        QFAIL(qPrintable("no button " + text));
    }
    const score::Score& score() { return studio.document().score(); }
};

} // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        root_ = folder_->path().toStdString();
        piece_ = folder_->filePath("chorale.mid");
        QVERIFY(QFile::copy(CONTINUO_SOURCE_DIR "/resources/demo/chorale.mid", piece_));
        QFile::setPermissions(piece_, QFile::ReadOwner | QFile::WriteOwner);
        bytes_ = base::readFile(piece_.toStdString()).value();
    }

    void afterACrashTheWorkIsOfferedAndOpensAsACopy() {
        crashIn(root_, piece_, "Kept from the crash");
        Session session(root_);
        QVERIFY(session.sheet());
        QCOMPARE(session.sheet()->findChildren<ScoreThumbnail*>().size(), 2);

        session.answer("Open the copy");

        QCOMPARE(session.score().tracks[0].name, std::string("Kept from the crash"));
        QVERIFY(session.studio.document().path().empty());
        QVERIFY(session.studio.document().isModified());
        QVERIFY(base::readFile(piece_.toStdString()).value() == bytes_);
    }

    void laterAsksAgainAtEachStart() {
        crashIn(root_, piece_, "Kept");
        for (int start = 0; start < 3; ++start) {
            Session session(root_);
            QVERIFY(session.sheet());
            QTest::keyClick(session.sheet(), Qt::Key_Escape);
            QVERIFY(session.studio.window().close());
        }
        Session session(root_);
        session.answer("Open the copy");
        QCOMPARE(session.score().tracks[0].name, std::string("Kept"));
    }

    void theJournalStaysUntilWhatWasRecoveredIsSaved() {
        crashIn(root_, piece_, "Kept");
        {
            Session session(root_);
            session.answer("Open the copy");
            QVERIFY(session.studio.window().leave()); // ended from outside before it was saved
        }
        Session session(root_);
        QVERIFY(session.sheet());
        session.answer("Open the copy");
        session.studio.document().markSaved((root_ / "saved.mid"));
        QVERIFY(session.studio.window().close());
        Session last(root_);
        QVERIFY(!last.sheet());
    }

    void thrownAwayIsGone() {
        crashIn(root_, piece_, "Unwanted");
        {
            Session session(root_);
            session.answer("Throw it away");
        }
        Session session(root_);
        QVERIFY(!session.sheet());
    }

    void aSessionThatWasClosedLeavesNothing() {
        {
            Session session(root_);
            session.studio.window().file().load(piece_);
            auto header = session.score().tracks[0].header();
            header.name = "Changed and saved";
            session.studio.document().perform(score::setHeader(session.score(), header),
                                              QStringLiteral("Rename track"));
            session.studio.window().file().save();
            QVERIFY(session.studio.window().close());
        }
        Session session(root_);
        QVERIFY(!session.sheet());
        QVERIFY(project::leftovers(root_ / "journals").empty());
    }

    void aSessionEndedFromOutsideIsOfferedTheNextTime() {
        {
            Session session(root_);
            session.studio.window().file().load(piece_);
            auto header = session.score().tracks[0].header();
            header.name = "Not saved";
            session.studio.document().perform(score::setHeader(session.score(), header),
                                              QStringLiteral("Rename track"));
            QVERIFY(session.studio.window().leave());
        }
        Session session(root_);
        QVERIFY(session.sheet());
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    fs::path root_;
    QString piece_;
    base::Bytes bytes_;
};

QTEST_MAIN(RecoveryTest)
#include "recovery_test.moc"
