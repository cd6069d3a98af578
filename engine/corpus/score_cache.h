#pragma once

#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/corpus/piece_store.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>

namespace continuo::corpus {

/// The music of one piece, as score_cache.md describes it; `imported` as MusPy reads its file, where that is known. It
/// takes room only where the score does not say the same.
base::Bytes encodedScore(const score::Score& score, const std::optional<score::MuspyScore>& imported = std::nullopt);

/// Writes a score cache piece by piece; none stays in memory.
class ScoreCacheWriter {
public:
    explicit ScoreCacheWriter(base::FileSink& sink) : sink_(sink) {}

    base::Status begin();
    base::Status add(base::ByteSpan encodedScore);
    /// `facts` of the pieces added, in their order.
    base::Status finish(std::span<const PieceFacts> facts);
    /// After finish(): SHA-256 of all that follows the header.
    const std::string& checksum() const { return checksum_; }

private:
    base::FileSink& sink_;
    std::vector<std::uint64_t> sizes_;
    base::Sha256 hash_;
    std::string checksum_;
};

/// Opens a cache. The file is mapped and read once, to check it; each piece is decoded when it is asked for. Ids are
/// given anew, in order. Damaged, foreign and newer files are refused with a sentence, and those of version 1.
base::Result<std::shared_ptr<const PieceStore>> openScoreCache(const std::filesystem::path& path);

} // namespace continuo::corpus
