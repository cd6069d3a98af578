#include "engine/sound/midi_ports.h"

#include "engine/base/spsc_queue.h"
#include "engine/sound/quiet_libraries.h"
#include "engine/sound/sounding_table.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <optional>
#include <rtmidi/RtMidi.h>

namespace continuo::sound {
namespace {

constexpr const char* kClient = "Continuo";
constexpr std::size_t kInputQueue = 4096;

double monotonicSeconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Interface {
    RtMidi::Api api = RtMidi::UNSPECIFIED;
    std::string unavailable;
};

// RtMidi writes warnings to the error stream unless it is given somewhere else to say them.
void noteError(RtMidiError::Type type, const std::string& text, void* into) {
    if (into && type != RtMidiError::DEBUG_WARNING) *static_cast<std::string*>(into) = text;
}

/// The first interface that works: JACK where a server runs, else ALSA, whose constructor throws where the kernel has
/// no sequencer.
Interface findInterface() {
    if (jackRuns()) return {RtMidi::UNIX_JACK, {}};
    try {
        RtMidiIn probe(RtMidi::LINUX_ALSA, kClient);
        return {RtMidi::LINUX_ALSA, {}};
    } catch (const RtMidiError&) {
        return {RtMidi::UNSPECIFIED,
                "No MIDI ports: no JACK server runs and ALSA has no sequencer on this machine; connect a "
                "device or start JACK"};
    }
}

base::Error unavailable(const std::string& what, const std::string& why) {
    return {base::ErrorCode::DeviceUnavailable, what + ": " + why};
}

/// A port's name without ALSA's changing client and port numbers at its end ("Keystation MIDI 1 20:0").
std::string stableName(const std::string& name) {
    const auto space = name.rfind(' ');
    if (space == std::string::npos || space + 1 == name.size()) return name;
    const auto tail = name.substr(space + 1);
    const bool numbers =
        tail.find(':') != std::string::npos && tail.find_first_not_of("0123456789:") == std::string::npos;
    return numbers ? name.substr(0, space) : name;
}

std::vector<std::string> namesOf(RtMidi& ports) {
    std::vector<std::string> names;
    for (unsigned i = 0; i < ports.getPortCount(); ++i) names.push_back(stableName(ports.getPortName(i)));
    return names;
}

bool isOurs(const std::string& name) { return name.starts_with(std::string(kClient) + ":"); }

std::optional<unsigned> findPort(RtMidi& ports, const std::string& name) {
    const auto names = namesOf(ports);
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<unsigned>(found - names.begin());
}

/// Opens `port`, or a virtual port named `own` where it is empty.
void connect(RtMidi& midi, const std::string& port, const std::string& own, std::string& problem) {
    if (port.empty()) return midi.openVirtualPort(own);
    const auto number = findPort(midi, port);
    if (!number) {
        problem = "there is no port of this name now; connect the device or choose another";
        return;
    }
    midi.openPort(*number, own);
}

class RtInput : public MidiInput {
public:
    explicit RtInput(RtMidi::Api api) : midi_(api, kClient) { midi_.setErrorCallback(noteError, &problem_); }
    ~RtInput() override { midi_.closePort(); }

    base::Status openPort(const std::string& port) {
        midi_.ignoreTypes(/*sysex=*/true, /*time=*/true, /*sense=*/true);
        midi_.setCallback(arrived, this);
        connect(midi_, port, "Continuo in", problem_);
        if (!problem_.empty())
            return base::failure(unavailable("the MIDI input '" + port + "' was not opened", problem_));
        return {};
    }

    std::vector<LiveMessage> poll() override {
        std::vector<LiveMessage> messages;
        while (const auto message = queue_.pop()) messages.push_back(*message);
        return messages;
    }

    void setThru(std::function<void(const LiveMessage&)> thru) override {
        thru_ = std::move(thru);
        hasThru_.store(true, std::memory_order_release);
    }

private:
    // MIDI thread.
    static void arrived(double sinceLast, std::vector<unsigned char>* bytes, void* self) {
        if (bytes->empty() || bytes->size() > 3) return;
        auto& input = *static_cast<RtInput*>(self);
        LiveMessage message;
        message.time = input.stamp(sinceLast);
        message.size = static_cast<std::uint8_t>(bytes->size());
        std::ranges::copy(*bytes, message.bytes.begin());
        if (input.hasThru_.load(std::memory_order_acquire)) input.thru_(message);
        input.queue_.push(message);
    }

