#pragma once

#include "engine/base/spsc_queue.h"
#include "engine/sound/channel_state.h"
#include "engine/sound/message_sink.h"
#include "engine/sound/output_stage.h"
#include "engine/sound/plan_exchange.h"
#include "engine/sound/sounding_table.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

namespace continuo::sound {

/// A message for a MIDI output port, and when it is due, in seconds on the monotonic clock.
struct PortMessage {
    double due = 0;
    ChannelMessage message;
};

/// What the GUI thread asks of the player.
struct PlayerRequest {
    enum class Kind : std::uint8_t { Play, Stop, Seek, Message, Instrument, AllNotesOff, Gain };
    Kind kind = Kind::Stop;
    std::int64_t tick = 0;    // Play, Seek
    ChannelMessage message{}; // Message; Instrument: lane, first = program, second = drums
    float gain = 1;
};

/// Plays plans through a synthesizer, sample by sample: the same code for the device, for files and for silence.
/// It knows every key that is down, and lets each go at stop, seek, loop, and where a new plan has it no more.
class Player {
public:
    Player(MessageSink& sink, PlanExchange& plans, int sampleRate);

    /// GUI thread. Requests are obeyed in order at the start of the next block.
    void request(const PlayerRequest& request) noexcept;
    /// MIDI thread. Plays a live message on `kLiveLane`.
    void live(const std::array<std::uint8_t, 3>& bytes, std::uint8_t size) noexcept;

    /// Audio thread. The next `frames` samples of each side; neither allocates, locks nor throws.
    void render(float* left, float* right, int frames) noexcept;

    /// GUI thread. True from a request to play until one to stop, or the end of the piece.
    bool isPlaying() const noexcept;
    score::Tick position() const noexcept;
    int voices() const noexcept { return voices_.load(std::memory_order_relaxed); }
    std::uint64_t blocks() const noexcept { return blocks_.load(std::memory_order_relaxed); }
    OutputStage& output() noexcept { return output_; }

    /// The thread that serves the ports.
    base::SpscQueue<PortMessage>& portMessages() noexcept { return portMessages_; }
    /// True once where messages for ports were lost, so that everything there must be silenced.
    bool takePortPanic() noexcept { return portPanic_.exchange(false, std::memory_order_acq_rel); }

private:
    void takePlan() noexcept;
    void takeRequests() noexcept;
    void obey(const PlayerRequest& request) noexcept;
    void takeLive() noexcept;
    int advance(int frames) noexcept;
    void jumpTo(std::int64_t frame) noexcept;
    void restoreChannels() noexcept;
    void startHeldNotes() noexcept;
    void stopPlaying() noexcept;
    void quietLanes() noexcept;
    void cutTails(int frames) noexcept;
    void releaseLane(Lane lane) noexcept;
    void releasePlayback() noexcept;
    void releaseEverything() noexcept;
    void releaseWhatIsGone() noexcept;
    void setInstrument(Lane lane, std::uint8_t program, bool drums) noexcept;
    void perform(const ChannelMessage& message) noexcept;
    void emit(const ChannelMessage& message) noexcept;
    void publishState() noexcept;

    static constexpr int kSlice = 64; // FluidSynth's own block: events fall on its borders

    MessageSink& sink_;
    PlanExchange& plans_;
    OutputStage output_;
    int sampleRate_;

    // The audio thread's own.
    const PlaybackPlan* plan_ = nullptr;
    std::uint64_t tempoKey_ = 0;
    std::int64_t frame_ = 0;
    std::int64_t tick_ = 0;
    std::size_t next_ = 0;
    bool running_ = false;
    int untilCut_ = 0; // frames until the tails of a stop are cut
    std::uint64_t handled_ = 0;
    double blockStart_ = 0;
    int blockOffset_ = 0;
    SoundingTable sounding_, wanted_;
    std::vector<ChannelState> states_, targets_;

    // Shared.
    base::SpscQueue<PlayerRequest> requests_{1024};
    base::SpscQueue<ChannelMessage> live_{1024};
    base::SpscQueue<PortMessage> portMessages_{16384};
    std::atomic<bool> portPanic_{false}, panic_{false};
    std::atomic<std::uint64_t> handledSerial_{0}, blocks_{0};
    std::atomic<std::int64_t> positionTick_{0};
    std::atomic<bool> playing_{false};
    std::atomic<int> voices_{0};

    // The GUI thread's own: what was asked for and not yet obeyed.
    std::uint64_t sentSerial_ = 0;
    std::int64_t askedTick_ = 0;
    bool askedPlaying_ = false;
};

} // namespace continuo::sound
