#include "tests/ui/generate/random_run.h"
#include "ui/generate/generate_controller.h"
#include "ui/generate/take_list.h"
#include "ui/widgets/push_button.h"

#include <QSignalSpy>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;

namespace {

constexpr auto kQuick = std::chrono::milliseconds(20);
constexpr int kLong = 20'000; // ms; a random net may write many notes

/// Two bars of quarter notes to go on from.
score::Score prompt() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    for (int i = 0; i < 8; ++i)
        piece.tracks[0].notes.push_back(
            {.id = mint.note(), .onset = {i * 960}, .length = {900}, .pitch = static_cast<std::uint8_t>(60 + i)});
    piece.end = {7680};
    return piece;
}

/// The panel beside a document, with a run that has kept one net.
struct Stand {
    QTemporaryDir folder;
    SyntheticRun run{folder.path().toStdString(), "20260101-120000-small"};
    RunWatcher watcher{{folder.path().toStdString()}, nullptr, kQuick};
    ScoreDocument document{prompt()};
    GeneratePanel panel;
    GenerateController controller{document, watcher, panel};

    Stand() {
        panel.resize(316, 900);
        panel.show();
        panel.setBars(2);
    }
    PushButton* button(const char* name) { return panel.findChild<PushButton*>(name); }
    std::size_t notes() const { return score::noteCount(document.score()); }
    bool loadNet() {
        addRandomCheckpoint(run, 40);
        return QTest::qWaitFor([this] { return controller.hasNet(); }, kLong);
    }
    bool writeAll() {
        return QTest::qWaitFor([this] { return !controller.isWriting(); }, kLong);
    }
};

} // namespace

class GenerateControllerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutANetTheFirstOneIsOffered() {
        Stand stand;
        QSignalSpy wanted(&stand.controller, &GenerateController::firstNetRequested);

        QVERIFY(stand.button("makeFirstNet")->isVisible());
        QTest::mouseClick(stand.button("makeFirstNet"), Qt::LeftButton);

