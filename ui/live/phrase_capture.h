#pragma once

#include "engine/score/channel_event.h"
#include "engine/sound/midi_ports.h"

#include <optional>
#include <vector>

namespace continuo::ui {

/// A note as it was played, in seconds on the clock of the messages.
struct PlayedNote {
    double onset = 0;
    std::optional<double> end; // nothing while the key is down
    std::uint8_t pitch = 60, velocity = 80, release = 64;
};

/// A pedal, wheel or pressure as it was played.
struct PlayedEvent {
    double time = 0;
    score::ChannelEventKind kind = score::ChannelEventKind::Controller;
    std::uint8_t first = 0, second = 0;
};

struct Phrase {
    std::vector<PlayedNote> notes; // by onset
    std::vector<PlayedEvent> events;

    bool isEmpty() const { return notes.empty(); }
    /// Of the first onset and the last end (or onset, where keys are still down); only where it is not empty.
    double start() const;
    double end() const;
};

/// Keeps what was played in the last ten minutes; phrases are what lies between silences.
class PhraseCapture {
public:
    static constexpr double kSilence = 2.0;  // seconds without a key down that end a phrase
    static constexpr double kMemory = 600.0; // seconds

    void take(const sound::LiveMessage& message);
    /// What was played since the last silence. Keys that are down end at `now`.
    Phrase lastPhrase(double now) const;
    /// What was played at or after `time`.
    Phrase since(double time, double now) const;
    const std::vector<PlayedNote>& notes() const { return played_.notes; }
    bool isKeyDown() const;
    void forget() { played_ = {}; }

private:
    void noteOff(const sound::LiveMessage& message);
    void trim(double now);

    Phrase played_;
};

} // namespace continuo::ui
