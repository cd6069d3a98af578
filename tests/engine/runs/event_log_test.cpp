#include "engine/base/files.h"
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
        QVERIFY(log->append(300, 1.0, {{"train/loss", 2.0}}));

        const auto messages = messagesOf(base::readTextFile(log->path()).value());

        QCOMPARE(messages.size(), std::size_t{2});
        QVERIFY(messages[0].ends_with(std::string("\x1A\x0D", 2) + "brain.Event:2"));
        // wall time 1.0, step 300, summary { value { tag "train/loss" simple_value 2.0 } }, assembled by hand
        const std::string value = std::string("\x0A\x0A", 2) + "train/loss" + std::string("\x15\x00\x00\x00\x40", 5);
        const std::string expected =
            std::string("\x09\x00\x00\x00\x00\x00\x00\xF0\x3F\x10\xAC\x02\x2A\x13\x0A\x11", 16) + value;
        QCOMPARE(messages[1], expected);
        QVERIFY(log->path().filename().string().starts_with("events.out.tfevents."));
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
