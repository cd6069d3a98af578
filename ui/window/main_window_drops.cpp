#include "engine/score/operations/excerpt.h"
#include "ui/clipboard/piece_files.h"
#include "ui/generate/generate_controller.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_drop.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/tracks/track_panel.h"
#include "ui/training/run_panel.h"
#include "ui/training/training_desk.h"
#include "ui/widgets/sheet.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_drop.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>

/// Music dropped onto parts of the window: onto the roll into the piece, onto the tracks as new ones, onto Train as a
/// data set, elsewhere as another piece to open.
namespace continuo::ui {
namespace {

QString fileCount(const QStringList& files) {
    return files.size() == 1 ? QFileInfo(files.front()).fileName() : MainWindow::tr("%1 files").arg(files.size());
}

} // namespace

void MainWindow::connectDrops() {
    auto* roll = new RollDrop(roll_->state(), roll_->view());
    connect(roll, &RollDrop::refused, this, &MainWindow::tellRefused);
    new PanelDrop(
        *tracks_,
        [](const QMimeData& data) {
            if (!holdsPiece(data)) return QString();
            const auto files = pieceFilesIn(data);
            return files.isEmpty() ? tr("New tracks") : tr("New tracks from %1").arg(fileCount(files));
        },
        [this](const QMimeData& data) { addDroppedTracks(data); });
    new PanelDrop(
        *generatePanel_,
        [](const QMimeData& data) {
            if (!holdsPiece(data)) return QString();
            const auto files = pieceFilesIn(data);
            return files.isEmpty() ? tr("The net goes on from this")
                                   : tr("The net goes on from %1").arg(fileCount({files.front()}));
        },
        [this](const QMimeData& data) {
            auto received = readPieces(data);
            if (!received.problems.isEmpty()) tellRefused(received.problems);
            if (received.pieces.empty()) return;
            auto& first = received.pieces.front();
            generate_.usePrompt(std::move(first.score), first.name.isEmpty() ? tr("what was dropped") : first.name);
        });
    new PanelDrop(
        training_.runPanel(),
        [](const QMimeData& data) {
            const auto files = pieceFilesIn(data, /*withFolders=*/true);
            return files.isEmpty() ? QString() : tr("A data set of %1").arg(fileCount(files));
        },
        [this](const QMimeData& data) {
            training_.select({});
            Q_EMIT training_.piecesDropped(pieceFilesIn(data, /*withFolders=*/true));
        });
}

void MainWindow::tellRefused(const QStringList& problems) {
    Sheet::tell(*this, {QStringLiteral("error"),
                        problems.size() == 1 ? tr("A file was not read") : tr("Some files were not read"),
                        {tr("The piece is as it was, with what the other files held.")},
                        problems});
}

/// All tracks of all pieces from the start, as one undo step.
void MainWindow::addDroppedTracks(const QMimeData& data) {
    const auto received = readPieces(data);
    auto grown = document_.score();
    score::ScoreEdit all;
    for (const auto& piece : received.pieces) {
        const auto edit = score::addTracksOf(grown, piece.score, score::Tick{0}, document_.mint());
        score::apply(edit, grown);
        all.lists.insert(all.lists.end(), edit.lists.begin(), edit.lists.end());
    }
    if (document_.score().end < grown.end) all.end = std::pair{document_.score().end, grown.end};
    if (!received.problems.isEmpty()) tellRefused(received.problems);
    if (all.lists.empty()) return;
    const auto first = all.lists.front().track.id;
    const auto count = all.lists.size();
    document_.perform(std::move(all), count == 1 ? tr("Add a track") : tr("Add %1 tracks").arg(count));
    document_.setCurrentTrack(first);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!pieceFilesIn(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto files = pieceFilesIn(*event->mimeData());
    if (files.isEmpty()) return;
    event->acceptProposedAction();
    file_->open(files.front());
}

} // namespace continuo::ui
