#include "engine/sound/plan_compiler.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace continuo::sound {
namespace {

using score::ChannelEvent;
using score::ChannelEventKind;
using score::Tick;
using score::Track;

constexpr double kShortestNote = 0.010; // seconds: a note without length still sounds
constexpr double kClickLength = 0.030;  // seconds
constexpr double kRollOn = 600;         // seconds that the metronome goes on past the end while recording
constexpr std::size_t kMostClicks = 20'000;
constexpr std::uint8_t kBarClick = 76, kBeatClick = 77; // high and low wood block of the General MIDI kit

/// Kind and number of an event, to ask whether a track speaks of the same thing.
std::pair<ChannelEventKind, int> subject(const ChannelEvent& event) {
    const bool numbered = event.kind == ChannelEventKind::Controller || event.kind == ChannelEventKind::KeyPressure;
    return {event.kind, numbered ? event.first : 0};
}

/// The events of a track, and those of its channel that it does not speak of itself.
std::vector<ChannelEvent> eventsOf(const score::Score& score, const Track& track) {
    auto events = track.events;
    if (score.format == 2) return events; // each chunk is a piece of its own
    std::set<std::pair<ChannelEventKind, int>> own;
    for (const auto& event : track.events) own.insert(subject(event));
    for (const auto& other : score.tracks) {
        if (other.id == track.id || other.port != track.port || other.channel != track.channel) continue;
        for (const auto& event : other.events)
            if (!own.contains(subject(event))) events.push_back(event);
    }
    std::ranges::stable_sort(events, score::EventOrder{});
    return events;
}

/// A note on its way into the plan.
struct Sounding {
    Lane lane = 0;
    std::uint8_t key = 60;
    std::uint8_t velocity = 80;
    std::uint8_t release = 64;
    std::int64_t start = 0;
    std::int64_t end = 0;
};

/// Cuts a note where the next of its key begins; notes that begin together become one, the loudest and longest.
void separate(std::vector<Sounding>& notes) {
    std::ranges::stable_sort(notes, [](const Sounding& a, const Sounding& b) {
        return std::tie(a.lane, a.key, a.start) < std::tie(b.lane, b.key, b.start);
    });
    std::vector<Sounding> apart;
    for (const auto& note : notes) {
        auto* before = apart.empty() ? nullptr : &apart.back();
        if (!before || before->lane != note.lane || before->key != note.key || before->end <= note.start) {
            apart.push_back(note);
        } else if (before->start == note.start) {
            before->velocity = std::max(before->velocity, note.velocity);
            before->end = std::max(before->end, note.end);
        } else {
            auto next = note;
            next.end = std::max(note.end, before->end);
            before->end = note.start;
            apart.push_back(next);
        }
    }
    notes = std::move(apart);
}

int rank(MessageKind kind) { return kind == MessageKind::NoteOff ? 0 : kind == MessageKind::NoteOn ? 2 : 1; }

/// FNV-1a over what decides the time of a tick.
std::uint64_t tempoKeyOf(const score::Score& score) {
    std::uint64_t hash = 14695981039346656037ULL;
    const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * 1099511628211ULL; };
    add(score.division.ticksPerQuarter);
    add(score.division.framesPerSecond * 256U + score.division.ticksPerFrame);
    for (const auto& tempo : score.tempos) {
        add(static_cast<std::uint64_t>(tempo.at.fromStart));
        add(tempo.microsecondsPerQuarter);
    }
    return hash;
}

class Compiler {
public:
    Compiler(const score::Score& score, const Mix& mix, LaneTable& lanes, int sampleRate)
        : score_(score), mix_(mix), lanes_(lanes), plan_(std::make_unique<PlaybackPlan>()) {
        plan_->sampleRate = sampleRate;
        plan_->tempo = score.tempoMap();
        plan_->tempoKey = tempoKeyOf(score);
        plan_->rollsOn = mix.rollsOn;
    }

