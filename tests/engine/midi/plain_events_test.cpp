#include "engine/base/random.h"
#include "engine/corpus/dataset.h"
#include "engine/midi/importer.h"
#include "engine/midi/midi_file_writer.h"

#include <QTest>

using namespace continuo;
using namespace continuo::midi;

/// A file is read by runs of plain events where nobody asks for every event's fate, and event by event where the writer
/// does: the same score, the same report.
class PlainEventsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readingInRunsGivesWhatReadingEventByEventGives() {
        const auto set = *corpus::Dataset::open("counterpoint");
        base::Random random(3);
        std::size_t accepted = 0;
        for (int i = 0; i < 1500; ++i) {
            auto bytes = midi::write(set.score(static_cast<std::size_t>(random.below(set.size()))));
            for (auto faults = random.below(6); faults > 0; --faults) // bytes anywhere behind the header, of any value
                bytes[14 + random.below(bytes.size() - 14)] = static_cast<std::byte>(random.below(256));
            const auto shared = std::make_shared<const base::Bytes>(bytes);
            const auto runs = importBytes(shared, false), events = importBytes(shared, true);
            QCOMPARE(runs.has_value(), events.has_value());
            if (!runs) continue;
            ++accepted;
            QVERIFY(runs->result.score == events->result.score);
            QCOMPARE(runs->result.noteOns, events->result.noteOns);
            QCOMPARE(runs->result.seconds, events->result.seconds);
            QVERIFY(std::ranges::equal(runs->result.report.lines, events->result.report.lines,
                                       [](const auto& a, const auto& b) {
                                           return a.verdict == b.verdict && a.offset == b.offset && a.text == b.text;
                                       }));
        }
        QVERIFY(accepted > 500);
    }

    void aRunHandsOnEachEventOnceAndStopsAtWhatIsNotPlain() {
        // note-on, running note-on with a two-byte delta, program, tempo, note-off
        const std::array<unsigned char, 24> raw{0x00, 0x90, 60, 1, 0x81, 0x00, 61,   2,    0x05, 0xC3, 7, 0x00,
                                                0xFF, 0x51, 3,  7, 7,    7,    0x00, 0x80, 60,   64,   0, 0};
        const auto bytes = std::as_bytes(std::span(raw));
        EventScanner scanner(bytes, 0, bytes.size(), nullptr);
        std::vector<std::int64_t> ticks;
        std::vector<std::uint64_t> bodies;
        const auto visit = [&](std::int64_t tick, std::uint64_t body, std::uint8_t, std::uint8_t, std::uint8_t) {
            ticks.push_back(tick);
            bodies.push_back(body);
        };
        QCOMPARE(scanner.plainEvents(100, visit), std::size_t{3});
        QCOMPARE(ticks, (std::vector<std::int64_t>{0, 128, 133}));
        QCOMPARE(bodies, (std::vector<std::uint64_t>{1, 6, 9}));
        QCOMPARE(scanner.position(), std::uint64_t{11});
        RawEvent event;
        QVERIFY(scanner.next(event) && event.isMeta(kMetaTempo));
        QCOMPARE(scanner.plainEvents(0, visit), std::size_t{0});
        QVERIFY(scanner.next(event) && event.isNoteOff());
        QCOMPARE(event.offset, std::uint64_t{18});
        QCOMPARE(event.body, std::uint64_t{19});
        QCOMPARE(event.end, std::uint64_t{22});
        QVERIFY(!event.running);
    }
};

QTEST_APPLESS_MAIN(PlainEventsTest)
#include "plain_events_test.moc"
