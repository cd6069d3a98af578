#include "app/commands/command.h"
#include "app/commands/inspect_midi.h"
#include "app/commands/inspect_training.h"
#include "app/commands/words.h"
#include "app/resume_place.h"
#include "engine/base/text.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace continuo::app {
namespace {

constexpr const char* kPurpose =
    "Says what a thing is: a MIDI, MusicXML or ABC file, a checkpoint folder, a run folder, or a net by name.\n\n"
    "For a piece: format, division, length, tracks, and a report of everything unusual, each line with a verdict\n"
    "(accept, note, repair, skip, refuse) and the byte where it was seen.";

constexpr const char* kExamples =
    "\nWith --json a piece gives one object with the keys format (a number; musicxml, abc), division (ticks a "
    "quarter; negative for SMPTE), ticks,\n"
    "seconds, notes (note-ons), verdict, tracks (each name, port, channel from 0, "
    "program from 0, drums, notes) and report\n"
    "(each verdict, offset, text). A refused file prints its object too and exits 1.\n\n"
    "--measures adds `measures`, on a grid of 12 positions a quarter note and as MusPy "
    "0.5.0 defines them: n_beats (whole\n"
    "quarter notes of the piece; tempo, key, metre and lyric count), n_tracks and n_notes "
    "(drums and empty tracks count; a track\n"
    "is one program on one channel of one chunk), n_instruments (distinct programs), "
    "pitch_range, pitch_entropy and\n"
    "pitch_class_entropy (bits), scale_consistency, empty_beat_ratio, "
    "avg_concurrent_pitches, groove_consistency (bars of 48\n"
    "positions). One that is not defined is null. Drums count in the first four, in "
    "empty_beat_ratio and in groove_consistency.\n\n"
    "--beats adds `beats` (seconds) and `without_beats` (whether the file was recorded to no click).\n\n"
    "Examples:\n"
    "  continuo inspect song.mid\n"
    "  continuo inspect song.mid --json\n"
    "  continuo inspect song.mid --measures --json\n"
    "  continuo inspect network=mmt-20m --json\n"
    "  continuo inspect runs/first/checkpoints/step-500";

/// A folder that is neither a checkpoint nor a run.
int refuseFolder(const std::filesystem::path& path) {
    std::error_code absent;
    const auto shown = "'" + base::shown(path.string()) + "'";
    std::cerr << "continuo inspect: "
              << (std::filesystem::exists(path / "dataset.json", absent)
                      ? shown + " is a prepared dataset; `continuo prepare --stats " + path.string() +
                            "` tells what is in it\n"
                      : shown + " is a folder, but neither a run nor a checkpoint nor a prepared dataset\n");
    return kFailed;
}

int inspectPath(const std::string& word, const MidiInspection& what) {
    std::error_code absent;
    std::filesystem::path path = word;
    if (!std::filesystem::exists(path, absent)) // the name of a run, RUN:STEP
        if (const auto net = netPlace(word)) path = *net;
    if (isCheckpoint(path)) return inspectCheckpoint(path, what.json);
    if (isRun(path)) return inspectRun(path, what.json);
    return std::filesystem::is_directory(path, absent) ? refuseFolder(path) : inspectMidi(path, what);
}

} // namespace

int runInspect(std::span<const std::string> words) {
    CLI::App cli(kPurpose, "continuo inspect");
    cli.footer(kExamples);
    std::string thing;
    MidiInspection what;
    std::string parity = "none";
    cli.add_option("THING", thing,
                   "a .mid, .musicxml, .mxl or .abc file, a checkpoint or run by its folder, a run's name, "
                   "RUN:STEP, or network=NAME")
        ->required();
    cli.add_flag("--json", what.json, "print one JSON object");
    auto* measures = cli.add_flag("--measures", what.measures, "of a MIDI file: also eleven measures of its music");
    cli.add_flag("--beats", what.beats,
                 "also the beats that are heard in the piece, in seconds, whatever its tempos say");
    cli.add_option("--parity", parity,
                   "midi-lm: give MusPy's figure also where it makes no sense (pitch_range -127 for drums alone)")
        ->check(CLI::IsMember({"none", "midi-lm"}))
        ->capture_default_str()
        ->needs(measures);
    if (const auto code = parseWords(cli, words)) return *code;
    what.asMusPy = parity == "midi-lm";
    return thing.starts_with("network=") ? inspectNetwork(thing.substr(8), what.json) : inspectPath(thing, what);
}

} // namespace continuo::app
