#pragma once

#include "engine/base/result.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace continuo::sound {

/// A short MIDI message with the time of its arrival at the driver, in seconds on the monotonic clock.
struct LiveMessage {
    double time = 0;
    std::array<std::uint8_t, 3> bytes{};
    std::uint8_t size = 0;
};

/// Names of ports, of the first of JACK and ALSA that is there; empty (with a reason) where none is.
struct PortList {
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::string unavailable; // why there are no ports at all, in a sentence; empty where an interface works
};
PortList listPorts();

/// An open input. Messages wait in a lock-free queue; poll() from the GUI thread.
class MidiInput {
public:
    /// Empty name: our own virtual port "Continuo in", where the interface has such.
    static base::Result<std::unique_ptr<MidiInput>> open(const std::string& port);
    virtual ~MidiInput() = default;
    virtual std::vector<LiveMessage> poll() = 0;
    /// Called on the MIDI thread for each message, before it is queued; set once, before the first message. No locks,
    /// no Qt.
    virtual void setThru(std::function<void(const LiveMessage&)> thru) = 0;
};

class MidiOutput {
public:
    static base::Result<std::unique_ptr<MidiOutput>> open(const std::string& port);
    virtual ~MidiOutput() = default;
    virtual void send(const std::uint8_t* bytes, std::size_t size) = 0;
    /// A note-off for each note this object switched on, then pedal up and all notes off.
    virtual void silence() = 0;
};

} // namespace continuo::sound
