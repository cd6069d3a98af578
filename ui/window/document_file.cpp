#include "ui/window/document_file.h"

#include "engine/midi/midi_file_writer.h"
#include "engine/notation/piece_file.h"
#include "engine/project/project_file.h"
#include "engine/score/operations/excerpt.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/toast.h"

#include <QFileDialog>
#include <QFileInfo>
#include <memory>
#include <utility>

namespace continuo::ui {
namespace {

constexpr const char* kPieceFiles =
    "Pieces (*.continuo *.mid *.midi *.kar *.rmi *.musicxml *.xml *.mxl *.abc);;Projects (*.continuo);;"
    "MIDI files (*.mid *.midi *.kar *.rmi);;Notation (*.musicxml *.xml *.mxl *.abc)";

std::filesystem::path pathOf(const QString& file) {
    return std::filesystem::path(QFile::encodeName(file).toStdString());
}

bool isProjectName(const QString& file) {
    return QFileInfo(file).suffix().compare(QLatin1String("continuo"), Qt::CaseInsensitive) == 0;
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
    : QObject(&window), document_(document), window_(window) {
    connect(&document_, &ScoreDocument::replaced, this, [this] { rest_ = {}; });
}

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

bool DocumentFile::loadProject(const QString& file) {
    auto project = project::openProject(pathOf(file));
    if (!project) {
        Sheet::tell(window_, errorText(tr("This project was not opened"), project.error().message));
        return false;
    }
    document_.replace(std::exchange(project->score, {}), pathOf(file));
    rest_ = std::move(*project);
    Q_EMIT opened(file);
    return true;
}

bool DocumentFile::load(const QString& file) {
    if (isProjectName(file)) return loadProject(file);
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
    const auto file = askForName(tr("Save as"), {tr("Continuo project (*.continuo)"), tr("MIDI file (*.mid)")},
                                 QStringLiteral(".continuo"));
    if (!file.isEmpty() && write(file, /*isCopy=*/false) && then) then();
}

void DocumentFile::exportMidi() {
    const auto file = askForName(tr("Export a copy"), {tr("MIDI file (*.mid)")}, QStringLiteral(".mid"));
    if (!file.isEmpty()) write(file, /*isCopy=*/true);
}

void DocumentFile::exportSelection() {
    const auto ids = selectedIds(document_);
    if (ids.empty()) return Toast::show(window_, tr("Select the notes to export first"), false);
    const auto file = askForName(tr("Export the selection"), {tr("MIDI file (*.mid)")}, QStringLiteral(".mid"));
    if (file.isEmpty()) return;
    if (const auto saved = midi::saveFile(score::excerpt(document_.score(), ids), pathOf(file)); !saved)
        return void(Sheet::tell(window_, errorText(tr("The selection was not saved"), saved.error().message)));
    Toast::show(window_, tr("Exported %1").arg(QFileInfo(file).fileName()));
}

bool DocumentFile::writeProject(const QString& file) {
    auto project = rest_;
    project.score = document_.score();
    if (const auto saved = project::saveProject(pathOf(file), project); !saved) {
        Sheet::tell(window_, errorText(tr("The project was not saved"), saved.error().message));
        return false;
    }
    document_.markSaved(pathOf(file));
    Toast::show(window_, tr("Saved %1").arg(QFileInfo(file).fileName()));
    Q_EMIT saved(file);
    return true;
}

bool DocumentFile::write(const QString& file, bool isCopy) {
    if (isProjectName(file)) return writeProject(file);
    const auto lost = midi::lostInMidi(document_.score());
    if (const auto saved = midi::saveFile(document_.score(), pathOf(file)); !saved) {
        Sheet::tell(window_, errorText(tr("The piece was not saved"), saved.error().message));
        return false;
    }
    if (!isCopy) document_.markSaved(pathOf(file));
    const auto name = QFileInfo(file).fileName();
    if (lost.empty())
        Toast::show(window_,
                    isCopy ? tr("Exported %1, read back and compared: equal").arg(name) : tr("Saved %1").arg(name));
    else
        tellLost(isCopy ? tr("Exported %1").arg(name) : tr("Saved %1").arg(name), lost);
    if (!isCopy) Q_EMIT saved(file);
    return true;
}

void DocumentFile::tellLost(const QString& title, const std::vector<std::string>& lost) {
    QStringList lines;
    for (const auto& line : lost) lines << QString::fromStdString(line);
    Sheet::show(
        window_,
        {QStringLiteral("info"),
         title,
         {tr("A MIDI file cannot hold everything of this piece; a project can. It stays here while the window is "
             "open:")},
         lines},
        {{tr("Save a project…"), ButtonKind::Plain, [this] { saveAs(); }},
         {tr("OK"), ButtonKind::Primary, {}, true, true}});
}

void DocumentFile::exportAudio() {
    const auto file = askForName(tr("Export audio"), {tr("WAV (*.wav)"), tr("FLAC (*.flac)")}, QStringLiteral(".wav"));
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

/// `suffix` is of the first filter; a name without one gets that of the filter that was chosen.
QString DocumentFile::askForName(const QString& title, const QStringList& filters, const QString& suffix) {
    auto start = QString::fromStdString(document_.path().string());
    if (start.isEmpty()) start = tr("untitled");
    const QFileInfo info(start);
    const auto proposed = info.path() + QLatin1Char('/') + info.completeBaseName() + suffix;
    QString chosen;
    auto file = QFileDialog::getSaveFileName(&window_, title, proposed, filters.join(QStringLiteral(";;")), &chosen);
    if (file.isEmpty() || !QFileInfo(file).suffix().isEmpty()) return file;
    const auto star = chosen.lastIndexOf(QLatin1Char('*')), close = chosen.lastIndexOf(QLatin1Char(')'));
    return file + (star < 0 || close < star ? suffix : chosen.mid(star + 1, close - star - 1));
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
