#include "ui/clipboard/piece_files.h"

#include "engine/notation/piece_file.h"
#include "engine/score/operations/excerpt.h"
#include "ui/clipboard/clip_mime.h"

#include <QFileInfo>
#include <QUrl>
#include <algorithm>

namespace continuo::ui {
namespace {

std::filesystem::path pathOf(const QString& file) {
    return std::filesystem::path(QFile::encodeName(file).toStdString());
}

/// A clip as a piece, for what takes pieces.
score::Score pieceOf(const score::Clip& clip) {
    score::Score piece;
    piece.division = clip.division;
    score::IdMint mint;
    score::PasteSettings settings;
    settings.where = score::PasteSettings::Where::NewTracks;
    score::apply(score::paste(piece, clip, score::Tick{0}, settings, mint).result.edit, piece);
    return piece;
}

} // namespace

score::Clip ReceivedPieces::clip() const {
    score::Clip all;
    for (const auto& piece : pieces) {
        auto clip = score::clipOf(piece.score);
        if (all.isEmpty()) {
            all = std::move(clip);
        } else if (!clip.isEmpty()) {
            clip = score::scaledTo(std::move(clip), all.division);
            all.offset = std::min(all.offset, clip.offset);
            all.length = std::max(all.length, clip.length);
            std::ranges::move(clip.parts, std::back_inserter(all.parts));
        }
    }
    return all;
}

std::size_t ReceivedPieces::trackCount() const {
    std::size_t count = 0;
    for (const auto& piece : pieces) count += piece.score.tracks.size();
    return count;
}

QStringList pieceFilesIn(const QMimeData& data, bool withFolders) {
    QStringList files;
    for (const auto& url : data.urls()) {
        const auto file = url.toLocalFile();
        if (file.isEmpty()) continue;
        const QFileInfo info(file);
        if (info.isDir() ? withFolders : notation::isPieceName(pathOf(file))) files << file;
    }
    return files;
}

bool holdsPiece(const QMimeData& data) {
    const bool isOwn = data.hasFormat(QString::fromLatin1(kClipMimeType));
    return isOwn || (data.hasUrls() ? !pieceFilesIn(data).isEmpty() : mayHoldClip(data) && !data.hasText());
}

ReceivedPieces readPieces(const QMimeData& data) {
    ReceivedPieces received;
    const bool isOwn = data.hasFormat(QString::fromLatin1(kClipMimeType)); // holds more than the file beside it
    for (const auto& file : isOwn ? QStringList() : pieceFilesIn(data)) {
        auto piece = notation::readPieceFile(pathOf(file));
        if (piece)
            received.pieces.push_back({QFileInfo(file).fileName(), std::move(piece->read.score)});
        else
            received.problems << QString::fromStdString(piece.error().message);
    }
    if (received.pieces.empty() && received.problems.isEmpty())
        if (const auto clip = clipIn(data)) received.pieces.push_back({{}, pieceOf(*clip)});
    return received;
}

} // namespace continuo::ui
