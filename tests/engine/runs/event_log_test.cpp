#include "engine/base/files.h"
#include "engine/runs/event_format.h"
#include "engine/runs/event_log.h"
#include "engine/runs/run_lock.h"

#include <QTemporaryDir>
#include <QTest>
#include <cstring>

using namespace continuo;
using namespace continuo::runs;

namespace {

/// The messages of a record file; empty where any length or checksum is wrong.
std::vector<std::string> messagesOf(std::string_view file) {
    const auto masked = [](std::string_view bytes) {
        const auto crc = crc32c(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
    };
    const auto number = [&](std::size_t at) {
        std::uint32_t value = 0;
        std::memcpy(&value, file.data() + at, sizeof value);
        return value;
    };
    std::vector<std::string> messages;
    while (!file.empty()) {
        if (file.size() < 16) return {};
        std::uint64_t length = 0;
        std::memcpy(&length, file.data(), sizeof length);
        if (number(8) != masked(file.substr(0, 8)) || file.size() < 16 + length) return {};
        if (number(12 + length) != masked(file.substr(12, length))) return {};
        messages.emplace_back(file.substr(12, length));
        file.remove_prefix(16 + length);
    }
    return messages;
}

std::string bytesAsText(double value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

} // namespace

class EventLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void crc32cIsTheStandardOne() {
        QCOMPARE(crc32c("123456789"), 0xE3069283u);
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAu); // RFC 3720, B.4
    }

    void recordsAreFramedAsTensorBoardReadsThem() {
        const QTemporaryDir folder;
        auto log = EventLog::create(folder.path().toStdString());
        QVERIFY(log);
        QVERIFY(log->append(300, 1.0, std::map<std::string, double>{{"train/loss", 2.0}}));

        const auto messages = messagesOf(base::readTextFile(log->path()).value());

        QCOMPARE(messages.size(), std::size_t{3});
        QVERIFY(messages[0].ends_with(std::string("\x1A\x0D", 2) + "brain.Event:2"));
        // wall time 1.0, step 300, summary { value { tag "train/loss" simple_value 2.0 } }, assembled by hand
        const std::string value = std::string("\x0A\x0A", 2) + "train/loss" + std::string("\x15\x00\x00\x00\x40", 5);
        const std::string expected =
            std::string("\x09\x00\x00\x00\x00\x00\x00\xF0\x3F\x10\xAC\x02\x2A\x13\x0A\x11", 16) + value;
        QCOMPARE(messages[2], expected);
        QVERIFY(log->path().filename().string().starts_with("events.out.tfevents."));
    }

    void histogramsTextsAndSoundsAreTheMessagesOfTheirProtocol() {
        const QTemporaryDir folder;
        auto log = EventLog::create(folder.path().toStdString());
        const std::vector<NamedHistogram> histograms{{"g", {-1, 1, 3, 0, 2, {0, 1}, {1, 2}}}};
        QVERIFY(log->append(1, 1.0, histograms));
        QVERIFY(log->appendText(2, 1.0, "t", "hi"));
        QVERIFY(log->appendSound(3, 1.0, "s", {8000, 1, 2, base::Bytes(3, std::byte{7})}));

        const auto messages = messagesOf(base::readTextFile(log->path()).value());

        QCOMPARE(messages.size(), std::size_t{5});
        const auto number = [](double value) { return bytesAsText(value); };
        // tensorflow/core/framework/summary.proto, assembled by hand: HistogramProto in field 5 of the value
        const auto spread = "\x09" + number(-1) + "\x11" + number(1) + "\x19" + number(3) + "\x21" + number(0) +
                            "\x29" + number(2) + "\x32\x10" + number(0) + number(1) + "\x3A\x10" + number(1) +
                            number(2);
        QVERIFY(messages[2].ends_with("\x0A\x01g\x2A" + std::string(1, static_cast<char>(spread.size())) + spread));
        // tensor_shape.proto and tensor.proto: plugin "text", a string tensor of shape [1]
        const auto plugin = std::string("\x0A\x01t\x4A\x08\x0A\x06\x0A\x04", 9) + "text";
        const std::string tensor("\x42\x0C\x08\x07\x12\x04\x12\x02\x08\x01\x42\x02hi", 14);
        QVERIFY(messages[3].ends_with(plugin + tensor));
        // Audio in field 6: rate (float), channels, frames, content, type
        const std::string sound =
            std::string("\x0D\x00\x00\xFA\x45\x10\x01\x18\x02\x22\x03\x07\x07\x07\x2A\x09", 16) + "audio/wav";
        QVERIFY(messages[4].ends_with("\x0A\x01s\x32" + std::string(1, static_cast<char>(sound.size())) + sound));
    }

    void aResumedLogStartsASession() {
        const QTemporaryDir folder;
        const auto log = EventLog::create(folder.path().toStdString(), 41);
        const auto messages = messagesOf(base::readTextFile(log->path()).value());
        QCOMPARE(messages.size(), std::size_t{2});
        QVERIFY(messages[1].ends_with(std::string("\x10\x2A\x3A\x02\x08\x01", 6))); // step 42, SessionLog START
        const auto other = EventLog::create(folder.path().toStdString());
        QVERIFY(other->path() != log->path()); // also within one second of one process
    }

    void aSoundIsReadFromItsWavFile() {
        const QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "a.wav";
        const auto head = std::string("RIFF\x2C\x00\x00\x00WAVEfmt \x10\x00\x00\x00", 20) +
                          std::string("\x01\x00\x02\x00\x40\x1F\x00\x00\x00\x7D\x00\x00\x04\x00\x10\x00", 16) + "data" +
                          std::string("\x08\x00\x00\x00", 4);
        QVERIFY(base::saveFile(file, base::bytesOf(head + std::string(8, 'x'))));
        const auto sound = readSound(file);
        QVERIFY(sound);
        QCOMPARE(sound->rate, 8000.0);
        QCOMPARE(sound->channels, std::int64_t{2});
        QCOMPARE(sound->frames, std::int64_t{2});
        for (std::size_t length = 0; length < head.size() + 8; ++length) { // cut off anywhere
            QVERIFY(base::saveFile(file, base::bytesOf((head + std::string(8, 'x')).substr(0, length))));
            QVERIFY(!readSound(file));
        }
    }

    void aFlippedBitIsNoticedByTheReaderOfThisTest() {
        const QTemporaryDir folder;
        auto log = EventLog::create(folder.path().toStdString());
        auto bytes = base::readTextFile(log->path()).value();
        bytes[14] = static_cast<char>(bytes[14] ^ 1);
        QVERIFY(messagesOf(bytes).empty());
    }

    void aRunHasOneTrainer() {
        const QTemporaryDir folder;
        const RunDirectory run{folder.path().toStdString()};
        {
            const auto first = RunLock::take(run);
            QVERIFY(first);
            const auto second = RunLock::take(run);
            QVERIFY(!second);
            QVERIFY(second.error().message.find("another trainer") != std::string::npos);
        }
        QVERIFY(RunLock::take(run));
        QVERIFY(!RunLock::take({run.root / "nowhere"}));
    }
};

QTEST_APPLESS_MAIN(EventLogTest)
#include "event_log_test.moc"
