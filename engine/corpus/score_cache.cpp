#include "engine/corpus/score_cache.h"

#include "engine/base/sha256.h"

#include <algorithm>
#include <limits>

namespace continuo::corpus {
namespace {

constexpr std::string_view kMagic = "CONTSCOR";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kHashSize = 64;
constexpr std::size_t kHeaderSize = 8 + 4 + 4 + 8 + kHashSize;

class Writer {
public:
    void byte(std::uint64_t value) { bytes.push_back(static_cast<std::byte>(value & 0xFF)); }
    void fixed(std::uint64_t value, int width) {
        for (int i = 0; i < width; ++i) byte(value >> (8 * i));
    }
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) byte(value | 0x80);
        byte(value);
    }
    void signedNumber(std::int64_t value) {
        number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void raw(base::ByteSpan span) { bytes.insert(bytes.end(), span.begin(), span.end()); }
    void text(std::string_view value) {
        number(value.size());
        raw(base::bytesOf(value));
    }
    /// Ticks since the item before; items are in order.
    void tick(score::Tick at, score::Tick& before) {
        number(static_cast<std::uint64_t>((at - before).count));
        before = at;
    }

    base::Bytes bytes;
};

/// Reads numbers within a span. Past its end, or at a number that is too large, it fails for good and gives zeros.
class Reader {
public:
    explicit Reader(base::ByteSpan bytes) : rest_(bytes) {}

    bool failed() const { return failed_; }
    std::size_t left() const { return rest_.size(); }
    std::uint8_t byte() {
        if (rest_.empty()) return fail();
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_ = rest_.subspan(1);
        return value;
    }
    std::uint64_t fixed(int width) {
        std::uint64_t value = 0;
        for (int i = 0; i < width; ++i) value |= std::uint64_t{byte()} << (8 * i);
        return value;
    }
    std::uint64_t number(std::uint64_t largest = std::numeric_limits<std::int64_t>::max()) {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            const auto next = byte();
            value |= std::uint64_t{next & 0x7Fu} << shift;
            if (next < 0x80) return value <= largest ? value : fail();
        }
        return fail();
    }
    std::int64_t signedNumber() {
        const auto value = number();
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    /// How many items follow that take at least `size` bytes each.
    std::size_t count(std::size_t size) {
        const auto value = number();
        return value <= left() / size ? static_cast<std::size_t>(value) : fail();
    }
    std::string text() {
        const auto size = count(1);
        const auto value = std::string(base::textOf(rest_.first(size)));
        rest_ = rest_.subspan(size);
        return value;
    }
    score::Tick tick(score::Tick& before) {
        const auto latest = std::numeric_limits<std::int64_t>::max() / 4 - before.fromStart;
        before = before + score::Ticks{static_cast<std::int64_t>(number(static_cast<std::uint64_t>(latest)))};
        return before;
    }
    std::uint8_t fail() {
        failed_ = true;
        rest_ = {};
        return 0;
    }

private:
    base::ByteSpan rest_;
    bool failed_ = false;
};

void writeTrack(Writer& out, const score::Track& track) {
    out.text(track.name);
    out.number(static_cast<std::uint64_t>(track.chunk));
    out.number(track.port);
    out.number(track.channel);
    out.number(track.drums);
    const auto isProgram = [](const auto& event) { return event.kind == score::ChannelEventKind::Program; };
    out.number(static_cast<std::uint64_t>(std::ranges::count_if(track.events, isProgram)));
    score::Tick before;
    for (const auto& event : track.events)
        if (isProgram(event)) out.tick(event.at, before), out.number(event.first);
    out.number(track.notes.size());
    before = {};
    for (const auto& note : track.notes) {
        out.tick(note.onset, before);
        out.number(static_cast<std::uint64_t>(note.length.count));
        out.byte(note.pitch);
        out.byte(note.velocity);
    }
}

void writePiece(Writer& out, const Piece& piece) {
    const auto& score = piece.score;
    out.text(piece.name);
    out.byte(static_cast<std::uint64_t>(piece.part));
    out.number(score.division.ticksPerQuarter);
    out.number(score.division.framesPerSecond);
    out.number(score.division.ticksPerFrame);
    out.number(static_cast<std::uint64_t>(std::max<std::int64_t>(0, score.end.fromStart)));
    score::Tick before;
    out.number(score.tempos.size());
    for (const auto& tempo : score.tempos) out.tick(tempo.at, before), out.number(tempo.microsecondsPerQuarter);
    before = {};
    out.number(score.meters.size());
    for (const auto& meter : score.meters)
        out.tick(meter.at, before), out.number(meter.numerator), out.number(meter.denominatorPower);
    before = {};
    out.number(score.keys.size());
    for (const auto& key : score.keys) out.tick(key.at, before), out.signedNumber(key.sharps), out.number(key.minor);
    out.number(score.tracks.size());
    for (const auto& track : score.tracks) writeTrack(out, track);
}

score::Track readTrack(Reader& in, score::IdMint& mint) {
    score::Track track;
    track.id = mint.track();
    track.name = in.text();
    track.chunk = static_cast<int>(in.number(1 << 20));
    track.port = static_cast<std::uint8_t>(in.number(255));
    track.channel = static_cast<std::uint8_t>(in.number(15));
    track.drums = in.number(1) != 0;
    score::Tick before;
    for (auto left = in.count(2); left > 0 && !in.failed(); --left) {
        const auto at = in.tick(before);
        track.events.push_back({.id = mint.event(),
                                .at = at,
                                .kind = score::ChannelEventKind::Program,
                                .first = static_cast<std::uint8_t>(in.number(127))});
    }
    const auto notes = in.count(4);
    track.notes.reserve(notes);
    before = {};
    for (auto left = notes; left > 0 && !in.failed(); --left) {
        score::Note note{.id = mint.note(), .onset = in.tick(before)};
        note.length.count = static_cast<std::int64_t>(in.number(std::numeric_limits<std::int64_t>::max() / 4));
        note.pitch = in.byte();
        note.velocity = in.byte();
        if (note.pitch > 127 || note.velocity > 127) in.fail();
        track.notes.push_back(note);
    }
    return track;
}

void readMaps(Reader& in, score::Score& score, score::IdMint& mint) {
    score::Tick before;
    for (auto left = in.count(2); left > 0 && !in.failed(); --left) {
        const auto at = in.tick(before);
        const auto tempo = static_cast<std::uint32_t>(in.number(0xFFFFFFFF));
        if (tempo == 0) in.fail();
        score.tempos.push_back({.id = mint.event(), .at = at, .microsecondsPerQuarter = tempo});
    }
    before = {};
    for (auto left = in.count(3); left > 0 && !in.failed(); --left) {
        score::MeterEvent meter{.id = mint.event(), .at = in.tick(before)};
        meter.numerator = static_cast<std::uint8_t>(in.number(255));
        meter.denominatorPower = static_cast<std::uint8_t>(in.number(7));
        if (meter.numerator == 0) in.fail();
        score.meters.push_back(meter);
    }
    before = {};
    for (auto left = in.count(3); left > 0 && !in.failed(); --left) {
        score::KeyEvent key{.id = mint.event(), .at = in.tick(before)};
        key.sharps = static_cast<std::int8_t>(std::clamp<std::int64_t>(in.signedNumber(), -7, 7));
        key.minor = in.number(1) != 0;
        score.keys.push_back(key);
    }
}

Piece readPiece(Reader& in) {
    Piece piece;
    score::IdMint mint;
    piece.name = in.text();
    piece.part = static_cast<Part>(std::min<int>(in.byte(), 2));
    auto& score = piece.score;
    score.division.ticksPerQuarter = static_cast<std::uint16_t>(in.number(0xFFFF));
    score.division.framesPerSecond = static_cast<std::uint8_t>(in.number(255));
    score.division.ticksPerFrame = static_cast<std::uint8_t>(in.number(255));
    if (score.division.quarter() <= 0) in.fail();
    score.end.fromStart = static_cast<std::int64_t>(in.number());
    readMaps(in, score, mint);
    for (auto left = in.count(7); left > 0 && !in.failed(); --left) score.tracks.push_back(readTrack(in, mint));
    return piece;
}

tl::unexpected<base::Error> refused(const std::string& why) {
    return base::failure(base::ErrorCode::FileMalformed, "the score cache " + why + "; prepare the folder again");
}

} // namespace

