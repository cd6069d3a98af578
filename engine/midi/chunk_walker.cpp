#include "engine/midi/chunk_walker.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace continuo::midi {
namespace {

using base::ByteSpan;

tl::unexpected<base::Error> refuse(std::uint64_t offset, std::string why) {
    return base::failure(base::ErrorCode::FileMalformed, std::move(why) + " (byte " + std::to_string(offset) + ")");
}

/// What other file this is, where its first bytes tell.
const char* foreignType(ByteSpan bytes) {
    struct Magic {
        std::string_view bytes;
        const char* name;
    };
    constexpr std::array kMagics{Magic{"\x1F\x8B", "a gzip archive; unpack it first"},
                                 Magic{"PK\x03\x04", "a ZIP archive; unpack it first"},
                                 Magic{"XMF_", "an XMF file"},
                                 Magic{"SMF2CLIP", "a MIDI 2.0 clip file"},
                                 Magic{"\xF0", "a bare system exclusive file"},
                                 Magic{"RIFF", "a RIFF file without MIDI data"},
                                 Magic{"<?xml", "an XML file"}};
    for (const auto& magic : kMagics)
        if (hasText(bytes, 0, magic.bytes)) return magic.name;
    return nullptr;
}

/// The position of `text` at or after `from`, before `end`.
std::optional<std::uint64_t> findText(ByteSpan bytes, std::string_view text, std::uint64_t from, std::uint64_t end) {
    if (from >= end) return std::nullopt;
    const auto at = base::textOf(bytes.subspan(0, end)).find(text, from);
    if (at == std::string_view::npos) return std::nullopt;
    return at;
}

bool isPrintable(std::uint8_t byte) { return byte >= 0x20 && byte < 0x7F; }

class Walker {
public:
    Walker(ByteSpan bytes, ImportReport& report) : bytes_(bytes), report_(report) { file_.smfEnd = bytes.size(); }

    base::Result<Container> walk() {
        openRiff();
        if (auto header = readHeader(); !header) return base::failure(header.error());
        auto at = file_.headerEnd;
        while (at < file_.smfEnd && !stopped_) at = readChunk(at);
        checkCount();
        return std::move(file_);
    }

private:
    std::uint32_t littleEndian(std::uint64_t at) const {
        return static_cast<std::uint32_t>(byteAt(bytes_, at)) |
               static_cast<std::uint32_t>(byteAt(bytes_, at + 1)) << 8 |
               static_cast<std::uint32_t>(byteAt(bytes_, at + 2)) << 16 |
               static_cast<std::uint32_t>(byteAt(bytes_, at + 3)) << 24;
    }

    /// RIFF RMID: the MIDI file is the content of the "data" chunk.
    void openRiff() {
        if (!hasText(bytes_, 0, "RIFF") || !hasText(bytes_, 8, "RMID")) return;
        for (std::uint64_t at = 12; at + 8 <= bytes_.size();) {
            const auto size = std::min<std::uint64_t>(littleEndian(at + 4), bytes_.size() - at - 8);
            if (hasText(bytes_, at, "data")) {
                file_.isRiff = true;
                file_.riffDataSize = at + 4;
                file_.header = at + 8;
                file_.smfEnd = at + 8 + size;
                return;
            }
            at += 8 + size + size % 2;
        }
    }

    base::Status findHeader() {
        if (file_.isRiff || hasText(bytes_, 0, kHeaderId)) return {};
        if (const auto* foreign = foreignType(bytes_))
            return refuse(0, std::string("this is no MIDI file but ") + foreign);
        const auto found =
            findText(bytes_, kHeaderId, 0, std::min<std::uint64_t>(bytes_.size(), kLimits.junkBeforeHeader + 4));
        if (!found)
            return refuse(0,
                          bytes_.empty() ? "the file is empty" : "this is no MIDI file: it does not begin with MThd");
        report_.add(Verdict::Note, 0,
                    "there are " + std::to_string(*found) + " bytes before the header; they are kept");
        file_.header = *found;
        return {};
    }

