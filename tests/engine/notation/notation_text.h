#pragma once

#include "engine/base/files.h"
#include "engine/notation/notation_read.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

/// Scores as short lines of text, and MusicXML out of its inner parts.
namespace continuo::notation {

/// Ticks as quarter notes: "3/2".
inline std::string quarters(std::int64_t ticks, std::int64_t ticksPerQuarter) {
    const auto divisor = std::gcd(ticks, ticksPerQuarter);
    if (ticksPerQuarter == divisor) return std::to_string(ticks / divisor);
    return std::to_string(ticks / divisor) + "/" + std::to_string(ticksPerQuarter / divisor);
}

/// "60@0+1 64@0+1": pitch, onset and length of all notes of a track in quarter notes.
inline std::string notesOf(const score::Score& score, std::size_t track = 0) {
    std::string text;
    const auto quarter = score.division.ticksPerQuarter;
    if (track >= score.tracks.size()) return "no such track";
    for (const auto& note : score.tracks[track].notes)
        text += (text.empty() ? "" : " ") + std::to_string(note.pitch) + "@" + quarters(note.onset.fromStart, quarter) +
                "+" + quarters(note.length.count, quarter);
    return text;
}

inline std::string velocitiesOf(const score::Score& score) {
    std::string text;
    for (const auto& note : score.tracks.at(0).notes) text += (text.empty() ? "" : " ") + std::to_string(note.velocity);
    return text;
}

/// "3/4@0 4/4@3".
inline std::string metersOf(const score::Score& score) {
    std::string text;
    for (const auto& meter : score.meters)
        text += (text.empty() ? "" : " ") + std::to_string(meter.numerator) + "/" +
                std::to_string(meter.denominator()) + "@" +
                quarters(meter.at.fromStart, score.division.ticksPerQuarter);
    return text;
}

/// "120@0": microseconds shown as beats a minute, rounded.
inline std::string temposOf(const score::Score& score) {
    std::string text;
    for (const auto& tempo : score.tempos)
        text += (text.empty() ? "" : " ") + std::to_string(static_cast<int>(tempo.bpm() + 0.5)) + "@" +
                quarters(tempo.at.fromStart, score.division.ticksPerQuarter);
    return text;
}

inline std::string reportOf(const midi::ImportReport& report) {
    std::string text;
    for (const auto& line : report.lines) text += std::string(midi::verdictName(line.verdict)) + " " + line.text + "\n";
    return text;
}

// ---- MusicXML out of its inner parts

/// One part of one score, divisions 4 a quarter, from the measures' text.
inline std::string partwise(const std::string& measures, const std::string& instrument = "") {
    return "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE score-partwise PUBLIC '-//Recordare//DTD MusicXML 4.0 "
           "Partwise//EN' 'http://www.musicxml.org/dtds/partwise.dtd'><score-partwise version='4.0'><part-list>"
           "<score-part id='P1'><part-name>Part</part-name>" +
           instrument + "</score-part></part-list><part id='P1'>" + measures + "</part></score-partwise>";
}

/// A measure; the first of a piece has attributes besides.
inline std::string measure(const std::string& content) { return "<measure number='1'>" + content + "</measure>"; }
inline std::string attributes(const std::string& inner = "") {
    return "<attributes><divisions>4</divisions>" + inner + "</attributes>";
}
/// "C4" or "F#4" of a duration in sixteenths, with more inside.
inline std::string noteXml(const std::string& pitch, int sixteenths, const std::string& more = "",
                           const std::string& before = "") {
    const bool altered = pitch.size() == 3;
    return "<note>" + before + "<pitch><step>" + pitch.substr(0, 1) + "</step>" +
           (altered ? std::string("<alter>") + (pitch[1] == '#' ? "1" : "-1") + "</alter>" : "") + "<octave>" +
           pitch.substr(pitch.size() - 1) + "</octave></pitch><duration>" + std::to_string(sixteenths) + "</duration>" +
           more + "</note>";
}
inline std::string restXml(int sixteenths) {
    return "<note><rest/><duration>" + std::to_string(sixteenths) + "</duration></note>";
}

} // namespace continuo::notation
