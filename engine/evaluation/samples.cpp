#include "engine/evaluation/samples.h"

#include "engine/base/stopwatch.h"
#include "engine/tokens/decoder.h"

#include <algorithm>

namespace continuo::evaluation {
namespace {

constexpr double kSecondsPerQuarter = 0.6; // 100 a minute, as decoded scores say

/// Up to the end of the last note.
double secondsOf(const score::Score& score) {
    score::Tick end;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) end = std::max(end, note.end());
    return static_cast<double>(end.fromStart) / static_cast<double>(score.division.quarter()) * kSecondsPerQuarter;
}

} // namespace

base::Result<Samples> measureSamples(const inference::LoadedModel& model, const FreshPieces& wanted, std::int64_t beats,
                                     const std::function<void(const SampleProgress&)>& progress, std::stop_token stop) {
    Samples samples{.wanted = wanted.count, .seed = wanted.seed};
    std::vector<tokens::Rows> pieces(wanted.count); // measured in their order: sums must not depend on who ends first
    std::size_t finished = 0;
    const base::Stopwatch watch;
    const auto keep = [&](std::size_t index, tokens::Rows rows) {
        pieces[index] = std::move(rows);
        ++finished;
    };
    const auto count = [&](std::int64_t rows) {
        samples.rows = rows;
        const auto seconds = watch.seconds();
        if (progress) progress({finished, wanted.count, rows, seconds > 0 ? static_cast<double>(rows) / seconds : 0});
    };
    if (const auto drawn = drawFreshPieces(model, wanted, keep, count, std::move(stop)); !drawn)
        return base::failure(drawn.error());
    samples.seconds = watch.seconds();
    for (const auto& rows : pieces) {
        if (rows.empty()) continue; // stopped before it was finished
        measureRows(samples.measured, rows, model.tokenizer(), beats);
        const auto score = tokens::decode(rows, model.tokenizer());
        if (!score) continue;
        samples.notes += static_cast<std::int64_t>(score::noteCount(*score));
        samples.lengthSeconds += secondsOf(*score);
    }
    return samples;
}

} // namespace continuo::evaluation
