#pragma once

#include "engine/score/muspy_score.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace continuo::corpus {

/// Which side of the split a piece is on. The three hold different pieces.
enum class Part { Train, Validation, Test };
const char* partName(Part part);

/// What is known of a piece without reading its music.
struct PieceFacts {
    std::string name; // its path below the MIDI folder, or what a built-in set calls it
    Part part = Part::Train;
    std::size_t notes = 0;
};

struct Piece {
    std::string name;
    Part part = Part::Train;
    score::Score score; // without source bytes
};

/// Pieces in order. Immutable; all functions may be called from any thread.
class PieceStore {
public:
    virtual ~PieceStore() = default;
    virtual std::size_t size() const = 0;
    virtual const PieceFacts& facts(std::size_t index) const = 0;
    /// Decoded anew at each call where the music lies in a file.
    virtual score::Score score(std::size_t index) const = 0;
    /// The piece as MusPy reads its file, where that is not what the score alone says (score::muspyScore): controllers,
    /// lyrics, notes left open.
    virtual std::optional<score::MuspyScore> ownImport(std::size_t index) const = 0;
    /// All of them decoded. Costs memory for every piece, for as long as the store lives.
    virtual const std::vector<Piece>& pieces() const = 0;
};

} // namespace continuo::corpus
