#pragma once

#include "engine/notation/notation_read.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace continuo::notation {

/// Whether a file of this name is one that readPiece() may open: .mid .midi .kar .rmi .musicxml .xml .mxl .abc
/// .continuo.
bool isPieceName(const std::filesystem::path& path);

/// Reads a piece of any kind by its content: standard MIDI, MusicXML, ABC (the tune `number`, without one the
/// first), Continuo's own projects (the piece as it was saved last).
/// What is none of them is refused as no MIDI file.
base::Result<NotationRead> readPiece(std::shared_ptr<const base::Bytes> bytes, const NotationOptions& options = {},
                                     std::optional<std::int64_t> number = std::nullopt);
base::Result<NotationRead> readPieceFile(const std::filesystem::path& path, const NotationOptions& options = {},
                                         std::optional<std::int64_t> number = std::nullopt);

/// One piece of a file that may hold several.
struct FilePiece {
    std::string suffix;   // what tells it from the others: "#12" for the tune X:12 of a book; empty where it is alone
    base::ByteSpan bytes; // its own part of the file
    base::Result<NotationRead> read;
};

/// All pieces of a file, each tune of an ABC book with its own verdict. They refer to the bytes.
std::vector<FilePiece> readAllPieces(const std::shared_ptr<const base::Bytes>& bytes,
                                     const NotationOptions& options = {});

} // namespace continuo::notation
