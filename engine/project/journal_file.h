#pragma once

#include "engine/project/database.h"
#include "engine/score/score_edit.h"

#include <span>

namespace continuo::project {

/// One step as it lies in the file.
struct JournalStep {
    std::string name;
    std::int64_t made = 0; // milliseconds since 1970, UTC
    base::Bytes edit;      // encodeEdit
};

/// The file of one journal: a base and the steps after it, each sealed together with all before it, so that none can be
/// missing in the middle. Exclusive to the process that has it open.
class JournalFile {
public:
    static base::Result<JournalFile> open(const std::filesystem::path& file);
    const std::filesystem::path& path() const { return path_; }

    /// Empties the file and begins again from `base`.
    base::Status begin(const std::filesystem::path& document, const score::Score& base);
    /// All of them, or none; durable when it returns.
    base::Status append(std::span<const JournalStep> steps);

    struct Head {
        std::filesystem::path document;
        std::size_t steps = 0;
        std::int64_t lastChange = 0;
    };
    /// FileMalformed where the file holds no base.
    base::Result<Head> head();
    struct Content {
        std::filesystem::path document;
        score::Score base;
        std::vector<JournalStep> steps;
        bool cutOff = false; // later steps are damaged
    };
    base::Result<Content> content();

private:
    JournalFile(std::filesystem::path path, Database database)
        : path_(std::move(path)), database_(std::move(database)) {}

    std::filesystem::path path_;
    Database database_;
    std::string seal_; // of the last step, or of the base
};

} // namespace continuo::project
