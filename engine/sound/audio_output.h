#pragma once

#include "engine/base/result.h"

#include <atomic>
#include <memory>
#include <string>

namespace continuo::sound {

class Player;

/// An audio device that pulls from a player: one of FluidSynth's drivers with our own callback. Silent until start().
class AudioOutput {
public:
    /// Opens `driver`, or the first of JACK (where a server runs), ALSA and PulseAudio that works.
    static base::Result<std::unique_ptr<AudioOutput>> open(const std::string& driver);
    ~AudioOutput();
    AudioOutput(const AudioOutput&) = delete;
    AudioOutput& operator=(const AudioOutput&) = delete;

    /// Frames a second, as the device wants them.
    int sampleRate() const { return sampleRate_; }
    /// From now on the audio thread renders `player`, which must outlive this object.
    void start(Player& player) { player_.store(&player, std::memory_order_release); }
    /// "FluidSynth, JACK, 9 ms": the latency from the block size that the device really asks for.
    std::string description() const;

private:
    struct Driver;
    AudioOutput() = default;
    static int fill(void* self, int frames, int effectCount, float* effects[], int outputCount, float* outputs[]);
    bool openDriver(const std::string& name);

    std::unique_ptr<Driver> driver_;
    std::string name_;
    int sampleRate_ = 44100;
    int periods_ = 2;
    std::atomic<Player*> player_{nullptr};
    std::atomic<int> blockFrames_{0};
};

} // namespace continuo::sound
