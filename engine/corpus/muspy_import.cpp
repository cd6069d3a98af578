#include "engine/corpus/muspy_import.h"

#include "engine/midi/chunk_walker.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>

namespace continuo::corpus {
namespace {

constexpr int kDrumChannel = 9;

/// Follows the events of a file chunk by chunk, as MusPy does.
class MuspyReader {
public:
    explicit MuspyReader(base::ByteSpan bytes, std::int64_t quarter) : bytes_(bytes) { score_.resolution = quarter; }

    void readChunk(const midi::Chunk& chunk) {
        programs_.fill(0);
        places_.clear();
        keys_.clear();
        keyPlaces_.clear();
        midi::EventScanner scanner(bytes_, chunk.begin, chunk.end, nullptr);
        midi::RawEvent event;
        while (scanner.next(event) && event.tick <= midi::kLimits.ticks)
            if (event.kind == midi::RawEvent::Kind::Channel) take(event);
        // Every key that was ever touched is looked at in the order of first touch, and looking opens a track.
        for (auto& key : keys_) {
            trackFor(key.channel);
            while (!key.open.empty()) close(key, scanner.tick());
        }
    }

    tokens::ImportedScore take() {
        for (auto& track : score_.tracks) tokens::sortLikeMuspy(track.notes);
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
        std::deque<Open> open;
    };

    void take(const midi::RawEvent& event) {
        if (event.isNoteOn()) {
            keyOf(event).open.push_back({event.tick, event.second});
        } else if (event.isNoteOff()) {
            if (auto& key = keyOf(event); !key.open.empty()) close(key, event.tick);
        } else if (event.status >> 4 == 0xC) {
            programs_[static_cast<std::size_t>(event.channel())] = event.first;
        } else if (event.status >> 4 == 0xB) {
            trackFor(event.channel());
        }
    }

    Key& keyOf(const midi::RawEvent& event) {
        const auto [place, isNew] = keyPlaces_.try_emplace(event.channel() * 128 + event.first, keys_.size());
        if (isNew) keys_.push_back({event.channel(), event.first, {}});
        return keys_[place->second];
    }

    void close(Key& key, std::int64_t end) {
        const auto [onset, velocity] = key.open.front();
        key.open.pop_front();
        trackFor(key.channel).notes.push_back({onset, end, key.pitch, velocity, {}});
    }

    /// Of the program that is in force now.
    tokens::ImportedTrack& trackFor(int channel) {
        const int program = programs_[static_cast<std::size_t>(channel)];
        const auto [place, isNew] = places_.try_emplace(program * 16 + channel, score_.tracks.size());
        if (isNew) score_.tracks.push_back({program, channel == kDrumChannel, {}});
        return score_.tracks[place->second];
    }

    base::ByteSpan bytes_;
    std::array<int, 16> programs_{};
    std::map<int, std::size_t> places_; // program * 16 + channel → index of the track
    std::vector<Key> keys_;             // in order of first touch
    std::map<int, std::size_t> keyPlaces_;
    tokens::ImportedScore score_;
};

} // namespace

base::Result<tokens::ImportedScore> importLikeMuspy(base::ByteSpan file) {
    midi::ImportReport report;
    const auto container = midi::walkChunks(file, report);
    if (!container) return base::failure(container.error());
    const auto refuse = [](const char* why) { return base::failure(base::ErrorCode::Unsupported, why); };
    if (container->format == 2) return refuse("a format 2 file holds several pieces: midi-lm and MMT do not read it");
    if (!container->division.isMetrical() || container->division.ticksPerQuarter == 0)
        return refuse("the file counts film frames, not beats: midi-lm and MMT do not read it");
    MuspyReader reader(file, container->division.quarter());
    for (const auto& chunk : container->chunks)
        if (chunk.isTrack) reader.readChunk(chunk);
    return reader.take();
}

} // namespace continuo::corpus
