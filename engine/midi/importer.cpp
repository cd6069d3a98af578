#include "engine/midi/importer.h"

#include "engine/base/text.h"
#include "engine/midi/meta_reader.h"
#include "engine/midi/note_pairing.h"
#include "engine/midi/open_notes.h"
#include "engine/midi/text_encoding.h"
#include "engine/midi/time_texts.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace continuo::midi {
namespace {

using score::ChannelEventKind;
using score::EventId;
using score::NoteId;
using score::Tick;
using score::Ticks;

class Importer {
public:
    Importer(std::shared_ptr<const base::Bytes> bytes, bool detailed) : bytes_(*bytes), detailed_(detailed) {
        score().source = std::move(bytes);
    }

    base::Result<DetailedRead> run() {
        auto container = walkChunks(bytes_, report());
        if (!container) return base::failure(container.error());
        read_.container = std::move(*container);
        score().format = read_.container.format;
        score().division = read_.container.division;
        int index = 0;
        for (const auto& chunk : read_.container.chunks) {
            if (!chunk.isTrack) continue;
            if (auto done = readChunk(chunk, index++); !done) return base::failure(done.error());
        }
        closeOpenNotes(score(), orphans_, unclosed_, report());
        finish();
        return std::move(read_);
    }

private:
    score::Score& score() { return read_.result.score; }
    ImportReport& report() { return read_.result.report; }

    // ---- one chunk

    base::Status readChunk(const Chunk& chunk, int index) {
        chunk_ = index;
        chunkEnd_ = chunk.end;
        port_ = 0;
        name_.reset();
        trackOf_.clear();
        for (auto& ticks : silences_) ticks.clear();
        for (auto& at : lastTrack_) at = kNoTrack;
        if (detailed_) read_.chunks.emplace_back();

        EventScanner scanner(bytes_, chunk.begin, chunk.end, &report());
        RawEvent event;
        while (true) {
            if (!detailed_) takePlainEvents(scanner);
            if (!scanner.next(event)) break;
            if (++events_ > kLimits.events) return tooMuch(event.offset, "it holds more than 16,777,216 events");
            if (event.tick > kLimits.ticks) return tooMuch(event.offset, "it lasts longer than 2^53 ticks");
            take(event);
        }
        endChunk(chunk, scanner);
        return {};
    }

    base::Status tooMuch(std::uint64_t offset, const char* why) const {
        return base::failure(base::ErrorCode::Unsupported,
                             std::string("the file is refused: ") + why + " (byte " + std::to_string(offset) + ")");
    }

    void endChunk(const Chunk& chunk, const EventScanner& scanner) {
        using End = EventScanner::End;
        const auto end = scanner.tick();
        if (scanner.ending() == End::EndOfTrack && scanner.position() < chunk.end)
            report().add(Verdict::Note, scanner.position(), "bytes behind the end of a track are kept but not played");
        if (scanner.ending() == End::OutOfBytes && chunk.end > chunk.begin)
            report().add(Verdict::Note, chunk.end, "a track has no end event; it ends with its last event");
        if (scanner.ending() == End::Truncated)
            report().add(Verdict::Repair, scanner.position(),
                         "a track breaks off inside an event; what is complete was kept");
        score().end = std::max(score().end, Tick{end});
        pairing_.drain([&](int channel, int pitch, const NotePairing::Open& open) {
            leaveOpen(channel, pitch, open, end, chunk.offset);
        });
        for (const auto& [key, track] : trackOf_)
            if (name_) score().tracks[track].name = *name_;
        if (detailed_) read_.chunks.back().opaque = scanner.position();
    }

    /// All-notes-off is the end of a note that has no other.
    void leaveOpen(int channel, int pitch, const NotePairing::Open& open, std::int64_t end, std::uint64_t offset) {
        auto& note = score().tracks[open.track].notes[open.note];
        const auto& silences = silences_[static_cast<std::size_t>(channel)];
        const auto silence = std::ranges::upper_bound(silences, note.onset.fromStart);
        if (silence != silences.end()) {
            note.length = Tick{*silence} - note.onset;
            report().add(Verdict::Note, offset, "a note ends with an all-notes-off message");
            return;
        }
        unclosed_.push_back({channel, pitch, open.track, open.note, end, offset});
    }

    /// The same as next() and take() event by event, without a description of each in between.
    void takePlainEvents(EventScanner& scanner) {
        if (scanner.tick() > kLimits.ticks / 2) return; // so many plain events cannot reach the limit from below
        events_ +=
            scanner.plainEvents(kLimits.events - events_,
                                [&](std::int64_t tick, std::uint64_t body, std::uint8_t status, std::uint8_t first,
                                    std::uint8_t second) { takeChannel(tick, body, status, first, second); });
    }

