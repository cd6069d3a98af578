#include "tests/ui/window/monkey.h"

#include "engine/base/text.h"

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::Invariants;
using continuo::ui::test::Monkey;
using continuo::ui::test::StudioFixture;

namespace {

constexpr int kCheckEvery = 100;
constexpr int kLongHistory = 400; // then the piece is opened anew, so that checks stay quick

std::int64_t fromEnvironment(const char* name, std::int64_t otherwise) {
    const auto text = qEnvironmentVariable(name).toStdString();
    return base::parseInteger(text).value_or(otherwise);
}

/// A piece that has grown out of hand takes the time of a thousand actions.
bool isTooLarge(const ScoreDocument& document) {
    return document.score().tracks.size() > 24 || score::noteCount(document.score()) > 20'000;
}

} // namespace

/// CONTINUO_MONKEY_ACTIONS says how many actions (2,000), CONTINUO_MONKEY_SEED which (1).
class MonkeyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void aPlantedFaultIsFound() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        Invariants invariants(studio.document);
        QVERIFY2(invariants.broken().isEmpty(), qPrintable(invariants.broken()));
        const auto note = studio.document.score().tracks[0].notes[0];
        studio.document.perform(score::insertNotes(studio.document.currentTrack(), {note}), "Twice"); // its id is taken
        QVERIFY(!invariants.broken().isEmpty());
    }

    void whateverIsPressedThePieceIsSound() {
        const auto actions = fromEnvironment("CONTINUO_MONKEY_ACTIONS", 2000);
        const auto seed = static_cast<std::uint64_t>(fromEnvironment("CONTINUO_MONKEY_SEED", 1));
        StudioFixture studio(StudioFixture::Program::None);
        studio.window.resize(1280, 720);
        studio.window.file().load(studio.demo("evening-quartet.mid"));
        Invariants invariants(studio.document);
        Monkey monkey(studio, seed);
        std::int64_t edits = 0;
        int before = 0;
        for (std::int64_t action = 1; action <= actions; ++action) {
            monkey.act();
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            edits += studio.document.history().index() != before;
            before = studio.document.history().index();
            QVERIFY2(studio.window.isVisible(), qPrintable(monkey.last));
            if (action % kCheckEvery != 0) continue;
            const auto broken = invariants.broken();
            QVERIFY2(
                broken.isEmpty(),
                qPrintable(
                    QString("after %1 actions (seed %2), last %3: %4").arg(action).arg(seed).arg(monkey.last, broken)));
            if (studio.document.history().count() > kLongHistory || isTooLarge(studio.document))
                studio.window.file().load(studio.demo("evening-quartet.mid"));
            if (action % 5000 == 0)
                qInfo("%lld actions, %lld changes of the piece", static_cast<long long>(action),
                      static_cast<long long>(edits));
        }
        qInfo("%lld actions of seed %llu, %lld changes of the piece, no invariant broken",
              static_cast<long long>(actions), static_cast<unsigned long long>(seed), static_cast<long long>(edits));
        QVERIFY(edits > actions / 100);
    }
};

QTEST_MAIN(MonkeyTest)
#include "monkey_test.moc"
