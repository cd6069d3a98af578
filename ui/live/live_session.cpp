#include "ui/live/live_session.h"
#include "engine/sound/sound_engine.h"

#include <algorithm>
#include <chrono>

namespace continuo::ui {

namespace {

constexpr int kPollMs = 4;
constexpr int kFreshChannel = 0;

score::Tick endOf(const score::ScoreEdit& edit) {
    score::Tick end;
    for (const auto& content : edit.contents)
        for (const auto& note : content.notes.added) end = std::max(end, note.end());
    for (const auto& list : edit.lists)
        for (const auto& note : list.track.notes) end = std::max(end, note.end());
    return end;
}

score::Tick endOfMusic(const score::Score& score) {
    score::Tick end;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) end = std::max(end, note.end());
    return end;
}

} // namespace

LiveSession::LiveSession(ScoreDocument& document, sound::SoundEngine* sound, Opener open, QObject* parent)
    : QObject(parent), document_(document), sound_(sound), open_(std::move(open)) {
    poll_.setInterval(kPollMs);
    poll_.setTimerType(Qt::PreciseTimer);
    connect(&poll_, &QTimer::timeout, this, &LiveSession::poll);
    connect(&document_, &ScoreDocument::replaced, this, [this] {
        recording_ = false;
        Q_EMIT recordingChanged(false);
    });
}

LiveSession::~LiveSession() = default;

double LiveSession::now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void LiveSession::chooseInput(const std::string& port) {
    if (port == input_ && port_) return;
    poll_.stop();
    port_.reset();
    input_.clear();
    allNotesOff();
    if (!port.empty()) {
        auto opened = open_(port);
        if (!opened) {
            Q_EMIT inputFailed(QString::fromStdString(opened.error().message));
        } else {
            port_ = *std::move(opened);
            input_ = port;
            poll_.start();
        }
    }
    Q_EMIT inputChanged();
}

void LiveSession::poll() {
    for (const auto& message : port_->poll()) take(message);
}

void LiveSession::take(const sound::LiveMessage& message) {
    const bool noteOn = (message.bytes[0] & 0xF0) == 0x90 && message.bytes[2] > 0;
    if (recording_ && !anchored_ && noteOn) {
        anchor_.time = message.time;
        anchored_ = true;
    }
    capture_.take(message);
    if (hearing_) hear(message);
    noteHeldKeys(message);
    Q_EMIT played();
}

void LiveSession::noteHeldKeys(const sound::LiveMessage& message) {
    const int kind = message.bytes[0] & 0xF0, key = message.bytes[1], velocity = message.bytes[2];
    if (kind != 0x80 && kind != 0x90) return;
    if (kind == 0x90 && velocity > 0)
        held_[key] = velocity;
    else
        held_.erase(key);
    Q_EMIT keysHeld(held_);
}

void LiveSession::hear(const sound::LiveMessage& message) {
    if (!sound_) return;
    const auto* track = document_.currentTrackContent();
    const int channel = track ? track->channel : kFreshChannel;
    const int first = message.bytes[1], second = message.bytes[2];
    switch (message.bytes[0] & 0xF0) {
    case 0x80:
        sound_->noteOff(channel, first);
        break;
    case 0x90:
        if (second == 0)
            sound_->noteOff(channel, first);
        else
            sound_->noteOn(channel, track ? score::mainProgram(*track) : 0, track && track->drums, first, second);
        break;
    case 0xB0:
        sound_->controller(channel, first, second);
        break;
    case 0xE0:
        sound_->pitchBend(channel, first | (second << 7));
        break;
    default:
        break;
    }
}

void LiveSession::startRecording(score::Tick playhead, bool playing) {
    recording_ = true;
    anchored_ = playing;
    anchor_ = {now(), playhead};
    rollOn(true);
    Q_EMIT recordingChanged(true);
}

Phrase LiveSession::recorded() const {
    return recording_ && anchored_ ? capture_.since(anchor_.time, now()) : Phrase{};
}

/// Playback ends with the piece; a recording goes on behind it.
void LiveSession::rollOn(bool on) {
    auto mix = document_.mix();
    mix.rollsOn = on;
    document_.setMix(std::move(mix));
}

void LiveSession::stopRecording() {
    if (!recording_) return;
    const auto phrase = recorded();
    recording_ = false;
    rollOn(false);
    if (!phrase.isEmpty()) insert(phrase, anchor_, tr("Record what was played"));
    Q_EMIT recordingChanged(false);
}

void LiveSession::insert(const Phrase& phrase, const TimeAnchor& anchor, const QString& name) {
    const auto edit = phraseEdit(phrase, anchor, document_.score(), document_.currentTrack(), document_.mint());
    lastStart_ = anchor.tickAt(phrase.start(), document_.tempoMap());
    lastEnd_ = endOf(edit);
    recordedUntil_ = phrase.end();
    document_.perform(edit, name);
}

void LiveSession::continueLastPhrase(score::Tick playhead) {
    stopRecording();
    const auto phrase = capture_.lastPhrase(now());
    if (phrase.isEmpty()) return;
    if (phrase.end() > recordedUntil_) {
        const auto after = playhead > score::Tick{0} ? playhead : endOfMusic(document_.score());
        const TimeAnchor anchor{phrase.start(), document_.meterMap().barAtOrAfter(after)};
        insert(phrase, anchor, tr("Insert what was played"));
    }
    Q_EMIT answerRequested(answerStart(lastEnd_, document_.meterMap()));
}

void LiveSession::allNotesOff() {
    if (sound_) sound_->allNotesOff();
    if (held_.empty()) return;
    held_.clear();
    Q_EMIT keysHeld(held_);
}

} // namespace continuo::ui
