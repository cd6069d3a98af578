#pragma once

#include "engine/base/result.h"
#include "engine/score/score.h"
#include "engine/sound/midi_ports.h"
#include "engine/sound/mix.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace continuo::sound {

/// Playback for one window: synthesizer, player and audio output behind one door. All functions are for the GUI thread
/// and return at once; the audio thread is told through lock-free queues.
class SoundEngine {
public:
    struct Settings {
        std::filesystem::path soundFont; // empty: the best one found
        std::string driver;              // empty: the first that opens; "none": no device is tried
    };
    struct State {
        bool audible = false;  // a device is open
        std::string output;    // "FluidSynth, JACK, 9 ms", or why there is no sound, in a sentence
        std::string soundFont; // the name of the bank in use
        int voices = 0;
        float peakLeft = 0, peakRight = 0;     // 0..1 since the last call
        std::vector<std::string> portProblems; // why MIDI output ports of routed tracks do not sound
    };

    /// Never fails for want of a device: then state().audible is false and everything but sound works.
    static base::Result<std::unique_ptr<SoundEngine>> open(const Settings& settings);
    virtual ~SoundEngine() = default;

    /// A new immutable plan of the score; heard at once, sounding notes that are gone end.
    virtual void publish(const score::Score& score, const Mix& mix) = 0;
    /// Stops by itself at the end of the piece, unless the mix loops or rolls on.
    virtual void play(score::Tick from) = 0;
    /// Stops with a note-off for each sounding note. The position stays.
    virtual void stop() = 0;
    virtual void seek(score::Tick to) = 0;
    virtual bool isPlaying() const = 0;
    virtual score::Tick position() const = 0;

    /// Auditions and live input: a key of a channel of the synthesizer, with its program set first.
    virtual void noteOn(int channel, int program, bool drums, int pitch, int velocity) = 0;
    virtual void noteOff(int channel, int pitch) = 0;
    virtual void controller(int channel, int number, int value) = 0;
    virtual void pitchBend(int channel, int value14) = 0;
    virtual void allNotesOff() = 0;

    /// Live input has a channel of its own with this instrument.
    virtual void setLiveInstrument(int program, bool drums) = 0;
    /// MIDI thread: what MidiInput::setThru should call. Lock-free.
    virtual void live(const LiveMessage& message) = 0;
    virtual void setGain(float gain) = 0; // 0..2, 1 is the default

    virtual State state() = 0;
};

/// The bank that is used when none is named: a better installed one if there is, else the one built with the program.
std::filesystem::path preferredSoundFont();
/// The small bank built with the program; tests and `tour` name it so that an installed one cannot change results.
std::filesystem::path builtSoundFont();

} // namespace continuo::sound
