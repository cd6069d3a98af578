#pragma once

#include "engine/base/result.h"
#include "engine/score/score.h"
#include "engine/sound/audio_file_writer.h"
#include "engine/sound/mix.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace continuo::sound {

struct ExportSettings {
    std::filesystem::path soundFont; // empty: the best one found
    AudioFormat format;
    float gain = 1;                        // 0..2
    std::optional<double> normaliseTo;     // the highest sample in dBFS, at most 0; rendered twice
    double longestTail = 5;                // seconds after the last note, or less where it is silent before
    std::optional<score::TickRange> range; // only what sounds in it, held notes and pedals included; none: all
};

struct ExportReport {
    std::filesystem::path file;
    double seconds = 0; // length of the file
    double peak = 0;    // highest sample, 0..1
    std::string soundFont;
};

/// Writes what `mix` lets sound of `score` to an audio file: the same plan and the same player as in the studio,
/// without a device, and the tail until silence. Routed tracks sound through the synthesizer; loop and metronome do not
/// apply. The same piece and bank give the same bytes. `progress` is told 0..1; stopped or failed, no file is left.
base::Result<ExportReport> exportAudio(const score::Score& score, const Mix& mix, const std::filesystem::path& path,
                                       const ExportSettings& settings = {},
                                       const std::function<void(double)>& progress = {},
                                       const std::stop_token& stop = {});

/// One file for each track that `mix` lets sound and that has notes: "NAME 01 Violin.wav" beside `path`. Normalised
/// together, so that they sum up as they sounded (FluidSynth begins a voice that
/// was used before a little otherwise, 5 % of its first milliseconds). Stopped or failed, those already finished stay.
base::Result<std::vector<ExportReport>> exportStems(const score::Score& score, const Mix& mix,
                                                    const std::filesystem::path& path,
                                                    const ExportSettings& settings = {},
                                                    const std::function<void(double)>& progress = {},
                                                    const std::stop_token& stop = {});

} // namespace continuo::sound
