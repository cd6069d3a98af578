#include "app/commands/command.h"
#include "app/commands/words.h"
#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/stopwatch.h"
#include "engine/base/text.h"
#include "engine/corpus/demo_pieces.h"
#include "engine/corpus/preparation.h"
#include "engine/corpus/statistics.h"
#include "engine/midi/midi_file_writer.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace continuo::app {
namespace {

constexpr const char* kHelp = "Makes a dataset of a folder of MIDI files, tells the statistics of one, or writes a "
                              "built-in set as MIDI files.\n\n"
                              "Every MIDI (.mid .midi .rmi .kar), MusicXML (.musicxml .xml .mxl) and ABC file below "
                              "the folder, of an ABC book\n"
                              "every tune, is read and gets a verdict with "
                              "a reason; none is skipped in\n"
                              "silence and a bad one stops nothing. Accepted pieces are split into train, val and test "
                              "(80 : 10 : 10) by piece, the same way\n"
                              "for the same files and seed. Files with equal notes, transposed or not, and files that "
                              "differ by a few notes are kept on one\n"
                              "side. The folder OUT then holds dataset.json (lists, SHA-256 of each file), scores.bin, "
                              "statistics.json and verdicts.tsv,\n"
                              "and `continuo train dataset=OUT` learns from it.\n\n"
                              "Notes are learnt as long as they sound: the sustain pedal (controller 64) lengthens "
                              "them. Performances that were recorded\n"
                              "without their beats are brought onto beats (--beats). What midi-lm would make of each "
                              "file is kept beside, for\n"
                              "parity=midi-lm, which knows neither.";

constexpr const char* kExamples =
    "Examples:\n"
    "  continuo prepare --midi ~/music/midi --out ~/datasets/mine --stats\n"
    "  continuo prepare --midi chorales --splits chorales/splits.json --out ~/datasets/chorales\n"
    "  continuo prepare --midi lakh --out ~/datasets/lakh --min-beats 40 --max-beats 8000 --min-notes 50\n"
    "      (the pieces of Dong et al., \"Multitrack Music Transformer\", ICASSP 2023)\n"
    "  continuo prepare --stats ~/datasets/mine --json\n"
    "  continuo prepare --builtin counterpoint --midi-out counterpoint-files\n\n"
    "The statistics are, for each part and each measure that `continuo inspect --measures` knows: mean, standard "
    "deviation, least, most,\n"
    "total and a histogram of twenty equal bins.\n\n"
    "Exit codes: 0 done, 1 refused input or failed work, 2 wrong words.";

struct Words {
    std::string midi;
    std::string out;
    std::string splits;
    std::string builtIn;
    std::string midiOut;
    std::uint64_t seed = 1337;
    corpus::ImportFilter filter;
    double nearDuplicates = 0.5;
    std::string beats = "auto";
    bool stats = false;
    std::string statsOf;
    bool json = false;
};

int failed(const std::string& sentence) {
    std::cerr << "continuo prepare: " << sentence << "\n";
    return kFailed;
}

void printJson(const corpus::PreparationSummary& summary, bool stats) {
    nlohmann::ordered_json json{{"files", summary.files},
                                {"accepted", summary.accepted},
                                {"notes", summary.notes},
                                {"verdicts", summary.reasons},
                                {"parts", summary.parts},
                                {"identical_files", summary.identical},
                                {"duplicates", summary.duplicates},
                                {"duplicates_across_parts", summary.leaks},
                                {"near_duplicate_pairs", summary.nearPairs},
                                {"near_duplicates", summary.nearDuplicates},
                                {"near_duplicate_pairs_across_parts", summary.nearLeaks},
                                {"groups_kept_together", summary.groups},
                                {"largest_group", summary.largestGroup},
                                {"beats_found", summary.beatsFound},
                                {"pedal_lengthened", summary.pedalled},
                                {"seconds", summary.seconds},
                                {"files_per_second", summary.filesPerSecond}};
    const auto statistics = base::parseJson(summary.statistics);
    if (stats && statistics) json["statistics"] = *statistics;
    std::cout << json.dump(1) << "\n";
}

void printSummary(const corpus::PreparationSummary& summary, const std::string& out, bool stats) {
    const auto count = [](std::size_t value) { return base::formatCount(static_cast<std::int64_t>(value)); };
    std::cout << count(summary.accepted) << " of " << count(summary.files) << " files accepted, "
              << count(summary.notes) << " notes, " << base::formatFixed(summary.seconds, 1) << " s, "
              << base::formatFixed(summary.filesPerSecond, 0) << " files/s\n";
    for (const auto& [reason, files] : summary.reasons)
        if (reason != "ok") std::cout << "  " << count(files) << " " << reason << "\n";
    for (const char* part : {"train", "val", "test"})
        if (const auto found = summary.parts.find(part); found != summary.parts.end())
            std::cout << "  " << part << " " << count(found->second) << "\n";
    if (summary.duplicates > 0)
        std::cout << "  " << count(summary.duplicates) << " share their notes with another file\n";
    if (summary.identical > 0) std::cout << "  " << count(summary.identical) << " are byte for byte an earlier file\n";
    if (summary.nearPairs > 0)
        std::cout << "  " << count(summary.nearDuplicates) << " differ from another by a few notes ("
                  << count(summary.nearPairs) << " pairs)\n";
    if (summary.groups > 0)
        std::cout << "  " << count(summary.groups) << " groups of such files, the largest of "
                  << count(summary.largestGroup) << "\n";
    if (summary.leaks > 0)
        std::cout << "  " << count(summary.leaks) << " have a duplicate in another part of the given lists\n";
    if (summary.nearLeaks > 0)
        std::cout << "  " << count(summary.nearLeaks)
                  << " pairs that differ by a few notes are in two parts of the given lists\n";
    if (summary.beatsFound > 0)
        std::cout << "  " << count(summary.beatsFound)
                  << " were recorded without their beats: the beats were found, and are their quarter notes now\n";
    if (summary.pedalled > 0)
        std::cout << "  " << count(summary.pedalled)
                  << " have notes that last as long as the sustain pedal held them\n";
    std::cout << "Each file's verdict is in " << (std::filesystem::path(out) / "verdicts.tsv").string() << "\n";
    if (stats) std::cout << "\n" << corpus::statisticsText(summary.statistics).value_or("");
}

/// Of a prepared folder as it was prepared; of a built-in set from its notes.
int tellStatistics(const std::string& nameOrFolder, bool asJson) {
    auto statistics = corpus::readStatistics(nameOrFolder);
    if (!statistics) {
        const auto dataset = corpus::Dataset::open(nameOrFolder);
        if (!dataset) return failed(dataset.error().message);
        statistics = corpus::statisticsJson(corpus::measuredPieces(*dataset)) + "\n";
    }
    const auto text = asJson ? statistics : corpus::statisticsText(*statistics);
    if (!text) return failed(text.error().in("the statistics of " + nameOrFolder).message);
    std::cout << *text;
    return kDone;
}

volatile std::sig_atomic_t interrupted = 0;

/// Counts on stderr, a few times a second: rewritten in place on a terminal, as lines for whoever reads along.
/// An interrupt from the keyboard or a termination ends the reading, with nothing written.
void tell(std::size_t done, std::size_t total, std::stop_source& stop) {
    static base::Stopwatch sinceLast;
    if (interrupted) stop.request_stop();
    if (done != total && sinceLast.seconds() < 0.2) return;
    sinceLast.restart();
    const auto count = [](std::size_t value) { return base::formatCount(static_cast<std::int64_t>(value)); };
    const bool terminal = isatty(STDERR_FILENO) == 1;
    std::cerr << (terminal ? "\r" : "") << "read " << count(done) << " of " << count(total) << " files"
              << (terminal && done != total ? "" : "\n") << std::flush;
}

int prepare(const Words& words) {
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { interrupted = 1; });
    corpus::PreparationSettings settings;
    settings.midi = words.midi;
    settings.out = words.out;
    if (!words.splits.empty()) settings.splits = words.splits;
    settings.seed = words.seed;
    settings.filter = words.filter;
    settings.nearDuplicates = words.nearDuplicates;
    settings.beats = words.beats == "file"   ? corpus::Beats::AsInTheFile
                     : words.beats == "find" ? corpus::Beats::FoundInAll
                                             : corpus::Beats::FoundWhereMissing;
    std::stop_source stop;
    const auto summary = corpus::prepareFolder(
        settings, [&](std::size_t done, std::size_t total) { tell(done, total, stop); }, stop.get_token());
    if (!summary) return failed(summary.error().message);
    words.json ? printJson(*summary, words.stats) : printSummary(*summary, words.out, words.stats);
    return kDone;
}

