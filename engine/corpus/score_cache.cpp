#include "engine/corpus/score_cache.h"

#include <algorithm>
#include <cassert>
#include <fcntl.h>
#include <limits>
#include <mutex>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace continuo::corpus {
namespace {

constexpr std::string_view kMagic = "CONTSCOR";
constexpr std::uint64_t kVersion = 3;
constexpr std::uint64_t kOldestVersion = 2; // which ends each piece behind its score
constexpr std::size_t kHashSize = 64;
constexpr std::size_t kHeaderSize = 8 + 4 + 4 + 8 + 8 + kHashSize;

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

void writeScore(Writer& out, const score::Score& score) {
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

void writeImported(Writer& out, const score::MuspyScore& imported) {
    out.number(static_cast<std::uint64_t>(imported.resolution));
    out.number(static_cast<std::uint64_t>(imported.end));
    out.number(imported.tracks.size());
    for (const auto& track : imported.tracks) {
        out.number(static_cast<std::uint64_t>(track.program));
        out.number(track.drums);
        out.number(static_cast<std::uint64_t>(track.end));
        out.number(track.notes.size());
        score::Tick before;
        for (const auto& note : track.notes) {
            out.tick(score::Tick{note.onset}, before);
            out.number(static_cast<std::uint64_t>(note.end - note.onset));
            out.byte(static_cast<std::uint64_t>(note.pitch));
            out.byte(static_cast<std::uint64_t>(note.velocity));
        }
    }
}

score::MuspyScore readImported(Reader& in) {
    constexpr auto kLatest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() / 4);
    score::MuspyScore imported{.resolution = static_cast<std::int64_t>(in.number(0xFFFF)), .tracks = {}, .end = 0};
    imported.end = static_cast<std::int64_t>(in.number(kLatest));
    if (imported.resolution == 0) in.fail();
    for (auto left = in.count(4); left > 0 && !in.failed(); --left) {
        auto& track = imported.tracks.emplace_back();
        track.program = static_cast<int>(in.number(127));
        track.drums = in.number(1) != 0;
        track.end = static_cast<std::int64_t>(in.number(kLatest));
        score::Tick before;
        for (auto notes = in.count(4); notes > 0 && !in.failed(); --notes) {
            score::MuspyNote note{.onset = in.tick(before).fromStart};
            note.end = note.onset + static_cast<std::int64_t>(in.number(kLatest));
            note.pitch = in.byte();
            note.velocity = in.byte();
            if (note.pitch > 127 || note.velocity > 127) in.fail();
            track.notes.push_back(note);
        }
    }
    return imported;
}

score::Score readScore(Reader& in) {
    score::Score score;
    score::IdMint mint;
    score.division.ticksPerQuarter = static_cast<std::uint16_t>(in.number(0xFFFF));
    score.division.framesPerSecond = static_cast<std::uint8_t>(in.number(255));
    score.division.ticksPerFrame = static_cast<std::uint8_t>(in.number(255));
    if (score.division.quarter() <= 0) in.fail();
    score.end.fromStart = static_cast<std::int64_t>(in.number());
    readMaps(in, score, mint);
    for (auto left = in.count(7); left > 0 && !in.failed(); --left) score.tracks.push_back(readTrack(in, mint));
    return score;
}

constexpr std::uint8_t kScoreSaysAll = 0, kOwnImport = 1; // behind each score

/// Where the music of a piece lies, counted from the first.
struct Place {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

tl::unexpected<base::Error> refused(const std::string& why) {
    return base::failure(base::ErrorCode::FileMalformed, "the score cache " + why + "; prepare the folder again");
}

/// A file in the address space of the process: what is not asked for is not in memory.
class MappedFile {
public:
    static base::Result<MappedFile> open(const std::filesystem::path& path) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat facts {};
        if (fd < 0 || ::fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) {
            if (fd >= 0) ::close(fd);
            return base::failure(base::ErrorCode::FileMissing,
                                 "cannot read " + path.string() + "; prepare the folder again");
        }
        MappedFile file;
        file.size_ = static_cast<std::size_t>(facts.st_size);
        if (file.size_ > 0) file.start_ = ::mmap(nullptr, file.size_, PROT_READ, MAP_SHARED, fd, 0);
        ::close(fd);
        if (file.start_ == MAP_FAILED) {
            file.start_ = nullptr;
            return base::failure(base::ErrorCode::FileUnreadable, "cannot map " + path.string() + " into memory");
        }
        return file;
    }
    MappedFile(MappedFile&& other) noexcept
        : start_(std::exchange(other.start_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile() {
        if (start_) ::munmap(start_, size_);
    }
    base::ByteSpan bytes() const { return {static_cast<const std::byte*>(start_), start_ ? size_ : 0}; }
    /// What was read so far need not stay in memory.
    void release() const {
        if (start_) (void)::madvise(start_, size_, MADV_DONTNEED);
    }

private:
    MappedFile() = default;
    void* start_ = nullptr;
    std::size_t size_ = 0;
};

/// Pieces whose music is decoded from the file when it is asked for.
class CachedPieces final : public PieceStore {
public:
    explicit CachedPieces(MappedFile file) : file_(std::move(file)) {}

    base::Status readIndex() {
        const auto bytes = file_.bytes();
        if (bytes.size() < kHeaderSize || base::textOf(bytes.first(kMagic.size())) != kMagic)
            return refused("is not one");
        Reader header(bytes.subspan(kMagic.size(), 24));
        const auto version = header.fixed(4);
        header.fixed(4);
        const auto musicSize = header.fixed(8);
        const auto indexSize = header.fixed(8);
        if (version < kOldestVersion || version > kVersion)
            return refused("has version " + std::to_string(version) + ", this program reads " +
                           std::to_string(kOldestVersion) + " and " + std::to_string(kVersion));
        knowsImports_ = version >= 3;
        const auto rest = bytes.subspan(kHeaderSize);
        if (musicSize > rest.size() || indexSize != rest.size() - musicSize)
            return refused("is cut short or has bytes behind its end");
        if (base::textOf(bytes.subspan(kHeaderSize - kHashSize, kHashSize)) != checksum(rest))
            return refused("is damaged: its checksum does not fit");
        music_ = rest.first(musicSize);
        return readEntries(Reader(rest.subspan(musicSize)));
    }

    std::size_t size() const override { return facts_.size(); }
    const PieceFacts& facts(std::size_t index) const override { return facts_[index]; }
    score::Score score(std::size_t index) const override {
        const auto& place = places_[index];
        Reader in(music_.subspan(place.offset, place.size));
        auto score = readScore(in);
        // The checksum was right on opening: whoever forges one gets pieces without notes.
        return in.failed() ? score::Score{} : score;
    }
    std::optional<score::MuspyScore> ownImport(std::size_t index) const override {
        if (!knowsImports_) return std::nullopt;
        const auto& place = places_[index];
        Reader in(music_.subspan(place.offset, place.size));
        (void)readScore(in);
        if (in.byte() != kOwnImport || in.failed()) return std::nullopt;
        auto imported = readImported(in);
        return in.failed() ? score::MuspyScore{} : imported;
    }
    const std::vector<Piece>& pieces() const override {
        std::call_once(decoded_, [this] {
            for (std::size_t i = 0; i < size(); ++i) pieces_.push_back({facts_[i].name, facts_[i].part, score(i)});
        });
        return pieces_;
    }

private:
    /// In steps, so that a large file is never in memory as a whole.
    std::string checksum(base::ByteSpan bytes) const {
        constexpr std::size_t kStep = std::size_t{8} << 20;
        base::Sha256 hash;
        for (; !bytes.empty(); bytes = bytes.subspan(std::min(kStep, bytes.size()))) {
            hash.add(bytes.first(std::min(kStep, bytes.size())));
            file_.release();
        }
        return hash.hex();
    }

    base::Status readEntries(Reader in) {
        for (auto left = in.count(5); left > 0 && !in.failed(); --left) {
            PieceFacts facts;
            facts.name = in.text();
            facts.part = static_cast<Part>(std::min<int>(in.byte(), 2));
            facts.notes = static_cast<std::size_t>(in.number());
            Place place{in.number(), in.number()};
            if (place.offset > music_.size() || place.size > music_.size() - place.offset) in.fail();
            facts_.push_back(std::move(facts));
            places_.push_back(place);
        }
        if (in.failed() || in.left() > 0) return refused("is damaged inside");
        file_.release();
        return {};
    }

    MappedFile file_;
    bool knowsImports_ = false;
    base::ByteSpan music_;
    std::vector<PieceFacts> facts_;
    std::vector<Place> places_;
    mutable std::once_flag decoded_;
    mutable std::vector<Piece> pieces_;
};

} // namespace

base::Bytes encodedScore(const score::Score& score, const std::optional<score::MuspyScore>& imported) {
    Writer out;
    writeScore(out, score);
    Reader kept(out.bytes); // without its controllers, a score says less than it did
    const bool saysAll = !imported || isSameMusic(*imported, score::muspyScore(readScore(kept)));
    out.byte(saysAll ? kScoreSaysAll : kOwnImport);
    if (!saysAll) writeImported(out, *imported);
    return std::move(out.bytes);
}

base::Status ScoreCacheWriter::begin() { return sink_.write(base::Bytes(kHeaderSize)); }

base::Status ScoreCacheWriter::add(base::ByteSpan music) {
    sizes_.push_back(music.size());
    hash_.add(music);
    return sink_.write(music);
}

base::Status ScoreCacheWriter::finish(std::span<const PieceFacts> facts) {
    assert(facts.size() == sizes_.size());
    Writer index;
    std::uint64_t offset = 0;
    index.number(facts.size());
    for (std::size_t i = 0; i < facts.size(); ++i) {
        index.text(facts[i].name);
        index.byte(static_cast<std::uint64_t>(facts[i].part));
        index.number(facts[i].notes);
        index.number(offset);
        index.number(sizes_[i]);
        offset += sizes_[i];
    }
    hash_.add(index.bytes);
    if (auto written = sink_.write(index.bytes); !written) return written;
    Writer header;
    header.raw(base::bytesOf(kMagic));
    header.fixed(kVersion, 4);
    header.fixed(0, 4);
    header.fixed(offset, 8);
    header.fixed(index.bytes.size(), 8);
    checksum_ = hash_.hex();
    header.raw(base::bytesOf(checksum_));
    return sink_.writeAt(0, header.bytes);
}

base::Result<std::shared_ptr<const PieceStore>> openScoreCache(const std::filesystem::path& path) {
    auto file = MappedFile::open(path);
    if (!file) return base::failure(file.error());
    auto store = std::make_shared<CachedPieces>(std::move(*file));
    if (const auto read = store->readIndex(); !read) return base::failure(read.error().in(path.string()));
    return store;
}

} // namespace continuo::corpus
