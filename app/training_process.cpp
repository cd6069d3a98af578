#include "app/training_process.h"
#include "engine/base/files.h"
#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/runs/run_status.h"

#include <QRegularExpression>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <sys/resource.h>

namespace continuo::app {

namespace {

constexpr int kNicer = 10, kWatchMs = 300;

/// What the process prints; beside the runs, for the run's own folder is the trainer's to make.
std::filesystem::path terminalOf(const runs::RunDirectory& run) {
    return run.root.parent_path() / ".terminal" / (run.root.filename().string() + ".txt");
}

bool isRunning(qint64 pid) { return kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM; }

/// The last line that says something, without the "continuo train: " in front.
QString lastWords(const std::string& text) {
    QString last;
    for (const auto line : base::splitLines(text))
        if (!base::trimmed(line).empty()) last = QString::fromStdString(base::shown(base::trimmed(line), 400));
    static const QRegularExpression prefix(QStringLiteral("^continuo [a-z]+: "));
    return last.remove(prefix);
}

QStringList qtWords(const std::vector<std::string>& words) {
    QStringList list;
    for (const auto& word : words) list << QString::fromStdString(word);
    return list;
}

/// One place for each folder of MIDI files, so that reading it again replaces what was read before.
std::filesystem::path datasetFolder(const std::filesystem::path& parent, const std::filesystem::path& midiFolder) {
    const auto path = std::filesystem::absolute(midiFolder).lexically_normal().string();
    auto name = std::filesystem::path(path).filename().string();
    if (name.empty()) name = std::filesystem::path(path).parent_path().filename().string();
    return parent / (base::sha256(base::bytesOf(path)).substr(0, 8)) / name;
}

} // namespace

TrainingProcess::TrainingProcess(std::filesystem::path program, std::filesystem::path runsFolder,
                                 std::filesystem::path datasetsFolder, QObject* parent)
    : QObject(parent), program_(std::move(program)), runsFolder_(std::move(runsFolder)),
      datasetsFolder_(std::move(datasetsFolder)) {
    watch_.setInterval(kWatchMs);
    connect(&watch_, &QTimer::timeout, this, &TrainingProcess::watchStart);
    preparation_.setProcessChannelMode(QProcess::MergedChannels);
    connect(&preparation_, &QProcess::readyRead, this, &TrainingProcess::readPreparation);
    connect(&preparation_, &QProcess::finished, this, &TrainingProcess::endPreparation);
    connect(&preparation_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT preparationFailed(tr("The files were not read: %1").arg(preparation_.errorString()));
    });
}

TrainingProcess::~TrainingProcess() {
    preparation_.disconnect(this);
    if (!isPreparing()) return;
    preparation_.terminate();
    if (!preparation_.waitForFinished(2000)) preparation_.kill();
    preparation_.waitForFinished(1000);
}

base::Result<runs::RunDirectory> TrainingProcess::start(const ui::RunSettings& settings) {
    const auto run = runs::newRunDirectory(runsFolder_, ui::runName(settings));
    if (std::ranges::any_of(starting_, [&](const Starting& other) { return other.run.root == run.root; }))
        return base::failure(base::ErrorCode::Failed,
                             "the same run has just been started; wait a second to start it once more");
    if (const auto made = base::makeFolder(terminalOf(run).parent_path()); !made)
        return base::failure(made.error().in("no run was started"));
    QProcess process;
    process.setProgram(QString::fromStdString(program_.string()));
    process.setArguments(qtWords(ui::trainWords(settings, run.root)));
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QString::fromStdString(terminalOf(run).string()));
    process.setProcessChannelMode(QProcess::MergedChannels);
    qint64 pid = 0;
    if (!process.startDetached(&pid))
        return base::failure(base::ErrorCode::Failed, "no run was started: " + process.errorString().toStdString());
    setpriority(PRIO_PROCESS, static_cast<id_t>(pid), kNicer); // threads that it makes later inherit it
    starting_.push_back({run, pid});
    watch_.start();
    return run;
}

void TrainingProcess::watchStart() {
    std::erase_if(starting_, [this](const Starting& starting) {
        if (runs::readStatus(starting.run)) return true;
        if (isRunning(starting.pid)) return false;
        const auto text = base::readTextFile(terminalOf(starting.run));
        const auto why = text ? lastWords(*text) : QString();
        Q_EMIT startFailed(why.isEmpty() ? tr("The run ended before it began and did not say why.") : why);
        return true;
    });
    if (starting_.empty()) watch_.stop();
}

void TrainingProcess::prepare(const std::filesystem::path& midiFolder) {
    if (isPreparing()) return;
    preparing_ = datasetFolder(datasetsFolder_, midiFolder);
    if (const auto made = base::makeFolder(preparing_.parent_path()); !made)
        return Q_EMIT preparationFailed(QString::fromStdString(made.error().message));
    stopped_ = false;
    lastLine_.clear();
    Q_EMIT preparationProgressed(0, 0);
    preparation_.start(QString::fromStdString(program_.string()),
                       {QStringLiteral("prepare"), QStringLiteral("--midi"),
                        QString::fromStdString(midiFolder.string()), QStringLiteral("--out"),
                        QString::fromStdString(preparing_.string())});
}

void TrainingProcess::stopPreparing() {
    stopped_ = true;
    preparation_.terminate();
}

/// Lines end in a line feed or, where they are rewritten in a terminal, in a carriage return.
void TrainingProcess::readPreparation() {
    static const QRegularExpression lineEnd(QStringLiteral("[\\r\\n]")),
        counts(QStringLiteral("([\\d,]+) of ([\\d,]+)"));
    const auto text = QString::fromUtf8(preparation_.readAll());
    for (const auto& line : text.split(lineEnd, Qt::SkipEmptyParts)) {
        lastLine_ = line;
        const auto match = counts.match(line);
        if (!match.hasMatch()) continue;
        const auto number = [&](int group) { return match.captured(group).remove(QLatin1Char(',')).toLongLong(); };
        Q_EMIT preparationProgressed(number(1), number(2));
    }
}

void TrainingProcess::endPreparation(int exitCode) {
    readPreparation();
    if (exitCode == 0 && preparation_.exitStatus() == QProcess::NormalExit && !stopped_)
        Q_EMIT prepared(QString::fromStdString(preparing_.string()));
    else
        Q_EMIT preparationFailed(stopped_ ? QString() : lastWords(lastLine_.toStdString()));
}

} // namespace continuo::app
