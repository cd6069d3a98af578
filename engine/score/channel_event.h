#pragma once

#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <cstdint>

namespace continuo::score {

/// The channel messages that are not notes, by their MIDI status nibble.
enum class ChannelEventKind : std::uint8_t {
    KeyPressure = 0xA,     // first: key, second: pressure
    Controller = 0xB,      // first: number, second: value
    Program = 0xC,         // first: program; second unused
    ChannelPressure = 0xD, // first: pressure; second unused
    PitchBend = 0xE,       // first: low seven bits, second: high seven bits; centre 0, 64
};

struct ChannelEvent {
    EventId id{};
    Tick at;
    ChannelEventKind kind = ChannelEventKind::Controller;
    std::uint8_t first = 0;
    std::uint8_t second = 0;

    friend auto operator<=>(const ChannelEvent&, const ChannelEvent&) = default;
};

/// File order at equal ticks: ids grow in the order of the file.
struct EventOrder {
    template <typename Event>
    bool operator()(const Event& a, const Event& b) const {
        return a.at != b.at ? a.at < b.at : a.id < b.id;
    }
};

} // namespace continuo::score
