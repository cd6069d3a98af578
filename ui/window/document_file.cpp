#include "ui/window/document_file.h"

#include "engine/midi/midi_file_writer.h"
#include "engine/notation/piece_file.h"
#include "engine/score/operations/excerpt.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/toast.h"

#include <QFileDialog>
#include <QFileInfo>
#include <memory>

namespace continuo::ui {
namespace {

constexpr const char* kPieceFiles =
    "Pieces (*.mid *.midi *.kar *.rmi *.musicxml *.xml *.mxl *.abc);;MIDI files (*.mid *.midi *.kar *.rmi);;"
    "Notation (*.musicxml *.xml *.mxl *.abc)";

std::filesystem::path pathOf(const QString& file) {
    return std::filesystem::path(QFile::encodeName(file).toStdString());
}

QStringList linesOf(const midi::ImportReport& report) {
    QStringList lines;
    for (const auto& line : report.lines)
        lines << QStringLiteral("%1, byte %2: %3")
                     .arg(QLatin1String(midi::verdictName(line.verdict)))
                     .arg(line.offset)
                     .arg(QString::fromStdString(line.text));
    return lines;
}

void tellRepairs(QWidget& window, const midi::ImportReport& report) {
    if (report.worst < midi::Verdict::Repair) return;
    Sheet::tell(window, {QStringLiteral("warning"),
                         QObject::tr("Opened, with repairs"),
                         {QObject::tr("The file has faults. Its bytes are kept as they are; while you do not edit the "
                                      "damaged tracks, saving writes them back unchanged.")},
                         linesOf(report)});
}

/// Notation becomes a new piece without a file of its own, so that saving never writes MIDI over it.
void tellImport(QWidget& window, const notation::NotationRead& piece) {
    Sheet::tell(window, {QStringLiteral("info"),
                         QObject::tr("Imported"),
                         {QObject::tr("This is a new piece made from notation; the file stays as it is, and Save asks "
                                      "for a name.")},
                         linesOf(piece.read.report)});
}

} // namespace

DocumentFile::DocumentFile(ScoreDocument& document, QWidget& window)
    : QObject(&window), document_(document), window_(window) {}

void DocumentFile::newPiece() {
    afterChanges(tr("Start a new piece?"), [this] { document_.replace(ui::newPiece(), {}); });
}

void DocumentFile::open() {
    afterChanges(tr("Open another piece?"), [this] {
        const auto file = QFileDialog::getOpenFileName(
            &window_, tr("Open a piece"), QFileInfo(QString::fromStdString(document_.path().string())).path(),
            tr(kPieceFiles));
        if (!file.isEmpty()) load(file);
    });
}

void DocumentFile::open(const QString& file) {
    afterChanges(tr("Open another piece?"), [this, file] { load(file); });
}

bool DocumentFile::load(const QString& file) {
    auto piece = notation::readPieceFile(pathOf(file));
    if (!piece) {
        Sheet::tell(window_, errorText(tr("This file was not opened"), piece.error().message));
        return false;
    }
    const bool isMidi = piece->format == "midi";
    document_.replace(std::move(piece->read.score), isMidi ? pathOf(file) : std::filesystem::path());
    isMidi ? tellRepairs(window_, piece->read.report) : tellImport(window_, *piece);
    Q_EMIT opened(file);
    return true;
}

void DocumentFile::save(std::function<void()> then) {
    if (document_.path().empty()) return saveAs(std::move(then));
    if (write(QString::fromStdString(document_.path().string()), /*isCopy=*/false) && then) then();
}

void DocumentFile::saveAs(std::function<void()> then) {
    const auto file = askForName(tr("Save as"), QStringLiteral(".mid"));
    if (!file.isEmpty() && write(file, /*isCopy=*/false) && then) then();
}

void DocumentFile::exportMidi() {
    const auto file = askForName(tr("Export a copy"), QStringLiteral(".mid"));
    if (!file.isEmpty()) write(file, /*isCopy=*/true);
}

void DocumentFile::exportSelection() {
    const auto ids = selectedIds(document_);
    if (ids.empty()) return Toast::show(window_, tr("Select the notes to export first"), false);
    const auto file = askForName(tr("Export the selection"), QStringLiteral(".mid"));
    if (file.isEmpty()) return;
    if (const auto saved = midi::saveFile(score::excerpt(document_.score(), ids), pathOf(file)); !saved)
        return void(Sheet::tell(window_, errorText(tr("The selection was not saved"), saved.error().message)));
    Toast::show(window_, tr("Exported %1").arg(QFileInfo(file).fileName()));
}

bool DocumentFile::write(const QString& file, bool isCopy) {
    const auto lost = midi::lostInMidi(document_.score());
    if (const auto saved = midi::saveFile(document_.score(), pathOf(file)); !saved) {
        Sheet::tell(window_, errorText(tr("The piece was not saved"), saved.error().message));
        return false;
    }
    if (!isCopy) document_.markSaved(pathOf(file));
    const auto name = QFileInfo(file).fileName();
    if (lost.empty()) {
        Toast::show(window_,
                    isCopy ? tr("Exported %1, read back and compared: equal").arg(name) : tr("Saved %1").arg(name));
    } else {
        QStringList lines;
        for (const auto& line : lost) lines << QString::fromStdString(line);
        Sheet::tell(window_,
                    {QStringLiteral("info"),
                     isCopy ? tr("Exported %1").arg(name) : tr("Saved %1").arg(name),
                     {tr("A MIDI file cannot hold everything of this piece. It stays here while the window is open:")},
                     lines});
    }
    if (!isCopy) Q_EMIT saved(file);
    return true;
}

void DocumentFile::exportAudio() {
    const auto file = askForName(tr("Export audio, as .wav or .flac"), QStringLiteral(".wav"));
    if (file.isEmpty()) return;
    sound::ExportSettings settings;
    if (QFileInfo(file).suffix().compare(QLatin1String("flac"), Qt::CaseInsensitive) == 0)
        settings.format.container = sound::AudioFormat::Container::Flac;
    if (audio_.joinable()) audio_.request_stop(); // a newer export takes the place of one at work
    audio_ = std::jthread(
        [this, file, settings, score = document_.snapshot(), mix = document_.mix()](const std::stop_token& stop) {
            const auto tell = [&](double part) {
                QMetaObject::invokeMethod(
                    this, [this, part] { Q_EMIT audioProgressed(part); }, Qt::QueuedConnection);
            };
            auto done = sound::exportAudio(*score, mix, pathOf(file), settings, tell, stop);
            QMetaObject::invokeMethod(
                this, [this, file, done = std::move(done)] { endAudio(file, done); }, Qt::QueuedConnection);
        });
}

void DocumentFile::endAudio(const QString& file, const base::Result<sound::ExportReport>& done) {
    Q_EMIT audioProgressed(-1);
    if (!done) return void(Sheet::tell(window_, errorText(tr("The audio was not written"), done.error().message)));
    Toast::show(window_, tr("Exported %1, %2 s").arg(QFileInfo(file).fileName()).arg(done->seconds, 0, 'f', 1));
}

QString DocumentFile::askForName(const QString& title, const QString& suffix) {
    auto start = QString::fromStdString(document_.path().string());
    if (start.isEmpty()) start = tr("untitled");
    const QFileInfo info(start);
    const auto proposed = info.path() + QLatin1Char('/') + info.completeBaseName() + suffix;
    auto file = QFileDialog::getSaveFileName(&window_, title, proposed, QStringLiteral("*%1").arg(suffix));
    if (!file.isEmpty() && QFileInfo(file).suffix().isEmpty()) file += suffix;
    return file;
}

void DocumentFile::afterChanges(const QString& what, std::function<void()> then) {
    if (!document_.isModified()) return then();
    const auto name = document_.path().empty()
                          ? tr("This piece")
                          : QFileInfo(QString::fromStdString(document_.path().string())).fileName();
    Sheet::show(window_, {QStringLiteral("warning"), what, {tr("%1 has changes that are not saved.").arg(name)}, {}},
                {{tr("Cancel"), ButtonKind::Plain, {}, false, true},
                 {tr("Discard changes"), ButtonKind::Danger, then},
                 {tr("Save"), ButtonKind::Primary, [this, then] { save(then); }, true}});
}

} // namespace continuo::ui
