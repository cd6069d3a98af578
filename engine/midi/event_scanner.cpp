#include "engine/midi/event_scanner.h"

#include <utility>

namespace continuo::midi {
namespace {

int dataBytes(std::uint8_t status) { return (status & 0xE0) == 0xC0 ? 1 : 2; } // Cn and Dn have one

/// System common and real-time bytes that have no place in a file: how many data bytes follow.
int strayDataBytes(std::uint8_t status) { return status == 0xF2 ? 2 : status == 0xF1 || status == 0xF3 ? 1 : 0; }

bool isUndefined(std::uint8_t status) { return status == 0xF4 || status == 0xF5 || status == 0xF9 || status == 0xFD; }

} // namespace

EventScanner::EventScanner(base::ByteSpan bytes, std::uint64_t begin, std::uint64_t end, ImportReport* report)
    : bytes_(bytes), at_(begin), end_(end), report_(report) {}

void EventScanner::note(Verdict verdict, std::uint64_t offset, const char* text) {
    if (report_) report_->add(verdict, offset, text);
}

bool EventScanner::stop(End why) {
    ending_ = why;
    return false;
}

EventScanner::Length EventScanner::readLength(std::uint32_t& value) {
    if (at_ < end_ && byteAt(bytes_, at_) < 0x80) { // by far the most common
        value = byteAt(bytes_, at_++);
        return Length::Good;
    }
    value = 0;
    for (int i = 0; i < 4; ++i) {
        if (at_ >= end_) return Length::Cut;
        const auto byte = byteAt(bytes_, at_++);
        value = value << 7 | (byte & 0x7F);
        if (byte < 0x80) return Length::Good;
    }
    return Length::TooLong;
}

bool EventScanner::nextAny(RawEvent& event) {
    if (ending_ != End::Running) return false;
    if (at_ >= end_) return stop(End::OutOfBytes);
    const auto start = at_;
    std::uint32_t delta = 0;
    if (!readDelta(delta)) {
        at_ = start;
        return stop(ending_ == End::Running ? End::Truncated : ending_);
    }
    // Field by field: a whole value built aside and copied stalls on the processor's store buffer, once an event.
    event.tick = tick_ + delta;
    event.offset = start;
    event.body = at_;
    event.payload = at_;
    event.first = 0;
    event.second = 0;
    event.running = false;
    const auto status = byteAt(bytes_, at_);
    bool good = false;
    if (status < 0x80)
        good = running_ ? readChannel(event, running_) : skipToStatus(event);
    else if (status < 0xF0)
        good = (++at_, readChannel(event, status));
    else if (status == 0xFF)
        good = readMeta(event);
    else if (status == 0xF0 || status == 0xF7)
        good = readSysex(event, status);
    else
        good = readStray(event, status);
    if (!good) {
        at_ = start;
        return stop(ending_ == End::Running ? End::Truncated : ending_);
    }
    tick_ = event.tick;
    event.end = at_;
    if (event.isMeta(kMetaEndOfTrack)) ending_ = End::EndOfTrack;
    return true;
}

bool EventScanner::readDelta(std::uint32_t& delta) {
    if (std::exchange(resynced_, false))
        return true; // a status byte that cut an event off has no delta time of its own
    const auto start = at_;
    const auto length = readLength(delta);
    if (length == Length::TooLong) {
        note(Verdict::Note, start, "a delta time is longer than four bytes; this track was read up to here");
        ending_ = End::Unreadable;
    }
    return length == Length::Good && at_ < end_;
}

bool EventScanner::readChannel(RawEvent& event, std::uint8_t status) {
    event.kind = RawEvent::Kind::Channel;
    event.status = status;
    event.running = at_ == event.body;
    if (event.running && interrupted_)
        note(Verdict::Note, event.body, "running status goes on after a meta or sysex event");
    interrupted_ = false;
    running_ = status;
    const auto count = static_cast<std::uint64_t>(dataBytes(status));
    for (std::uint64_t i = 0; i < count; ++i) {
        if (at_ >= end_) return false;
        const auto data = byteAt(bytes_, at_);
        if (data >= 0x80) { // a new status where data belongs: the event is incomplete and only its bytes are kept
            note(Verdict::Note, at_, "an event breaks off before its data; it was left out");
            event.kind = RawEvent::Kind::Stray;
            return resynced_ = true;
        }
        (i == 0 ? event.first : event.second) = data;
        ++at_;
    }
    return true;
}

bool EventScanner::readPayload(RawEvent& event) {
    const auto start = at_;
    std::uint32_t size = 0;
    switch (readLength(size)) {
    case Length::Good:
        break;
    case Length::Cut:
        return false;
    case Length::TooLong:
        note(Verdict::Note, start, "a length is longer than four bytes; this track was read up to here");
        ending_ = End::Unreadable;
        return false;
    }
    if (size > end_ - at_) return false;
    event.payload = at_;
    at_ += size;
    return true;
}

bool EventScanner::readMeta(RawEvent& event) {
    event.kind = RawEvent::Kind::Meta;
    event.status = 0xFF;
    if (++at_ >= end_) return false;
    event.first = byteAt(bytes_, at_++);
    interrupted_ = running_ != 0;
    return readPayload(event);
}

bool EventScanner::readSysex(RawEvent& event, std::uint8_t status) {
    event.kind = status == 0xF0 ? RawEvent::Kind::Sysex : RawEvent::Kind::Escape;
    event.status = status;
    ++at_;
    interrupted_ = running_ != 0;
    if (!readPayload(event)) return false;
    if (status != 0xF0) return true;
    for (auto i = event.payload; i + 1 < at_; ++i)
        if (byteAt(bytes_, i) >= 0x80) {
            note(Verdict::Note, i, "a system exclusive message holds bytes above 127; it is kept but never sent");
            break;
        }
    return true;
}

bool EventScanner::readStray(RawEvent& event, std::uint8_t status) {
    event.kind = RawEvent::Kind::Stray;
    event.status = status;
    ++at_;
    for (int i = strayDataBytes(status); i > 0 && at_ < end_ && byteAt(bytes_, at_) < 0x80; --i) ++at_;
    note(isUndefined(status) ? Verdict::Note : Verdict::Skip, event.body,
         "a system message that has no meaning in a file was passed over; its bytes are kept");
    return true;
}

bool EventScanner::skipToStatus(RawEvent& event) {
    note(Verdict::Repair, event.body, "data without a status byte was passed over; its bytes are kept");
    event.kind = RawEvent::Kind::Stray;
    event.status = 0;
    while (at_ < end_ && byteAt(bytes_, at_) < 0x80) ++at_;
    return resynced_ = true;
}

} // namespace continuo::midi
