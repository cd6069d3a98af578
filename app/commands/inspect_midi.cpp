#include "app/commands/inspect_midi.h"

#include "app/commands/command.h"
#include "engine/analysis/beats.h"
#include "engine/analysis/piece_metrics.h"
#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/notation/piece_file.h"

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

/// The number of a MIDI format, or the name of a notation.
Json formatOf(const notation::NotationRead& piece) {
    return piece.format == "midi" ? Json(piece.read.score.format) : Json(piece.format);
}

Json sheet(const notation::NotationRead& piece) {
    const auto& read = piece.read;
    return {{"format", formatOf(piece)},
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

void printSheet(const notation::NotationRead& piece) {
    const auto& read = piece.read;
    std::cout << (piece.format == "midi" ? "format " + std::to_string(read.score.format) : piece.format) << ", "
              << divisionText(read.score.division) << ", " << base::formatFixed(read.seconds, 1) << " s, "
              << base::formatCount(static_cast<std::int64_t>(read.noteOns)) << " notes\n";
    for (const auto& track : read.score.tracks)
        std::cout << "  channel " << track.channel + 1 << (track.drums ? " drums   " : " program ")
                  << (track.drums ? std::string() : std::to_string(score::mainProgram(track) + 1)) << "  "
                  << track.notes.size() << " notes  " << base::shown(track.name) << "\n";
    printReport(read.report);
}

/// The measures by name; null and a sentence in `why` where the file as a whole has none.
Json measuresOf(const base::Result<analysis::GridScore>& piece, bool asMusPy, std::string& why) {
    if (!piece) return why = piece.error().message, Json(nullptr);
    const auto metrics =
        analysis::measure(*piece, asMusPy ? analysis::Convention::MusPy : analysis::Convention::Defined);
    Json measures = Json::object();
    for (const auto& metric : analysis::metricTable().first(analysis::kPublishedMetrics)) {
        const auto value = metric.of(metrics);
        auto& place = measures[metric.name] = nullptr;
        if (value && metric.isCount) place = static_cast<std::int64_t>(*value);
        if (value && !metric.isCount) place = *value;
    }
    return measures;
}

void printMeasures(const Json& measures, const std::string& why) {
    if (measures.is_null()) return void(std::cout << "no measures: " << why << "\n");
    for (const auto& [name, value] : measures.items())
        std::cout << "  " << name << std::string(24 - std::min<std::size_t>(23, name.size()), ' ')
                  << (value.is_null()             ? "not defined"
                      : value.is_number_integer() ? base::formatCount(value.get<std::int64_t>())
                                                  : base::formatFixed(value.get<double>(), 4))
                  << "\n";
}

void printBeats(const std::vector<double>& beats, const score::Score& score) {
    if (beats.size() < 2) return void(std::cout << "no beats were found: there are too few onsets\n");
    const auto perMinute = 60 * static_cast<double>(beats.size() - 1) / (beats.back() - beats.front());
    std::cout << (analysis::isWithoutBeats(score) ? "recorded without its beats; " : "")
              << base::formatCount(static_cast<std::int64_t>(beats.size())) << " beats heard, "
              << base::formatFixed(perMinute, 1) << " a minute, at seconds\n";
    for (const auto beat : beats) std::cout << "  " << base::formatFixed(beat, 3) << "\n";
}

} // namespace

int inspectMidi(const std::filesystem::path& file, const MidiInspection& what) {
    auto content = base::readFile(file);
    if (!content) return std::cerr << "continuo inspect: " << content.error().message << "\n", kFailed;
    const auto bytes = std::make_shared<const base::Bytes>(std::move(*content));
    const auto read = notation::readPiece(bytes);
    if (!read) {
        if (what.json) std::cout << refusedSheet(read.error()).dump(2) << "\n";
        std::cerr << "continuo inspect: '" << base::shown(file.native()) << "' is refused: " << read.error().message
                  << "\n";
        return kFailed;
    }
    std::string why;
    const auto onGrid = [&]() -> base::Result<analysis::GridScore> {
        return read->format == "midi" ? analysis::readOnGrid(*bytes) : analysis::onGrid(read->read.score);
    };
    const auto measures = what.measures ? measuresOf(onGrid(), what.asMusPy, why) : Json(nullptr);
    const auto beats = what.beats ? analysis::findBeats(read->read.score) : std::vector<double>{};
    if (!what.json) {
        printSheet(*read);
        if (what.measures) printMeasures(measures, why);
        if (what.beats) printBeats(beats, read->read.score);
        return kDone;
    }
    auto json = sheet(*read);
    if (what.beats) {
        json["beats"] = beats;
        json["without_beats"] = analysis::isWithoutBeats(read->read.score);
    }
    if (what.measures) json["measures"] = measures;
    if (!why.empty()) json["no_measures"] = why;
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return kDone;
}

} // namespace continuo::app
