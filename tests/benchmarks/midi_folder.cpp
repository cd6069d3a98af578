// MB/s from the names of MIDI files to scores, and to rows of the `mmt` tokenizer, on one core. The files are those
// below the folder that CONTINUO_MIDI_DATA names, every n-th where CONTINUO_MIDI_STRIDE is n.
// tests/benchmarks/midi_folder_peers.py alternates it with symusic and MidiTok.

#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/tokens/encoder.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>

using namespace continuo;
namespace fs = std::filesystem;

namespace {

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::vector<fs::path> chosenFiles() {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(setting("CONTINUO_MIDI_DATA"), error))
        if (entry.path().extension() == ".mid") files.push_back(entry.path());
    std::ranges::sort(files);
    const auto stride = static_cast<std::size_t>(base::parseInteger(setting("CONTINUO_MIDI_STRIDE")).value_or(1));
    std::vector<fs::path> chosen;
    for (std::size_t i = 0; i < files.size(); i += std::max<std::size_t>(1, stride)) chosen.push_back(files[i]);
    return chosen;
}

/// Runs `work` on every file, again and again.
template <typename Work>
void overFolder(benchmark::State& state, Work work) {
    static const auto files = chosenFiles();
    if (files.empty()) return state.SkipWithError("CONTINUO_MIDI_DATA names no folder with .mid files");
    std::uintmax_t bytes = 0;
    for (const auto& file : files) bytes += fs::file_size(file);
    for (auto _ : state)
        for (const auto& file : files) work(file);
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * files.size()));
}

void readBytes(benchmark::State& state) {
    overFolder(state, [](const auto& file) { benchmark::DoNotOptimize(base::readFile(file)); });
}

void readScores(benchmark::State& state) {
    overFolder(state, [](const auto& file) { benchmark::DoNotOptimize(midi::readFile(file)); });
}

/// All rows of a piece, window after window: a window has 256 quarter notes at most.
std::size_t rowsOf(const score::Score& score) {
    static const auto tokenizer = [] {
        tokens::TokenizerSettings settings;
        settings.maxRows = 1 << 24;
        return settings;
    }();
    std::vector<std::string> report;
    const auto notes = tokens::tokenNotes(score, tokenizer, report);
    std::size_t rows = 0;
    tokens::Window window;
    while (true) {
        const auto encoded = tokens::encodeWindow(notes, score.division, window, tokenizer);
        rows += encoded.rows.size();
        if (encoded.next >= notes.size()) return rows;
        window.range.start = notes[encoded.next].onset;
    }
}

void readRows(benchmark::State& state) {
    overFolder(state, [](const auto& file) {
        const auto read = midi::readFile(file);
        if (read) benchmark::DoNotOptimize(rowsOf(read->score));
    });
}

BENCHMARK(readBytes)->Unit(benchmark::kMillisecond);
BENCHMARK(readScores)->Unit(benchmark::kMillisecond);
BENCHMARK(readRows)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
