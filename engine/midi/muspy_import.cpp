#include "engine/midi/muspy_import.h"

#include "engine/midi/chunk_walker.h"

#include <algorithm>
#include <array>
#include <map>

namespace continuo::midi {
namespace {

constexpr std::uint8_t kMetaLyric = 0x05;
constexpr int kDrumChannel = 9;

/// Follows the events of a file chunk by chunk, as MusPy does.
class MuspyReader {
public:
    explicit MuspyReader(base::ByteSpan bytes, std::int64_t quarter) : bytes_(bytes) { score_.resolution = quarter; }

    void readChunk(const Chunk& chunk) {
        programs_.fill(0);
        places_.clear();
        keys_.clear();
        keyPlaces_.fill(-1);
        EventScanner scanner(bytes_, chunk.begin, chunk.end, nullptr);
        RawEvent event;
        while (scanner.next(event) && event.tick <= kLimits.ticks) take(event);
        // Every key that was ever touched is looked at in the order of first touch, and looking opens a track.
        for (auto& key : keys_) {
            trackFor(key.channel);
            while (!key.isSilent()) close(key, scanner.tick());
        }
    }

    score::MuspyScore take() {
        for (auto& track : score_.tracks) score::sortLikeMuspy(track.notes);
        return std::move(score_);
    }

private:
    struct Open {
        std::int64_t onset = 0;
        int velocity = 0;
    };
    struct Key {
        int channel = 0;
        int pitch = 0;
        std::vector<Open> notes; // those from `oldest` on are open
        std::size_t oldest = 0;

        bool isSilent() const { return oldest == notes.size(); }
    };

    void take(const RawEvent& event) {
        if (event.kind == RawEvent::Kind::Channel)
            takeChannel(event);
        else if (event.isMeta(kMetaTempo) || event.isMeta(kMetaKey) || event.isMeta(kMetaMeter) ||
                 event.isMeta(static_cast<MetaType>(kMetaLyric)))
            score_.end = std::max(score_.end, event.tick);
    }

    void takeChannel(const RawEvent& event) {
        if (event.isNoteOn()) {
            keyOf(event).notes.push_back({event.tick, event.second});
        } else if (event.isNoteOff()) {
            if (auto& key = keyOf(event); !key.isSilent()) close(key, event.tick);
        } else if (event.status >> 4 == 0xC) {
            programs_[static_cast<std::size_t>(event.channel())] = event.first;
        } else if (event.status >> 4 == 0xB) {
            reach(trackFor(event.channel()), event.tick);
        }
    }

    Key& keyOf(const RawEvent& event) {
        auto& place = keyPlaces_[static_cast<std::size_t>(event.channel()) * 128 + event.first];
        if (place < 0) {
            place = static_cast<int>(keys_.size());
            keys_.push_back({event.channel(), event.first, {}, 0});
        }
        return keys_[static_cast<std::size_t>(place)];
    }

    void close(Key& key, std::int64_t end) {
        const auto [onset, velocity] = key.notes[key.oldest++];
        if (key.isSilent()) {
            key.notes.clear();
            key.oldest = 0;
        }
        auto& track = trackFor(key.channel);
        track.notes.push_back({onset, end, key.pitch, velocity, {}});
        reach(track, end);
    }

    void reach(score::MuspyTrack& track, std::int64_t at) {
        track.end = std::max(track.end, at);
        score_.end = std::max(score_.end, at);
    }

    /// Of the program that is in force now.
    score::MuspyTrack& trackFor(int channel) {
        const int program = programs_[static_cast<std::size_t>(channel)];
        const auto [place, isNew] = places_.try_emplace(program * 16 + channel, score_.tracks.size());
        if (isNew) score_.tracks.push_back({program, channel == kDrumChannel, {}, 0});
        return score_.tracks[place->second];
    }

    base::ByteSpan bytes_;
    std::array<int, 16> programs_{};
    std::map<int, std::size_t> places_; // program * 16 + channel → index of the track
    std::vector<Key> keys_;             // in order of first touch
    std::array<int, 16 * 128> keyPlaces_{};
    score::MuspyScore score_;
};

} // namespace

base::Result<score::MuspyScore> importLikeMuspy(base::ByteSpan file) {
    ImportReport report;
    const auto container = walkChunks(file, report);
    if (!container) return base::failure(container.error());
    const auto refuse = [](const char* why) { return base::failure(base::ErrorCode::Unsupported, why); };
    if (container->format == 2)
        return refuse("a format 2 file holds several pieces, and MusPy, midi-lm and MMT do not read it: save each as a "
                      "file of its own");
    if (!container->division.isMetrical() || container->division.ticksPerQuarter == 0)
        return refuse("the file counts film frames, not beats: MusPy, midi-lm and MMT do not read it");
    MuspyReader reader(file, container->division.quarter());
    for (const auto& chunk : container->chunks)
        if (chunk.isTrack) reader.readChunk(chunk);
    return reader.take();
}

} // namespace continuo::midi
