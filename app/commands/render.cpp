#include "app/commands/command.h"
#include "app/commands/words.h"
#include "engine/base/files.h"
#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/sound/sound_engine.h"
#include "engine/sound/wav_export.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>

namespace continuo::app {
namespace {

constexpr const char* kFooter =
    "The whole piece is played through the synthesizer by the same player as in the studio, with up to 5 seconds of "
    "tail,\n"
    "and written as 16-bit stereo. The same file and bank give the same bytes. Without --soundfont the best installed\n"
    "General MIDI bank is used (or $CONTINUO_SOUNDFONT), else the small one that comes with the program.\n\n"
    "Example:\n"
    "  continuo render fugue.mid --out fugue.wav --rate 48000\n";

struct RenderWords {
    std::string file, out, soundFont;
    int rate = 44100;
    float gain = 1;
    bool flac = false, built = false;
};

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

int render(const RenderWords& words) {
    const auto ending = base::lowered(std::filesystem::path(words.out).extension().string());
    if (ending != ".wav" && ending != ".flac")
        return wrong("'" + base::shown(words.out) +
                     "' ends neither in .wav nor in .flac, the two formats that are written");
    if (base::isSameFile(words.file, words.out)) return wrong("--out names the MIDI file itself; nothing was written");
    const auto piece = midi::readFile(words.file);
    if (!piece) return failed(piece.error());
    if (words.built && sound::builtSoundFont().empty())
        return failed({base::ErrorCode::FileMissing, "the bank that comes with the program is not beside it; build the "
                                                     "whole program, or name a bank with --soundfont"});
    sound::ExportSettings settings;
    settings.soundFont = words.built ? sound::builtSoundFont().string() : words.soundFont;
    settings.sampleRate = words.rate;
    settings.gain = words.gain;
    settings.flac = words.flac || ending == ".flac";
    const base::Stopwatch watch;
    const auto report = sound::exportAudio(piece->score, {}, words.out, settings);
    if (!report) return failed(report.error());
    const double spent = std::max(watch.seconds(), 1e-6);
    std::cout << words.out << ": " << base::formatFixed(report->seconds, 1) << " s in " << base::formatFixed(spent, 2)
              << " s (" << base::formatFixed(report->seconds / spent, 1) << " × real time), peak "
              << decibels(report->peak) << ", bank " << report->soundFont << "\n";
    return kDone;
}

} // namespace

int runRender(std::span<const std::string> words) {
    RenderWords asked;
    CLI::App help("Writes a MIDI file as sound.", "continuo render");
    help.footer(kFooter);
    help.add_option("FILE", asked.file, "The MIDI file")->required();
    help.add_option("--out", asked.out, "The audio file to write; .flac writes FLAC")->required();
    help.add_option("--soundfont", asked.soundFont, "The SoundFont (.sf2, .sf3) to play with");
    help.add_flag("--built-in-bank", asked.built, "Play with the bank that comes with the program");
    help.add_option("--rate", asked.rate, "Frames a second")->check(CLI::Range(8000, 192000))->capture_default_str();
    help.add_option("--gain", asked.gain, "Loudness, 0 to 2")->check(CLI::Range(0.0, 2.0))->capture_default_str();
    help.add_flag("--flac", asked.flac, "Write FLAC instead of WAV");
    if (const auto code = parseWords(help, words)) return *code;
    return render(asked);
}

} // namespace continuo::app
