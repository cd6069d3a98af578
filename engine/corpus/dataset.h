#pragma once

#include "engine/base/result.h"
#include "engine/score/score.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::corpus {

/// Which side of the split a piece is on. The three hold different pieces.
enum class Part { Train, Validation, Test };
const char* partName(Part part);

struct Piece {
    std::string name; // its path below the MIDI folder, or what a built-in set calls it
    Part part = Part::Train;
    score::Score score; // without source bytes
};

/// Pieces to learn from, split by piece. Immutable after opening.
class Dataset {
public:
    Dataset(std::string name, std::vector<Piece> pieces) : name_(std::move(name)), pieces_(std::move(pieces)) {}

    /// A built-in set by name, made in memory, or a folder that `continuo prepare` wrote. An unknown name lists the
    /// known.
    static base::Result<Dataset> open(const std::string& nameOrFolder);

    const std::string& name() const { return name_; }
    const std::vector<Piece>& pieces() const { return pieces_; }
    std::vector<const Piece*> pieces(Part part) const;
    /// SHA-256 over names, parts, times and notes, 64 hexadecimal digits: the same pieces, the same hash.
    std::string hash() const;

private:
    std::string name_;
    std::vector<Piece> pieces_;
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
