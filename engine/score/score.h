#pragma once

#include "engine/score/chord_event.h"
#include "engine/score/division.h"
#include "engine/score/key_event.h"
#include "engine/score/marker_event.h"
#include "engine/score/meter_map.h"
#include "engine/score/scale_event.h"
#include "engine/score/tempo_map.h"
#include "engine/score/tempo_ramp.h"
#include "engine/score/track.h"

#include <memory>
#include <vector>

namespace continuo::score {

/// A piece, as plain data. Times count in the division of its file; new pieces have 960 ticks a quarter.
struct Score {
    int format = 1; // 0, 1 or 2 (then each chunk is a piece of its own)
    Division division;
    std::vector<Track> tracks;
    std::vector<TempoEvent> tempos; // in EventOrder
    std::vector<MeterEvent> meters; // in EventOrder
    std::vector<KeyEvent> keys;     // in EventOrder
    std::vector<ScaleEvent> scales; // in EventOrder, as all that follow
    std::vector<ChordEvent> chords;
    std::vector<MarkerEvent> markers;
    std::vector<TempoRamp> ramps;
    Tick end; // end-of-track of the longest chunk, its silence included; notes may go beyond (lastTick)
    /// The file it was read from, byte for byte; the writer puts back what the score does not show. Null for new
    /// pieces.
    std::shared_ptr<const std::vector<std::byte>> source;

    /// Where the source stops counting (a piece that was cut): what it holds from here on and the score does not show
    /// is not written.
    Tick sourceEnd{INT64_MAX};

    TempoMap tempoMap() const { return {tempos, division}; }
    MeterMap meterMap() const { return {meters, division}; }
    friend bool operator==(const Score&, const Score&) = default;
};

const Track* findTrack(const Score& score, TrackId id);
Track* findTrack(Score& score, TrackId id);
const Note* findNote(const Track& track, NoteId id);

/// The end of the last note, and of the file where that is later.
Tick lastTick(const Score& score);
std::size_t noteCount(const Score& score);

/// The General MIDI program in force at `at`: the last program change at or before it, 0 where there is none.
int programAt(const Track& track, Tick at);
/// The program that a track as a whole is named for: in force at its first note.
int mainProgram(const Track& track);

/// New ids for one document: larger than every id of the score it was made from, never given twice.
class IdMint {
public:
    explicit IdMint(const Score& score = {});
    NoteId note() { return NoteId{++last_}; }
    TrackId track() { return TrackId{++last_}; }
    EventId event() { return EventId{++last_}; }

private:
    std::uint64_t last_ = 0;
};

} // namespace continuo::score
