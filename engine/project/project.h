#pragma once

#include "engine/score/score.h"

#include <string>
#include <vector>

namespace continuo::project {

/// A version of the piece that was kept by name.
struct Revision {
    std::int64_t id = 0;     // > 0, unique in its project
    std::int64_t parent = 0; // the revision the work went on from; 0: the beginning
    std::string name;
    std::int64_t made = 0; // seconds since 1970, UTC
    score::Score score;
    friend bool operator==(const Revision&, const Revision&) = default;
};

/// Notes that a net proposed and that were neither taken nor thrown away, or were taken and are remembered.
struct StoredTake {
    std::string name;
    std::int64_t made = 0;
    score::TickRange target;
    std::vector<score::TrackHeader> tracks;
    std::vector<std::vector<score::Note>> notes; // one list a track, in NoteOrder
    bool starred = false;
    bool accepted = false;
    std::string origin; // JSON: run, checkpoint, sampler, seed, prompt
    friend bool operator==(const StoredTake&, const StoredTake&) = default;
};

/// A run that learnt from this piece or wrote in it.
struct TrainingReference {
    std::string run;        // the run's folder name
    std::string role;       // "learnt from it" or "wrote in it"
    std::string checkpoint; // SHA-256 of the weights; empty where unknown
    friend bool operator==(const TrainingReference&, const TrainingReference&) = default;
};

/// All that a .continuo file holds.
struct Project {
    score::Score score;
    std::string view; // JSON of the studio: zoom, lanes, hidden tracks, colours, groups; the engine only keeps it
    std::vector<StoredTake> takes;
    std::vector<TrainingReference> training;
    std::vector<Revision> revisions; // oldest first
};

/// Equal in what a file holds: the bytes of a source are compared, not where they lie.
bool isSame(const Project& a, const Project& b);

} // namespace continuo::project
