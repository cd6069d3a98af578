#pragma once

#include "engine/midi/import_report.h"
#include "engine/midi/midi_file_format.h"

namespace continuo::midi {

/// Walks the events of one track chunk, forward, once. Reader and writer see the same events because both use this.
class EventScanner {
public:
    /// How the walk ended.
    enum class End { Running, EndOfTrack, OutOfBytes, Truncated, Unreadable };

    /// Reads from `begin` and never beyond `end`. Oddities go to `report` where it is not null.
    EventScanner(base::ByteSpan bytes, std::uint64_t begin, std::uint64_t end, ImportReport* report);

    /// The next event; false at the end of the chunk, where end() tells why. The end-of-track event is delivered first.
    bool next(RawEvent& event) { return nextPlain(event) || nextAny(event); }

    /// Hands the events that files are full of, whole channel messages behind a delta time of one or two bytes, to
    /// `visit(tick, body, status, first, second)`, one after the other; body is the offset behind the delta time. Stops
    /// after `most` events, and before one that is not so plain: next() would have given the same, event by event.
    /// Returns how many there were.
    template <typename Visit>
    std::size_t plainEvents(std::size_t most, Visit visit);

    End ending() const { return ending_; }
    std::uint64_t position() const { return at_; }
    std::int64_t tick() const { return tick_; }

private:
    enum class Length { Good, Cut, TooLong };
    bool nextPlain(RawEvent& event);
    bool nextAny(RawEvent& event);
    Length readLength(std::uint32_t& value);
    bool readDelta(std::uint32_t& delta);
    bool readChannel(RawEvent& event, std::uint8_t status);
    bool readMeta(RawEvent& event);
    bool readSysex(RawEvent& event, std::uint8_t status);
    bool readStray(RawEvent& event, std::uint8_t status);
    bool readPayload(RawEvent& event);
    bool skipToStatus(RawEvent& event);
    bool stop(End why);
    void note(Verdict verdict, std::uint64_t offset, const char* text);

    base::ByteSpan bytes_;
    std::uint64_t at_;
    std::uint64_t end_;
    ImportReport* report_;
    std::int64_t tick_ = 0;
    std::uint8_t running_ = 0;
    bool interrupted_ = false; // a meta or sysex event came since the last channel event
    bool resynced_ = false;    // the next byte is a status without a delta time before it
    End ending_ = End::Running;
};

template <typename Visit>
std::size_t EventScanner::plainEvents(std::size_t most, Visit visit) {
    constexpr std::uint64_t kLongest = 5;
    if (resynced_ || ending_ != End::Running) return 0;
    // Beside the caller's writes the members would be read again and again.
    const auto bytes = bytes_;
    const auto end = end_;
    auto at = at_;
    auto tick = tick_;
    std::uint8_t running = interrupted_ ? std::uint8_t{0} : running_;
    std::size_t count = 0;
    for (; count < most && end - at >= kLongest; ++count) {
        auto next = at;
        std::uint32_t delta = byteAt(bytes, next++);
        if (delta >= 0x80) {
            const auto low = byteAt(bytes, next++);
            if (low >= 0x80) break;
            delta = (delta & 0x7F) << 7 | low;
        }
        const auto body = next;
        auto status = byteAt(bytes, next);
        if (status >= 0xF0) break;
        if (status < 0x80) {
            if (running == 0) break;
            status = running;
        } else {
            ++next;
        }
        const auto first = byteAt(bytes, next++);
        const bool one = (status & 0xE0) == 0xC0;
        const std::uint8_t second = one ? std::uint8_t{0} : byteAt(bytes, next++);
        if ((first | second) >= 0x80) break;
        tick += delta;
        at = next;
        running = status;
        visit(tick, body, status, first, second);
    }
    if (count == 0) return 0;
    at_ = at;
    tick_ = tick;
    running_ = running;
    interrupted_ = false;
    return count;
}

inline bool EventScanner::nextPlain(RawEvent& event) {
    const auto offset = at_;
    const auto take = [&](std::int64_t tick, std::uint64_t body, std::uint8_t status, std::uint8_t first,
                          std::uint8_t second) {
        const bool running = byteAt(bytes_, body) < 0x80;
        event = {tick, offset, body, 0, body, RawEvent::Kind::Channel, status, first, second, running};
    };
    if (plainEvents(1, take) == 0) return false;
    event.end = at_;
    return true;
}

} // namespace continuo::midi
