#pragma once

#include "engine/midi/byte_writer.h"
#include "engine/score/score.h"

#include <vector>

namespace continuo::midi {

/// An event that is not (or no longer) in the source, ready to be placed. `order` decides among new ones at one tick.
struct NewEvent {
    enum Order { kMeta, kChannel, kOff, kOn, kZeroLengthOff };

    std::int64_t tick = 0;
    Order order = kMeta;
    base::Bytes bytes; // without the delta time, status byte included

    int status() const { return static_cast<int>(bytes[0]); }
    bool isChannel() const { return status() < 0xF0; }
};

NewEvent noteOnEvent(const score::Track& track, const score::Note& note);
NewEvent noteOffEvent(const score::Track& track, const score::Note& note);
NewEvent channelEvent(const score::Track& track, const score::ChannelEvent& event);
NewEvent tempoEvent(const score::TempoEvent& event);
NewEvent meterEvent(const score::MeterEvent& event);
NewEvent keyEvent(const score::KeyEvent& event);
NewEvent scaleEvent(const score::ScaleEvent& event);
NewEvent chordEvent(const score::ChordEvent& event);
NewEvent markerEvent(const score::MarkerEvent& event);
NewEvent rampEvent(const score::TempoRamp& event);
NewEvent nameEvent(const std::string& name);
NewEvent portEvent(int port);

/// By tick, then order; the rest stays as it came.
void sortNewEvents(std::vector<NewEvent>& events);

} // namespace continuo::midi
