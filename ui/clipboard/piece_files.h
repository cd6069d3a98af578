#pragma once

#include "engine/score/operations/paste.h"

#include <QStringList>
#include <vector>

class QMimeData;

namespace continuo::ui {

/// A piece that was dropped or pasted.
struct ReceivedPiece {
    QString name; // "waltz.mid"; empty for music that came without a file
    score::Score score;
};

struct ReceivedPieces {
    std::vector<ReceivedPiece> pieces;
    QStringList problems; // one sentence for each file that was refused

    score::Clip clip() const; // all pieces side by side, each from its bar line
    std::size_t trackCount() const;
};

/// Files of the data whose names say MIDI, MusicXML or ABC, and folders where `withFolders`.
QStringList pieceFilesIn(const QMimeData& data, bool withFolders = false);
/// Whether there are such files, or music itself.
bool holdsPiece(const QMimeData& data);
/// Reads them, or the music itself.
ReceivedPieces readPieces(const QMimeData& data);

} // namespace continuo::ui
