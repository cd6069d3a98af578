#include "engine/sound/sound_engine.h"

#include "engine/base/stopwatch.h"
#include "engine/sound/audio_output.h"
#include "engine/sound/plan_compiler.h"
#include "engine/sound/player.h"
#include "engine/sound/port_scheduler.h"
#include "engine/sound/silent_clock.h"
#include "engine/sound/synthesizer.h"

#include <algorithm>
#include <optional>

namespace continuo::sound {
namespace {

constexpr int kSilentRate = 44100;
constexpr double kLostAfter = 2.0; // seconds without a block: the device is gone

std::uint8_t data(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 127)); }
Lane auditionLane(int channel) { return static_cast<Lane>(std::clamp(channel, 0, kAuditionLanes - 1)); }

class Engine : public SoundEngine {
public:
    explicit Engine(const Settings& settings) {
        openSynthesizer(settings);
        rate_ = device_ ? device_->sampleRate() : kSilentRate;
        player_ = std::make_unique<Player>(*sink_, plans_, rate_);
        if (device_)
            device_->start(*player_);
        else
            clock_ = std::make_unique<SilentClock>(*player_, rate_);
    }

    ~Engine() override {
        player_->request({.kind = PlayerRequest::Kind::Stop});
        stopThreads();
    }

    void publish(const score::Score& score, const Mix& mix) override {
        auto plan = compilePlan(score, mix, lanes_, rate_);
        if (!lanes_.ports().empty()) {
            if (!ports_) ports_ = std::make_unique<PortScheduler>(*player_);
            ports_->setPorts(lanes_.ports());
        }
        plans_.publish(std::move(plan));
    }

    void play(score::Tick from) override { ask(PlayerRequest::Kind::Play, from); }
    void stop() override { player_->request({.kind = PlayerRequest::Kind::Stop}); }
    void seek(score::Tick to) override { ask(PlayerRequest::Kind::Seek, to); }
    bool isPlaying() const override { return player_->isPlaying(); }
    score::Tick position() const override { return player_->position(); }

    void noteOn(int channel, int program, bool drums, int pitch, int velocity) override {
        setInstrument(auditionLane(channel), program, drums);
        send({auditionLane(channel), MessageKind::NoteOn, data(pitch), std::max<std::uint8_t>(data(velocity), 1)});
    }
    void noteOff(int channel, int pitch) override {
        send({auditionLane(channel), MessageKind::NoteOff, data(pitch), 64});
    }
    void controller(int channel, int number, int value) override {
        send({auditionLane(channel), MessageKind::Controller, data(number), data(value)});
    }
    void pitchBend(int channel, int value14) override {
        const int value = std::clamp(value14, 0, 16383);
        send({auditionLane(channel), MessageKind::PitchBend, data(value & 127), data(value >> 7)});
    }
    void allNotesOff() override { player_->request({.kind = PlayerRequest::Kind::AllNotesOff}); }
    void setLiveInstrument(int program, bool drums) override { setInstrument(kLiveLane, program, drums); }
    void live(const LiveMessage& message) override { player_->live(message.bytes, message.size); }
    void setGain(float gain) override { player_->request({.kind = PlayerRequest::Kind::Gain, .gain = gain}); }

    State state() override {
        noticeLostDevice();
        plans_.collect();
        State now;
        now.audible = device_ != nullptr;
        now.output = device_ ? device_->description() : silentBecause_;
        now.soundFont = bankName_;
        now.voices = player_->voices();
        now.peakLeft = player_->output().takePeakLeft();
        now.peakRight = player_->output().takePeakRight();
        if (ports_) now.portProblems = ports_->problems();
        return now;
    }

private:
    // The device first: it decides the sample rate that the synthesizer is made for. No bank: no need of a device.
    void openSynthesizer(const Settings& settings) {
        sink_ = std::make_unique<SilentSink>();
        const auto bank = settings.soundFont.empty() ? preferredSoundFont() : settings.soundFont;
        bankName_ = bank.stem().string();
        silentBecause_ = "No sound: no audio device was asked for";
        if (bank.empty())
            silentBecause_ =
                "No sound: no SoundFont was found; install one, for instance the package fluid-soundfont-gm";
        if (bank.empty() || settings.driver == "none") return;
        auto device = AudioOutput::open(settings.driver);
        if (!device) {
            silentBecause_ = device.error().message;
            return;
        }
        auto synthesizer = Synthesizer::open(bank, (*device)->sampleRate());
        if (!synthesizer) {
            silentBecause_ = "No sound: " + synthesizer.error().message;
            return;
        }
        bankName_ = (*synthesizer)->bankName();
        sink_ = std::move(*synthesizer);
        device_ = std::move(*device);
    }

    void noticeLostDevice() {
        if (!device_) return;
        if (const auto blocks = player_->blocks(); blocks != lastBlocks_) {
            lastBlocks_ = blocks;
            sinceBlock_.restart();
        }
        if (sinceBlock_.seconds() < kLostAfter) return;
        device_.reset();
        silentBecause_ = "No sound: the audio device stopped asking for sound; open the settings to connect it again";
        player_->request({.kind = PlayerRequest::Kind::Stop});
        player_->request({.kind = PlayerRequest::Kind::AllNotesOff});
        clock_ = std::make_unique<SilentClock>(*player_, rate_);
    }

    // One last block releases every key, so that ports are silenced by real note-offs before their thread ends.
    void stopThreads() {
        device_.reset();
        clock_.reset();
        player_->request({.kind = PlayerRequest::Kind::AllNotesOff});
        float left[64], right[64];
        player_->render(left, right, 64);
        ports_.reset();
    }

    void ask(PlayerRequest::Kind kind, score::Tick tick) {
        player_->request({.kind = kind, .tick = std::max<std::int64_t>(tick.fromStart, 0)});
    }
    void send(const ChannelMessage& message) {
        player_->request({.kind = PlayerRequest::Kind::Message, .message = message});
    }
    void setInstrument(Lane lane, int program, bool drums) {
        player_->request({.kind = PlayerRequest::Kind::Instrument,
                          .message = {lane, MessageKind::Program, data(program), static_cast<std::uint8_t>(drums)}});
    }

    PlanExchange plans_;
    LaneTable lanes_;
    std::unique_ptr<MessageSink> sink_;
    std::unique_ptr<Player> player_;
    std::unique_ptr<AudioOutput> device_;
    std::unique_ptr<SilentClock> clock_;
    std::unique_ptr<PortScheduler> ports_;
    std::string silentBecause_, bankName_;
    int rate_ = kSilentRate;
    std::uint64_t lastBlocks_ = 0;
    base::Stopwatch sinceBlock_;
};

} // namespace

base::Result<std::unique_ptr<SoundEngine>> SoundEngine::open(const Settings& settings) {
    return std::make_unique<Engine>(settings);
}

} // namespace continuo::sound
