#pragma once

#include "engine/sound/sound_engine.h"
#include "ui/document/score_document.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>

namespace continuo::ui {

/// Between the document and the sound: publishes a plan whenever the music, what the net proposes or the mix changed
/// (20 ms after the first change of a burst), moves the playhead, auditions keys, lets other pieces be heard.
class PlaybackController : public QObject {
    Q_OBJECT

public:
    /// `sound` may be null: then nothing plays and everything else works.
    PlaybackController(ScoreDocument& document, std::unique_ptr<sound::SoundEngine> sound, QObject* parent = nullptr);
    ~PlaybackController() override;

    bool isPlaying() const { return playing_; }
    score::Tick position() const { return position_; }
    sound::SoundEngine* engine() { return sound_.get(); }

    void play();
    void playFrom(score::Tick from);
    void stop();
    void toggle();
    void seek(score::Tick to);
    void toStart() { seek(score::Tick{0}); }

    /// On: the loop that was last there, else the selected range or notes, else the four bars at the playhead.
    void setLooping(bool on);
    void setLoop(std::optional<score::TickRange> loop);
    bool isLooping() const { return document_.mix().loop.has_value(); }
    void setMetronome(bool on);

    /// Plays another piece once, from its start; the playhead stays where it is. Whatever is played next ends it.
    void preview(const score::Score& piece);
    void endPreview();
    bool isPreviewing() const { return previewing_; }

    /// A key of a track for a quarter of a second, or until endAudition; silent while the piece plays it anyway.
    void audition(score::TrackId track, int pitch, int velocity);
    /// Beside what is auditioned already.
    void auditionToo(score::TrackId track, int pitch, int velocity);
    /// A key of an instrument that no track has yet; silent while the piece plays: then its trial is heard.
    void auditionInstrument(int program, bool drums, int pitch);
    void endAudition();
    void allNotesOff();

    /// Why nothing is heard, in a sentence; empty while a device is open.
    QString silence() const { return silence_; }
    const sound::SoundEngine::State& state() const { return state_; }

Q_SIGNALS:
    /// At 60 Hz while playing, and at each jump.
    void positionChanged(score::Tick at, bool playing);
    void playingChanged(bool playing);
    void previewMoved(score::Tick at, bool playing);
    /// Some 20 times a second while there is sound; device, voices, levels.
    void stateChanged(const sound::SoundEngine::State& state);

private:
    void publish();
    void poll();
    void pollState();
    void setPlaying(bool playing);
    score::Tick lastTick() const;
    score::TickRange proposedLoop() const;

    ScoreDocument& document_;
    std::unique_ptr<sound::SoundEngine> sound_;
    QTimer publishSoon_, positionClock_, stateClock_, auditionEnd_;
    score::Tick position_;
    bool playing_ = false, previewing_ = false;
    std::optional<score::TickRange> lastLoop_;
    std::vector<std::pair<int, int>> auditioned_; // channel, pitch
    sound::SoundEngine::State state_;
    QString silence_;
};

} // namespace continuo::ui