int writeBuiltIn(const Words& words) {
    const auto pieces =
        words.builtIn == "demo"
            ? base::Result<std::vector<corpus::Piece>>(corpus::makeDemoPieces())
            : corpus::Dataset::open(words.builtIn).map([](const auto& dataset) { return dataset.pieces(); });
    if (!pieces) return failed(pieces.error().message);
    const std::filesystem::path folder(words.midiOut);
    if (const auto made = base::makeFolder(folder); !made) return failed(made.error().message);
    nlohmann::ordered_json splits{{"train", nlohmann::ordered_json::array()},
                                  {"val", nlohmann::ordered_json::array()},
                                  {"test", nlohmann::ordered_json::array()}};
    for (const auto& piece : *pieces) {
        const auto name = piece.name + ".mid";
        if (const auto saved = midi::saveFile(piece.score, folder / name); !saved) return failed(saved.error().message);
        splits[partName(piece.part)].push_back(name);
    }
    if (words.builtIn != "demo")
        if (const auto saved = base::saveFile(folder / "splits.json", base::bytesOf(splits.dump(1) + "\n")); !saved)
            return failed(saved.error().message);
    std::cout << pieces->size() << " pieces written to " << folder.string() << "\n";
    return kDone;
}

} // namespace

int runPrepare(std::span<const std::string> given) {
    Words words;
    CLI::App app(kHelp, "continuo prepare");
    app.footer(kExamples);
    auto* midi = app.add_option("--midi", words.midi, "Folder of MIDI files, searched to the bottom")->type_name("DIR");
    auto* out = app.add_option("--out", words.out, "Folder to write; replaced only where it is empty or a prepared one")
                    ->type_name("DIR");
    app.add_option("--splits", words.splits, "JSON file with lists train, val and test of paths below the MIDI folder")
        ->type_name("FILE");
    app.add_option("--seed", words.seed, "Seed of the split")->check(seedComplaint)->capture_default_str();
    auto& filter = words.filter;
    const auto number = [&](const char* name, auto& value, const char* help) {
        app.add_option(name, value, help)->check(CLI::NonNegativeNumber)->capture_default_str();
    };
    number("--min-beats", filter.minimumBeats, "Shortest piece accepted, in quarter notes");
    number("--max-beats", filter.maximumBeats, "Longest piece accepted, in quarter notes; 0: any");
    number("--min-tracks", filter.minimumTracks, "Fewest tracks with notes");
    number("--min-programs", filter.minimumPrograms, "Fewest distinct programs; drums count as one");
    number("--min-pitches", filter.minimumPitches, "Fewest distinct pitches, drums aside");
    number("--min-notes", filter.minimumNotes, "Fewest notes");
    app.add_option("--near-duplicates", words.nearDuplicates,
                   "Share of their runs of four notes from which two files are kept on one side; 1: equal notes only")
        ->check(CLI::Range(0.2, 1.0))
        ->capture_default_str();
    app.add_option("--beats", words.beats,
                   "auto: where a performance was recorded to no click, its beats are found and become its quarter "
                   "notes; file: never; find: in every file")
        ->check(CLI::IsMember({"auto", "file", "find"}))
        ->capture_default_str();
    auto* stats = app.add_option("--stats", words.statsOf,
                                 "Print the statistics too; alone: those of a prepared folder or built-in set")
                      ->type_name("[DATASET]")
                      ->expected(0, 1);
    app.add_flag("--json", words.json, "Print the summary as JSON");
    auto* builtIn =
        app.add_option("--builtin", words.builtIn, "Write this set instead: eighth-notes, scales, counterpoint, demo")
            ->type_name("NAME");
    auto* midiOut = app.add_option("--midi-out", words.midiOut, "Where --builtin writes its .mid files and splits.json")
                        ->type_name("DIR");
    builtIn->needs(midiOut)->excludes(midi)->excludes(out);
    midiOut->needs(builtIn);
    midi->needs(out);
    out->needs(midi);
    if (const auto code = parseWords(app, given)) return *code;
    words.stats = stats->count() > 0;
    if (words.midi.empty() && words.builtIn.empty() && !words.statsOf.empty())
        return tellStatistics(words.statsOf, words.json);
    if (words.midi.empty() && words.builtIn.empty()) {
        std::cerr
            << "continuo prepare: name a folder with --midi and one to write with --out, or a set with --builtin\n";
        return kWrongWords;
    }
    return words.builtIn.empty() ? prepare(words) : writeBuiltIn(words);
}

} // namespace continuo::app
