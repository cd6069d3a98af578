#include "engine/notation/piece_file.h"

#include "engine/base/text.h"
#include "engine/notation/abc_reader.h"
#include "engine/notation/musicxml_archive.h"
#include "engine/notation/musicxml_reader.h"
#include "engine/notation/notation_limits.h"
#include "engine/project/project_file.h"

#include <algorithm>
#include <array>
#include <set>

namespace continuo::notation {
namespace {

enum class Kind { Midi, MusicXml, Abc, Project };

Kind kindOf(base::ByteSpan bytes) {
    const auto text = base::textOf(bytes);
    if (project::looksLikeProject(bytes)) return Kind::Project;
    if (text.substr(0, 1028).find("MThd") != std::string_view::npos || text.starts_with("RIFF")) return Kind::Midi;
    if (isZip(bytes) || looksLikeXml(bytes)) return Kind::MusicXml;
    return looksLikeAbc(bytes) ? Kind::Abc : Kind::Midi;
}

base::ByteSpan partOf(base::ByteSpan book, const AbcTuneText& tune) {
    const auto first = tune.lines.front().offset, last = tune.lines.back().offset + tune.lines.back().text.size();
    return book.subspan(first, last - first);
}

/// The tune's number; where an earlier tune has it already, its place in the book besides.
std::string suffixOf(const AbcBook& book, std::size_t index, std::set<std::int64_t>& taken) {
    const auto number = book.tunes[index].number;
    const bool isNew = taken.insert(number).second;
    return "#" + std::to_string(number) + (isNew ? "" : "." + std::to_string(index + 1));
}

base::Result<NotationRead> readProjectPiece(base::ByteSpan bytes) {
    auto read = project::readProject(bytes);
    if (!read) return base::failure(read.error());
    NotationRead piece{"project", {}, 0, {}};
    piece.read.score = std::move(read->score);
    return piece;
}

} // namespace

bool isPieceName(const std::filesystem::path& path) {
    static constexpr std::array<std::string_view, 9> kNames{".mid", ".midi", ".kar", ".rmi",     ".musicxml",
                                                            ".xml", ".mxl",  ".abc", ".continuo"};
    return std::ranges::find(kNames, base::lowered(path.extension().string())) != kNames.end();
}

base::Result<NotationRead> readPiece(std::shared_ptr<const base::Bytes> bytes, const NotationOptions& options,
                                     std::optional<std::int64_t> number) {
    const auto kind = kindOf(*bytes);
    if (kind == Kind::Project) return readProjectPiece(*bytes);
    if (kind != Kind::Midi && bytes->size() > kLimits.fileBytes)
        return base::failure(base::ErrorCode::Unsupported, "the file is larger than 64 MiB (byte 0)");
    if (kind == Kind::MusicXml) return readMusicXml(*bytes, options);
    if (kind == Kind::Abc) return readAbc(*bytes, options, number);
    auto read = midi::read(std::move(bytes));
    if (!read) return base::failure(read.error());
    return NotationRead{"midi", {}, 0, std::move(*read)};
}

base::Result<NotationRead> readPieceFile(const std::filesystem::path& path, const NotationOptions& options,
                                         std::optional<std::int64_t> number) {
    auto bytes = base::readFile(path);
    if (!bytes) return base::failure(bytes.error());
    auto read = readPiece(std::make_shared<const base::Bytes>(std::move(*bytes)), options, number);
    if (!read) return base::failure(read.error().in("'" + base::shown(path.native()) + "'"));
    return read;
}

std::vector<FilePiece> readAllPieces(const std::shared_ptr<const base::Bytes>& bytes, const NotationOptions& options) {
    std::vector<FilePiece> pieces;
    const base::ByteSpan all(*bytes);
    if (kindOf(all) == Kind::Abc && all.size() <= kLimits.fileBytes) {
        const auto book = splitAbc(all);
        if (book.tunes.size() > 1) {
            std::set<std::int64_t> taken;
            for (std::size_t i = 0; i < book.tunes.size(); ++i)
                pieces.push_back(
                    {suffixOf(book, i, taken), partOf(all, book.tunes[i]), readAbcTune(book, book.tunes[i], options)});
            return pieces;
        }
    }
    pieces.push_back({"", all, readPiece(bytes, options)});
    return pieces;
}

} // namespace continuo::notation
