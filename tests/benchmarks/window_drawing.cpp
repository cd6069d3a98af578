#include "engine/corpus/window_source.h"

#include <benchmark/benchmark.h>

// How fast training rows are cut from the counterpoint set and from one long piece, against the plain way: encoding the
// whole piece anew for each window.

using namespace continuo;

namespace {

/// The counterpoint set as one piece after the other: about 85,000 notes.
corpus::Dataset longPiece() {
    corpus::Piece all{"all", corpus::Part::Train, {}};
    std::int64_t start = 0;
    score::IdMint mint;
    const auto set = *corpus::Dataset::open("counterpoint");
    for (const auto& piece : set.pieces()) {
        if (all.score.tracks.empty()) all.score = piece.score, all.score.tempos.clear();
        for (std::size_t voice = 0; voice < piece.score.tracks.size(); ++voice)
            for (auto note : piece.score.tracks[voice].notes) {
                note.id = mint.note();
                note.onset = note.onset + score::Ticks{start};
                if (start > 0) all.score.tracks[voice].notes.push_back(note);
            }
        start += piece.score.end.fromStart;
    }
    return {"long", {all}};
}

void draw(benchmark::State& state, const corpus::Dataset& dataset) {
    const corpus::WindowSource source(dataset, corpus::Part::Train, {});
    base::Random random(1);
    std::size_t rows = 0;
    for (auto _ : state) rows += source.draw(random).size();
    state.counters["rows/s"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsRate);
}

void drawFromTheSet(benchmark::State& state) { draw(state, *corpus::Dataset::open("counterpoint")); }
void drawFromOneLongPiece(benchmark::State& state) { draw(state, longPiece()); }

void encodeTheLongPieceForEachWindow(benchmark::State& state) {
    const auto dataset = longPiece();
    const auto& score = dataset.pieces()[0].score;
    const auto bars = score.meterMap();
    base::Random random(1);
    std::size_t rows = 0;
    for (auto _ : state) {
        tokens::Window window;
        window.range.start = bars.barStart(random.between(0, 5000));
        rows += tokens::encodeWindow(score, window, {}).rows.size();
    }
    state.counters["rows/s"] = benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kIsRate);
}

BENCHMARK(drawFromTheSet);
BENCHMARK(drawFromOneLongPiece);
BENCHMARK(encodeTheLongPieceForEachWindow);

} // namespace

BENCHMARK_MAIN();
