// MB/s from the bytes of a standard MIDI file to a Score, against a plain reader of the kind one writes first.

#include "engine/base/random.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <deque>
#include <iostream>
#include <map>

using namespace continuo;

namespace {

/// Sixteen tracks of chords, about 8 MB: what an orchestral piece is, only longer.
base::Bytes orchestralFile() {
    base::Random random(11);
    score::Score score;
    score::IdMint mint;
    for (std::uint8_t channel = 0; channel < 16; ++channel) {
        score::Track track;
        track.id = mint.track();
        track.chunk = channel;
        track.channel = channel;
        for (int n = 0; n < 60'000; ++n)
            track.notes.push_back({.id = mint.note(),
                                   .onset = score::Tick{n / 3 * 240},
                                   .length = score::Ticks{random.between(60, 700)},
                                   .pitch = static_cast<std::uint8_t>(36 + random.below(60)),
                                   .velocity = static_cast<std::uint8_t>(1 + random.below(127))});
        std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
        score.tracks.push_back(std::move(track));
    }
    return midi::write(score);
}

const std::shared_ptr<const base::Bytes>& file() {
    static const auto bytes = std::make_shared<const base::Bytes>(orchestralFile());
    return bytes;
}

/// Reads clean files only: a map of queues for open notes, one vector of notes a track, sorted at the end.
class PlainReader {
public:
    explicit PlainReader(base::ByteSpan bytes) : bytes_(bytes) {}

    std::vector<std::vector<score::Note>> tracks() {
        std::vector<std::vector<score::Note>> result;
        for (at_ = 14; at_ < bytes_.size();) {
            at_ += 4;
            const auto size = number(4);
            result.push_back(track(at_ + size));
        }
        return result;
    }

private:
    std::size_t byte() { return std::to_integer<std::size_t>(bytes_[at_++]); }
    std::size_t number(int size) {
        std::size_t value = 0;
        for (; size > 0; --size) value = value << 8 | byte();
        return value;
    }
    std::size_t variableLength() {
        std::size_t value = 0;
        while (true) {
            const auto next = byte();
            value = value << 7 | (next & 127);
            if (next < 128) return value;
        }
    }

    std::vector<score::Note> track(std::size_t end) {
        std::vector<score::Note> notes;
        std::map<std::pair<std::size_t, std::size_t>, std::deque<std::size_t>> open;
        std::int64_t tick = 0;
        std::size_t status = 0;
        while (at_ < end) {
            tick += static_cast<std::int64_t>(variableLength());
            if (std::to_integer<int>(bytes_[at_]) >= 128) status = byte();
            if (status >= 0xF0) {
                if (status == 0xFF) byte();
                at_ += variableLength();
                continue;
            }
            const auto first = byte();
            const auto second = (status & 0xE0) == 0xC0 ? 0 : byte();
            auto& waiting = open[{status & 15, first}];
            if ((status & 0xF0) == 0x90 && second > 0) {
                waiting.push_back(notes.size());
                notes.push_back({.onset = score::Tick{tick},
                                 .pitch = static_cast<std::uint8_t>(first),
                                 .velocity = static_cast<std::uint8_t>(second)});
            } else if ((status & 0xE0) == 0x80 && !waiting.empty()) {
                notes[waiting.front()].length = score::Tick{tick} - notes[waiting.front()].onset;
                waiting.pop_front();
            }
        }
        std::sort(notes.begin(), notes.end(), score::NoteOrder{});
        return notes;
    }

    base::ByteSpan bytes_;
    std::size_t at_ = 0;
};

void countBytes(benchmark::State& state) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * file()->size()));
}

void readToScore(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(midi::read(file()));
    countBytes(state);
}

void readPlainly(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(PlainReader(*file()).tracks());
    countBytes(state);
}

void writeUntouched(benchmark::State& state) {
    const auto score = midi::read(file())->score;
    for (auto _ : state) benchmark::DoNotOptimize(midi::write(score));
    countBytes(state);
}

BENCHMARK(readToScore)->Unit(benchmark::kMillisecond);
BENCHMARK(readPlainly)->Unit(benchmark::kMillisecond);
BENCHMARK(writeUntouched)->Unit(benchmark::kMillisecond);

/// Remembers the times, to print their ratio.
class RatioReporter : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const auto& run : runs) times_[run.benchmark_name()] = run.GetAdjustedCPUTime();
        ConsoleReporter::ReportRuns(runs);
    }
    void Finalize() override {
        ConsoleReporter::Finalize();
        if (times_.contains("readToScore") && times_.contains("readPlainly"))
            std::cout << "our reader is " << base::formatFixed(times_["readPlainly"] / times_["readToScore"], 2)
                      << " times as fast as the plain one\n";
    }

private:
    std::map<std::string, double> times_;
};

} // namespace

int main(int count, char** values) {
    benchmark::Initialize(&count, values);
    file(); // made before anything is timed
    RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return 0;
}
