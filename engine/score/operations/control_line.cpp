#include "engine/score/operations/control_line.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {
namespace {

constexpr int kBendCentre = 8192;

} // namespace

int ValueBounds::bounded(double value) const {
    return static_cast<int>(std::lround(std::clamp(value, static_cast<double>(low), static_cast<double>(high))));
}

ValueBounds boundsOf(ControlLine line) {
    return line.kind == ChannelEventKind::PitchBend ? ValueBounds{-kBendCentre, kBendCentre - 1} : ValueBounds{};
}

ControlLine lineOf(const ChannelEvent& event) {
    const bool isNumbered = event.kind == ChannelEventKind::Controller || event.kind == ChannelEventKind::KeyPressure;
    return {event.kind, isNumbered ? event.first : std::uint8_t{0}};
}

int valueOf(const ChannelEvent& event) {
    switch (event.kind) {
    case ChannelEventKind::PitchBend:
        return event.second * 128 + event.first - kBendCentre;
    case ChannelEventKind::Program:
    case ChannelEventKind::ChannelPressure:
        return event.first;
    default:
        return event.second;
    }
}

ChannelEvent withValue(ChannelEvent event, int value) {
    value = boundsOf(lineOf(event)).bounded(value);
    switch (event.kind) {
    case ChannelEventKind::PitchBend:
        event.first = static_cast<std::uint8_t>((value + kBendCentre) % 128);
        event.second = static_cast<std::uint8_t>((value + kBendCentre) / 128);
        break;
    case ChannelEventKind::Program:
    case ChannelEventKind::ChannelPressure:
        event.first = static_cast<std::uint8_t>(value);
        break;
    default:
        event.second = static_cast<std::uint8_t>(value);
    }
    return event;
}

ChannelEvent eventOf(ControlLine line, EventId id, Tick at, int value) {
    return withValue({.id = id, .at = at, .kind = line.kind, .first = line.number, .second = 0}, value);
}

int initialValueOf(ControlLine line) {
    if (line.kind != ChannelEventKind::Controller) return 0;
    switch (line.number) {
    case 7:
        return 100;
    case 8:
    case 10:
        return 64;
    case 11:
        return 127;
    default:
        return 0;
    }
}

int valueAt(const Track& track, ControlLine line, Tick at) {
    auto event = std::upper_bound(track.events.begin(), track.events.end(), at,
                                  [](Tick tick, const ChannelEvent& other) { return tick < other.at; });
    while (event != track.events.begin())
        if (lineOf(*--event) == line) return valueOf(*event);
    return initialValueOf(line);
}

std::vector<ChannelEvent> eventsOf(const Track& track, ControlLine line) {
    std::vector<ChannelEvent> events;
    for (const auto& event : track.events)
        if (lineOf(event) == line) events.push_back(event);
    return events;
}

bool isSwitch(ControlLine line) {
    return line.kind == ChannelEventKind::Controller && 64 <= line.number && line.number <= 69;
}

bool shapesNotes(ControlLine line) {
    if (line.kind == ChannelEventKind::Program) return false;
    if (line.kind != ChannelEventKind::Controller) return true;
    const int n = line.number;
    return n != 0 && n != 32 && n != 6 && n != 38 && (n < 96 || 101 < n) && n < 120;
}

ScoreEdit changedEvents(TrackId track, std::vector<ChannelEvent> before, std::vector<ChannelEvent> after) {
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    TrackContentEdit content{track, {}, {}};
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(content.events.removed));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(content.events.added));
    ScoreEdit edit;
    if (content.events.isEmpty()) return edit;
    std::sort(content.events.removed.begin(), content.events.removed.end(), EventOrder{});
    std::sort(content.events.added.begin(), content.events.added.end(), EventOrder{});
    edit.contents.push_back(std::move(content));
    return edit;
}

} // namespace continuo::score
