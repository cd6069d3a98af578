#include "app/commands/command.h"
#include "app/commands/words.h"
#include "engine/base/files.h"
#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/notation/piece_file.h"
#include "engine/sound/audio_export.h"
#include "engine/sound/sound_engine.h"

#include <CLI/CLI.hpp>
#include <atomic>
#include <cmath>
#include <csignal>
#include <functional>
#include <iostream>
#include <optional>
#include <stop_token>
#include <unistd.h>
#include <utility>

namespace continuo::app {
namespace {

constexpr const char* kFooter =
    "The piece is played through the synthesizer by the same player as in the studio. The same file and bank give the\n"
    "same bytes. Without --soundfont the best installed General MIDI bank is used (or $CONTINUO_SOUNDFONT), else the\n"
    "small one that comes with the program. Ctrl+C leaves no file.\n\n"
    "Examples:\n"
    "  continuo render fugue.mid --out fugue.wav --rate 48000\n"
    "  continuo render fugue.mid --out master.flac --bits 24 --normalise -1\n"
    "  continuo render song.mid --out song.wav --stems          one file a track: \"song 01 Violin.wav\" ...\n"
    "  continuo render song.mid --out chorus.wav --bars 17-24\n";

struct RenderWords {
    std::string file, out, soundFont, bits = "16", bars;
    int rate = 44100;
    float gain = 1;
    double tail = 5;
    std::optional<double> normalise;
    bool flac = false, built = false, stems = false;
};

std::atomic<bool> interrupted{false};

std::string decibels(double peak) {
    return peak > 0 ? base::formatFixed(20 * std::log10(peak), 1) + " dBFS" : "silence";
}

int failed(const base::Error& error) {
    std::cerr << "continuo render: " << error.message << "\n";
    return kFailed;
}

int wrong(const std::string& why) {
    std::cerr << "continuo render: " << why << "\n";
    return kWrongWords;
}

/// "17-24" or "17": bars counted from 1.
std::optional<score::TickRange> barsOf(const std::string& text, const score::Score& score) {
    const auto dash = text.find('-');
    const auto first = base::parseInteger(text.substr(0, dash));
    const auto last = dash == std::string::npos ? first : base::parseInteger(text.substr(dash + 1));
    if (!first || !last || *first < 1 || *last < *first || *last > 1'000'000) return std::nullopt;
    const auto meters = score.meterMap();
    return score::TickRange{meters.barStart(*first - 1), meters.barStart(*last)};
}

sound::AudioFormat formatOf(const RenderWords& words, bool flac) {
    using Samples = sound::AudioFormat::Samples;
    sound::AudioFormat format;
    format.container = flac ? sound::AudioFormat::Container::Flac : sound::AudioFormat::Container::Wav;
    format.samples = words.bits == "16" ? Samples::Int16 : words.bits == "24" ? Samples::Int24 : Samples::Float32;
    format.rate = words.rate;
    return format;
}

/// A percentage that is rewritten, where somebody looks at it.
std::function<void(double)> progressOnTerminal() {
    if (!::isatty(STDERR_FILENO)) return {};
    return [last = -1](double part) mutable {
        if (const int percent = static_cast<int>(part * 100); std::exchange(last, percent) != percent)
            std::cerr << "\r" << percent << " %" << (percent == 100 ? "\r      \r" : "") << std::flush;
    };
}

void tell(const sound::ExportReport& report, double spent) {
    std::cout << base::shown(report.file.native()) << ": " << base::formatFixed(report.seconds, 1) << " s in "
              << base::formatFixed(spent, 2) << " s (" << base::formatFixed(report.seconds / spent, 1)
              << " × real time), peak " << decibels(report.peak) << ", bank " << report.soundFont << "\n";
}

int write(const score::Score& score, const RenderWords& words, const sound::ExportSettings& settings) {
    std::stop_source stop;
    std::signal(SIGINT, [](int) { interrupted = true; });
    const auto shown = progressOnTerminal();
    const auto progress = [&](double part) {
        if (interrupted) stop.request_stop();
        if (shown) shown(part);
    };
    const base::Stopwatch watch;
    if (words.stems) {
        const auto reports = sound::exportStems(score, {}, words.out, settings, progress, stop.get_token());
        if (!reports) return failed(reports.error());
        if (reports->empty()) return failed({base::ErrorCode::Failed, "no track has notes; nothing was written"});
        const double each = std::max(watch.seconds(), 1e-6) / static_cast<double>(reports->size());
        for (const auto& report : *reports) tell(report, each);
        return kDone;
    }
    const auto report = sound::exportAudio(score, {}, words.out, settings, progress, stop.get_token());
    if (!report) return failed(report.error());
    tell(*report, std::max(watch.seconds(), 1e-6));
    return kDone;
}

int render(const RenderWords& words) {
    const auto ending = base::lowered(std::filesystem::path(words.out).extension().string());
    if (ending != ".wav" && ending != ".flac")
        return wrong("'" + base::shown(words.out) +
                     "' ends neither in .wav nor in .flac, the two formats that are written");
    const bool flac = words.flac || ending == ".flac";
    if (flac && words.bits == "32f") return wrong("FLAC holds 16 or 24 bits a sample; --bits 32f wants a .wav file");
    if (base::isSameFile(words.file, words.out)) return wrong("--out names the piece itself; nothing was written");
    const auto piece = notation::readPieceFile(words.file);
    if (!piece) return failed(piece.error());
    if (words.built && sound::builtSoundFont().empty())
        return failed({base::ErrorCode::FileMissing, "the bank that comes with the program is not beside it; build the "
                                                     "whole program, or name a bank with --soundfont"});
    sound::ExportSettings settings;
    settings.soundFont = words.built ? sound::builtSoundFont().string() : words.soundFont;
    settings.format = formatOf(words, flac);
    settings.gain = words.gain;
    settings.longestTail = words.tail;
    settings.normaliseTo = words.normalise;
    if (!words.bars.empty()) {
        settings.range = barsOf(words.bars, piece->read.score);
        if (!settings.range) return wrong("--bars wants two numbers of bars, as in 17-24, or one");
    }
    return write(piece->read.score, words, settings);
}

} // namespace

int runRender(std::span<const std::string> words) {
    RenderWords asked;
    CLI::App help("Writes a piece as sound.", "continuo render");
    help.footer(kFooter);
    help.add_option("FILE", asked.file, "The piece: MIDI, MusicXML or ABC")->required();
    help.add_option("--out", asked.out, "The audio file to write; .flac writes FLAC")->required();
    help.add_option("--soundfont", asked.soundFont, "The SoundFont (.sf2, .sf3) to play with");
    help.add_flag("--built-in-bank", asked.built, "Play with the bank that comes with the program");
    help.add_option("--rate", asked.rate, "Frames a second")->check(CLI::Range(8000, 192000))->capture_default_str();
    help.add_option("--gain", asked.gain, "Loudness, 0 to 2")->check(CLI::Range(0.0, 2.0))->capture_default_str();
    help.add_flag("--flac", asked.flac, "Write FLAC instead of WAV");
    help.add_option("--bits", asked.bits, "A sample's: 16, 24, or 32f (floating point, WAV only)")
        ->check(CLI::IsMember({"16", "24", "32f"}))
        ->capture_default_str();
    help.add_option("--normalise", asked.normalise, "Make the highest sample this many dBFS (-60 to 0)")
        ->check(CLI::Range(-60.0, 0.0));
    help.add_option("--tail", asked.tail, "Seconds of tail at most, until it is silent")
        ->check(CLI::Range(0.0, 60.0))
        ->capture_default_str();
    help.add_option("--bars", asked.bars, "Only these bars, as in 17-24, counted from 1");
    help.add_flag("--stems", asked.stems, "One file a track beside --out, which add up to the whole");
    if (const auto code = parseWords(help, words)) return *code;
    return render(asked);
}

} // namespace continuo::app