    base::Status readHeader() {
        if (auto found = findHeader(); !found) return found;
        const auto at = file_.header;
        if (file_.smfEnd < at + 14 || !hasText(bytes_, at, kHeaderId)) return refuse(at, "the header is cut off");
        const auto size = bigEndian(bytes_, at + 4, 4);
        if (size < 6)
            return refuse(at + 4, "the header says it has " + std::to_string(size) + " bytes; six are needed");
        if (size > file_.smfEnd - at - 8) return refuse(at + 4, "the header says it is longer than the file");
        file_.headerEnd = at + 8 + size;
        file_.format = static_cast<int>(bigEndian(bytes_, at + 8, 2));
        file_.declaredTracks = static_cast<int>(bigEndian(bytes_, at + 10, 2));
        if (file_.format > 2)
            return refuse(at + 8, "the format is " + std::to_string(file_.format) + "; only 0, 1 and 2 are known");
        if (file_.format == 2) report_.add(Verdict::Note, at + 8, "format 2: each track is a piece of its own");
        return readDivision(at + 12);
    }

    base::Status readDivision(std::uint64_t at) {
        const auto raw = bigEndian(bytes_, at, 2);
        if (raw < 0x8000) {
            if (raw == 0) report_.add(Verdict::Repair, at, "the division is 0; 480 ticks a quarter are taken");
            file_.division = {static_cast<std::uint16_t>(raw == 0 ? 480 : raw), 0, 0};
            return {};
        }
        const int frames = 256 - static_cast<int>(raw >> 8);
        const int ticks = static_cast<int>(raw & 0xFF);
        if ((frames != 24 && frames != 25 && frames != 29 && frames != 30) || ticks == 0)
            return refuse(at, "the division asks for " + std::to_string(frames) + " frames a second of " +
                                  std::to_string(ticks) + " ticks, which is not a time code");
        file_.division = {0, static_cast<std::uint8_t>(frames), static_cast<std::uint8_t>(ticks)};
        return {};
    }

    bool looksLikeChunk(std::uint64_t at) const {
        if (at + 8 > file_.smfEnd) return false;
        for (std::uint64_t i = 0; i < 4; ++i)
            if (!isPrintable(byteAt(bytes_, at + i))) return false;
        return true;
    }

    /// Reads the chunk at `at` and returns where to go on.
    std::uint64_t readChunk(std::uint64_t at) {
        if (hasText(bytes_, at, kHeaderId))
            return stopAt(at, "a second MIDI file begins here; it is kept but not read");
        if (hasText(bytes_, at, kTrackId) && at + 8 <= file_.smfEnd) return readTrack(at);
        if (looksLikeChunk(at)) return readUnknown(at);
        return resync(at);
    }

    std::uint64_t stopAt(std::uint64_t at, std::string why) {
        report_.add(Verdict::Note, at, std::move(why));
        stopped_ = true;
        return at;
    }

    std::uint64_t resync(std::uint64_t at) {
        const auto next = findText(bytes_, kTrackId, at, file_.smfEnd);
        if (!next || *next + 8 > file_.smfEnd)
            return stopAt(at, std::to_string(file_.smfEnd - at) +
                                  " bytes after the last chunk are kept but not understood");
        report_.add(Verdict::Repair, at,
                    std::to_string(*next - at) + " bytes between chunks were passed over; they are kept");
        return *next;
    }

    std::uint64_t readUnknown(std::uint64_t at) {
        const std::uint64_t size = bigEndian(bytes_, at + 4, 4);
        auto end = at + 8 + size;
        if (end > file_.smfEnd) {
            end = findText(bytes_, kTrackId, at + 8, file_.smfEnd).value_or(file_.smfEnd);
            report_.add(Verdict::Note, at + 4, "an unknown chunk says it is longer than the file");
        }
        file_.chunks.push_back({at, at + 8, end, false});
        return end;
    }

