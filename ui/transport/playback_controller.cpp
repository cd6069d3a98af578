#include "ui/transport/playback_controller.h"

#include <algorithm>
#include <utility>

namespace continuo::ui {

namespace {

constexpr int kPublishDelayMs = 20, kPositionMs = 16, kStateMs = 50, kAuditionMs = 250;

} // namespace

PlaybackController::PlaybackController(ScoreDocument& document, std::unique_ptr<sound::SoundEngine> sound,
                                       QObject* parent)
    : QObject(parent), document_(document), sound_(std::move(sound)) {
    publishSoon_.setSingleShot(true);
    publishSoon_.setInterval(kPublishDelayMs);
    auditionEnd_.setSingleShot(true);
    positionClock_.setTimerType(Qt::PreciseTimer);
    positionClock_.setInterval(kPositionMs);
    stateClock_.setInterval(kStateMs);
    connect(&publishSoon_, &QTimer::timeout, this, &PlaybackController::publish);
    connect(&positionClock_, &QTimer::timeout, this, &PlaybackController::poll);
    connect(&stateClock_, &QTimer::timeout, this, &PlaybackController::pollState);
    connect(&auditionEnd_, &QTimer::timeout, this, &PlaybackController::endAudition);
    const auto soon = [this] {
        if (!publishSoon_.isActive()) publishSoon_.start();
    };
    connect(&document_, &ScoreDocument::scoreChanged, this, soon);
    connect(&document_, &ScoreDocument::tracksChanged, this, soon);
    connect(&document_, &ScoreDocument::mixChanged, this, soon);
    connect(&document_, &ScoreDocument::trialChanged, this, soon);
    connect(&document_.candidates(), &Candidates::changed, this, soon);
    connect(&document_, &ScoreDocument::replaced, this, [this] {
        stop();
        endPreview();
        lastLoop_.reset();
        publish();
        seek(score::Tick{0});
    });
    if (!sound_) silence_ = "the program was built without sound";
    pollState();
    publish();
    if (sound_) stateClock_.start();
}

PlaybackController::~PlaybackController() {
    if (sound_) sound_->stop();
}

void PlaybackController::publish() {
    publishSoon_.stop();
    if (!sound_ || previewing_) return; // the end of the preview publishes
    if (document_.soundsOtherwise())
        sound_->publish(document_.heard(), document_.mix());
    else
        sound_->publish(document_.score(), document_.mix());
}

score::Tick PlaybackController::lastTick() const {
    const auto& candidates = document_.candidates();
    return candidates.isEmpty() ? document_.lastTick() : std::max(document_.lastTick(), candidates.target().end);
}

void PlaybackController::play() { playFrom(position_); }

void PlaybackController::playFrom(score::Tick from) {
    if (!sound_) return;
    endPreview();
    if (publishSoon_.isActive()) publish();
    if (from >= lastTick()) from = score::Tick{0};
    sound_->play(from);
    position_ = from;
    setPlaying(true);
    Q_EMIT positionChanged(position_, true);
}

void PlaybackController::stop() {
    if (!sound_ || !playing_) return;
    sound_->stop();
    position_ = sound_->position();
    setPlaying(false);
    Q_EMIT positionChanged(position_, false);
}

void PlaybackController::toggle() { playing_ ? stop() : play(); }

void PlaybackController::seek(score::Tick to) {
    endPreview();
    position_ = std::max(to, score::Tick{0});
    if (sound_) sound_->seek(position_);
    Q_EMIT positionChanged(position_, playing_);
}

void PlaybackController::setPlaying(bool playing) {
    if (std::exchange(playing_, playing) == playing) return;
    playing ? positionClock_.start() : positionClock_.stop();
    Q_EMIT playingChanged(playing);
}

void PlaybackController::preview(const score::Score& piece) {
    if (!sound_) return;
    stop();
    endPreview();
    previewing_ = true;
    sound_->publish(piece, {});
    sound_->play(score::Tick{0});
    positionClock_.start();
    Q_EMIT previewMoved(score::Tick{0}, true);
}

void PlaybackController::endPreview() {
    if (!std::exchange(previewing_, false)) return;
    sound_->stop();
    positionClock_.stop();
    publish();
    sound_->seek(position_);
    Q_EMIT previewMoved(score::Tick{0}, false);
}

void PlaybackController::poll() {
    if (previewing_) {
        if (!sound_->isPlaying()) return endPreview();
        Q_EMIT previewMoved(sound_->position(), true);
        return;
    }
    position_ = sound_->position();
    const bool goesOn = sound_->isPlaying();
    Q_EMIT positionChanged(position_, goesOn);
    setPlaying(goesOn);
}

void PlaybackController::pollState() {
    if (!sound_) return;
    state_ = sound_->state();
    silence_ = state_.audible ? QString() : QString::fromStdString(state_.output);
    Q_EMIT stateChanged(state_);
}

score::TickRange PlaybackController::proposedLoop() const {
    if (document_.selection().range()) return *document_.selection().range();
    const auto& meters = document_.meterMap();
    std::optional<score::TickRange> notes;
    for (const auto& track : document_.selectedNotes())
        for (const auto& note : track.notes) {
            if (!notes) notes = note.range();
            notes = score::TickRange{std::min(notes->start, note.onset), std::max(notes->end, note.end())};
        }
    if (notes && !notes->isEmpty()) return {meters.barAt(notes->start), meters.barAtOrAfter(notes->end)};
    const auto bar = meters.positionAt(position_).bar;
    return {meters.barStart(bar), meters.barStart(bar + 4)};
}

void PlaybackController::setLooping(bool on) {
    if (on == isLooping()) return;
    setLoop(on ? std::optional(lastLoop_.value_or(proposedLoop())) : std::nullopt);
}

void PlaybackController::setLoop(std::optional<score::TickRange> loop) {
    if (document_.mix().loop) lastLoop_ = document_.mix().loop;
    auto mix = document_.mix();
    mix.loop = loop;
    document_.setMix(std::move(mix));
}

void PlaybackController::setMetronome(bool on) {
    auto mix = document_.mix();
    mix.metronome = on;
    document_.setMix(std::move(mix));
}

void PlaybackController::audition(score::TrackId id, int pitch, int velocity) {
    endAudition();
    auditionToo(id, pitch, velocity);
}

void PlaybackController::auditionToo(score::TrackId id, int pitch, int velocity) {
    const auto* track = score::findTrack(document_.score(), id);
    if (!sound_ || playing_ || previewing_ || !track || !document_.mix().sounds(id)) return;
    sound_->noteOn(track->channel, score::programAt(*track, position_), track->drums, pitch, velocity);
    auditioned_.emplace_back(track->channel, pitch);
    auditionEnd_.start(kAuditionMs);
}

void PlaybackController::auditionInstrument(int program, bool drums, int pitch) {
    constexpr int kVelocity = 90;
    endAudition();
    if (!sound_ || playing_ || previewing_) return;
    const int channel = drums ? 9 : 0;
    sound_->noteOn(channel, program, drums, pitch, kVelocity);
    auditioned_.emplace_back(channel, pitch);
    auditionEnd_.start(kAuditionMs);
}

void PlaybackController::endAudition() {
    auditionEnd_.stop();
    const auto keys = std::exchange(auditioned_, {});
    for (const auto& [channel, pitch] : keys)
        if (sound_) sound_->noteOff(channel, pitch);
}

void PlaybackController::allNotesOff() {
    if (sound_) sound_->allNotesOff();
}

} // namespace continuo::ui
