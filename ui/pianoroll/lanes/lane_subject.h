#pragma once

#include "engine/score/operations/control_line.h"

#include <QString>
#include <vector>

namespace continuo::ui {

/// What a lane shows: a value of each note, or one line of values of the track.
struct LaneSubject {
    enum class Kind { Velocity, Release, Control };

    Kind kind = Kind::Velocity;
    score::ControlLine line; // of Control

    static LaneSubject velocity() { return {Kind::Velocity, {}}; }
    static LaneSubject release() { return {Kind::Release, {}}; }
    static LaneSubject control(score::ControlLine line) { return {Kind::Control, line}; }
    bool isOfNotes() const { return kind != Kind::Control; }
    friend bool operator==(const LaneSubject& a, const LaneSubject& b) {
        return a.kind == b.kind && (a.isOfNotes() || a.line == b.line);
    }
};

/// "Velocity", "Modulation", "Pitch bend", "Pressure of E♭4".
QString nameOf(const LaneSubject& subject, bool flats = false);
/// For narrow gutters: "Vel", "Pedal", "CC 74".
QString shortNameOf(const LaneSubject& subject, bool flats = false);

struct LaneChoice {
    LaneSubject subject;
    QString name;
    std::size_t events = 0; // of the track
};
struct LaneChoices {
    QString heading;
    std::vector<LaneChoice> choices;
};
/// What a lane can show: what the track uses, most used first; then what notes, channel and the keys in `keys` have;
/// then all controllers.
std::vector<LaneChoices> laneChoices(const score::Track* track, const std::vector<int>& keys, bool flats);

} // namespace continuo::ui
