#pragma once

#include "engine/base/files.h"

#include <string>
#include <vector>

/// Recipes for MIDI files as bytes, independent of the product's own writer.
namespace continuo::midi {

inline base::Bytes bytes(std::initializer_list<int> values) {
    base::Bytes result;
    for (const int value : values) result.push_back(static_cast<std::byte>(value));
    return result;
}

inline base::Bytes operator+(base::Bytes a, const base::Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

inline base::Bytes text(std::string_view text) {
    const auto span = base::bytesOf(text);
    return {span.begin(), span.end()};
}

inline base::Bytes number(std::uint32_t value, int size) {
    base::Bytes result;
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        result.push_back(static_cast<std::byte>(value >> shift & 0xFF));
    return result;
}

inline base::Bytes header(int format, int tracks, int division = 480) {
    return text("MThd") + number(6, 4) + number(static_cast<std::uint32_t>(format), 2) +
           number(static_cast<std::uint32_t>(tracks), 2) + number(static_cast<std::uint32_t>(division), 2);
}

inline base::Bytes chunk(const char* id, const base::Bytes& data) {
    return text(id) + number(static_cast<std::uint32_t>(data.size()), 4) + data;
}
inline base::Bytes track(const base::Bytes& data) { return chunk("MTrk", data); }
inline base::Bytes endOfTrack(int delta = 0) { return bytes({delta, 0xFF, 0x2F, 0}); }

/// One track of format 0 with `events` and an end.
inline base::Bytes oneTrack(const base::Bytes& events) { return header(0, 1) + track(events + endOfTrack()); }

/// C4 for 96 ticks.
inline base::Bytes note(int pitch = 60, int length = 96) {
    return bytes({0, 0x90, pitch, 80, length, 0x80, pitch, 64});
}

} // namespace continuo::midi
