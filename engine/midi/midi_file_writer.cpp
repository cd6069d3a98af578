#include "engine/midi/midi_file_writer.h"

#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/source_diff.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace continuo::midi {
namespace {

using base::Bytes;
using base::ByteSpan;
using score::Score;

void putChunk(ByteWriter& out, std::string_view id, ByteSpan data) {
    out.text(id);
    out.number(static_cast<std::uint32_t>(data.size()), 4);
    out.span(data);
}

std::uint32_t divisionBytes(const score::Division& division) {
    if (division.isMetrical()) return division.ticksPerQuarter;
    return static_cast<std::uint32_t>(256 - division.framesPerSecond) << 8 | division.ticksPerFrame;
}

/// The events of a score without a source, by chunk.
std::map<int, std::vector<NewEvent>> eventsByChunk(const Score& score) {
    std::map<int, std::vector<NewEvent>> chunks;
    for (const auto& event : score.tempos) chunks[event.chunk].push_back(tempoEvent(event));
    for (const auto& event : score.meters) chunks[event.chunk].push_back(meterEvent(event));
    for (const auto& event : score.keys) chunks[event.chunk].push_back(keyEvent(event));
    for (const auto& event : score.scales) chunks[event.chunk].push_back(scaleEvent(event));
    for (const auto& event : score.chords) chunks[event.chunk].push_back(chordEvent(event));
    for (const auto& event : score.markers) chunks[event.chunk].push_back(markerEvent(event));
    for (const auto& event : score.ramps) chunks[event.chunk].push_back(rampEvent(event));
    for (const auto& track : score.tracks) {
        auto& events = chunks[track.chunk];
        if (!track.name.empty()) events.push_back(nameEvent(track.name));
        if (track.port != 0) events.push_back(portEvent(track.port));
        for (const auto& event : track.events) events.push_back(channelEvent(track, event));
        for (const auto& note : track.notes) {
            events.push_back(noteOnEvent(track, note));
            events.push_back(noteOffEvent(track, note));
        }
    }
    return chunks;
}

Bytes writeNew(const Score& score) {
    const auto chunks = eventsByChunk(score);
    ByteWriter out;
    out.text(kHeaderId);
    out.number(6, 4);
    out.number(static_cast<std::uint32_t>(score.format == 0 && chunks.size() > 1 ? 1 : score.format), 2);
    out.number(static_cast<std::uint32_t>(chunks.size()), 2);
    out.number(divisionBytes(score.division), 2);
    for (const auto& [index, events] : chunks) putChunk(out, kTrackId, writeChunk(events, score.end.fromStart));
    return out.take();
}

/// How much of the source a patch keeps: all that was not edited, or, for files so damaged that an edit would make them
/// read otherwise, only what was understood.
enum class Keep { Everything, Understood };

/// The source with its changed chunks replaced; everything between them stays.
class Patch {
public:
    Patch(const Score& score, const DetailedRead& read, Keep keep)
        : source_(*score.source), read_(read), keep_(keep), diff_(compareWithSource(score, read)),
          end_(score.end.fromStart) {}

    Bytes run() {
        copyTo(read_.container.header);
        copyTo(read_.container.headerEnd);
        std::size_t index = 0;
        std::uint64_t lastTrackEnd = read_.container.headerEnd;
        for (const auto& chunk : read_.container.chunks)
            if (chunk.isTrack) lastTrackEnd = chunk.end;
        for (const auto& chunk : read_.container.chunks) {
            passTo(chunk.offset);
            if (chunk.isTrack) putTrack(chunk, index++);
            copyTo(chunk.end);
            if (chunk.isTrack && chunk.end == lastTrackEnd) putNewChunks();
        }
        if (lastTrackEnd == read_.container.headerEnd) putNewChunks();
        passTo(read_.container.smfEnd);
        const auto smfSize = out_.size() - read_.container.header;
        copyTo(source_.size());
        auto bytes = out_.take();
        mendHeader(bytes);
        mendRiff(bytes, smfSize);
        return bytes;
    }

private:
    void copyTo(std::uint64_t end) {
        if (at_ < end) out_.span(source_.subspan(at_, end - at_));
        at_ = std::max(at_, end);
    }

