#include "app/studio_learning.h"
#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/corpus/prepared_folder.h"
#include "engine/sound/sound_engine.h"
#include "ui/live/live_panel.h"
#include "ui/training/run_header.h"
#include "ui/training/run_panel.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace continuo::app {

StudioLearning::Places StudioLearning::usualPlaces() {
    return {QCoreApplication::applicationFilePath().toStdString(), base::runsFolder(),
            base::cacheFolder() / "datasets"};
}

StudioLearning::StudioLearning(ui::ScoreDocument& document, sound::SoundEngine* sound, Places places, QObject* parent)
    : QObject(parent), document_(document), sound_(sound), places_(std::move(places)), watcher_({places_.runs}),
      process_(places_.program, places_.runs, places_.datasets), generatePanel_(new ui::GeneratePanel),
      training_(new ui::TrainingDesk(watcher_, this)),
      generate_(new ui::GenerateController(document, watcher_, *generatePanel_, this)),
      live_(new ui::LiveDesk(document, sound, ui::LiveDesk::systemPorts(), this)) {
    connectTraining();
    connectPreparation();
    connectGenerate();
    connectLive();
    addPreparedDatasets();
}

StudioLearning::~StudioLearning() {
    delete live_; // each with the panels that no window has taken
    delete generate_;
    delete training_;
    if (generatePanel_ && !generatePanel_->parent()) delete generatePanel_;
}

base::Result<runs::RunDirectory> StudioLearning::start(ui::RunSettings settings) {
    settings.leaveCore = sound_ && sound_->state().audible;
    auto run = process_.start(settings);
    watcher_.lookNow();
    return run;
}

void StudioLearning::connectTraining() {
    auto& form = training_->runPanel().form();
    connect(training_, &ui::TrainingDesk::trainingRequested, this, [this, &form](const ui::RunSettings& settings) {
        const auto run = start(settings);
        form.showProblem(run ? QString() : QString::fromStdString(run.error().message));
        if (!run) return;
        const auto id = QString::fromStdString(run->root.string());
        training_->select(id);
        Q_EMIT runStarted(id);
    });
    connect(&process_, &TrainingProcess::startFailed, this, [this, &form](const QString& sentence) {
        training_->select({});
        form.showProblem(sentence);
        generate_->forgetFirstNet(sentence);
    });
    connect(training_, &ui::TrainingDesk::netLoadRequested, this,
            [this](const QString& checkpoint) { generate_->useNet(checkpoint.toStdString()); });
    connect(training_, &ui::TrainingDesk::sampleOpenRequested, this, &StudioLearning::openRequested);
    connect(training_, &ui::TrainingDesk::activityChanged, this, &StudioLearning::tellActivity);
}

void StudioLearning::connectPreparation() {
    auto& form = training_->runPanel().form();
    connect(training_, &ui::TrainingDesk::folderPreparationRequested, this, [this, &form](const QString& folder) {
        form.showProblem({});
        process_.prepare(folder.toStdString());
    });
    connect(training_, &ui::TrainingDesk::piecesDropped, this, &StudioLearning::prepareDropped);
    connect(training_, &ui::TrainingDesk::preparationStopRequested, &process_, &TrainingProcess::stopPreparing);
    connect(&process_, &TrainingProcess::preparationProgressed, &form, &ui::RunForm::showPreparation);
    connect(&process_, &TrainingProcess::prepared, &form, [&form](const QString& folder) {
        form.endPreparation();
        form.addDataset(folder);
    });
    connect(&process_, &TrainingProcess::preparationFailed, &form, [&form](const QString& sentence) {
        form.endPreparation();
        form.showProblem(sentence);
    });
}

/// A folder is read where it is; files are copied into a folder of their own first, since a data set is of a folder.
void StudioLearning::prepareDropped(const QStringList& files) {
    auto& form = training_->runPanel().form();
    form.showProblem({});
    if (process_.isPreparing())
        return form.showProblem(tr("Another folder is being read; drop these when it is done."));
    if (files.size() == 1 && QFileInfo(files.front()).isDir()) return process_.prepare(files.front().toStdString());
    const auto stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")).toStdString();
    const auto folder = places_.datasets / "dropped" / stamp;
    auto kept = base::makeFolder(folder);
    int number = 0;
    for (const auto& file : files) {
        if (!kept || QFileInfo(file).isDir()) continue;
        const auto name =
            QStringLiteral("%1-%2").arg(++number, 4, 10, QLatin1Char('0')).arg(QFileInfo(file).fileName());
        const auto bytes = base::readFile(QFile::encodeName(file).toStdString());
        kept = bytes ? base::saveFile(folder / QFile::encodeName(name).toStdString(), *bytes)
                     : base::Status(base::failure(bytes.error()));
    }
    if (!kept) return form.showProblem(QString::fromStdString(kept.error().message));
    if (number == 0) return form.showProblem(tr("Drop either files or one folder."));
    process_.prepare(folder);
}

void StudioLearning::connectGenerate() {
    connect(generate_, &ui::GenerateController::firstNetRequested, this, &StudioLearning::makeFirstNet);
    connect(generate_, &ui::GenerateController::writingChanged, live_, &ui::LiveDesk::setAnswering);
}

void StudioLearning::connectLive() {
    const auto answer = [this](score::Tick from, int bars) {
        if (!generate_->hasNet())
            live_->showProblem(
                tr("No net is loaded yet: make a first one in Generate, or train one. What you played is kept."));
        generate_->continueFrom(from, bars);
    };
    connect(live_, &ui::LiveDesk::answerRequested, this, answer);
    connect(live_, &ui::LiveDesk::anotherRequested, this, answer);
    connect(live_, &ui::LiveDesk::keepRequested, generate_, &ui::GenerateController::keep);
    connect(live_, &ui::LiveDesk::dismissRequested, generate_, &ui::GenerateController::dismiss);
}

void StudioLearning::makeFirstNet() {
    if (generate_->isFirstNetInTraining()) return;
    ui::RunSettings settings;
    settings.dataset = "counterpoint";
    settings.network = "mmt-1m";
    settings.limitKind = ui::RunSettings::Limit::Minutes;
    settings.limit = 1;
    const auto run = start(settings);
    if (!run) return generatePanel_->showProblem(QString::fromStdString(run.error().message));
    const auto id = QString::fromStdString(run->root.string());
    generate_->followFirstNet(id);
    training_->select(id);
    Q_EMIT runStarted(id);
}

void StudioLearning::setPlayhead(score::Tick at, bool playing) {
    generate_->setPlayhead(at);
    live_->setPlayhead(at, playing);
}

void StudioLearning::addPreparedDatasets() {
    std::error_code absent;
    const std::filesystem::path folder = places_.datasets;
    for (const auto& place : std::filesystem::directory_iterator(folder, absent))
        for (const auto& dataset : std::filesystem::directory_iterator(place.path(), absent))
            if (corpus::isPreparedFolder(dataset.path()))
                training_->runPanel().form().offerDataset(QString::fromStdString(dataset.path().string()));
}

void StudioLearning::tellActivity() {
    const auto* run = training_->active();
    if (!run) return Q_EMIT trainingActivity({}, {}, -1);
    const auto part = ui::partDone(run->status);
    const auto text = part ? tr("Training %1 %").arg(static_cast<int>(*part * 100)) : tr("Training");
    const auto rest =
        run->status.secondsLeft ? tr("%1 left").arg(ui::durationText(*run->status.secondsLeft)) : tr("estimating");
    Q_EMIT trainingActivity(text, rest, part.value_or(-1));
}

} // namespace continuo::app
