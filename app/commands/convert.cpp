#include "app/commands/command.h"
#include "app/commands/words.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Reads a MIDI file and writes it as a standard MIDI file, then reads that back and compares.\n\n"
    "A standard MIDI file comes out byte for byte. The MIDI file inside a RIFF wrapper (.rmi) is taken out of it.";

constexpr const char* kExamples =
    "\nExamples:\n  continuo convert song.rmi song.mid\n  continuo convert old.kar copy.mid";

/// The score without the wrapper around its file.
score::Score unwrapped(score::Score score) {
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

int convert(const std::filesystem::path& in, const std::filesystem::path& out) {
    if (base::isSameFile(in, out)) return refuse("IN and OUT are the same file; nothing was written"), kWrongWords;
    auto read = midi::readFile(in);
    if (!read) return refuse(read.error().message);
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
    std::string in, out;
    cli.add_option("IN", in, "the file to read: .mid, .midi, .kar, .rmi")->required();
    cli.add_option("OUT", out, "the file to write: .mid")->required();
    if (const auto code = parseWords(cli, words)) return *code;
    return convert(in, out);
}

} // namespace continuo::app
