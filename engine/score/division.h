#pragma once

#include <cstdint>

namespace continuo::score {

/// What a tick is, as the header of a standard MIDI file says it (SMF 1.0, "division").
struct Division {
    /// Ticks a quarter note; 0 where the file counts SMPTE frames.
    std::uint16_t ticksPerQuarter = 960;
    /// Frames a second as nominal number 24, 25, 29 (meaning 30000/1001) or 30; 0 where metrical.
    std::uint8_t framesPerSecond = 0;
    std::uint8_t ticksPerFrame = 0;

    bool isMetrical() const { return framesPerSecond == 0; }
    /// SMPTE only: real ticks a second.
    double ticksPerSecond() const {
        const double frames = framesPerSecond == 29 ? 30000.0 / 1001.0 : framesPerSecond;
        return frames * ticksPerFrame;
    }
    /// The grid a quarter note has on screen and for tokenizers; SMPTE files count half a second as one.
    std::int64_t quarter() const {
        return isMetrical() ? ticksPerQuarter : static_cast<std::int64_t>(ticksPerSecond() / 2 + 0.5);
    }
    friend bool operator==(const Division&, const Division&) = default;
};

} // namespace continuo::score
