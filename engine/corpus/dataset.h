#pragma once

#include "engine/base/result.h"
#include "engine/corpus/piece_store.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace continuo::corpus {

/// Pieces to learn from, split by piece. Immutable after opening; a copy shares them.
class Dataset {
public:
    Dataset(std::string name, std::vector<Piece> pieces);
    Dataset(std::string name, std::shared_ptr<const PieceStore> store)
        : name_(std::move(name)), store_(std::move(store)) {}

    /// A built-in set by name, made in memory, or a folder that `continuo prepare` wrote, whose music stays in its file
    /// until it is asked for. An unknown name lists the known.
    static base::Result<Dataset> open(const std::string& nameOrFolder);

    const std::string& name() const { return name_; }
    std::size_t size() const { return store_->size(); }
    const PieceFacts& facts(std::size_t index) const { return store_->facts(index); }
    score::Score score(std::size_t index) const { return store_->score(index); }
    /// As MusPy reads its file, for the parity modes.
    score::MuspyScore imported(std::size_t index) const;
    /// The indices of one part, in order.
    std::vector<std::size_t> indices(Part part) const;

    /// The music of all pieces at once: for small sets.
    const std::vector<Piece>& pieces() const { return store_->pieces(); }
    std::vector<const Piece*> pieces(Part part) const;
    /// SHA-256 over names, parts, times, notes and imports, 64 hexadecimal digits: the same pieces, the same hash.
    std::string hash() const;

private:
    std::string name_;
    std::shared_ptr<const PieceStore> store_;
};

/// A set that needs no files: the same pieces on every machine.
struct BuiltInDataset {
    const char* name;
    const char* summary;
    std::vector<Piece> (*make)();
};

/// eighth-notes, scales, counterpoint.
std::span<const BuiltInDataset> builtInDatasets();

} // namespace continuo::corpus
