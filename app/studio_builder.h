#pragma once

#include "app/studio_learning.h"
#include "ui/document/recovery_keeper.h"
#include "ui/document/score_document.h"
#include "ui/transport/playback_controller.h"
#include "ui/window/main_window.h"

#include <memory>

namespace continuo::app {

/// What the studio is started with.
struct StudioOptions {
    std::string driver; // of the audio output; empty: the first that opens, "none": no device is tried
    StudioLearning::Places places = StudioLearning::usualPlaces();
    std::filesystem::path settings; // studio.json; empty: nothing is remembered
    std::filesystem::path journals; // of unsaved work; empty: a crash loses it
};

/// The composition root: builds document, sound, learning and window, and joins them. They live as long as this.
class Studio {
public:
    explicit Studio(const StudioOptions& options);
    ~Studio();

    ui::MainWindow& window() { return *window_; }
    ui::ScoreDocument& document() { return document_; }
    StudioLearning& learning() { return *learning_; }

private:
    void connectParts();
    void connectSamples();

    ui::ScoreDocument document_;
    std::unique_ptr<ui::RecoveryKeeper> recovery_;
    std::unique_ptr<ui::PlaybackController> playback_;
    std::unique_ptr<StudioLearning> learning_;
    std::unique_ptr<ui::MainWindow> window_; // last: its panels go before what they act on
};

} // namespace continuo::app
