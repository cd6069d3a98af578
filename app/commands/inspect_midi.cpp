#include "app/commands/inspect_midi.h"

#include "app/commands/command.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace continuo::app {
namespace {

using base::Json;

std::string divisionText(const score::Division& division) {
    if (division.isMetrical()) return std::to_string(division.ticksPerQuarter) + " ticks a quarter note";
    const auto frames =
        division.framesPerSecond == 29 ? std::string("29.97") : std::to_string(division.framesPerSecond);
    return frames + " frames a second of " + std::to_string(division.ticksPerFrame) + " ticks";
}

/// Ticks a quarter, or the negative SMPTE word of the header as it stands there.
int divisionNumber(const score::Division& division) {
    if (division.isMetrical()) return division.ticksPerQuarter;
    return -(division.framesPerSecond << 8) + division.ticksPerFrame;
}

Json reportOf(const std::vector<midi::ReportLine>& lines) {
    auto report = Json::array();
    for (const auto& line : lines)
        report.push_back({{"verdict", midi::verdictName(line.verdict)}, {"offset", line.offset}, {"text", line.text}});
    return report;
}

Json tracksOf(const score::Score& score) {
    auto tracks = Json::array();
    for (const auto& track : score.tracks)
        tracks.push_back({{"name", track.name},
                          {"port", track.port},
                          {"channel", track.channel},
                          {"program", score::mainProgram(track)},
                          {"drums", track.drums},
                          {"notes", track.notes.size()}});
    return tracks;
}

Json sheet(const midi::ReadScore& read) {
    return {{"format", read.score.format},
            {"division", divisionNumber(read.score.division)},
            {"ticks", read.score.end.fromStart},
            {"seconds", read.seconds},
            {"notes", read.noteOns},
            {"verdict", midi::verdictName(read.report.worst)},
            {"tracks", tracksOf(read.score)},
            {"report", reportOf(read.report.lines)}};
}

Json refusedSheet(const base::Error& error) {
    return {{"format", 0},
            {"division", 0},
            {"ticks", 0},
            {"seconds", 0.0},
            {"notes", 0},
            {"verdict", midi::verdictName(midi::Verdict::Refuse)},
            {"tracks", Json::array()},
            {"report", reportOf({midi::refusalLine(error)})}};
}

void printReport(const midi::ImportReport& report) {
    if (report.lines.empty()) return void(std::cout << "nothing unusual\n");
    for (const auto& line : report.lines)
        std::cout << midi::verdictName(line.verdict) << "  byte " << line.offset << "  " << line.text << "\n";
    if (report.furtherLines > 0)
        std::cout << "and " << base::formatCount(static_cast<std::int64_t>(report.furtherLines)) << " more\n";
}

void printSheet(const midi::ReadScore& read) {
    std::cout << "format " << read.score.format << ", " << divisionText(read.score.division) << ", "
              << base::formatFixed(read.seconds, 1) << " s, "
              << base::formatCount(static_cast<std::int64_t>(read.noteOns)) << " notes\n";
    for (const auto& track : read.score.tracks)
        std::cout << "  channel " << track.channel + 1 << (track.drums ? " drums   " : " program ")
                  << (track.drums ? std::string() : std::to_string(score::mainProgram(track) + 1)) << "  "
                  << track.notes.size() << " notes  " << base::shown(track.name) << "\n";
    printReport(read.report);
}

} // namespace

int inspectMidi(const std::filesystem::path& file, bool json) {
    auto bytes = base::readFile(file);
    if (!bytes) return std::cerr << "continuo inspect: " << bytes.error().message << "\n", kFailed;
    const auto read = midi::read(std::make_shared<const base::Bytes>(std::move(*bytes)));
    if (!read) {
        if (json) std::cout << refusedSheet(read.error()).dump(2) << "\n";
        std::cerr << "continuo inspect: '" << base::shown(file.native()) << "' is refused: " << read.error().message
                  << "\n";
        return kFailed;
    }
    if (json)
        std::cout << sheet(*read).dump(2) << "\n";
    else
        printSheet(*read);
    return kDone;
}

} // namespace continuo::app
