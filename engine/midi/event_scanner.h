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
    bool next(RawEvent& event);

    End ending() const { return ending_; }
    std::uint64_t position() const { return at_; }
    std::int64_t tick() const { return tick_; }

private:
    enum class Length { Good, Cut, TooLong };
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

} // namespace continuo::midi
