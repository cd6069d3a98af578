#include "app/commands/command.h"
#include "app/commands/words.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/midi/muspy_import.h"
#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"
#include "engine/tokens/rows_csv.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Shows a MIDI file as a net reads it, and turns such rows back into a MIDI file.\n\n"
    "Four tokenizers are known. All of them count twelve positions a quarter note.\n"
    "  mmt           rows of event_type, beat, position, pitch, duration, instrument\n"
    "  mmt-official  the same as the Multitrack Music Transformer writes them\n"
    "  tpd           rows of time_shift, pitch, duration: one voice, no loudness\n"
    "  structured    one token a row: time shift, pitch, velocity, duration of each note\n\n"
    "With --csv, rows go to standard output: a row a line, the streams in the order above, separated by commas, "
    "without\n"
    "a header. What the tokenizer changed or left out is said on standard error. Without --csv, a summary is "
    "printed.\n\n"
    "--parity midi-lm gives the rows of midi-lm on what MusPy 0.5.0 imports, --parity mmt those of MMT, their slips\n"
    "included. tpd and structured of midi-lm take files of one track only.";

constexpr const char* kExamples =
    "\nExamples:\n"
    "  continuo tokenize song.mid --tokenizer mmt --csv\n"
    "  continuo tokenize song.mid --tokenizer tpd --parity midi-lm --csv > rows.csv\n"
    "  continuo tokenize rows.csv --tokenizer tpd --parity midi-lm --decode --out again.mid\n"
    "  continuo tokenize song.mid --tokenizer structured --track 2 --max-rows 4096";

struct Words {
    std::string file, tokenizer = "mmt", parity = "none", out;
    bool csv = false, decode = false, describe = false;
    int maxRows = 1024, track = 0;
    std::optional<int> maxBeats;
};

int refuse(const std::string& why, int code = kFailed) {
    std::cerr << "continuo tokenize: " << why << "\n";
    return code;
}

base::Result<tokens::TokenizerSettings> settingsOf(const Words& words) {
    auto settings = tokens::namedTokenizer(words.tokenizer, words.parity);
    if (!settings) return settings;
    settings->maxRows = words.maxRows;
    if (words.maxBeats) settings->maxBeats = *words.maxBeats;
    settings->track = words.track;
    const bool isMmt = settings->family() == tokens::Family::Mmt;
    if (isMmt && words.track > 0)
        return base::failure(base::ErrorCode::WrongArgument,
                             "--track belongs to tpd and structured; " + settings->name + " reads all tracks");
    if (!isMmt && words.maxBeats)
        return base::failure(base::ErrorCode::WrongArgument,
                             "--max-beats belongs to mmt and mmt-official; " + settings->name + " counts no beats");
    if (words.maxRows < settings->leastRows())
        return base::failure(base::ErrorCode::WrongArgument, "--max-rows must be at least " +
                                                                 std::to_string(settings->leastRows()) + " for " +
                                                                 settings->name);
    return settings;
}

/// The parity modes read the file as MusPy does, all else as Continuo does.
base::Result<tokens::Encoded> encodeFile(const std::filesystem::path& path, const tokens::TokenizerSettings& settings) {
    if (settings.isCorrected()) {
        const auto read = midi::readFile(path);
        if (!read) return base::failure(read.error());
        return tokens::encode(read->score, settings);
    }
    const auto bytes = base::readFile(path);
    if (!bytes) return base::failure(bytes.error());
    const auto piece = midi::importLikeMuspy(*bytes);
    if (!piece) return base::failure(piece.error().in(base::shown(path.native())));
    return tokens::encodeImported(*piece, settings);
}

void summarise(const tokens::Encoded& encoded, const tokens::TokenizerSettings& settings) {
    const auto number = [](std::size_t count) { return base::formatCount(static_cast<std::int64_t>(count)); };
    std::cout << settings.name << (settings.parity == tokens::Parity::None ? "" : " of ")
              << (settings.parity == tokens::Parity::None ? "" : tokens::parityName(settings.parity)) << ": "
              << number(encoded.source.size()) << " notes in " << number(encoded.rows.size()) << " rows of "
              << settings.streamCount() << (encoded.truncated ? ", cut short" : ", the whole piece") << "\n";
    const auto sizes = settings.vocabulary();
    for (std::size_t stream = 0; stream < settings.streamCount(); ++stream)
        std::cout << "  " << settings.streamNames()[stream] << ": " << sizes[stream] << " ids\n";
}

