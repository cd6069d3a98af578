#pragma once

#include "app/training_process.h"
#include "ui/generate/generate_controller.h"
#include "ui/live/live_desk.h"
#include "ui/training/training_desk.h"

#include <QPointer>

namespace continuo::sound {
class SoundEngine;
}

namespace continuo::app {

/// The part of the studio that learns and writes: Train, Generate and Live, built and joined. The window places their
/// panels; panels that it has not taken are deleted with this.
class StudioLearning : public QObject {
    Q_OBJECT

public:
    struct Places {
        std::filesystem::path program;  // what `train` and `prepare` are started from
        std::filesystem::path runs;     // where runs are made and watched
        std::filesystem::path datasets; // where prepared folders go
    };
    /// This executable and the user's folders.
    static Places usualPlaces();

    /// `sound` may be null; both it and the document outlive this.
    StudioLearning(ui::ScoreDocument& document, sound::SoundEngine* sound, Places places, QObject* parent = nullptr);
    ~StudioLearning() override;

    ui::GeneratePanel& generatePanel() { return *generatePanel_; }
    ui::GenerateController& generate() { return *generate_; }
    ui::TrainingDesk& training() { return *training_; }
    ui::LiveDesk& live() { return *live_; }
    ui::RunWatcher& watcher() { return watcher_; }

    /// Often: where playback is.
    void setPlayhead(score::Tick at, bool playing);
    /// Starts what *Make a first net* promises, unless one is being made.
    void makeFirstNet();

Q_SIGNALS:
    /// A sample is to be opened as the piece.
    void openRequested(const QString& file);
    /// For the status bar: how far the newest active run is; an empty text where none trains.
    void trainingActivity(const QString& text, const QString& rest, double part);
    /// A training run was asked for in Generate: show what becomes of it.
    void runStarted(const QString& runId);

private:
    void connectTraining();
    void connectPreparation();
    void prepareDropped(const QStringList& files);
    void connectGenerate();
    void connectLive();
    base::Result<runs::RunDirectory> start(ui::RunSettings settings);
    void addPreparedDatasets();
    void tellActivity();

    ui::ScoreDocument& document_;
    sound::SoundEngine* sound_;
    Places places_;
    ui::RunWatcher watcher_;
    TrainingProcess process_;
    QPointer<ui::GeneratePanel> generatePanel_;
    ui::TrainingDesk* training_;
    ui::GenerateController* generate_;
    ui::LiveDesk* live_;
};

} // namespace continuo::app
