#pragma once

#include "engine/corpus/dataset.h"
#include "engine/corpus/score_cache.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace continuo::corpus {

/// One file of the MIDI folder and what became of it.
struct FileVerdict {
    std::string path; // below the MIDI folder
    bool accepted = false;
    std::string reason; // one word: ok, or unreadable unlisted missing or one of refusalOf
    std::string detail; // a sentence, empty where there is nothing to say
    std::string part;   // train, val or test where accepted
    std::size_t notes = 0;
    std::size_t duplicates = 0;     // other accepted files with the same notes, transposed or not
    std::size_t nearDuplicates = 0; // other accepted files that differ by a few notes
    std::size_t group = 0;          // equal for files that are kept on one side, from 1; 0 where not accepted
    std::string sha256;             // of the file; empty where it could not be read
};

/// All of a prepared folder but the music.
struct PreparedIndex {
    std::vector<PieceFacts> pieces;
    std::vector<FileVerdict> verdicts;
    std::uint64_t seed = 0;
    bool splitsGiven = false;
    std::string statistics; // statisticsJson
};

/// Whether the folder was written by `continuo prepare`.
bool isPreparedFolder(const std::filesystem::path& folder);

/// An error where something else than an empty or a prepared folder is at this path.
base::Status mayReplace(const std::filesystem::path& folder);

/// Gives the music of each piece to the writer, in the order of the index that it returns.
using CollectPieces = std::function<base::Result<PreparedIndex>(ScoreCacheWriter& music)>;

/// Writes the folder whole or not at all: beside it first, then by renaming. Replaces an empty folder or a prepared one
/// and nothing else.
base::Status writePreparedFolder(const std::filesystem::path& folder, const CollectPieces& collect);

/// The same of pieces in memory.
base::Status writePreparedFolder(const std::filesystem::path& folder, const std::vector<Piece>& pieces);

base::Result<Dataset> readPreparedFolder(const std::filesystem::path& folder);

/// What preparing found out about the measures of each part.
base::Result<std::string> readStatistics(const std::filesystem::path& folder);

} // namespace continuo::corpus
