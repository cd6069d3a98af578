#include "engine/analysis/grid_score.h"
#include "engine/midi/chunk_walker.h"
#include "engine/midi/note_pairing.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <map>

namespace continuo::analysis {
namespace {

constexpr std::uint8_t kMetaLyric = 0x05;
constexpr int kDrumChannel = 9;

/// Follows the events of a file chunk by chunk, as MusPy does.
class GridReader {
public:
    GridReader(base::ByteSpan bytes, std::int64_t quarter)
        : bytes_(bytes), factor_(static_cast<double>(kGrid) / static_cast<double>(quarter)) {}

    void readChunk(const midi::Chunk& chunk) {
        programs_.fill(0);
        used_.reset();
        places_.clear();
        onsets_.clear();
        midi::EventScanner scanner(bytes_, chunk.begin, chunk.end, nullptr);
        midi::RawEvent event;
        while (scanner.next(event) && event.tick <= midi::kLimits.ticks) take(event);
        pairing_.drain([&](int channel, int pitch, const auto& open) {
            addNote(channel, pitch, onsets_[open.note], toGrid(scanner.tick()));
        });
        // MusPy looks for open notes of every key that was ever touched, and looking opens a track.
        for (int channel = 0; channel < 16; ++channel)
            if (used_[static_cast<std::size_t>(channel)]) trackFor(channel);
    }

    GridScore take() { return std::move(piece_); }

private:
    std::int64_t toGrid(std::int64_t tick) const {
        return static_cast<std::int64_t>(std::nearbyint(static_cast<double>(tick) * factor_));
    }

    void take(const midi::RawEvent& event) {
        const auto at = toGrid(event.tick);
        if (event.kind == midi::RawEvent::Kind::Channel)
            takeChannel(event, at);
        else if (event.isMeta(midi::kMetaTempo) || event.isMeta(midi::kMetaKey) || event.isMeta(midi::kMetaMeter) ||
                 event.isMeta(static_cast<midi::MetaType>(kMetaLyric)))
            piece_.end = std::max(piece_.end, at);
    }

    void takeChannel(const midi::RawEvent& event, std::int64_t at) {
        const int channel = event.channel();
        if (event.isNoteOn() || event.isNoteOff()) used_.set(static_cast<std::size_t>(channel));
        if (event.isNoteOn()) {
            pairing_.open(static_cast<std::size_t>(channel), event.first, 0, onsets_.size());
            onsets_.push_back(at);
        } else if (event.isNoteOff()) {
            midi::NotePairing::Open open;
            if (pairing_.close(static_cast<std::size_t>(channel), event.first, open))
                addNote(channel, event.first, onsets_[open.note], at);
        } else if (event.status >> 4 == 0xC) {
            programs_[static_cast<std::size_t>(channel)] = event.first;
        } else if (event.status >> 4 == 0xB) {
            reach(trackFor(channel), at);
        }
    }

    void addNote(int channel, int pitch, std::int64_t onset, std::int64_t end) {
        auto& track = trackFor(channel);
        track.notes.push_back({onset, end, static_cast<std::uint8_t>(pitch)});
        reach(track, end);
    }

    /// Of the program that is in force now.
    GridTrack& trackFor(int channel) {
        const int program = programs_[static_cast<std::size_t>(channel)];
        const auto [place, isNew] = places_.try_emplace(program * 16 + channel, piece_.tracks.size());
        if (isNew) piece_.tracks.push_back({.program = program, .drums = channel == kDrumChannel});
        return piece_.tracks[place->second];
    }

    void reach(GridTrack& track, std::int64_t at) {
        track.end = std::max(track.end, at);
        piece_.end = std::max(piece_.end, at);
    }

    base::ByteSpan bytes_;
    double factor_; // MusPy's, its rounding errors included
    std::array<int, 16> programs_{};
    std::bitset<16> used_; // channels with a note-on or note-off
    std::map<int, std::size_t> places_;
    std::vector<std::int64_t> onsets_; // of the chunk's notes, in order
    midi::NotePairing pairing_;
    GridScore piece_;
};

} // namespace

base::Result<GridScore> readOnGrid(base::ByteSpan file) {
    midi::ImportReport report;
    const auto container = midi::walkChunks(file, report);
    if (!container) return base::failure(container.error());
    if (container->format == 2)
        return base::failure(base::ErrorCode::Unsupported,
                             "a format 2 file holds several pieces: save each as a file of its own to measure it");
    if (!container->division.isMetrical())
        return base::failure(base::ErrorCode::Unsupported,
                             "the file counts film frames, not beats: its measures are not defined");
    GridReader reader(file, container->division.quarter());
    for (const auto& chunk : container->chunks)
        if (chunk.isTrack) reader.readChunk(chunk);
    return reader.take();
}

} // namespace continuo::analysis
