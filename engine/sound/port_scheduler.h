#pragma once

#include "engine/sound/midi_ports.h"
#include "engine/sound/player.h"

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace continuo::sound {

/// A thread of its own that opens MIDI output ports and sends what the player has scheduled for them, each message when
/// it is due. On its end every port is silenced.
class PortScheduler {
public:
    using Open = std::function<base::Result<std::unique_ptr<MidiOutput>>(const std::string& port)>;

    /// `open` is called on the thread; MidiOutput::open but in tests.
    explicit PortScheduler(Player& player, Open open = &MidiOutput::open);
    ~PortScheduler();

    /// GUI thread. The names of the ports, by portOf(lane); known ones keep their places.
    void setPorts(const std::vector<std::string>& names);
    /// GUI thread. Why ports do not sound, one sentence each; empty where all do.
    std::vector<std::string> problems() const;

private:
    void run(const std::stop_token& stop);
    void openNewPorts();
    void send(const PortMessage& scheduled);
    void silenceAll();

    Player& player_;
    Open open_;
    mutable std::mutex mutex_; // names_ and problems_: never touched by the audio thread
    std::vector<std::string> names_;
    std::vector<std::string> problems_;
    std::vector<std::unique_ptr<MidiOutput>> outputs_; // the thread's own
    std::jthread thread_;
};

} // namespace continuo::sound
