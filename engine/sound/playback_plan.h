#pragma once

#include "engine/score/tempo_map.h"
#include "engine/sound/channel_message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace continuo::sound {

/// A message at its sample frame. A note-on also says where its note ends.
struct PlanEvent {
    std::int64_t frame = 0;
    std::int64_t noteEnd = 0; // note-on only
    ChannelMessage message;

    friend bool operator==(const PlanEvent&, const PlanEvent&) = default;
};

/// How a lane starts, before any event of the score.
struct LaneSetup {
    Lane lane = 0;
    bool drums = false;
    friend bool operator==(const LaneSetup&, const LaneSetup&) = default;
};

struct FrameRange {
    std::int64_t start = 0;
    std::int64_t end = 0;
    friend bool operator==(const FrameRange&, const FrameRange&) = default;
};

/// Everything the audio thread needs to play a piece; never changed once published. At one frame, note-offs come first,
/// then controllers, then note-ons. On one lane no two notes of one key overlap.
struct PlaybackPlan {
    int sampleRate = 44100;
    std::vector<PlanEvent> events;   // by frame
    std::vector<PlanEvent> controls; // those of `events` that are not notes, to restore a channel from
    std::vector<LaneSetup> lanes;    // every lane in use
    std::int64_t longestNote = 0;
    std::int64_t end = 0; // the end of the piece
    bool rollsOn = false; // the transport goes on after the end
    std::optional<FrameRange> loop;
    score::TempoMap tempo;
    std::uint64_t tempoKey = 0; // equal for plans with equal time maps

    std::int64_t frameAt(score::Tick at) const noexcept;
    score::Tick tickAt(std::int64_t frame) const noexcept;
    /// The index of the first event at or after `frame`.
    std::size_t firstEventAt(std::int64_t frame) const noexcept;

    /// Calls visit(noteOn) for each note that began before `frame` and ends after it.
    template <typename Visit>
    void forEachSounding(std::int64_t frame, Visit visit) const noexcept {
        for (auto i = firstEventAt(frame - longestNote); i < events.size() && events[i].frame < frame; ++i)
            if (events[i].message.kind == MessageKind::NoteOn && events[i].noteEnd > frame) visit(events[i].message);
    }
};

} // namespace continuo::sound