    /// Over bytes that belong to no chunk.
    void passTo(std::uint64_t end) {
        if (keep_ == Keep::Everything)
            copyTo(end);
        else
            at_ = std::max(at_, end);
    }

    void putTrack(const Chunk& chunk, std::size_t index) {
        const auto& change = diff_.chunks[index];
        const auto& events = read_.chunks[index];
        if (diff_.removed[index]) {
            at_ = chunk.end;
            --trackDelta_;
        } else if (keep_ == Keep::Understood || !change.isEmpty(events)) {
            putChunk(out_, kTrackId, rewriteChunk(source_, events, chunk.end, change));
            at_ = chunk.end;
        }
    }

    void putNewChunks() {
        for (const auto& events : diff_.newChunks) putChunk(out_, kTrackId, writeChunk(events, end_));
        trackDelta_ += static_cast<int>(diff_.newChunks.size());
    }

    /// The count of tracks is only touched where it changed: a header that lies goes on lying.
    void mendHeader(Bytes& bytes) const {
        if (trackDelta_ == 0 && keep_ == Keep::Everything) return;
        const auto present =
            keep_ == Keep::Everything ? read_.container.declaredTracks : static_cast<int>(read_.chunks.size());
        const auto count = std::clamp(present + trackDelta_, 0, 0xFFFF);
        bytes[read_.container.header + 10] = static_cast<std::byte>(count >> 8);
        bytes[read_.container.header + 11] = static_cast<std::byte>(count & 0xFF);
    }

    void mendRiff(Bytes& bytes, std::uint64_t smfSize) const {
        if (!read_.container.isRiff || bytes.size() == source_.size()) return;
        const auto put = [&](std::uint64_t at, std::uint64_t value) {
            for (std::uint64_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(value >> (8 * i) & 0xFF);
        };
        const bool padded =
            (read_.container.smfEnd - read_.container.header) % 2 == 1 && read_.container.smfEnd < source_.size();
        const auto end = read_.container.header + smfSize;
        if (padded) bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(end));
        if (smfSize % 2 == 1) bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(end), std::byte{0});
        put(read_.container.riffDataSize, smfSize);
        put(4, bytes.size() - 8);
    }

    ByteSpan source_;
    const DetailedRead& read_;
    Keep keep_;
    SourceDiff diff_;
    std::int64_t end_;
    ByteWriter out_;
    std::uint64_t at_ = 0;
    int trackDelta_ = 0;
};

template <typename Is>
std::size_t countNotes(const Score& score, Is is) {
    std::size_t count = 0;
    for (const auto& track : score.tracks) count += static_cast<std::size_t>(std::ranges::count_if(track.notes, is));
    return count;
}

std::size_t countNotes(const Score& score, score::NoteMarks mark) {
    return countNotes(score, [&](const score::Note& note) { return score::has(note.marks, mark); });
}

std::size_t countQuantized(const Score& score) {
    return countNotes(score, [](const score::Note& note) { return note.playedOffset != 0 || note.playedLength != 0; });
}

void addCount(std::vector<std::string>& lost, std::size_t count, const char* what, const char* why) {
    if (count == 0) return;
    lost.push_back(base::formatCount(static_cast<std::int64_t>(count)) + " " + what +
                   (count == 1 ? " note: " : " notes: ") + why);
}

/// Starts and ends of all notes, each sorted on its own: which end belongs to which start of one key is not said in the
/// file.
struct Sounding {
    std::vector<std::tuple<score::Tick, int, int>> starts;
    std::vector<std::tuple<score::Tick, int, int>> ends;
    bool operator==(const Sounding&) const = default;
};

