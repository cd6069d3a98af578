#include "ui/live/phrase_capture.h"

#include <algorithm>
#include <cassert>

namespace continuo::ui {

namespace {

enum Status : std::uint8_t { kNoteOff = 0x80, kNoteOn = 0x90, kSystem = 0xF0 };

} // namespace

double Phrase::start() const {
    assert(!notes.empty());
    return notes.front().onset;
}

double Phrase::end() const {
    double end = start();
    for (const auto& note : notes) end = std::max(end, note.end.value_or(note.onset));
    return end;
}

void PhraseCapture::take(const sound::LiveMessage& message) {
    const auto status = static_cast<std::uint8_t>(message.bytes[0] & 0xF0);
    if (message.size < 2 || status == kSystem) return;
    trim(message.time);
    const bool off = status == kNoteOff || (status == kNoteOn && message.bytes[2] == 0);
    if (off)
        noteOff(message);
    else if (status == kNoteOn)
        played_.notes.push_back({message.time, {}, message.bytes[1], message.bytes[2], 64});
    else
        played_.events.push_back({message.time, static_cast<score::ChannelEventKind>(status >> 4), message.bytes[1],
                                  message.size > 2 ? message.bytes[2] : std::uint8_t{0}});
}

void PhraseCapture::noteOff(const sound::LiveMessage& message) {
    for (auto note = played_.notes.rbegin(); note != played_.notes.rend(); ++note) {
        if (note->pitch != message.bytes[1] || note->end) continue;
        note->end = message.time;
        note->release = message.bytes[2] ? message.bytes[2] : 64;
        return;
    }
}

void PhraseCapture::trim(double now) {
    const auto old = [&](double time) { return time < now - kMemory; };
    std::erase_if(played_.notes, [&](const auto& note) { return note.end && old(*note.end); });
    std::erase_if(played_.events, [&](const auto& event) { return old(event.time); });
}

bool PhraseCapture::isKeyDown() const {
    return std::ranges::any_of(played_.notes, [](const auto& note) { return !note.end; });
}

Phrase PhraseCapture::lastPhrase(double now) const {
    double sounding = 0, start = 0;
    bool any = false;
    for (const auto& note : played_.notes) {
        if (!any || note.onset - sounding > kSilence) start = note.onset;
        sounding = any ? std::max(sounding, note.end.value_or(now)) : note.end.value_or(now);
        any = true;
    }
    return any ? since(start, now) : Phrase{};
}

Phrase PhraseCapture::since(double time, double now) const {
    Phrase phrase;
    for (auto note : played_.notes) {
        if (note.onset < time) continue;
        if (!note.end) note.end = now;
        phrase.notes.push_back(note);
    }
    for (const auto& event : played_.events)
        if (event.time >= time) phrase.events.push_back(event);
    std::ranges::stable_sort(phrase.notes, {}, &PlayedNote::onset);
    return phrase;
}

} // namespace continuo::ui
