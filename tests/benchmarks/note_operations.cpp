// Operations on 10,000 selected notes of a piece of 1,000,000: the time to make the edit, and to apply it, against what
// one writes first (a hash set of ids, a copy of the track, sorted anew).

#include "engine/base/random.h"
#include "engine/base/text.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/quantize.h"
#include "engine/score/operations/transpose.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <iostream>
#include <map>
#include <unordered_set>

using namespace continuo;
using namespace continuo::score;

namespace {

constexpr int kNotes = 1'000'000;
constexpr int kSelected = 10'000;

const Score& piece() {
    static const Score made = [] {
        base::Random random(1);
        Score score;
        IdMint mint;
        score.tracks.resize(16);
        for (auto& track : score.tracks) {
            track.id = mint.track();
            for (int i = 0; i < kNotes / 16; ++i)
                track.notes.push_back({.id = mint.note(),
                                       .onset = Tick{random.between(0, std::int64_t{kNotes} * 12)},
                                       .length = Ticks{random.between(60, 960)},
                                       .pitch = static_cast<std::uint8_t>(random.between(21, 108))});
            std::ranges::sort(track.notes, NoteOrder{});
        }
        return score;
    }();
    return made;
}

/// One note in a hundred of every track, or a stretch of the tracks.
std::vector<NoteId> selection(bool scattered) {
    std::vector<NoteId> ids;
    for (const auto& track : piece().tracks)
        for (std::size_t i = 0; i < kSelected / 16; ++i)
            ids.push_back(track.notes[scattered ? i * 100 : 30'000 + i].id);
    return ids;
}

template <typename Operation>
void makeEdit(benchmark::State& state, Operation operation) {
    const auto ids = selection(state.range(0) != 0);
    for (auto _ : state) benchmark::DoNotOptimize(operation(piece(), ids));
}

void transposed(benchmark::State& state) {
    makeEdit(state, [](const Score& score, NoteIds ids) { return transpose(score, ids, 1); });
}

void quantized(benchmark::State& state) {
    makeEdit(state, [](const Score& score, NoteIds ids) {
        return quantize(score, ids, {.grid = Grid::tupletOf(16, 3), .reversible = true});
    });
}

/// The edit, applied and taken back.
void transposedApplied(benchmark::State& state) {
    auto score = piece();
    const auto edit = transpose(score, selection(state.range(0) != 0), 1).edit;
    const auto back = inverse(edit);
    for (auto _ : state) {
        apply(edit, score);
        apply(back, score);
    }
}

/// Every track copied, its notes found in a hash set and changed, sorted again; undo is another copy.
void plainTransposed(benchmark::State& state) {
    const auto ids = selection(state.range(0) != 0);
    for (auto _ : state) {
        const std::unordered_set<std::uint64_t> wanted = [&] {
            std::unordered_set<std::uint64_t> set;
            for (const auto id : ids) set.insert(static_cast<std::uint64_t>(id));
            return set;
        }();
        auto tracks = piece().tracks;
        for (auto& track : tracks) {
            for (auto& note : track.notes)
                if (wanted.contains(static_cast<std::uint64_t>(note.id))) note.pitch = boundedPitch(note.pitch + 1);
            std::ranges::sort(track.notes, NoteOrder{});
        }
        benchmark::DoNotOptimize(tracks);
    }
}

BENCHMARK(transposed)->ArgName("scattered")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(quantized)->ArgName("scattered")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(transposedApplied)->ArgName("scattered")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(plainTransposed)->ArgName("scattered")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

/// Remembers the times, to print their ratios to the plain way.
class RatioReporter : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const auto& run : runs) times_[run.benchmark_name()] = run.GetAdjustedCPUTime();
        ConsoleReporter::ReportRuns(runs);
    }
    void Finalize() override {
        ConsoleReporter::Finalize();
        for (const std::string scattered : {"/scattered:0", "/scattered:1"}) {
            const double ours = times_["transposed" + scattered] + times_["transposedApplied" + scattered] / 2;
            if (ours > 0)
                std::cout << "transpose, made and applied" << scattered << ": " << base::formatFixed(ours, 2) << " ms, "
                          << base::formatFixed(times_["plainTransposed" + scattered] / ours, 1)
                          << " times as fast as the plain way\n";
        }
    }

private:
    std::map<std::string, double> times_;
};

} // namespace

int main(int count, char** values) {
    benchmark::Initialize(&count, values);
    piece(); // made before anything is timed
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return 0;
}
