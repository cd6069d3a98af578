#include "app/commands/command.h"
#include "app/commands/words.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/notation/piece_file.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Reads a piece and writes it as a standard MIDI file, then reads that back and compares.\n\n"
    "A standard MIDI file comes out byte for byte. The MIDI file inside a RIFF wrapper (.rmi) is taken out of it.\n"
    "MusicXML (.musicxml .xml .mxl) and ABC (.abc) are played: pitches as they sound, ties joined, tempo, meter and "
    "key\n"
    "kept, dynamics as velocities. What notation says and MIDI does not is listed and counted.";

constexpr const char* kExamples =
    "\nExamples:\n  continuo convert song.rmi song.mid\n  continuo convert quartet.mxl quartet.mid --repeats\n"
    "  continuo convert reels.abc reel.mid --tune 12";

struct Words {
    std::string in, out;
    std::optional<std::int64_t> tune;
    bool repeats = false;
};

/// The score without the wrapper around its file.
score::Score unwrapped(score::Score score) {
    if (!score.source) return score;
    const auto text = base::textOf(*score.source);
    if (!text.starts_with("RIFF")) return score;
    const auto inner = text.substr(text.find("MThd"));
    auto read = midi::read(base::bytesOf(inner));
    return read ? std::move(read->score) : score;
}

int refuse(const std::string& why) {
    std::cerr << "continuo convert: " << why << "\n";
    return kFailed;
}

int convert(const Words& words) {
    const std::filesystem::path in(words.in), out(words.out);
    if (base::isSameFile(in, out)) return refuse("IN and OUT are the same file; nothing was written"), kWrongWords;
    auto piece = notation::readPieceFile(in, {.playRepeats = words.repeats}, words.tune);
    if (!piece) return refuse(piece.error().message);
    auto* read = &piece->read;
    const auto extension = base::lowered(out.extension().native());
    if (extension != ".mid" && extension != ".midi")
        return refuse("'" + base::shown(out.native()) +
                      "' does not end in .mid; that is the one format written now (`continuo render` makes audio)");
    const auto score = unwrapped(std::move(read->score));
    for (const auto& line : midi::lostInMidi(score)) std::cerr << "continuo convert: not kept: " << line << "\n";
    if (const auto saved = midi::saveFile(score, out); !saved) return refuse(saved.error().message);
    std::cout << base::formatCount(static_cast<std::int64_t>(read->noteOns)) << " notes written to "
              << base::shown(out.native()) << ", read back and compared: equal\n";
    for (const auto& line : read->report.lines)
        std::cout << midi::verdictName(line.verdict) << "  byte " << line.offset << "  " << line.text << "\n";
    return kDone;
}

} // namespace

int runConvert(std::span<const std::string> words) {
    CLI::App cli(kPurpose, "continuo convert");
    cli.footer(kExamples);
    Words given;
    cli.add_option("IN", given.in, "the file to read: .mid, .midi, .kar, .rmi, .musicxml, .xml, .mxl, .abc, .continuo")
        ->required();
    cli.add_option("OUT", given.out, "the file to write: .mid")->required();
    cli.add_flag("--repeats", given.repeats, "play repeats, endings, da capo and dal segno out (MusicXML, ABC)");
    cli.add_option("--tune", given.tune, "the tune of an ABC book, by its X: number (else the first)");
    if (const auto code = parseWords(cli, words)) return *code;
    return convert(given);
}

} // namespace continuo::app
