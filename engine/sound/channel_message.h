#pragma once

#include <cstdint>

namespace continuo::sound {

/// Where messages go, as one number: the synthesizer's channels first, then sixteen channels for each MIDI output port.
using Lane = std::uint16_t;
constexpr Lane kAuditionLanes = 16; // 0..15: what noteOn() of the engine names as channels
constexpr Lane kMetronomeLane = 16;
constexpr Lane kFirstTrackLane = 17; // tracks of the score
constexpr Lane kLiveLane = 239;      // live input
/// A multiple of 16 below 256: FluidSynth 2.3 marks a voice of no channel by channel 255.
constexpr Lane kSynthesizerLanes = 240;
constexpr int kMaxPorts = 16;
constexpr Lane kLanes = kSynthesizerLanes + kMaxPorts * 16;

constexpr bool isPortLane(Lane lane) { return lane >= kSynthesizerLanes; }
constexpr int portOf(Lane lane) { return (lane - kSynthesizerLanes) / 16; }
constexpr int channelOf(Lane lane) { return isPortLane(lane) ? (lane - kSynthesizerLanes) % 16 : lane % 16; }
/// Lanes that the transport owns: those of tracks, the metronome and ports.
constexpr bool isPlaybackLane(Lane lane) { return lane >= kMetronomeLane && lane != kLiveLane; }

/// The status nibble of a channel message, and one word of our own for the synthesizer.
enum class MessageKind : std::uint8_t {
    Drums = 0x1, // first: 1 where the lane plays a drum kit; ports are never sent it
    NoteOff = 0x8,
    NoteOn = 0x9,
    KeyPressure = 0xA,
    Controller = 0xB,
    Program = 0xC,
    ChannelPressure = 0xD,
    PitchBend = 0xE, // first: low seven bits, second: high seven bits
};

struct ChannelMessage {
    Lane lane = 0;
    MessageKind kind = MessageKind::Controller;
    std::uint8_t first = 0;
    std::uint8_t second = 0;

    friend bool operator==(const ChannelMessage&, const ChannelMessage&) = default;
};

namespace controllers {
constexpr std::uint8_t kBank = 0, kModulation = 1, kDataEntry = 6, kVolume = 7, kBalance = 8, kPan = 10,
                       kExpression = 11, kBankFine = 32, kDataEntryFine = 38, kPedal = 64, kReverb = 91, kChorus = 93,
                       kUnregisteredFine = 98, kUnregistered = 99, kRegisteredFine = 100, kRegistered = 101,
                       kAllSoundOff = 120, kReset = 121, kAllNotesOff = 123;
} // namespace controllers

} // namespace continuo::sound