base::Bytes writeScoreCache(std::span<const Piece> pieces) {
    Writer payload;
    payload.number(pieces.size());
    for (const auto& piece : pieces) writePiece(payload, piece);
    Writer file;
    file.raw(base::bytesOf(kMagic));
    file.fixed(kVersion, 4);
    file.fixed(0, 4);
    file.fixed(payload.bytes.size(), 8);
    file.raw(base::bytesOf(base::sha256(payload.bytes)));
    file.raw(payload.bytes);
    return std::move(file.bytes);
}

base::Result<std::vector<Piece>> readScoreCache(base::ByteSpan bytes) {
    if (bytes.size() < kHeaderSize || base::textOf(bytes.first(kMagic.size())) != kMagic) return refused("is not one");
    Reader header(bytes.subspan(kMagic.size(), 16));
    const auto version = header.fixed(4);
    header.fixed(4);
    const auto payload = bytes.subspan(kHeaderSize);
    if (version != kVersion) return refused("has version " + std::to_string(version) + ", this program reads 1");
    if (header.fixed(8) != payload.size()) return refused("is cut short or has bytes behind its end");
    if (base::textOf(bytes.subspan(kHeaderSize - kHashSize, kHashSize)) != base::sha256(payload))
        return refused("is damaged: its checksum does not fit");

    Reader in(payload);
    std::vector<Piece> pieces;
    for (auto left = in.count(12); left > 0 && !in.failed(); --left) pieces.push_back(readPiece(in));
    if (in.failed() || in.left() > 0) return refused("is damaged inside");
    return pieces;
}

} // namespace continuo::corpus
