#pragma once

#include "engine/score/score_edit.h"

#include <string>

namespace continuo::score {

/// One stream of values of a track: a controller, the pressure of the channel or of one key, pitch bend, or the
/// programs.
struct ControlLine {
    ChannelEventKind kind = ChannelEventKind::Controller;
    std::uint8_t number = 1; // of the controller, or the key; 0 for the others

    static ControlLine controller(int number) {
        return {ChannelEventKind::Controller, static_cast<std::uint8_t>(number)};
    }
    static ControlLine keyPressure(int key) { return {ChannelEventKind::KeyPressure, static_cast<std::uint8_t>(key)}; }
    static ControlLine channelPressure() { return {ChannelEventKind::ChannelPressure, 0}; }
    static ControlLine pitchBend() { return {ChannelEventKind::PitchBend, 0}; }
    static ControlLine program() { return {ChannelEventKind::Program, 0}; }

    friend auto operator<=>(const ControlLine&, const ControlLine&) = default;
};

/// 0..127; -8192..8191 for pitch bend.
struct ValueBounds {
    int low = 0;
    int high = 127;
    int bounded(double value) const;
};
ValueBounds boundsOf(ControlLine line);

ControlLine lineOf(const ChannelEvent& event);
int valueOf(const ChannelEvent& event);
/// The event with another value, kept within its bounds.
ChannelEvent withValue(ChannelEvent event, int value);
ChannelEvent eventOf(ControlLine line, EventId id, Tick at, int value);

/// What a receiver does before anything is said: volume 100, pan and balance 64, expression 127 (General MIDI 1;
/// RP-015), the others 0.
int initialValueOf(ControlLine line);
/// In force at `at`: of the last event at or before it.
int valueAt(const Track& track, ControlLine line, Tick at);

/// The events of one line, in EventOrder.
std::vector<ChannelEvent> eventsOf(const Track& track, ControlLine line);

/// Controllers 64 to 69 are pedals and switches: down from 64 on.
bool isSwitch(ControlLine line);
inline constexpr int kSwitchOn = 64;

/// Whether it shapes the sound of notes, so that it may go with them: not programs, banks, parameter numbers and their
/// data, nor channel mode messages.
bool shapesNotes(ControlLine line);

/// The name in the MIDI 1.0 specification, table 3 ("Modulation", "Sound brightness"); of unnamed ones "Controller 3".
std::string controllerName(int number);

/// What became of the events of a track, as an edit; the two lists may be in any order. What is alike in both stays.
ScoreEdit changedEvents(TrackId track, std::vector<ChannelEvent> before, std::vector<ChannelEvent> after);

} // namespace continuo::score
