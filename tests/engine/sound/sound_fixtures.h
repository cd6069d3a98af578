#pragma once

#include "engine/score/score.h"
#include "engine/sound/message_sink.h"
#include "engine/sound/plan_compiler.h"
#include "engine/sound/player.h"

#include <set>
#include <vector>

namespace continuo::sound::fixtures {

constexpr int kRate = 48000; // 960 ticks a quarter at 120 bpm: 25 frames a tick

inline score::Note note(std::uint64_t id, std::int64_t onset, std::int64_t length, int pitch, int velocity = 80) {
    return {.id = score::NoteId{id},
            .onset = score::Tick{onset},
            .length = score::Ticks{length},
            .pitch = static_cast<std::uint8_t>(pitch),
            .velocity = static_cast<std::uint8_t>(velocity)};
}

inline score::ChannelEvent channelEvent(std::uint64_t id, std::int64_t at, score::ChannelEventKind kind, int first,
                                        int second = 0) {
    return {score::EventId{id}, score::Tick{at}, kind, static_cast<std::uint8_t>(first),
            static_cast<std::uint8_t>(second)};
}

inline score::Track track(std::uint64_t id, std::vector<score::Note> notes,
                          std::vector<score::ChannelEvent> events = {}) {
    score::Track made;
    made.id = score::TrackId{id};
    made.channel = static_cast<std::uint8_t>(id % 9);
    made.notes = std::move(notes);
    made.events = std::move(events);
    return made;
}

inline score::Score scoreOf(std::vector<score::Track> tracks) {
    score::Score made;
    made.tracks = std::move(tracks);
    return made;
}

/// Remembers what it was told, and which keys are down because of it.
class RecordingSink : public MessageSink {
public:
    void handle(const ChannelMessage& message) noexcept override {
        messages.push_back(message);
        frames.push_back(rendered);
        follow(message);
    }
    void render(float* left, float* right, int count) noexcept override {
        for (int i = 0; i < count; ++i) left[i] = right[i] = 0;
        rendered += count;
    }
    void setGain(float) noexcept override {}
    int voices() const noexcept override { return static_cast<int>(down.size()); }

    void follow(const ChannelMessage& message) {
        if (message.kind == MessageKind::NoteOn) {
            doubled += !down.insert({message.lane, message.first}).second;
        } else if (message.kind == MessageKind::NoteOff) {
            down.erase({message.lane, message.first});
        }
    }

    std::vector<ChannelMessage> messages;
    std::vector<std::int64_t> frames; // when each came
    std::set<std::pair<int, int>> down;
    std::int64_t rendered = 0;
    int doubled = 0; // note-ons of keys that were down already
};

/// A player with plans and a sink of its own, driven by hand.
struct Stage {
    RecordingSink sink;
    PlanExchange plans;
    LaneTable lanes;
    Player player{sink, plans, kRate};

    void publish(const score::Score& score, const Mix& mix = {}) {
        plans.publish(compilePlan(score, mix, lanes, kRate));
    }
    void play(std::int64_t tick = 0) { player.request({.kind = PlayerRequest::Kind::Play, .tick = tick}); }
    void stop() { player.request({.kind = PlayerRequest::Kind::Stop}); }
    void seek(std::int64_t tick) { player.request({.kind = PlayerRequest::Kind::Seek, .tick = tick}); }
    void run(int frames) {
        std::vector<float> left(static_cast<std::size_t>(frames)), right(left);
        player.render(left.data(), right.data(), frames);
    }
    /// Frames at which the key was struck.
    std::vector<std::int64_t> strikes(int key) const {
        std::vector<std::int64_t> found;
        for (std::size_t i = 0; i < sink.messages.size(); ++i)
            if (sink.messages[i].kind == MessageKind::NoteOn && sink.messages[i].first == key)
                found.push_back(sink.frames[i]);
        return found;
    }
    bool was(MessageKind kind, int first, int second) const {
        for (const auto& message : sink.messages)
            if (message.kind == kind && message.first == first && message.second == second) return true;
        return false;
    }
};

} // namespace continuo::sound::fixtures