        QCOMPARE(wanted.size(), 1);
        QVERIFY(!stand.button("generate")->isVisible());
    }

    void aNetThatARunHasKeptIsLoadedAtOnce() {
        Stand stand;

        QVERIFY(stand.loadNet());

        QTRY_VERIFY(stand.button("generate")->isVisible());
        QCOMPARE(stand.panel.chosenNet().filename().string(), std::string("step-40"));
    }

    void theNetWritesOnlyWhatItMayWrite() {
        Stand stand;
        auto piece = prompt();
        score::IdMint mint(piece);
        auto second = piece.tracks[0];
        second.id = mint.track();
        second.chunk = 1;
        for (auto& note : second.notes) note.id = mint.note();
        piece.tracks.push_back(second);
        stand.document.replace(piece, {});
        auto settings = stand.document.trackSettings();
        settings.roles[piece.tracks[0].id] = NetRole::Hears;
        stand.document.setTrackSettings(settings);
        QVERIFY(stand.loadNet());

        stand.controller.generate();
        QVERIFY(stand.writeAll());

        QVERIFY(!stand.document.candidates().notes().empty());
        for (const auto& made : stand.document.candidates().notes()) QCOMPARE(made.track, second.id);
        settings.locked.insert(second.id); // a locked track is not written either: then none is left
        stand.document.setTrackSettings(settings);
        stand.controller.dismiss();
        stand.controller.generate();
        QVERIFY(stand.writeAll());
        QVERIFY(stand.document.candidates().notes().empty());
    }

    void notesAreCandidatesUntilTheyAreKeptInOneUndoStep() {
        Stand stand;
        QVERIFY(stand.loadNet());
        QTRY_VERIFY(stand.button("generate")->isVisible());

        QTest::mouseClick(stand.button("generate"), Qt::LeftButton);
        QVERIFY(stand.controller.isWriting());
        QVERIFY(stand.writeAll());

        const auto made = stand.document.candidates().notes().size();
        QVERIFY(made > 0);
        QCOMPARE(stand.notes(), std::size_t{8});
        for (const auto& candidate : stand.document.candidates().notes())
            QVERIFY(stand.document.candidates().target().contains(candidate.note.onset));
        QTest::mouseClick(stand.button("keep"), Qt::LeftButton);
        QCOMPARE(stand.notes(), 8 + made);
        QCOMPARE(stand.document.history().count(), 1);
        stand.document.history().undo();
        QCOMPARE(stand.notes(), std::size_t{8});
    }

    void notesStreamInWhileTheNetWrites() {
        Stand stand;
        QVERIFY(stand.loadNet());
        std::size_t seen = 0;
        QObject::connect(&stand.document.candidates(), &Candidates::changed, &stand.panel, [&] {
            if (stand.document.candidates().isWriting())
                seen = std::max(seen, stand.document.candidates().notes().size());
        });

        stand.controller.generate();
        QVERIFY(stand.writeAll());

        QVERIFY(seen > 0);
    }

    void aStopKeepsWhatIsThere() {
        Stand stand;
        QVERIFY(stand.loadNet());
        stand.panel.setBars(64);
        stand.controller.generate();
        QTRY_VERIFY_WITH_TIMEOUT(!stand.document.candidates().notes().empty(), kLong);

        stand.controller.stop();

        QVERIFY(stand.writeAll());
        QVERIFY(!stand.document.candidates().notes().empty());
    }

    void aDismissalLeavesNothingBehind() {
        Stand stand;
        QVERIFY(stand.loadNet());
        stand.panel.setBars(64);
        stand.controller.generate();

        stand.controller.dismiss();

        QVERIFY(stand.writeAll());
        QVERIFY(stand.document.candidates().isEmpty());
        QCOMPARE(stand.notes(), std::size_t{8});
        QCOMPARE(stand.document.history().count(), 0);
    }

    void severalTakesStandSideBySideAndOneIsChosen() {
        Stand stand;
        QVERIFY(stand.loadNet());
        stand.panel.sampler().setTakes(2);
        stand.panel.sampler().setSeed(5);

        stand.controller.generate();
        QVERIFY(stand.writeAll());
        const auto first = stand.document.candidates().notes();
        Q_EMIT stand.panel.takeChosen(1);

        QVERIFY(stand.document.candidates().notes() != first);
        Q_EMIT stand.panel.takeChosen(0);
        QCOMPARE(stand.document.candidates().notes(), first);
    }

    void theSameSeedWritesTheSameMusic() {
        Stand stand;
        QVERIFY(stand.loadNet());
        stand.panel.sampler().setSeed(11);
        stand.controller.generate();
        QVERIFY(stand.writeAll());
        const auto once = stand.document.candidates().notes();

        stand.panel.sampler().setSeed(11);
        stand.controller.generate();
        QVERIFY(stand.writeAll());

        QCOMPARE(stand.document.candidates().notes(), once);
    }

    void aDamagedCheckpointSaysWhatIsWrong() {
        Stand stand;
        GenerationWorker worker;
        QSignalSpy failed(&worker, &GenerationWorker::loadFailed);

        worker.load(stand.folder.path().toStdString() + "/nothing-here");

        QVERIFY(failed.wait(kLong));
        QVERIFY(!failed[0][0].toString().isEmpty());
    }

    void theFirstNetShowsItsProgressAndIsLoadedAtItsEnd() {
        Stand stand;
        stand.controller.followFirstNet(stand.run.id());
        stand.run.train(1, 40);
        QTRY_VERIFY(stand.watcher.find(stand.run.id()));
        QVERIFY(!stand.button("makeFirstNet")->isVisible());

        addRandomCheckpoint(stand.run, 40);
        stand.run.status().state = runs::RunState::Finished;
        stand.run.writeStatus();

        QTRY_VERIFY_WITH_TIMEOUT(stand.controller.hasNet(), kLong);
        QVERIFY(!stand.controller.isFirstNetInTraining());
    }
};

QTEST_MAIN(GenerateControllerTest)
#include "generate_controller_test.moc"
