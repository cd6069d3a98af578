#include "engine/midi/meta_reader.h"

namespace continuo::midi {

std::optional<score::TempoEvent> readTempo(base::ByteSpan bytes, const RawEvent& event, ImportReport& report) {
    if (event.payloadSize() < 3) {
        report.add(Verdict::Skip, event.body, "a tempo event is too short; it is kept but has no effect");
        return std::nullopt;
    }
    if (event.payloadSize() > 3)
        report.add(Verdict::Note, event.body, "a tempo event is too long; its first three bytes count");
    const auto microseconds = bigEndian(bytes, event.payload, 3);
    if (microseconds == 0) {
        report.add(Verdict::Repair, event.body, "a tempo of 0 is kept but has no effect");
        return std::nullopt;
    }
    return score::TempoEvent{.microsecondsPerQuarter = microseconds};
}

std::optional<score::MeterEvent> readMeter(base::ByteSpan bytes, const RawEvent& event, ImportReport& report) {
    if (event.payloadSize() < 2) {
        report.add(Verdict::Skip, event.body, "a meter event is too short; it is kept but has no effect");
        return std::nullopt;
    }
    const auto byte = [&](std::uint64_t i, std::uint8_t otherwise) {
        return i < event.payloadSize() ? byteAt(bytes, event.payload + i) : otherwise;
    };
    if (event.payloadSize() < 4)
        report.add(Verdict::Note, event.body, "a meter event is short; the usual clicks are taken");
    if (byte(0, 0) == 0 || byte(1, 0) > 7) {
        report.add(Verdict::Repair, event.body, "a meter that makes no sense is kept; the one before it goes on");
        return std::nullopt;
    }
    return score::MeterEvent{.numerator = byte(0, 4),
                             .denominatorPower = byte(1, 2),
                             .clocksPerClick = byte(2, 24),
                             .thirtySecondsPerQuarter = byte(3, 8)};
}

std::optional<score::KeyEvent> readKey(base::ByteSpan bytes, const RawEvent& event, ImportReport& report) {
    const auto sharps =
        event.payloadSize() < 2 ? std::int8_t{127} : static_cast<std::int8_t>(byteAt(bytes, event.payload));
    if (sharps < -7 || sharps > 7 || byteAt(bytes, event.payload + 1) > 1) {
        report.add(Verdict::Note, event.body, "a key that does not exist is kept but not shown");
        return std::nullopt;
    }
    return score::KeyEvent{.sharps = sharps, .minor = byteAt(bytes, event.payload + 1) == 1};
}

} // namespace continuo::midi
