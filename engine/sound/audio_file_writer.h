#pragma once

#include "engine/base/files.h"

#include <memory>

namespace continuo::sound {

/// Writes 16-bit stereo samples as WAV (Microsoft RIFF WAVE) or FLAC through libsndfile into a sink of the one saver.
class AudioFileWriter {
public:
    static base::Result<std::unique_ptr<AudioFileWriter>> open(base::FileSink& sink, int sampleRate, bool flac);
    virtual ~AudioFileWriter() = default;

    /// Samples in -1..1.
    virtual base::Status write(const float* left, const float* right, int frames) = 0;
    /// Completes the header. Nothing may be written after it.
    virtual base::Status finish() = 0;
};

} // namespace continuo::sound
