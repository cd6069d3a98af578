#include "engine/midi/new_events.h"

#include "engine/midi/midi_file_format.h"
#include "engine/midi/time_texts.h"

#include <algorithm>
#include <array>

namespace continuo::midi {
namespace {

NewEvent message(std::int64_t tick, NewEvent::Order order, std::initializer_list<int> bytes) {
    NewEvent event{tick, order, {}};
    for (const int byte : bytes) event.bytes.push_back(static_cast<std::byte>(byte));
    return event;
}

NewEvent meta(std::int64_t tick, MetaType type, std::initializer_list<int> payload) {
    ByteWriter writer;
    base::Bytes bytes;
    for (const int byte : payload) bytes.push_back(static_cast<std::byte>(byte));
    writer.meta(type, bytes);
    return {tick, NewEvent::kMeta, writer.take()};
}

NewEvent textEvent(score::Tick at, MetaType type, const std::string& text) {
    ByteWriter writer;
    writer.meta(type, base::bytesOf(text));
    return {at.fromStart, NewEvent::kMeta, writer.take()};
}

} // namespace

NewEvent noteOnEvent(const score::Track& track, const score::Note& note) {
    return message(note.onset.fromStart, NewEvent::kOn, {0x90 | track.channel, note.pitch, note.velocity});
}

NewEvent noteOffEvent(const score::Track& track, const score::Note& note) {
    const auto order = note.length.count == 0 ? NewEvent::kZeroLengthOff : NewEvent::kOff;
    return message(note.end().fromStart, order, {0x80 | track.channel, note.pitch, note.release});
}

NewEvent channelEvent(const score::Track& track, const score::ChannelEvent& event) {
    using Kind = score::ChannelEventKind;
    const int status = static_cast<int>(event.kind) << 4 | track.channel;
    if (event.kind == Kind::Program || event.kind == Kind::ChannelPressure)
        return message(event.at.fromStart, NewEvent::kChannel, {status, event.first});
    return message(event.at.fromStart, NewEvent::kChannel, {status, event.first, event.second});
}

NewEvent tempoEvent(const score::TempoEvent& event) {
    const auto value = static_cast<int>(event.microsecondsPerQuarter);
    return meta(event.at.fromStart, kMetaTempo, {value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF});
}

NewEvent meterEvent(const score::MeterEvent& event) {
    return meta(event.at.fromStart, kMetaMeter,
                {event.numerator, event.denominatorPower, event.clocksPerClick, event.thirtySecondsPerQuarter});
}

NewEvent keyEvent(const score::KeyEvent& event) {
    return meta(event.at.fromStart, kMetaKey, {event.sharps & 0xFF, event.minor ? 1 : 0});
}

NewEvent scaleEvent(const score::ScaleEvent& event) { return textEvent(event.at, kMetaText, scaleText(event)); }
NewEvent chordEvent(const score::ChordEvent& event) { return textEvent(event.at, kMetaText, chordText(event)); }
NewEvent rampEvent(const score::TempoRamp& event) { return textEvent(event.at, kMetaText, rampText(event)); }

NewEvent markerEvent(const score::MarkerEvent& event) {
    return textEvent(event.at, event.kind == score::MarkerEvent::Kind::Cue ? kMetaCue : kMetaMarker, event.name);
}

NewEvent nameEvent(const std::string& name) { return textEvent({}, kMetaTrackName, name); }

NewEvent portEvent(int port) { return meta(0, kMetaPort, {port}); }

void sortNewEvents(std::vector<NewEvent>& events) {
    std::stable_sort(events.begin(), events.end(), [](const NewEvent& a, const NewEvent& b) {
        return a.tick != b.tick ? a.tick < b.tick : a.order < b.order;
    });
}

} // namespace continuo::midi