    std::unique_ptr<const PlaybackPlan> compile() {
        lanes_.keepOnly(score_);
        for (const auto& track : score_.tracks)
            if (mix_.sounds(track.id)) addTrack(track);
        plan_->end = plan_->frameAt(score::lastTick(score_));
        if (mix_.metronome) addClicks();
        separate(notes_);
        for (const auto& note : notes_) addNote(note);
        std::ranges::stable_sort(plan_->events, [](const PlanEvent& a, const PlanEvent& b) {
            return a.frame != b.frame ? a.frame < b.frame : rank(a.message.kind) < rank(b.message.kind);
        });
        std::ranges::copy_if(plan_->events, std::back_inserter(plan_->controls),
                             [](const PlanEvent& event) { return rank(event.message.kind) == 1; });
        addLoop();
        return std::move(plan_);
    }

private:
    void addTrack(const Track& track) {
        const auto route = mix_.routes.find(track.id);
        const bool routed = route != mix_.routes.end() && !route->second.port.empty();
        const auto lane = routed ? lanes_.laneOf(route->second) : std::optional(lanes_.laneOf(track.id));
        if (!lane) return;
        plan_->lanes.push_back({*lane, track.drums});
        for (const auto& event : eventsOf(score_, track))
            plan_->events.push_back({plan_->frameAt(event.at),
                                     0,
                                     {*lane, static_cast<MessageKind>(event.kind), event.first, event.second}});
        for (const auto& note : track.notes) {
            if (has(note.marks, score::NoteMarks::Muted)) continue;
            const auto start = plan_->frameAt(note.onset);
            const auto shortest = static_cast<std::int64_t>(kShortestNote * plan_->sampleRate);
            notes_.push_back({*lane, note.pitch, note.velocity, note.release, start,
                              std::max(plan_->frameAt(note.end()), start + shortest)});
        }
    }

    void addClicks() {
        plan_->lanes.push_back({kMetronomeLane, true});
        const auto meters = score_.meterMap();
        const auto last =
            plan_->tickAt(plan_->end + static_cast<std::int64_t>(mix_.rollsOn ? kRollOn * plan_->sampleRate : 0));
        for (std::int64_t bar = 0; meters.barStart(bar) < last && notes_.size() < notes_.max_size(); ++bar) {
            const auto start = meters.barStart(bar), next = meters.barStart(bar + 1);
            for (auto at = start; at < next; at = at + meters.beatLengthAt(start)) {
                if (++clicks_ > kMostClicks) return;
                addClick(at, at == start);
            }
        }
    }

    void addClick(Tick at, bool first) {
        const auto frame = plan_->frameAt(at);
        const auto length = static_cast<std::int64_t>(kClickLength * plan_->sampleRate);
        notes_.push_back({kMetronomeLane, first ? kBarClick : kBeatClick, static_cast<std::uint8_t>(first ? 120 : 90),
                          64, frame, frame + length});
    }

    void addNote(const Sounding& note) {
        plan_->events.push_back({note.start, note.end, {note.lane, MessageKind::NoteOn, note.key, note.velocity}});
        plan_->events.push_back({note.end, 0, {note.lane, MessageKind::NoteOff, note.key, note.release}});
        plan_->longestNote = std::max(plan_->longestNote, note.end - note.start);
    }

    void addLoop() {
        if (!mix_.loop) return;
        const FrameRange loop{plan_->frameAt(mix_.loop->start), plan_->frameAt(mix_.loop->end)};
        if (loop.end - loop.start >= plan_->sampleRate / 100) plan_->loop = loop;
    }

    const score::Score& score_;
    const Mix& mix_;
    LaneTable& lanes_;
    std::unique_ptr<PlaybackPlan> plan_;
    std::vector<Sounding> notes_;
    std::size_t clicks_ = 0;
};

} // namespace

Lane LaneTable::laneOf(score::TrackId track) {
    if (const auto known = tracks_.find(track); known != tracks_.end()) return known->second;
    std::set<Lane> taken;
    for (const auto& [id, lane] : tracks_) taken.insert(lane);
    auto lane = kFirstTrackLane;
    while (lane < kLiveLane && taken.contains(lane)) ++lane;
    if (lane == kLiveLane) lane = static_cast<Lane>(kFirstTrackLane + tracks_.size() % (kLiveLane - kFirstTrackLane));
    return tracks_[track] = lane;
}

std::optional<Lane> LaneTable::laneOf(const Route& route) {
    auto found = std::ranges::find(ports_, route.port);
    if (found == ports_.end()) {
        if (ports_.size() == kMaxPorts) return std::nullopt;
        found = ports_.insert(ports_.end(), route.port);
    }
    const auto port = static_cast<int>(found - ports_.begin());
    return static_cast<Lane>(kSynthesizerLanes + port * 16 + std::clamp(route.channel, 0, 15));
}

void LaneTable::keepOnly(const score::Score& score) {
    std::set<score::TrackId> present;
    for (const auto& track : score.tracks) present.insert(track.id);
    std::erase_if(tracks_, [&](const auto& entry) { return !present.contains(entry.first); });
}

std::unique_ptr<const PlaybackPlan> compilePlan(const score::Score& score, const Mix& mix, LaneTable& lanes,
                                                int sampleRate) {
    return Compiler(score, mix, lanes, sampleRate).compile();
}

} // namespace continuo::sound
