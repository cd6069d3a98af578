#include "app/studio_learning.h"
#include "engine/corpus/prepared_folder.h"
#include "tests/ui/generate/random_run.h"
#include "ui/generate/generate_panel.h"
#include "ui/live/live_panel.h"
#include "ui/live/live_stage.h"
#include "ui/training/plot_panel.h"
#include "ui/training/run_panel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/push_button.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

constexpr int kLong = 60'000; // ms; a first run loads LibTorch on a busy machine

/// The learning part of the studio, with folders of its own, on the executable that was just built.
struct Stand {
    QTemporaryDir folder;
    std::filesystem::path root = folder.path().toStdString();
    ScoreDocument document{newPiece()};
    app::StudioLearning learning{
        document, nullptr, {CONTINUO_BINARY_DIR "/continuo", root / "runs", root / "datasets"}};
    RunPanel& run = learning.training().runPanel();

    Stand() {
        learning.training().centre().resize(900, 600);
        learning.training().centre().show();
        run.resize(300, 700);
        run.show();
    }
    /// Nothing of a failed test goes on training.
    ~Stand() {
        if (const auto* active = learning.training().active())
            (void)runs::makeRequest(active->directory, runs::Request::Stop);
    }
    PushButton* button(const char* name) { return run.findChild<PushButton*>(name); }
    RunSettings tinySettings() {
        RunSettings settings;
        settings.dataset = "eighth-notes";
        settings.limitKind = RunSettings::Limit::Steps;
        settings.limit = 2000;
        return settings;
    }
};

/// Whether this build can train; says so where it cannot.
bool canTrain() {
    QProcess help;
    help.start(QStringLiteral(CONTINUO_BINARY_DIR "/continuo"), {QStringLiteral("--help")});
    help.waitForFinished();
    return help.readAllStandardOutput().contains("\n  train ");
}

} // namespace

class StudioLearningTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFolderOfMidiFilesBecomesADataSet() {
        Stand stand;
        auto& form = stand.run.form();

        Q_EMIT form.folderChosen(QStringLiteral(CONTINUO_SOURCE_DIR "/resources/demo"));

        QVERIFY(!stand.button("startTraining")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(stand.button("startTraining")->isEnabled(), kLong);
        QVERIFY(corpus::isPreparedFolder(form.settings().dataset));
        QCOMPARE(std::filesystem::path(form.settings().dataset).filename().string(), std::string("demo"));
    }

    void aFolderWithoutMusicSaysWhy() {
        Stand stand;
        QSignalSpy never(&stand.run.form(), &RunForm::startRequested);
        const auto empty = stand.folder.filePath("empty");
        QVERIFY(QDir().mkpath(empty));
        const auto before = stand.run.form().settings().dataset;

        Q_EMIT stand.run.form().folderChosen(empty);

        auto* problem = stand.run.findChild<Label*>("problem");
        QTRY_VERIFY_WITH_TIMEOUT(!problem->text().isEmpty(), kLong);
        QVERIFY2(problem->text().contains("empty"), qPrintable(problem->text()));
        QCOMPARE(stand.run.form().settings().dataset, before);
    }

    void aRunThatCannotStartSaysWhyAndLeavesTheForm() {
        Stand stand;
        auto settings = stand.tinySettings();
        settings.dataset = "no-such-set";
        stand.run.form().setSettings(settings);

        QTest::mouseClick(stand.button("startTraining"), Qt::LeftButton);

        auto* problem = stand.run.findChild<Label*>("problem");
        QTRY_VERIFY_WITH_TIMEOUT(!problem->text().isEmpty(), kLong);
        QVERIFY(stand.run.showsForm());
        QVERIFY(stand.button("startTraining")->isEnabled());
    }

    void whatWasPlayedIsContinuedByTheNet() {
        Stand stand;
        SyntheticRun run(stand.root / "runs", "20260101-120000-small");
        addRandomCheckpoint(run, 40);
        run.status().state = runs::RunState::Finished;
        run.writeStatus();
        QTRY_VERIFY_WITH_TIMEOUT(stand.learning.generate().hasNet(), kLong);
        auto& live = stand.learning.live();
        const double start = LiveSession::now() - 4;
        for (int i = 0; i < 4; ++i) {
            live.session().take({start + i * 0.5, {0x90, static_cast<std::uint8_t>(60 + 2 * i), 80}, 3});
            live.session().take({start + i * 0.5 + 0.45, {0x80, static_cast<std::uint8_t>(60 + 2 * i), 64}, 3});
        }

        live.panel().findChild<PushButton*>("liveContinue")->click();

        QCOMPARE(score::noteCount(stand.document.score()), std::size_t{4});
        QTRY_VERIFY_WITH_TIMEOUT(!stand.learning.generate().isWriting(), kLong);
        QVERIFY(live.stage().showsAnswer());
        const auto made = stand.document.candidates().notes().size();
        QVERIFY(made > 0);
        QCOMPARE(stand.document.candidates().target().start.fromStart, std::int64_t{3840});
        live.centre().findChild<PushButton*>("liveKeep")->click();
        QCOMPARE(score::noteCount(stand.document.score()), 4 + made);
    }

    void aRunStartedFromThePanelDrawsPointsStopsAndIsOfferedInGenerate() {
        if (!canTrain()) QSKIP("this build has no `continuo train`");
        Stand stand;
        stand.run.form().setSettings(stand.tinySettings());
        auto& plots = stand.learning.training().plotPanel().plots();

        QTest::mouseClick(stand.button("startTraining"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(plots.pointCount() > 3, kLong);
        QVERIFY(!stand.run.showsForm());
        const auto seen = plots.pointCount();
        QTRY_VERIFY_WITH_TIMEOUT(plots.pointCount() > seen, kLong);

        QTest::mouseClick(stand.button("stopTraining"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!stand.learning.training().selected()->isActive(), kLong);
        QVERIFY(!stand.learning.training().selected()->checkpoints.empty());
        QTRY_VERIFY_WITH_TIMEOUT(stand.learning.generate().hasNet(), kLong);
        QVERIFY(!stand.learning.generatePanel().chosenNet().empty());
    }
};

QTEST_MAIN(StudioLearningTest)
#include "studio_learning_test.moc"
