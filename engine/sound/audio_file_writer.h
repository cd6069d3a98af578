#pragma once

#include "engine/base/files.h"

#include <cstdint>
#include <memory>

namespace continuo::sound {

/// WAV (Microsoft RIFF WAVE) holds all three kinds of samples, FLAC the integers.
struct AudioFormat {
    enum class Container : std::uint8_t { Wav, Flac };
    enum class Samples : std::uint8_t { Int16, Int24, Float32 };
    Container container = Container::Wav;
    Samples samples = Samples::Int16;
    int rate = 44100; // frames a second, 8000..192000
};

/// Writes stereo samples through libsndfile into a sink of the one saver.
class AudioFileWriter {
public:
    static base::Result<std::unique_ptr<AudioFileWriter>> open(base::FileSink& sink, const AudioFormat& format);
    virtual ~AudioFileWriter() = default;

    /// Samples in -1..1; what is beyond is clipped.
    virtual base::Status write(const float* left, const float* right, int frames) = 0;
    /// Completes the header. Nothing may be written after it.
    virtual base::Status finish() = 0;
};

} // namespace continuo::sound
