#include "app/studio_builder.h"

#include "engine/midi/midi_file_reader.h"
#include "engine/sound/midi_ports.h"
#include "engine/sound/sound_engine.h"
#include "ui/generate/generate_panel.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/tracks/track_panel.h"
#include "ui/training/samples_panel.h"

#include <iostream>

namespace continuo::app {
namespace {

std::unique_ptr<sound::SoundEngine> openSound(const std::string& driver) {
    auto engine = sound::SoundEngine::open({.soundFont = {}, .driver = driver});
    if (engine) return std::move(*engine);
    std::cerr << "continuo studio: no sound: " << engine.error().message << "\n";
    return nullptr;
}

} // namespace

Studio::Studio(const StudioOptions& options) : document_(ui::newPiece()) {
    playback_ = std::make_unique<ui::PlaybackController>(document_, openSound(options.driver));
    learning_ = std::make_unique<StudioLearning>(document_, playback_->engine(), options.places);
    if (!options.journals.empty()) recovery_ = std::make_unique<ui::RecoveryKeeper>(document_, options.journals);
    window_ = std::make_unique<ui::MainWindow>(ui::MainWindow::Parts{
        .document = document_,
        .playback = *playback_,
        .roll = new ui::RollPanel(document_),
        .tracks = new ui::TrackPanel(document_, &sound::listPorts),
        .generatePanel = &learning_->generatePanel(),
        .generate = learning_->generate(),
        .training = learning_->training(),
        .live = learning_->live(),
        .recovery = recovery_.get(),
        .settingsFile = options.settings,
    });
    connectParts();
}

Studio::~Studio() = default;

void Studio::connectParts() {
    auto* window = window_.get();
    QObject::connect(playback_.get(), &ui::PlaybackController::positionChanged, learning_.get(),
                     &StudioLearning::setPlayhead);
    connectSamples();
    QObject::connect(&learning_->generatePanel(), &ui::GeneratePanel::hearRequested, playback_.get(), [this] {
        const auto start = document_.candidates().target().start;
        playback_->playFrom(document_.meterMap().barAt(std::max(score::Tick{0}, start - score::Ticks{1})));
    });
    QObject::connect(learning_.get(), &StudioLearning::trainingActivity, window, &ui::MainWindow::showTraining);
    QObject::connect(learning_.get(), &StudioLearning::openRequested, window, [window](const QString& file) {
        window->file().open(file);
        window->showWorkspace(ui::MainWindow::kCompose);
    });
}

void Studio::connectSamples() {
    auto* samples = &learning_->training().samplesPanel();
    auto* playback = playback_.get();
    QObject::connect(samples, &ui::SamplesPanel::playRequested, playback, [playback](const QString& file) {
        if (const auto sample = midi::readFile(file.toStdString())) playback->preview(sample->score);
    });
    QObject::connect(samples, &ui::SamplesPanel::stopRequested, playback, &ui::PlaybackController::endPreview);
    QObject::connect(playback, &ui::PlaybackController::previewMoved, samples, [samples](score::Tick at, bool playing) {
        samples->setPlayhead(playing ? std::optional(at) : std::nullopt);
    });
}

} // namespace continuo::app