    void take(const RawEvent& event) {
        Role role = Role::Kept;
        id_ = 0;
        if (event.kind == RawEvent::Kind::Channel)
            role = takeChannel(event.tick, event.body, event.status, event.first, event.second);
        else if (event.kind == RawEvent::Kind::Meta)
            role = takeMeta(event, id_);
        if (detailed_) read_.chunks.back().events.push_back({event, role, id_});
    }

    // ---- channel events

    std::size_t trackFor(std::size_t channel) {
        const auto cached = lastTrack_[channel];
        return cached != kNoTrack ? cached : lastTrack_[channel] = findTrack(channel);
    }

    [[gnu::noinline]] std::size_t findTrack(std::size_t channel) {
        const auto [found, isNew] = trackOf_.try_emplace(port_ * 16 + static_cast<int>(channel), score().tracks.size());
        if (!isNew) return found->second;
        score::Track track;
        track.id = score::TrackId{++ids_};
        track.chunk = chunk_;
        track.port = static_cast<std::uint8_t>(port_);
        track.channel = static_cast<std::uint8_t>(channel);
        track.drums = channel == 9;
        score().tracks.push_back(std::move(track));
        return found->second;
    }

    // Plain numbers go in registers; a value made of bytes would be written and read again, once an event.

    /// `body` is the offset of the message. Leaves the id of what it became in id_.
    Role takeChannel(std::int64_t tick, std::uint64_t body, std::uint8_t status, std::uint8_t first,
                     std::uint8_t second) {
        const auto channel = static_cast<std::size_t>(status & 0x0F);
        const auto index = trackFor(channel);
        if ((status & 0xF0) == 0x90 && second > 0) return takeNoteOn(tick, body, channel, index, first, second);
        if ((status & 0xE0) == 0x80)
            return takeNoteOff(tick, body, channel, first, (status & 0xF0) == 0x80 ? second : std::uint8_t{64});
        const auto kind = static_cast<ChannelEventKind>(status >> 4);
        const bool silences = kind == ChannelEventKind::Controller && (first == 120 || first == 123);
        if (silences) silences_[channel].push_back(tick);
        id_ = ++ids_;
        score().tracks[index].events.push_back({EventId{id_}, Tick{tick}, kind, first, second});
        return Role::Channel;
    }

    /// From the bytes that are there, eight a note; less for each further track of the chunk, so that the sum is
    /// bounded.
    [[gnu::noinline]] void reserveNotes(std::vector<score::Note>& notes, std::uint64_t from) const {
        notes.reserve(static_cast<std::size_t>(chunkEnd_ - from) / (8 * trackOf_.size() * trackOf_.size()));
    }

    Role takeNoteOn(std::int64_t tick, std::uint64_t body, std::size_t channel, std::size_t index, std::uint8_t pitch,
                    std::uint8_t velocity) {
        ++read_.result.noteOns;
        auto& notes = score().tracks[index].notes;
        if (notes.empty()) reserveNotes(notes, body);
        pairing_.open(channel, pitch, index, notes.size());
        id_ = ++ids_;
        auto& note = notes.emplace_back();
        note.id = NoteId{id_};
        note.onset = Tick{tick};
        note.length = Ticks{0};
        note.pitch = pitch;
        note.velocity = velocity;
        return Role::NoteOn;
    }

    Role takeNoteOff(std::int64_t tick, std::uint64_t body, std::size_t channel, std::uint8_t pitch,
                     std::uint8_t release) {
        NotePairing::Open open;
        if (!pairing_.close(channel, pitch, open)) return keepOrphan(tick, body, channel, pitch, release);
        auto& note = score().tracks[open.track].notes[open.note];
        note.length = Tick{tick} - note.onset;
        note.release = release;
        id_ = static_cast<std::uint64_t>(note.id);
        return Role::NoteOff;
    }

    [[gnu::noinline]] Role keepOrphan(std::int64_t tick, std::uint64_t body, std::size_t channel, std::uint8_t pitch,
                                      std::uint8_t release) {
        orphans_.push_back({static_cast<int>(channel), pitch, tick, body, release});
        return Role::Kept;
    }

    // ---- meta events