    std::uint64_t readTrack(std::uint64_t at) {
        const std::uint64_t declared = bigEndian(bytes_, at + 4, 4);
        auto end = at + 8 + declared;
        if (end > file_.smfEnd) {
            report_.add(Verdict::Note, at + 4,
                        "a track says it is longer than the file; it was read to the end of the file");
            end = file_.smfEnd;
        }
        end = believedEnd(at + 8, end);
        file_.chunks.push_back({at, at + 8, end, true});
        return end;
    }

    /// The end of the chunk as its events say it, where that is more trustworthy than the length field.
    std::uint64_t believedEnd(std::uint64_t begin, std::uint64_t declared) {
        const bool endsWell = declared >= begin + 3 && hasText(bytes_, declared - 3, "\xFF\x2F" + std::string(1, '\0'));
        if (endsWell && (declared == file_.smfEnd || looksLikeChunk(declared))) return declared; // nearly every file
        EventScanner scanner(bytes_, begin, declared, nullptr);
        RawEvent event;
        while (scanner.next(event)) {
        }
        const auto stopped = scanner.position();
        if (scanner.ending() == EventScanner::End::EndOfTrack) {
            if (stopped == declared) return declared;
            if (!hasText(bytes_, stopped, kTrackId))
                return declared; // bytes behind the end: opaque, but inside the chunk
            report_.add(Verdict::Repair, begin - 4,
                        "a track's length reaches into the next one; the events were believed");
            return stopped;
        }
        if (declared < file_.smfEnd && !looksLikeChunk(declared)) return longerEnd(begin, declared);
        return cutEnd(begin, declared, stopped);
    }

    /// The length cuts the events: reading on is right where it reaches an end of track before a chunk or the file's
    /// end.
    std::uint64_t longerEnd(std::uint64_t begin, std::uint64_t declared) {
        if (failedTries_ >= 8) return declared;
        EventScanner scanner(bytes_, begin, file_.smfEnd, nullptr);
        RawEvent event;
        while (scanner.next(event)) {
        }
        const auto stopped = scanner.position();
        if (scanner.ending() == EventScanner::End::EndOfTrack && (stopped == file_.smfEnd || looksLikeChunk(stopped))) {
            report_.add(Verdict::Repair, begin - 4, "a track's length is too short; the events were believed");
            return stopped;
        }
        ++failedTries_;
        return declared;
    }

    /// No end of track before the declared end; a track id inside means that the length is a lie.
    std::uint64_t cutEnd(std::uint64_t begin, std::uint64_t declared, std::uint64_t stopped) {
        const auto track = findText(bytes_, kTrackId, stopped, declared);
        if (!track || *track + 8 > file_.smfEnd) return declared;
        report_.add(Verdict::Repair, begin - 4, "a track breaks off before the next one begins; reading went on there");
        return *track;
    }

    void checkCount() {
        const auto present = std::ranges::count_if(file_.chunks, &Chunk::isTrack);
        const auto at = file_.header + 10;
        if (present == 0) report_.add(Verdict::Note, at, "the file has no tracks");
        if (file_.format == 0 && present > 1)
            report_.add(Verdict::Note, at, "format 0 with " + std::to_string(present) + " tracks; all were read");
        if (present == file_.declaredTracks || present == 0) return;
        report_.add(file_.declaredTracks == 0 ? Verdict::Repair : Verdict::Note, at,
                    "the header says " + std::to_string(file_.declaredTracks) + " tracks and there are " +
                        std::to_string(present));
    }

    ByteSpan bytes_;
    ImportReport& report_;
    Container file_;
    int failedTries_ = 0; // bounds the work on files that lie about every length
    bool stopped_ = false;
};

} // namespace

base::Result<Container> walkChunks(ByteSpan bytes, ImportReport& report) {
    if (bytes.size() > kLimits.fileBytes) return refuse(0, "the file is larger than 512 MiB");
    return Walker(bytes, report).walk();
}

} // namespace continuo::midi
