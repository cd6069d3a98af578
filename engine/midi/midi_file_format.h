#pragma once

#include "engine/base/files.h"
#include "engine/score/division.h"

#include <cstdint>
#include <string_view>

/// What a standard MIDI file is made of (SMF 1.0, MIDI Manufacturers Association RP-001), and how much of it is taken.
namespace continuo::midi {

struct Limits {
    std::uint64_t fileBytes = std::uint64_t{512} << 20;
    std::size_t events = std::size_t{16} << 20;
    std::int64_t ticks = std::int64_t{1} << 53;
    std::size_t reportLines = 200;
    std::size_t junkBeforeHeader = 1024;
    double longSongSeconds = 24 * 3600.0;
};
inline constexpr Limits kLimits;

inline constexpr std::string_view kHeaderId = "MThd";
inline constexpr std::string_view kTrackId = "MTrk";

enum MetaType : std::uint8_t {
    kMetaText = 0x01,
    kMetaTrackName = 0x03,
    kMetaMarker = 0x06,
    kMetaCue = 0x07,
    kMetaPort = 0x21,
    kMetaEndOfTrack = 0x2F,
    kMetaTempo = 0x51,
    kMetaMeter = 0x58,
    kMetaKey = 0x59,
};

/// One event as it stands in the file. Bytes are referred to by offset, never copied.
struct RawEvent {
    enum class Kind : std::uint8_t { Channel, Meta, Sysex, Escape, Stray };

    std::int64_t tick = 0;
    std::uint64_t offset = 0;  // of the delta time
    std::uint64_t body = 0;    // first byte after the delta time
    std::uint64_t end = 0;     // one past the last byte
    std::uint64_t payload = 0; // meta, sysex, escape: first byte of the data
    Kind kind = Kind::Stray;
    std::uint8_t status = 0; // channel events: also where it was running; else the first byte
    std::uint8_t first = 0;  // data bytes, or the type of a meta event
    std::uint8_t second = 0;
    bool running = false; // the status byte was left out

    std::uint64_t payloadSize() const { return end - payload; }
    int channel() const { return status & 0x0F; }
    bool isNoteOn() const { return kind == Kind::Channel && (status & 0xF0) == 0x90 && second > 0; }
    bool isNoteOff() const {
        return kind == Kind::Channel && ((status & 0xF0) == 0x80 || ((status & 0xF0) == 0x90 && second == 0));
    }
    bool isMeta(MetaType type) const { return kind == Kind::Meta && first == type; }
};

inline std::uint8_t byteAt(base::ByteSpan bytes, std::uint64_t at) { return static_cast<std::uint8_t>(bytes[at]); }

inline std::uint32_t bigEndian(base::ByteSpan bytes, std::uint64_t at, int size) {
    std::uint32_t value = 0;
    for (int i = 0; i < size; ++i) value = value << 8 | byteAt(bytes, at + static_cast<std::uint64_t>(i));
    return value;
}

inline bool hasText(base::ByteSpan bytes, std::uint64_t at, std::string_view text) {
    return at + text.size() <= bytes.size() && base::textOf(bytes.subspan(at, text.size())) == text;
}

} // namespace continuo::midi
