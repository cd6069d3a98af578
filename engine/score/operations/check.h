#pragma once

#include "engine/score/operations/operation.h"

#include <optional>
#include <string>
#include <vector>

namespace continuo::score {

enum class Suspicion {
    Overlap,         // two notes of one key sound at once
    Duplicate,       // two notes of one key begin together
    TinyNote,        // too short to be heard
    EndlessNote,     // longer than eight bars
    NoVelocity,      // would be read as a note-off
    HangingPedal,    // a sustain pedal that is never lifted
    OutOfRange,      // not on the instrument of its track
    UnnamedDrum,     // a key of a drum track that General MIDI does not name
    ChannelConflict, // two tracks of one channel and port with different programs
};

/// What would mend a spot; `fix` runs it.
enum class SuggestedFix {
    RemoveOverlaps,
    RemoveDuplicates,
    RemoveTinyNotes,
    CutToBar,
    GiveVelocity,
    LiftPedal,
    MoveIntoRange,
    MoveToFreeChannel,
    None,
};

struct Spot {
    Tick at;
    TrackId track{};
    std::optional<NoteId> note;
    Suspicion what = Suspicion::Overlap;
    SuggestedFix fix = SuggestedFix::None;
    std::string text; // "C4 sounds twice from here"

    friend bool operator==(const Spot&, const Spot&) = default;
};

struct CheckSettings {
    double tinyMs = 20;
    int longestBars = 8;
    std::size_t most = 10'000; // after so many spots it stops
};

/// Suspicious spots in order of time. Locked notes are checked like others.
std::vector<Spot> check(const Score& score, const CheckSettings& settings = {});

/// Carries out what a spot suggests; nothing where there is no fix, or the note is locked or gone.
OperationResult fix(const Score& score, const Spot& spot, IdMint& mint);

} // namespace continuo::score
