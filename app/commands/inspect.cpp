#include "app/commands/command.h"
#include "app/commands/inspect_midi.h"
#include "app/commands/inspect_training.h"
#include "app/commands/words.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Says what a thing is: a MIDI file, a checkpoint folder, a run folder, or a net by name.\n\n"
    "For a MIDI file: format, division, length, tracks, and a report of everything unusual, each line with a verdict\n"
    "(accept, note, repair, skip, refuse) and the byte where it was seen.";

constexpr const char* kExamples = "\nWith --json a MIDI file gives one object with the keys format, division (ticks a "
                                  "quarter; negative for SMPTE), ticks,\n"
                                  "seconds, notes (note-ons), verdict, tracks (each name, port, channel from 0, "
                                  "program from 0, drums, notes) and report\n"
                                  "(each verdict, offset, text). A refused file prints its object too and exits 1.\n\n"
                                  "Examples:\n"
                                  "  continuo inspect song.mid\n"
                                  "  continuo inspect song.mid --json\n"
                                  "  continuo inspect network=mmt-20m --json\n"
                                  "  continuo inspect runs/first/checkpoints/step-500";

int inspectPath(const std::filesystem::path& path, bool json) {
    if (isCheckpoint(path)) return inspectCheckpoint(path, json);
    if (isRun(path)) return inspectRun(path, json);
    return inspectMidi(path, json);
}

} // namespace

int runInspect(std::span<const std::string> words) {
    CLI::App cli(kPurpose, "continuo inspect");
    cli.footer(kExamples);
    std::string thing;
    bool json = false;
    cli.add_option("THING", thing, "a .mid file, a checkpoint or run folder, or network=NAME")->required();
    cli.add_flag("--json", json, "print one JSON object");
    if (const auto code = parseWords(cli, words)) return *code;
    return thing.starts_with("network=") ? inspectNetwork(thing.substr(8), json) : inspectPath(thing, json);
}

} // namespace continuo::app