    Role takeMeta(const RawEvent& event, std::uint64_t& id) {
        switch (event.first) {
        case kMetaTempo:
            id = keep(readTempo(bytes_, event, report()), event.tick, score().tempos);
            return id ? Role::Tempo : Role::Kept;
        case kMetaMeter:
            id = keep(readMeter(bytes_, event, report()), event.tick, score().meters);
            return id ? Role::Meter : Role::Kept;
        case kMetaKey:
            id = keep(readKey(bytes_, event, report()), event.tick, score().keys);
            return id ? Role::Key : Role::Kept;
        case kMetaText:
            return takeText(textOf(event), event.tick, id);
        case kMetaMarker:
        case kMetaCue:
            id = keep(markerOf(event), event.tick, score().markers);
            return Role::Marker;
        case kMetaPort:
            return takePort(event);
        case kMetaTrackName:
            if (name_) return Role::Kept;
            name_ = toUtf8(textOf(event));
            return Role::Name;
        case kMetaEndOfTrack:
            if (event.payloadSize() != 0)
                report().add(Verdict::Note, event.body, "an end of track carries data; it is kept");
            return Role::EndOfTrack;
        default:
            return Role::Kept;
        }
    }

    std::string_view textOf(const RawEvent& event) const {
        return base::textOf(bytes_.subspan(event.payload, event.payloadSize()));
    }

    std::optional<score::MarkerEvent> markerOf(const RawEvent& event) const {
        using Kind = score::MarkerEvent::Kind;
        return score::MarkerEvent{.kind = event.first == kMetaCue ? Kind::Cue : Kind::Section,
                                  .name = toUtf8(textOf(event))};
    }

    /// Texts that say a chord, a scale or a ramp; others stay what they are.
    Role takeText(std::string_view text, std::int64_t tick, std::uint64_t& id) {
        if ((id = keep(readChord(text), tick, score().chords))) return Role::Chord;
        if ((id = keep(readScale(text), tick, score().scales))) return Role::Scale;
        if ((id = keep(readRamp(text), tick, score().ramps))) return Role::Ramp;
        return Role::Kept;
    }

    /// `event` is what a reader made of the bytes; nothing where it has no effect.
    template <typename Event>
    std::uint64_t keep(std::optional<Event> event, std::int64_t tick, std::vector<Event>& list) {
        if (!event) return 0;
        event->id = EventId{++ids_};
        event->chunk = chunk_;
        event->at = Tick{tick};
        list.push_back(*event);
        return ids_;
    }

    Role takePort(const RawEvent& event) {
        if (event.payloadSize() < 1)
            return report().add(Verdict::Skip, event.body, "a port event is empty; it is kept but has no effect"),
                   Role::Kept;
        port_ = byteAt(bytes_, event.payload);
        for (auto& at : lastTrack_) at = kNoTrack;
        return Role::Port;
    }

    // ---- after the last chunk

    void finish() {
        for (auto& track : score().tracks) orderChords(track.notes);
        std::ranges::stable_sort(score().tempos, score::EventOrder{});
        std::ranges::stable_sort(score().meters, score::EventOrder{});
        std::ranges::stable_sort(score().keys, score::EventOrder{});
        std::ranges::stable_sort(score().scales, score::EventOrder{});
        std::ranges::stable_sort(score().chords, score::EventOrder{});
        std::ranges::stable_sort(score().markers, score::EventOrder{});
        std::ranges::stable_sort(score().ramps, score::EventOrder{});
        read_.result.seconds = score().tempoMap().secondsAt(score().end);
        if (read_.result.seconds > kLimits.longSongSeconds)
            report().add(Verdict::Note, read_.container.header, "the piece lasts longer than a day");
    }

    /// The file gives notes by onset; those of one tick are put in order of pitch, then id.
    static void orderChords(std::vector<score::Note>& notes) {
        for (auto first = notes.begin(); first != notes.end();) {
            auto last = first + 1;
            bool inOrder = true;
            for (; last != notes.end() && last->onset == first->onset; ++last)
                inOrder &= (last - 1)->pitch <= last->pitch;
            if (!inOrder) std::sort(first, last, score::NoteOrder{});
            first = last;
        }
    }

    static constexpr std::size_t kNoTrack = static_cast<std::size_t>(-1);

    base::ByteSpan bytes_;
    bool detailed_;
    DetailedRead read_;
    std::uint64_t ids_ = 0;
    std::uint64_t id_ = 0; // of what the last event became, 0 for nothing
    std::size_t events_ = 0;

    int chunk_ = 0;
    std::uint64_t chunkEnd_ = 0;
    int port_ = 0;
    std::optional<std::string> name_;
    std::map<int, std::size_t> trackOf_;                 // port * 16 + channel → index of the track
    std::array<std::size_t, 16> lastTrack_{};            // the same for the present port, without the search
    std::array<std::vector<std::int64_t>, 16> silences_; // ticks of all-notes-off messages, by channel
    NotePairing pairing_;
    std::vector<OrphanEnd> orphans_;
    std::vector<OpenNote> unclosed_;
};

} // namespace

base::Result<DetailedRead> importBytes(std::shared_ptr<const base::Bytes> bytes, bool detailed) {
    return Importer(std::move(bytes), detailed).run();
}

} // namespace continuo::midi
