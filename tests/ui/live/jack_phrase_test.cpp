#include "ui/live/live_desk.h"
#include "ui/live/live_panel.h"
#include "ui/widgets/push_button.h"

#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <RtMidi.h>
#include <algorithm>

using namespace continuo;
using namespace continuo::ui;

namespace {

constexpr int kLong = 10'000; // ms

/// A JACK server without hardware, under a name of its own; gone with this.
class DummyJack {
public:
    bool start() {
        if (QStandardPaths::findExecutable(QStringLiteral("jackd")).isEmpty()) return false;
        const auto name = QByteArray("continuo-test-") + QByteArray::number(QCoreApplication::applicationPid());
        qputenv("JACK_DEFAULT_SERVER", name);
        qputenv("JACK_NO_AUDIO_RESERVATION", "1");
        server_.setProcessChannelMode(QProcess::MergedChannels);
        server_.start(QStringLiteral("jackd"),
                      {QStringLiteral("-n"), QString::fromLatin1(name), QStringLiteral("-r"), QStringLiteral("-d"),
                       QStringLiteral("dummy"), QStringLiteral("-p"), QStringLiteral("256")});
        return server_.waitForStarted() &&
               QTest::qWaitFor(
                   [this] { return server_.state() != QProcess::Running || sound::listPorts().unavailable.empty(); },
                   kLong) &&
               server_.state() == QProcess::Running;
    }
    QString said() { return QString::fromUtf8(server_.readAll()); }
    ~DummyJack() {
        server_.terminate();
        if (!server_.waitForFinished(3000)) server_.kill();
        server_.waitForFinished(1000);
    }

private:
    QProcess server_;
};

} // namespace

class JackPhraseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aVirtualPortPlaysAPhraseThatIsRecordedAndContinued() {
        DummyJack jack;
        if (!jack.start())
            QSKIP(qPrintable("a JACK server with the dummy driver cannot run here: " + jack.said().right(300)));
        RtMidiOut keyboard(RtMidi::UNIX_JACK, "Test keyboard"); // a program of its own, as others see it
        keyboard.openVirtualPort("keys");
        ScoreDocument document(newPiece());
        LiveDesk desk(document, nullptr, LiveDesk::systemPorts());
        QSignalSpy asked(&desk, &LiveDesk::answerRequested);
        const auto inputs = sound::listPorts().inputs;
        const auto port = std::ranges::find_if(
            inputs, [](const auto& name) { return name.find("Test keyboard") != std::string::npos; });
        QVERIFY(port != inputs.end());

        desk.session().chooseInput(*port);
        QCOMPARE(desk.session().input(), *port);
        desk.panel().findChild<PushButton*>("liveRecord")->click();
        for (const int pitch : {60, 64, 67}) {
            const std::vector<unsigned char> on{0x90, static_cast<unsigned char>(pitch), 90}, off{0x80, on[1], 64};
            keyboard.sendMessage(&on);
            QTRY_VERIFY_WITH_TIMEOUT(desk.session().capture().isKeyDown(), kLong);
            keyboard.sendMessage(&off);
            QTRY_VERIFY_WITH_TIMEOUT(!desk.session().capture().isKeyDown(), kLong);
        }
        desk.panel().findChild<PushButton*>("liveContinue")->click();

        QCOMPARE(score::noteCount(document.score()), std::size_t{3});
        QCOMPARE(document.history().count(), 1);
        QCOMPARE(int{document.score().tracks[0].notes[2].pitch}, 67);
        QCOMPARE(asked.size(), 1);
    }
};

QTEST_MAIN(JackPhraseTest)
#include "jack_phrase_test.moc"
