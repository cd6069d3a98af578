#pragma once

#include "ui/document/score_document.h"
#include "ui/live/phrase_capture.h"
#include "ui/live/phrase_edit.h"

#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>

namespace continuo::sound {
class SoundEngine;
}

namespace continuo::ui {

/// What comes in from a MIDI port (or from the letters): heard through the synthesizer, kept, recorded, handed to the
/// net.
class LiveSession : public QObject {
    Q_OBJECT

public:
    using Opener = std::function<base::Result<std::unique_ptr<sound::MidiInput>>(const std::string& port)>;

    /// `sound` may be null: then nothing is heard.
    LiveSession(ScoreDocument& document, sound::SoundEngine* sound, Opener open, QObject* parent = nullptr);
    ~LiveSession() override;

    /// Empty closes the open port.
    void chooseInput(const std::string& port);
    const std::string& input() const { return input_; }
    /// Feeds one message as if it came from the port.
    void take(const sound::LiveMessage& message);

    const PhraseCapture& capture() const { return capture_; }
    /// Seconds on the clock of the messages.
    static double now();
    void setHearing(bool hearing) { hearing_ = hearing; }

    /// Notes go to the current track from the playhead on: from the first key on where nothing plays, else as played.
    void startRecording(score::Tick playhead, bool playing);
    /// One undo step.
    void stopRecording();
    bool isRecording() const { return recording_; }
    /// What is recorded so far.
    Phrase recorded() const;

    /// The phrase since the last silence goes into the current track (unless it was just recorded), from the bar at or
    /// after the playhead, or after the end; answerRequested says where the net goes on.
    void continueLastPhrase(score::Tick playhead);
    void allNotesOff();
    /// From the first onset of the phrase that went into the score last to its end.
    score::Ticks lastPhraseLength() const { return lastEnd_ - lastStart_; }

Q_SIGNALS:
    void inputChanged();
    void inputFailed(const QString& sentence);
    void played();
    /// Keys that are down now, with their velocities.
    void keysHeld(const std::map<int, int>& keys);
    void recordingChanged(bool recording);
    void answerRequested(score::Tick from);

private:
    void poll();
    void noteHeldKeys(const sound::LiveMessage& message);
    void rollOn(bool on);
    void hear(const sound::LiveMessage& message);
    void insert(const Phrase& phrase, const TimeAnchor& anchor, const QString& name);

    ScoreDocument& document_;
    sound::SoundEngine* sound_;
    Opener open_;
    std::unique_ptr<sound::MidiInput> port_;
    std::string input_;
    PhraseCapture capture_;
    QTimer poll_;
    bool hearing_ = true, recording_ = false, anchored_ = false;
    TimeAnchor anchor_;
    double recordedUntil_ = -1; // phrases before it are in the score
    std::map<int, int> held_;
    score::Tick lastStart_, lastEnd_; // of the phrase that went in last
};

} // namespace continuo::ui
