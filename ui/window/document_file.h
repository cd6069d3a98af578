#pragma once

#include "engine/project/project.h"
#include "engine/sound/audio_export.h"
#include "ui/document/score_document.h"

#include <QString>
#include <functional>
#include <thread>

namespace continuo::ui {

/// Opening and saving the piece, as a project that holds everything or as a MIDI file: asks for names, says what was
/// repaired on the way in and what a .mid file cannot hold on the way out, and asks before changes are lost. A file is
/// only ever written in its own format. Questions are sheets over the window; nothing waits for them.
class DocumentFile : public QObject {
    Q_OBJECT

public:
    DocumentFile(ScoreDocument& document, QWidget& window);

    /// A new piece, after the question about changes.
    void newPiece();
    /// Asks for a file.
    void open();
    /// Opens `file`, after the question about changes.
    void open(const QString& file);
    /// Into the file the piece came from; asks where there is none. `then` runs once it is saved.
    void save(std::function<void()> then = {});
    void saveAs(std::function<void()> then = {});
    /// A copy under another name; the piece keeps its own.
    void exportMidi();
    /// The selected notes as a file of their own; nothing where none is selected.
    void exportSelection();
    /// A WAV file, made on a thread of its own.
    void exportAudio();
    /// Runs `then` at once where nothing changed, else after Save or Discard.
    void afterChanges(const QString& what, std::function<void()> then);

    /// Reads `file` without asking anything; what went wrong is said in a sheet. False where it was refused.
    bool load(const QString& file);

Q_SIGNALS:
    void opened(const QString& file);
    void saved(const QString& file);
    /// Of an audio export at work, 0..1; below 0 when it has ended.
    void audioProgressed(double part);

private:
    bool loadProject(const QString& file);
    bool write(const QString& file, bool isCopy);
    bool writeProject(const QString& file);
    void tellLost(const QString& title, const std::vector<std::string>& lost);
    QString askForName(const QString& title, const QStringList& filters, const QString& suffix);
    void endAudio(const QString& file, const base::Result<sound::ExportReport>& done);

    ScoreDocument& document_;
    QWidget& window_;
    project::Project rest_; // what the open project holds beside its score, and writes again
    std::jthread audio_;    // last: it ends before the rest
};

} // namespace continuo::ui
