#pragma once

#include "engine/score/operations/operation.h"

#include <string>

namespace continuo::score {

/// New tracks stand behind the one they come from, sound as it does (channel, port, programs, controllers) and play
/// what is taken out of it. A locked note stays in its track. (A track is one channel by its nature, so that there is
/// nothing to split by channel: reading a file does it.)

/// The named notes go to a track of their own, or one for each track they come from.
OperationResult moveToNewTrack(const Score& score, NoteIds ids, IdMint& mint, const std::string& name = {});

/// Keys below `lowestKept` go to a new track.
OperationResult splitByPitch(const Score& score, TrackId track, int lowestKept, IdMint& mint);

/// The track keeps the highest voice, up to `most - 1` lower ones get tracks.
OperationResult splitByVoice(const Score& score, TrackId track, std::size_t most, IdMint& mint);

/// The track keeps the right hand, the left gets one.
OperationResult splitHands(const Score& score, TrackId track, IdMint& mint);

/// A track for each key, named for its drum; the most used one stays.
OperationResult splitByDrum(const Score& score, TrackId track, IdMint& mint);

/// Moves all notes of `sources` into `target`, and with `keepControllers` their controllers, pressure and bends, too;
/// programs of the sources are dropped. A source is removed unless locked notes stay in it.
struct MergeSettings {
    bool keepControllers = false;
};
OperationResult mergeTracks(const Score& score, TrackId target, const std::vector<TrackId>& sources,
                            const MergeSettings& settings = {});

/// The same track once more, behind it, with ids of its own. Locked notes are copied with their locks.
OperationResult cloneTrack(const Score& score, TrackId track, IdMint& mint);

} // namespace continuo::score
