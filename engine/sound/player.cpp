#include "engine/sound/player.h"

#include <algorithm>
#include <chrono>

namespace continuo::sound {
namespace {

constexpr double kTail = 3; // seconds that released notes may ring after a stop

double monotonicSeconds() noexcept {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

Player::Player(MessageSink& sink, PlanExchange& plans, int sampleRate)
    : sink_(sink), plans_(plans), output_(sampleRate), sampleRate_(sampleRate), states_(kLanes), targets_(kLanes) {
    for (Lane lane = kSynthesizerLanes; lane < kLanes; ++lane) states_[lane].forget();
}

void Player::request(const PlayerRequest& request) noexcept {
    if (!requests_.push(request)) {
        panic_.store(true, std::memory_order_release);
        return;
    }
    if (isPlaying())
        askedTick_ = position().fromStart;
    else if (handledSerial_.load(std::memory_order_acquire) == sentSerial_)
        askedTick_ = positionTick_.load(std::memory_order_relaxed);
    askedPlaying_ =
        request.kind == PlayerRequest::Kind::Play || (isPlaying() && request.kind != PlayerRequest::Kind::Stop);
    if (request.kind == PlayerRequest::Kind::Play || request.kind == PlayerRequest::Kind::Seek)
        askedTick_ = request.tick;
    ++sentSerial_;
}

void Player::live(const std::array<std::uint8_t, 3>& bytes, std::uint8_t size) noexcept {
    const auto kind = static_cast<MessageKind>(bytes[0] >> 4);
    if (size < 2 || kind < MessageKind::NoteOff || kind > MessageKind::PitchBend || kind == MessageKind::Program)
        return;
    live_.push({kLiveLane, kind, static_cast<std::uint8_t>(bytes[1] & 127),
                static_cast<std::uint8_t>(size > 2 ? bytes[2] & 127 : 0)});
}

bool Player::isPlaying() const noexcept {
    return handledSerial_.load(std::memory_order_acquire) == sentSerial_ ? playing_.load(std::memory_order_relaxed)
                                                                         : askedPlaying_;
}

score::Tick Player::position() const noexcept {
    const bool obeyed = handledSerial_.load(std::memory_order_acquire) == sentSerial_;
    return score::Tick{obeyed ? positionTick_.load(std::memory_order_relaxed) : askedTick_};
}

void Player::render(float* left, float* right, int frames) noexcept {
    blockStart_ = monotonicSeconds();
    blockOffset_ = 0;
    takePlan();
    takeRequests();
    takeLive();
    while (blockOffset_ < frames) {
        int slice = std::min(kSlice, frames - blockOffset_);
        if (running_)
            slice = advance(slice);
        else
            cutTails(slice);
        sink_.render(left + blockOffset_, right + blockOffset_, slice);
        blockOffset_ += slice;
    }
    output_.process(left, right, frames);
    publishState();
}

// The tick is kept over a change of tempo, the exact frame over every other change.
void Player::takePlan() noexcept {
    const auto* latest = plans_.latest();
    if (latest == plan_) return;
    plan_ = latest;
    if (plan_->tempoKey != tempoKey_) frame_ = plan_->frameAt(score::Tick{tick_});
    tempoKey_ = plan_->tempoKey;
    next_ = plan_->firstEventAt(frame_);
    if (!running_) return;
    releaseWhatIsGone();
    restoreChannels();
}

void Player::takeRequests() noexcept {
    while (const auto request = requests_.pop()) {
        obey(*request);
        ++handled_;
    }
    if (panic_.exchange(false, std::memory_order_acq_rel)) releaseEverything();
}

void Player::obey(const PlayerRequest& request) noexcept {
    switch (request.kind) {
    case PlayerRequest::Kind::Play:
        running_ = true;
        tick_ = request.tick;
        jumpTo(plan_ ? plan_->frameAt(score::Tick{request.tick}) : 0);
        break;
    case PlayerRequest::Kind::Stop:
        if (running_) stopPlaying();
        break;
    case PlayerRequest::Kind::Seek:
        tick_ = request.tick;
        jumpTo(plan_ ? plan_->frameAt(score::Tick{request.tick}) : 0);
        break;
    case PlayerRequest::Kind::Message:
        perform(request.message);
        break;
    case PlayerRequest::Kind::Instrument:
        setInstrument(request.message.lane, request.message.first, request.message.second != 0);
        break;
    case PlayerRequest::Kind::AllNotesOff:
        releaseEverything();
        break;
    case PlayerRequest::Kind::Gain:
        sink_.setGain(request.gain);
        break;
    }
}

void Player::takeLive() noexcept {
    while (const auto message = live_.pop()) perform(*message);
}

/// Sends what falls into the next slice and moves on by it; a slice ends where the loop does.
int Player::advance(int frames) noexcept {
    if (!plan_) return frames;
    const auto& loop = plan_->loop;
    const bool inLoop = loop && frame_ < loop->end;
    if (inLoop) frames = static_cast<int>(std::min<std::int64_t>(frames, loop->end - frame_));
    for (; next_ < plan_->events.size() && plan_->events[next_].frame < frame_ + frames; ++next_)
        perform(plan_->events[next_].message);
    frame_ += frames;
    if (inLoop && frame_ == loop->end)
        jumpTo(loop->start);
    else if (!inLoop && frame_ >= plan_->end && !plan_->rollsOn)
        stopPlaying();
    return frames;
}

/// Lets go what sounds; where the transport runs, channels and held notes are made as if it had come from the start.
void Player::jumpTo(std::int64_t frame) noexcept {
    releasePlayback();
    frame_ = std::max<std::int64_t>(frame, 0);
    next_ = plan_ ? plan_->firstEventAt(frame_) : 0;
    if (!running_ || !plan_) return;
    restoreChannels();
    startHeldNotes();
}

void Player::restoreChannels() noexcept {
    for (const auto& setup : plan_->lanes) {
        targets_[setup.lane] = ChannelState();
        if (isPortLane(setup.lane))
            targets_[setup.lane].forget();
        else
            targets_[setup.lane].follow({setup.lane, MessageKind::Drums, setup.drums, 0});
    }
    for (const auto& control : plan_->controls) {
        if (control.frame >= frame_) break;
        targets_[control.message.lane].follow(control.message);
    }
    for (const auto& setup : plan_->lanes) {
        const auto before = states_[setup.lane]; // perform() changes it while it is compared
        before.moveTo(targets_[setup.lane], setup.lane, [this](const ChannelMessage& message) { perform(message); });
    }
}

void Player::startHeldNotes() noexcept {
    plan_->forEachSounding(frame_, [this](const ChannelMessage& noteOn) { perform(noteOn); });
}

void Player::stopPlaying() noexcept {
    running_ = false;
    releasePlayback();
    quietLanes();
    if (plan_) tick_ = plan_->tickAt(frame_).fromStart;
    untilCut_ = static_cast<int>(kTail * sampleRate_);
}

// Many devices ignore "all notes off"; each key got its own note-off before this.
void Player::quietLanes() noexcept {
    if (!plan_) return;
    for (const auto& setup : plan_->lanes) {
        perform({setup.lane, MessageKind::Controller, controllers::kPedal, 0});
        perform({setup.lane, MessageKind::Controller, controllers::kAllNotesOff, 0});
        if (isPortLane(setup.lane)) perform({setup.lane, MessageKind::Controller, controllers::kAllSoundOff, 0});
    }
}

// Cutting at once would click: released notes ring out first.
void Player::cutTails(int frames) noexcept {
    if (untilCut_ <= 0 || (untilCut_ -= frames) > 0 || !plan_) return;
    for (const auto& setup : plan_->lanes)
        if (!isPortLane(setup.lane)) perform({setup.lane, MessageKind::Controller, controllers::kAllSoundOff, 0});
}

void Player::releaseLane(Lane lane) noexcept {
    sounding_.forEach(lane, [&](std::uint8_t key) { perform({lane, MessageKind::NoteOff, key, 64}); });
}

void Player::releasePlayback() noexcept {
    for (Lane lane = 0; lane < kLanes; ++lane)
        if (isPlaybackLane(lane) && !sounding_.isSilent(lane)) releaseLane(lane);
}

void Player::releaseEverything() noexcept {
    for (Lane lane = 0; lane < kLanes; ++lane) {
        if (!sounding_.isSilent(lane)) releaseLane(lane);
        if (states_[lane].controller(controllers::kPedal) != 0)
            perform({lane, MessageKind::Controller, controllers::kPedal, 0});
    }
}

void Player::releaseWhatIsGone() noexcept {
    wanted_.clear();
    plan_->forEachSounding(frame_, [this](const ChannelMessage& note) { wanted_.set(note.lane, note.first, true); });
    for (Lane lane = 0; lane < kLanes; ++lane) {
        if (!isPlaybackLane(lane)) continue;
        sounding_.forEach(lane, [&](std::uint8_t key) {
            if (!wanted_.isOn(lane, key)) perform({lane, MessageKind::NoteOff, key, 64});
        });
        // A lane whose tracks are all gone keeps no pedal down.
        const bool inUse =
            std::ranges::any_of(plan_->lanes, [&](const LaneSetup& setup) { return setup.lane == lane; });
        if (!inUse && states_[lane].controller(controllers::kPedal) != 0)
            perform({lane, MessageKind::Controller, controllers::kPedal, 0});
    }
}

void Player::setInstrument(Lane lane, std::uint8_t program, bool drums) noexcept {
    const bool changes = states_[lane].drums() != drums;
    if (changes) perform({lane, MessageKind::Drums, drums, 0});
    if (changes || states_[lane].program() != program) perform({lane, MessageKind::Program, program, 0});
}

/// The one door to synthesizer and ports: keeps the tables true. A key is never struck twice without being let go.
void Player::perform(const ChannelMessage& message) noexcept {
    switch (message.kind) {
    case MessageKind::NoteOn:
        if (sounding_.isOn(message.lane, message.first)) emit({message.lane, MessageKind::NoteOff, message.first, 64});
        sounding_.set(message.lane, message.first, message.second != 0);
        if (message.second == 0) return emit({message.lane, MessageKind::NoteOff, message.first, 64});
        break;
    case MessageKind::NoteOff:
        if (!sounding_.isOn(message.lane, message.first)) return;
        sounding_.set(message.lane, message.first, false);
        break;
    default:
        states_[message.lane].follow(message);
        break;
    }
    emit(message);
}

void Player::emit(const ChannelMessage& message) noexcept {
    if (!isPortLane(message.lane)) return sink_.handle(message);
    if (message.kind == MessageKind::Drums) return;
    const double due = blockStart_ + static_cast<double>(blockOffset_) / sampleRate_;
    if (!portMessages_.push({due, message})) portPanic_.store(true, std::memory_order_release);
}

void Player::publishState() noexcept {
    if (plan_ && running_) tick_ = plan_->tickAt(frame_).fromStart;
    positionTick_.store(tick_, std::memory_order_relaxed);
    playing_.store(running_, std::memory_order_relaxed);
    voices_.store(sink_.voices(), std::memory_order_relaxed);
    blocks_.store(blocks_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    handledSerial_.store(handled_, std::memory_order_release);
}

} // namespace continuo::sound
