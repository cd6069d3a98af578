#pragma once

#include "engine/evaluation/fresh_pieces.h"
#include "engine/evaluation/measured_set.h"

namespace continuo::evaluation {

/// Pieces that a net made from nothing, measured.
struct Samples {
    MeasuredSet measured;
    std::size_t wanted = 0;
    std::uint64_t seed = 0;
    std::int64_t rows = 0;
    std::int64_t notes = 0;
    double seconds = 0;       // of drawing, measuring aside
    double lengthSeconds = 0; // of all pieces together, uncut, at 100 quarter notes a minute
};

struct SampleProgress {
    std::size_t finished = 0, wanted = 0;
    std::int64_t rows = 0;
    double rowsPerSecond = 0;
};

/// Draws and measures; a stop keeps what is finished.
base::Result<Samples> measureSamples(const inference::LoadedModel& model, const FreshPieces& wanted, std::int64_t beats,
                                     const std::function<void(const SampleProgress&)>& progress = {},
                                     std::stop_token stop = {});

} // namespace continuo::evaluation