    // The driver says distances; they are laid on our clock and set right where the two drift apart.
    double stamp(double sinceLast) {
        const double now = monotonicSeconds();
        time_ = time_ > 0 ? time_ + sinceLast : now;
        if (std::abs(time_ - now) > 0.05) time_ = now;
        return time_;
    }

    std::string problem_;
    base::SpscQueue<LiveMessage> queue_{kInputQueue};
    std::function<void(const LiveMessage&)> thru_;
    std::atomic<bool> hasThru_{false};
    double time_ = 0;
    RtMidiIn midi_; // last: its thread ends before the rest goes
};

class RtOutput : public MidiOutput {
public:
    explicit RtOutput(RtMidi::Api api) : midi_(api, kClient) { midi_.setErrorCallback(noteError, &problem_); }
    ~RtOutput() override { silence(); }

    base::Status openPort(const std::string& port) {
        connect(midi_, port, "Continuo out", problem_);
        if (!problem_.empty())
            return base::failure(unavailable("the MIDI output '" + port + "' was not opened", problem_));
        return {};
    }

    void send(const std::uint8_t* bytes, std::size_t size) override {
        if (size == 0) return;
        follow(bytes, size);
        midi_.sendMessage(bytes, size);
    }

    void silence() override {
        for (std::uint8_t channel = 0; channel < 16; ++channel) {
            if (!used_[channel]) continue;
            sounding_.forEach(channel, [&](std::uint8_t key) { sendShort(0x80 | channel, key, 64); });
            sendShort(0xB0 | channel, controllers::kPedal, 0);
            sendShort(0xB0 | channel, controllers::kAllNotesOff, 0);
            sendShort(0xB0 | channel, controllers::kAllSoundOff, 0);
        }
    }

private:
    void sendShort(int status, int first, int second) {
        const std::uint8_t bytes[3] = {static_cast<std::uint8_t>(status), static_cast<std::uint8_t>(first),
                                       static_cast<std::uint8_t>(second)};
        send(bytes, 3);
    }

    void follow(const std::uint8_t* bytes, std::size_t size) {
        const auto channel = static_cast<std::uint8_t>(bytes[0] & 15);
        if (bytes[0] >= 0x80 && bytes[0] < 0xF0) used_[channel] = true;
        const int kind = bytes[0] >> 4;
        if (size == 3 && (kind == 8 || kind == 9)) sounding_.set(channel, bytes[1] & 127, kind == 9 && bytes[2] > 0);
    }

    std::string problem_;
    SoundingTable sounding_; // of its lanes only the sixteen channels
    std::array<bool, 16> used_{};
    RtMidiOut midi_;
};

template <typename Port, typename Interface>
base::Result<std::unique_ptr<Interface>> openPort(const std::string& port) {
    const auto found = findInterface();
    if (found.api == RtMidi::UNSPECIFIED) return base::failure(base::ErrorCode::DeviceUnavailable, found.unavailable);
    try {
        auto opened = std::make_unique<Port>(found.api);
        if (auto status = opened->openPort(port); !status) return base::failure(status.error());
        return opened;
    } catch (const RtMidiError& error) {
        return base::failure(unavailable("the MIDI port '" + port + "' was not opened", error.getMessage()));
    }
}

} // namespace

PortList listPorts() {
    const auto found = findInterface();
    PortList list;
    list.unavailable = found.unavailable;
    if (found.api == RtMidi::UNSPECIFIED) return list;
    try {
        RtMidiIn inputs(found.api, "Continuo list");
        RtMidiOut outputs(found.api, "Continuo list");
        list.inputs = namesOf(inputs);
        list.outputs = namesOf(outputs);
        std::erase_if(list.inputs, isOurs);
        std::erase_if(list.outputs, isOurs);
    } catch (const RtMidiError& error) {
        list.unavailable = "No MIDI ports: " + error.getMessage();
    }
    return list;
}

base::Result<std::unique_ptr<MidiInput>> MidiInput::open(const std::string& port) {
    return openPort<RtInput, MidiInput>(port);
}
base::Result<std::unique_ptr<MidiOutput>> MidiOutput::open(const std::string& port) {
    return openPort<RtOutput, MidiOutput>(port);
}

} // namespace continuo::sound
