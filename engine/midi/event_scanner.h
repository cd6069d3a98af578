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
    bool next(RawEvent& event) { return nextPlainChannel(event) || nextAny(event); }

    End ending() const { return ending_; }
    std::uint64_t position() const { return at_; }
    std::int64_t tick() const { return tick_; }

private:
    enum class Length { Good, Cut, TooLong };
    bool nextPlainChannel(RawEvent& event);
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

/// The event that files are full of: a whole channel message behind a delta time of one or two bytes. All else, and
/// everything odd, is left to nextAny(), which would read the same.
inline bool EventScanner::nextPlainChannel(RawEvent& event) {
    constexpr std::uint64_t kLongest = 5;
    if (end_ - at_ < kLongest || resynced_ || ending_ != End::Running) return false;
    auto at = at_;
    std::uint32_t delta = byteAt(bytes_, at++);
    if (delta >= 0x80) {
        const auto low = byteAt(bytes_, at++);
        if (low >= 0x80) return false;
        delta = (delta & 0x7F) << 7 | low;
    }
    const auto body = at;
    auto status = byteAt(bytes_, at);
    const bool running = status < 0x80;
    if (running) {
        if (running_ == 0 || interrupted_) return false;
        status = running_;
    } else {
        if (status >= 0xF0) return false;
        ++at;
    }
    const auto first = byteAt(bytes_, at++);
    const bool one = (status & 0xE0) == 0xC0;
    const std::uint8_t second = one ? std::uint8_t{0} : byteAt(bytes_, at++);
    if ((first | second) >= 0x80) return false;
    event = {tick_ + delta, at_, body, at, body, RawEvent::Kind::Channel, status, first, second, running};
    tick_ = event.tick;
    at_ = at;
    running_ = status;
    interrupted_ = false;
    return true;
}

} // namespace continuo::midi