Sounding soundingOf(const Score& score) {
    Sounding sounding;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) {
            sounding.starts.emplace_back(note.onset, note.pitch, note.velocity);
            sounding.ends.emplace_back(note.end(), note.pitch, note.release);
        }
    std::ranges::sort(sounding.starts);
    std::ranges::sort(sounding.ends);
    return sounding;
}

bool soundsLike(ByteSpan file, const Score& score) {
    const auto again = read(file);
    return again && soundingOf(again->score) == soundingOf(score);
}

struct Patched {
    Bytes bytes;
    Keep kept = Keep::Everything;
};

Patched patch(const Score& score, const DetailedRead& read) {
    auto bytes = Patch(score, read, Keep::Everything).run();
    const bool damaged = read.result.report.worst >= Verdict::Repair;
    if (!damaged || bytes == *score.source || soundsLike(bytes, score)) return {std::move(bytes), Keep::Everything};
    return {Patch(score, read, Keep::Understood).run(), Keep::Understood};
}

/// Notes that lie inside another of their key and channel: read back, the two exchange their ends.
std::size_t countNested(const Score& score) {
    std::map<std::tuple<int, int, int, int>, std::vector<const score::Note*>> keys;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            keys[{track.chunk, track.port, track.channel, note.pitch}].push_back(&note);
    std::size_t count = 0;
    for (auto& [key, notes] : keys) {
        std::ranges::stable_sort(notes, {}, &score::Note::onset);
        score::Tick latest;
        for (const auto* note : notes) {
            count += note->end() < latest;
            latest = std::max(latest, note->end());
        }
    }
    return count;
}

/// What an edit of a damaged file makes impossible to keep.
void addDamage(std::vector<std::string>& lost, const Score& score) {
    if (!score.source) return;
    const auto read = importBytes(score.source, /*detailed=*/true);
    if (!read || read->result.report.worst == Verdict::Accept) return;
    if (patch(score, *read).kept == Keep::Understood) {
        lost.emplace_back("the file was damaged: what could not be read of it is left out, because it was edited");
        return;
    }
    const auto diff = compareWithSource(score, *read);
    std::uint64_t count = 0;
    std::size_t index = 0;
    for (const auto& chunk : read->container.chunks) {
        if (!chunk.isTrack) continue;
        if (!diff.chunks[index].isEmpty(read->chunks[index])) count += unreadableBytes(read->chunks[index], chunk.end);
        ++index;
    }
    if (count > 0)
        lost.push_back(base::formatCount(static_cast<std::int64_t>(count)) +
                       " bytes of a damaged track cannot be read and are left out of it, because it was edited");
}

} // namespace

Bytes write(const Score& score) {
    if (!score.source) return writeNew(score);
    if (const auto before = midi::read(score.source); before && before->score == score) return *score.source;
    const auto read = importBytes(score.source, /*detailed=*/true);
    return read ? patch(score, *read).bytes : writeNew(score);
}

base::Status saveFile(const Score& score, const std::filesystem::path& path) {
    const auto verify = [&](ByteSpan written) -> base::Status {
        if (soundsLike(written, score)) return {};
        return base::failure(base::ErrorCode::Failed, "the written file gives other notes than the piece has");
    };
    return base::saveFile(path, write(score), verify);
}

std::vector<std::string> lostInMidi(const Score& score) {
    std::vector<std::string> lost;
    addCount(lost, countNotes(score, score::NoteMarks::Muted), "muted", "they will sound in other programs");
    addCount(lost, countNotes(score, score::NoteMarks::Locked), "locked", "locks are not saved");
    addCount(lost, countNotes(score, score::NoteMarks::FromNet), "kept", "that the net wrote them is not saved");
    addCount(lost, countQuantized(score), "quantized", "how they were played before is not saved");
    addCount(lost, countNested(score), "nested",
             "each lies inside another of its key, and a MIDI file cannot tell which of the two ends first");
    addDamage(lost, score);
    return lost;
}

} // namespace continuo::midi
