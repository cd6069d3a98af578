#include "engine/sound/midi_ports.h"
#include "engine/sound/quiet_libraries.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace continuo::sound;

namespace {

/// A JACK server of our own with the dummy driver, under a name that nothing else uses; ended with this object.
class DummyServer {
public:
    DummyServer() {
        const auto name = "continuo-test-" + QByteArray::number(QCoreApplication::applicationPid());
        qputenv("JACK_DEFAULT_SERVER", name);
        qputenv("JACK_NO_AUDIO_RESERVATION", "1");
        const auto program = QStandardPaths::findExecutable("jackd");
        if (program.isEmpty()) return;
        server_.setProcessChannelMode(QProcess::MergedChannels);
        server_.start(program, {"-n", name, "-r", "-d", "dummy", "-r", "48000", "-p", "256"});
        for (int attempt = 0; attempt < 50 && server_.state() != QProcess::NotRunning && !runs_; ++attempt) {
            server_.waitForReadyRead(100);
            runs_ = jackRuns();
        }
    }
    ~DummyServer() {
        server_.terminate();
        if (!server_.waitForFinished(3000)) server_.kill(), server_.waitForFinished(3000);
    }
    DummyServer(const DummyServer&) = delete;
    DummyServer& operator=(const DummyServer&) = delete;
    bool runs() const { return runs_; }
    QByteArray said() { return server_.readAll(); }

private:
    QProcess server_;
    bool runs_ = false;
};

} // namespace

class MidiPortsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAnInterfaceThereIsAReasonAndNoCrash() {
        qputenv("JACK_DEFAULT_SERVER", "continuo-test-no-such-server");
        const auto ports = listPorts();
        if (!ports.unavailable.empty()) {
            QVERIFY(ports.inputs.empty() && ports.outputs.empty());
            const auto input = MidiInput::open("");
            QVERIFY(!input.has_value());
            QVERIFY(!input.error().message.empty());
            QVERIFY(!MidiOutput::open("nothing").has_value());
        }
    }

    void aPhraseReachesOurVirtualInputOverJack() {
        DummyServer server;
        if (!server.runs()) QSKIP(qPrintable("jackd does not run here: " + server.said().trimmed().right(200)));
        auto input = MidiInput::open("");
        QVERIFY2(input.has_value(), input ? "" : input.error().message.c_str());
        std::atomic<int> thru{0};
        (*input)->setThru([&](const LiveMessage&) { ++thru; });
        // A second client of the server: our output object connects to the input's port by name. Our own ports are left
        // out of listPorts(), so the name is the one JACK gives it.
        auto output = MidiOutput::open("Continuo:Continuo in");
        QVERIFY2(output.has_value(), output ? "" : output.error().message.c_str());

        for (std::uint8_t i = 0; i < 10; ++i) {
            const std::uint8_t on[3] = {0x90, static_cast<std::uint8_t>(60 + i), 90};
            (*output)->send(on, 3);
        }
        (*output)->silence();

        std::vector<LiveMessage> received;
        const auto arrived = [&] {
            for (const auto& message : (*input)->poll()) received.push_back(message);
            return received.size() >= 23;
        };
        QTRY_VERIFY_WITH_TIMEOUT(arrived(), 5000);
        QCOMPARE(received.size(), std::size_t{23}); // 10 on, 10 off, pedal, all notes off, all sound off
        for (std::uint8_t i = 0; i < 10; ++i) {
            QCOMPARE(received[i].bytes[1], static_cast<std::uint8_t>(60 + i));
            QCOMPARE(received[10 + i].bytes[0], std::uint8_t{0x80});
        }
        QCOMPARE(received[20].bytes[1], std::uint8_t{64});
        QCOMPARE(received[22].bytes[1], std::uint8_t{120});
        for (std::size_t i = 1; i < received.size(); ++i) QVERIFY(received[i].time >= received[i - 1].time - 0.001);
        QCOMPARE(thru.load(), 23);
    }
};

QTEST_GUILESS_MAIN(MidiPortsTest)
#include "midi_ports_test.moc"
