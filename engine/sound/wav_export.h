#pragma once

#include "engine/base/result.h"
#include "engine/score/score.h"
#include "engine/sound/mix.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

namespace continuo::sound {

struct ExportSettings {
    std::filesystem::path soundFont; // empty: the best one found
    int sampleRate = 44100;          // 8000..192000
    bool flac = false;               // else 16-bit PCM WAV; both are stereo and 16 bits
    float gain = 1;                  // 0..2
};

struct ExportReport {
    double seconds = 0; // length of the file
    double peak = 0;    // highest sample, 0..1
    std::string soundFont;
};

/// Writes what `mix` lets sound of `score` to an audio file: the same plan and the same player as in the studio,
/// without a device, and the tail until silence (at most 5 s). Routed tracks sound through the synthesizer; loop and
/// metronome do not apply. The same piece and bank give the same bytes. `progress` is told 0..1; stopped or failed, no
/// file is left.
base::Result<ExportReport> exportAudio(const score::Score& score, const Mix& mix, const std::filesystem::path& path,
                                       const ExportSettings& settings = {},
                                       const std::function<void(double)>& progress = {},
                                       const std::stop_token& stop = {});

} // namespace continuo::sound
