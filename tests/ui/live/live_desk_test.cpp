#include "ui/live/live_desk.h"
#include "ui/live/live_panel.h"
#include "ui/live/live_stage.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/push_button.h"

#include <QSignalSpy>
#include <QTest>
#include <mutex>

using namespace continuo;
using namespace continuo::ui;

namespace {

/// A keyboard that plays what the test tells it to.
class PlayedInput : public sound::MidiInput {
public:
    std::vector<sound::LiveMessage> poll() override { return std::exchange(waiting(), {}); }
    void setThru(std::function<void(const sound::LiveMessage&)>) override {}

    static std::vector<sound::LiveMessage>& waiting() {
        static std::vector<sound::LiveMessage> messages;
        return messages;
    }
};

/// Ports as they are plugged in and out; asked on the watcher's thread.
struct FakePorts {
    std::mutex mutex;
    sound::PortList list;

    void set(sound::PortList ports) {
        const std::lock_guard lock(mutex);
        list = std::move(ports);
    }
    LiveDesk::Ports doors() {
        return {[this] {
                    const std::lock_guard lock(mutex);
                    return list;
                },
                [](const std::string& port) -> base::Result<std::unique_ptr<sound::MidiInput>> {
                    if (port == "Broken")
                        return base::failure(base::ErrorCode::DeviceUnavailable, "Broken is in use elsewhere");
                    return std::make_unique<PlayedInput>();
                }};
    }
};

struct Stand {
    FakePorts ports;
    ScoreDocument document{newPiece()};
    LiveDesk desk{document, nullptr, ports.doors()};

    void play(int pitch, double at, double length) {
        PlayedInput::waiting().push_back({at, {0x90, static_cast<std::uint8_t>(pitch), 88}, 3});
        PlayedInput::waiting().push_back({at + length, {0x80, static_cast<std::uint8_t>(pitch), 64}, 3});
    }
    std::size_t notes() const { return score::noteCount(document.score()); }
};

} // namespace

class LiveDeskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKeyboardThatIsPluggedInIsOffered() {
        Stand stand;
        auto* choice = stand.desk.panel().findChildren<ChoiceBox*>().front();

        stand.ports.set({{"Keys 37"}, {"Rack"}, {}});
        stand.desk.setActive(true);

        QTRY_COMPARE(choice->count(), 2);
        QCOMPARE(choice->itemText(1), QString("Keys 37"));
    }

    void aPhraseIsRecordedInOneUndoStep() {
        Stand stand;
        stand.desk.session().chooseInput("Keys 37");
        stand.desk.setPlayhead(score::Tick{1920}, false);
        auto* record = stand.desk.panel().findChild<PushButton*>("liveRecord");
        const double start = LiveSession::now() - 3;

        record->click();
        stand.play(60, start, 0.5);
        stand.play(64, start + 0.5, 0.5);
        stand.play(67, start + 1, 1);
        QTRY_COMPARE(stand.desk.session().recorded().notes.size(), std::size_t{3});
        record->click();

        QCOMPARE(stand.notes(), std::size_t{3});
        QCOMPARE(stand.document.history().count(), 1);
        QCOMPARE(stand.document.score().tracks[0].notes[0].onset.fromStart, std::int64_t{1920});
        QCOMPARE(stand.document.score().tracks[0].notes[1].onset.fromStart, std::int64_t{1920 + 960});
        stand.document.history().undo();
        QCOMPARE(stand.notes(), std::size_t{0});
    }

    void whatWasJustPlayedIsInsertedAndTheNetIsAskedToGoOn() {
        Stand stand;
        stand.desk.session().chooseInput("Keys 37");
        auto* go = stand.desk.panel().findChild<PushButton*>("liveContinue");
        QSignalSpy asked(&stand.desk, &LiveDesk::answerRequested);
        QVERIFY(!go->isEnabled());
        const double start = LiveSession::now() - 5;

        stand.play(60, start, 1);
        stand.play(62, start + 1, 0.9);
        QTRY_VERIFY(go->isEnabled());
        go->click();

        QCOMPARE(stand.notes(), std::size_t{2});
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<score::Tick>().fromStart, std::int64_t{3840});
        QCOMPARE(asked[0][1].toInt(), 4);
    }

    void whatWasRecordedIsNotInsertedTwice() {
        Stand stand;
        stand.desk.session().chooseInput("Keys 37");
        auto* record = stand.desk.panel().findChild<PushButton*>("liveRecord");
        const double start = LiveSession::now() - 2;
        record->click();
        stand.play(60, start, 0.5);
        QTRY_COMPARE(stand.desk.session().recorded().notes.size(), std::size_t{1});

        stand.desk.panel().findChild<PushButton*>("liveContinue")->click();

        QVERIFY(!stand.desk.session().isRecording());
        QCOMPARE(stand.notes(), std::size_t{1});
    }

    void aPortThatCannotBeOpenedSaysWhy() {
        Stand stand;
        QSignalSpy failed(&stand.desk.session(), &LiveSession::inputFailed);

        stand.desk.session().chooseInput("Broken");

        QCOMPARE(failed.size(), 1);
        QVERIFY(stand.desk.session().input().empty());
    }

    void theLettersPlayWhileTheStageHasTheKeyboard() {
        Stand stand;
        auto& stage = stand.desk.stage();
        stand.desk.centre().resize(600, 400);
        stand.desk.centre().show();
        QVERIFY(QTest::qWaitForWindowExposed(&stand.desk.centre()));
        stage.setFocus();

        QTest::keyPress(&stage, Qt::Key_Q);
        QTest::keyPress(&stage, Qt::Key_E);
        QTest::keyRelease(&stage, Qt::Key_Q);
        QTest::keyRelease(&stage, Qt::Key_E);

        const auto& notes = stand.desk.session().capture().notes();
        QCOMPARE(notes.size(), std::size_t{2});
        QCOMPARE(int{notes[0].pitch}, 60);
        QCOMPARE(int{notes[1].pitch}, 64);
        QVERIFY(!stand.desk.session().capture().isKeyDown());
    }

    void anOutputPortIsARouteOfTheTrack() {
        Stand stand;

        Q_EMIT stand.desk.panel().routeChosen("Rack");

        const auto track = stand.document.currentTrack();
        QCOMPARE(stand.document.mix().routes.at(track).port, std::string("Rack"));
        Q_EMIT stand.desk.panel().routeChosen("");
        QVERIFY(stand.document.mix().routes.empty());
    }
};

QTEST_MAIN(LiveDeskTest)
#include "live_desk_test.moc"
