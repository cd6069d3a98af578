#pragma once

#include "engine/base/json.h"
#include "engine/corpus/dataset.h"

#include <filesystem>
#include <string>
#include <vector>

namespace continuo::corpus {

/// One file of the MIDI folder and what became of it.
struct FileVerdict {
    std::string path; // below the MIDI folder
    bool accepted = false;
    std::string reason; // one word: ok, or unreadable sequences empty short monotone unlisted missing
    std::string detail; // a sentence, empty where there is nothing to say
    std::string part;   // train, val or test where accepted
    std::size_t notes = 0;
    std::size_t duplicates = 0; // other accepted files with the same notes, transposed or not
};

/// What `continuo prepare` writes: dataset.json (format, counts, seed, hash, lists), scores.bin (score_cache.md),
/// verdicts.tsv (a line for each file found).
struct PreparedFolder {
    std::vector<Piece> pieces;
    std::vector<FileVerdict> verdicts;
    std::uint64_t seed = 0;
    bool splitsGiven = false;
};

/// Whether the folder was written by `continuo prepare`.
bool isPreparedFolder(const std::filesystem::path& folder);

/// An error where something else than an empty or a prepared folder is at this path.
base::Status mayReplace(const std::filesystem::path& folder);

/// Writes the folder whole or not at all: beside it first, then by renaming. Replaces an empty folder or a prepared one
/// and nothing else.
base::Status writePreparedFolder(const std::filesystem::path& folder, const PreparedFolder& prepared);

base::Result<Dataset> readPreparedFolder(const std::filesystem::path& folder);

} // namespace continuo::corpus