int encodeWords(const Words& words, const tokens::TokenizerSettings& settings) {
    const auto encoded = encodeFile(words.file, settings);
    if (!encoded) return refuse(encoded.error().message);
    for (const auto& line : encoded->report) std::cerr << "continuo tokenize: " << line << "\n";
    if (!words.csv) return summarise(*encoded, settings), kDone;
    const auto text = tokens::toCsv(encoded->rows, settings);
    if (words.out.empty()) return std::cout << text, kDone;
    if (base::isSameFile(words.file, words.out))
        return refuse("FILE and --out are the same file; nothing was written", kWrongWords);
    if (const auto saved = base::saveFile(words.out, base::bytesOf(text)); !saved) return refuse(saved.error().message);
    return kDone;
}

int decodeWords(const Words& words, const tokens::TokenizerSettings& settings) {
    const auto ending = base::lowered(std::filesystem::path(words.out).extension().native());
    if (ending != ".mid" && ending != ".midi") return refuse("--decode needs --out X.mid", kWrongWords);
    if (base::isSameFile(words.file, words.out))
        return refuse("FILE and --out are the same file; nothing was written", kWrongWords);
    const auto text = base::readTextFile(words.file);
    if (!text) return refuse(text.error().message);
    const auto rows = tokens::rowsFromCsv(*text, settings);
    if (!rows) return refuse(base::shown(words.file) + ": " + rows.error().message);
    const auto score = tokens::decode(*rows, settings);
    if (!score) return refuse(base::shown(words.file) + ": " + score.error().message);
    if (const auto saved = midi::saveFile(*score, words.out); !saved) return refuse(saved.error().message);
    std::cout << base::formatCount(static_cast<std::int64_t>(score::noteCount(*score))) << " notes written to "
              << base::shown(words.out) << "\n";
    return kDone;
}

} // namespace

int runTokenize(std::span<const std::string> arguments) {
    CLI::App cli(kPurpose, "continuo tokenize");
    cli.footer(kExamples);
    Words words;
    cli.add_option("FILE", words.file, "a MIDI file; with --decode, rows as --csv prints them")->type_name("");
    cli.add_option("--tokenizer", words.tokenizer, "mmt, mmt-official, tpd or structured [mmt]")->type_name("NAME");
    cli.add_option("--parity", words.parity, "none, midi-lm or mmt: as the reference does it [none]")
        ->type_name("NAME");
    cli.add_flag("--csv", words.csv, "print the rows");
    cli.add_flag("--decode", words.decode, "read rows and write the MIDI file that they say");
    cli.add_option("--out", words.out, "the file to write, instead of standard output; .mid with --decode")
        ->type_name("FILE");
    cli.add_option("--max-rows", words.maxRows, "rows of a piece; what does not fit is left out [1024]")
        ->type_name("N")
        ->check(CLI::Range(1, 1 << 20));
    cli.add_option("--max-beats", words.maxBeats, "quarter notes of a piece of mmt and mmt-official [256]")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
    cli.add_option("--track", words.track,
                   "tpd, structured: read only the n-th track with notes, drums not counted [0: all as one]")
        ->type_name("N")
        ->check(CLI::Range(0, 1 << 16));
    cli.add_flag("--describe", words.describe, "print the tokenizer with all its tables as JSON, and do nothing else");
    if (const auto code = parseWords(cli, arguments)) return *code;
    const auto settings = settingsOf(words);
    if (!settings) return refuse(settings.error().message, kWrongWords);
    if (words.describe) return std::cout << tokens::toJson(*settings).dump(2) << "\n", kDone;
    if (words.file.empty())
        return refuse("FILE is required (continuo tokenize --help explains the words)", kWrongWords);
    return words.decode ? decodeWords(words, *settings) : encodeWords(words, *settings);
}

} // namespace continuo::app
