#pragma once

#include "engine/base/result.h"
#include "engine/sound/message_sink.h"

#include <filesystem>
#include <memory>
#include <string>

namespace continuo::sound {

/// FluidSynth behind our own door: no MIDI player, no DLS, no locks, every sample loaded beforehand. Made on any
/// thread, then used by one. A bank is checked by checkSoundFont() before FluidSynth sees it, and loaded from the very
/// bytes that were checked.
class Synthesizer : public MessageSink {
public:
    static base::Result<std::unique_ptr<Synthesizer>> open(const std::filesystem::path& soundFont, int sampleRate);
    ~Synthesizer() override;

    void handle(const ChannelMessage& message) noexcept override;
    /// One OpenMP thread on the calling thread from the first call on (FluidSynth is built with OpenMP; more would make
    /// the audio thread wait for ordinary ones).
    void render(float* left, float* right, int frames) noexcept override;
    /// 0..2; 1 is the default.
    void setGain(float gain) noexcept override;
    int voices() const noexcept override;

    /// The file's name without its folder and ending.
    const std::string& bankName() const { return bankName_; }

private:
    struct Parts;
    explicit Synthesizer(std::unique_ptr<Parts> parts, std::string bankName);

    std::unique_ptr<Parts> parts_;
    std::string bankName_;
};

} // namespace continuo::sound
