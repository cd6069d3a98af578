#pragma once

#include "engine/project/project.h"
#include "engine/project/score_fields.h"

/// How the parts of a project file are laid out (project_file.md).
namespace continuo::project {

/// A score with the SHA-256 of its source, which lies in a part of its own; empty where it has none.
struct StoredScore {
    std::string source;
    base::Bytes score;
};

struct StoredRevision {
    std::int64_t id = 0;
    std::int64_t parent = 0;
    std::string name;
    std::int64_t made = 0;
    StoredScore score;
};

CONTINUO_FIELDS(score::TickRange, v.start, v.end);
CONTINUO_FIELDS(StoredScore, v.source, v.score);
CONTINUO_FIELDS(StoredRevision, v.id, v.parent, v.name, v.made, v.score);
CONTINUO_FIELDS(StoredTake, v.name, v.made, v.target, v.tracks, v.notes, v.starred, v.accepted, v.origin);
CONTINUO_FIELDS(TrainingReference, v.run, v.role, v.checkpoint);

} // namespace continuo::project
