#include "engine/midi/source_diff.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace continuo::midi {
namespace {

using score::ChannelEvent;
using score::Note;
using score::Score;
using score::Track;

template <typename T>
struct Placed {
    const T* item = nullptr;
    const Track* track = nullptr;
};

template <typename T>
using ById = std::unordered_map<std::uint64_t, Placed<T>>;

/// Everything of a score by id, to ask whether and how it is still there.
struct Index {
    explicit Index(const Score& score) {
        for (const auto& track : score.tracks) {
            for (const auto& note : track.notes) notes[static_cast<std::uint64_t>(note.id)] = {&note, &track};
            for (const auto& event : track.events) events[static_cast<std::uint64_t>(event.id)] = {&event, &track};
        }
        add(score.tempos, tempos);
        add(score.meters, meters);
        add(score.keys, keys);
        add(score.scales, scales);
        add(score.chords, chords);
        add(score.markers, markers);
        add(score.ramps, ramps);
    }

    template <typename T>
    static void add(const std::vector<T>& events, ById<T>& map) {
        for (const auto& event : events) map[static_cast<std::uint64_t>(event.id)] = {&event, nullptr};
    }

    ById<Note> notes;
    ById<ChannelEvent> events;
    ById<score::TempoEvent> tempos;
    ById<score::MeterEvent> meters;
    ById<score::KeyEvent> keys;
    ById<score::ScaleEvent> scales;
    ById<score::ChordEvent> chords;
    ById<score::MarkerEvent> markers;
    ById<score::TempoRamp> ramps;
};

template <typename T>
const Placed<T>* find(const ById<T>& map, std::uint64_t id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

bool sameHome(const Track& a, const Track& b) { return a.id == b.id && a.chunk == b.chunk && a.channel == b.channel; }

/// One key of one channel of one chunk: what the pairing of starts and ends looks at.
using Key = std::tuple<int, int, int>;

class Comparison {
public:
    Comparison(const Score& score, const DetailedRead& source)
        : score_(score), source_(source), was_(source.result.score), now_(score) {
        diff_.chunks.resize(source.chunks.size());
        diff_.removed.resize(source.chunks.size(), false);
    }

    SourceDiff run() {
        for (std::size_t c = 0; c < source_.chunks.size(); ++c) judgeChunk(c);
        findTouchedKeys();
        addNewOnes();
        for (std::size_t c = 0; c < source_.chunks.size(); ++c) {
            dropCuttingOffs(c);
            closeOpenNotes(c);
        }
        for (auto& change : diff_.chunks) sortNewEvents(change.added);
        for (auto& [index, events] : newChunks_) diff_.newChunks.push_back(std::move(events));
        findRemoved();
        return std::move(diff_);
    }

private:
    // ---- what the source has

    void judgeChunk(std::size_t c) {
        auto& change = diff_.chunks[c];
        const auto& events = source_.chunks[c].events;
        for (const auto& event : events) change.kept.push_back(isKept(event) && !isCutAway(event));
        judgeName(c, change);
        judgePort(c, change);
        const auto own = events.empty() ? 0 : events.back().raw.tick;
        const bool carriesTheEnd = own == source_.result.score.end.fromStart;
        change.endTick = carriesTheEnd && score_.end != source_.result.score.end
                             ? score_.end.fromStart
                             : std::min(own, score_.sourceEnd.fromStart);
    }

    /// Texts, sysex and the like behind the place where the piece was cut; what the score shows is judged by the score.
    bool isCutAway(const ReadEvent& event) const {
        const bool isShown = event.role != Role::Kept && event.role != Role::Name && event.role != Role::Port;
        return !isShown && event.raw.tick >= score_.sourceEnd.fromStart;
    }

    bool isKept(const ReadEvent& event) const {
        switch (event.role) {
        case Role::NoteOn:
            return sameNote(event.id, [](const Note& a, const Note& b) {
                return a.onset == b.onset && a.pitch == b.pitch && a.velocity == b.velocity;
            });
        case Role::NoteOff:
            return sameNote(event.id, [](const Note& a, const Note& b) {
                return a.end() == b.end() && a.pitch == b.pitch && a.release == b.release;
            });
        case Role::Channel:
            return sameEvent(event.id);
        case Role::Tempo:
            return same(was_.tempos, now_.tempos, event.id);
        case Role::Meter:
            return same(was_.meters, now_.meters, event.id);
        case Role::Key:
            return same(was_.keys, now_.keys, event.id);
        case Role::Scale:
            return same(was_.scales, now_.scales, event.id);
        case Role::Chord:
            return same(was_.chords, now_.chords, event.id);
        case Role::Marker:
            return same(was_.markers, now_.markers, event.id);
        case Role::Ramp:
            return same(was_.ramps, now_.ramps, event.id);
        default:
            return true;
        }
    }

    template <typename Equal>
    bool sameNote(std::uint64_t id, Equal equal) const {
        const auto* before = find(was_.notes, id);
        const auto* after = find(now_.notes, id);
        return before && after && equal(*before->item, *after->item) && sameHome(*before->track, *after->track);
    }

    bool sameEvent(std::uint64_t id) const {
        const auto* before = find(was_.events, id);
        const auto* after = find(now_.events, id);
        return before && after && *before->item == *after->item && sameHome(*before->track, *after->track);
    }

    template <typename T>
    static bool same(const ById<T>& was, const ById<T>& now, std::uint64_t id) {
        const auto* before = find(was, id);
        const auto* after = find(now, id);
        return before && after && *before->item == *after->item;
    }

    /// A chunk has one name: that of the first of its tracks that was renamed.
    void judgeName(std::size_t c, ChunkChange& change) {
        for (const auto& track : score_.tracks) {
            if (track.chunk != static_cast<int>(c)) continue;
            const auto* before = score::findTrack(source_.result.score, track.id);
            if (!before || before->name == track.name) continue;
            replaceMeta(c, change, Role::Name, nameEvent(track.name));
            return;
        }
    }

    void judgePort(std::size_t c, ChunkChange& change) {
        for (const auto& track : score_.tracks) {
            const auto* before = score::findTrack(source_.result.score, track.id);
            if (track.chunk != static_cast<int>(c) || !before || before->port == track.port) continue;
            replaceMeta(c, change, Role::Port, portEvent(track.port));
            return;
        }
    }

    void replaceMeta(std::size_t c, ChunkChange& change, Role role, NewEvent event) {
        const auto& events = source_.chunks[c].events;
        for (std::size_t i = 0; i < events.size(); ++i)
            if (events[i].role == role && change.kept[i]) {
                change.kept[i] = false;
                event.tick = events[i].raw.tick;
                break;
            }
        change.added.push_back(std::move(event));
    }

    // ---- what the score has and the source has not, or not so

    /// Where events of a chunk number go: an old chunk, or one that is to be appended.
    std::vector<NewEvent>& eventsOf(int chunk) {
        const auto index = static_cast<std::size_t>(std::max(chunk, 0));
        if (index < diff_.chunks.size()) return diff_.chunks[index].added;
        if (score_.format == 0 && !diff_.chunks.empty()) return diff_.chunks[0].added;
        return newChunks_[chunk];
    }

    /// The chunk that a track goes into. In format 1 a track that the file does not have gets one of its own, also
    /// where its number is that of a chunk of the file.
    int homeOf(const Track& track) const {
        if (score_.format != 1 || score::findTrack(source_.result.score, track.id)) return track.chunk;
        const auto count = static_cast<int>(diff_.chunks.size());
        return track.chunk >= count ? track.chunk : count + (1 << 20) + static_cast<int>(&track - score_.tracks.data());
    }

    /// Keys whose starts or ends changed: there the file may not leave open which end belongs to which start.
    void findTouchedKeys() {
        for (const auto& chunk : source_.chunks)
            for (const auto& event : chunk.events)
                if (event.role == Role::NoteOff) ended_.insert(event.id);
        const auto touch = [&](const Track& track, const Note& note) {
            const Key key{homeOf(track), track.channel, note.pitch};
            touched_[key].emplace_back(note.onset.fromStart, note.end().fromStart);
        };
        for (const auto& track : score_.tracks)
            for (const auto& note : track.notes)
                if (!unchanged(find(was_.notes, static_cast<std::uint64_t>(note.id)), note, track)) touch(track, note);
        for (const auto& track : source_.result.score.tracks)
            for (const auto& note : track.notes)
                if (!find(now_.notes, static_cast<std::uint64_t>(note.id)))
                    touched_.try_emplace(Key{track.chunk, track.channel, note.pitch});
    }

    static bool unchanged(const Placed<Note>* before, const Note& note, const Track& track) {
        return before && sameHome(*before->track, track) && before->item->onset == note.onset &&
               before->item->length == note.length && before->item->pitch == note.pitch;
    }

    /// A note-off that ended nothing would end a note that an edit has put over it.
    void dropCuttingOffs(std::size_t c) {
        const auto& events = source_.chunks[c].events;
        for (std::size_t i = 0; i < events.size(); ++i) {
            const auto& raw = events[i].raw;
            if (events[i].role != Role::Kept || !raw.isNoteOff()) continue;
            const auto ranges = touched_.find(Key{static_cast<int>(c), raw.channel(), raw.first});
            if (ranges == touched_.end()) continue;
            diff_.chunks[c].kept[i] = std::ranges::none_of(
                ranges->second, [&](const auto& range) { return range.first <= raw.tick && raw.tick < range.second; });
        }
    }

    /// A note that nothing ends lasts as long as its chunk: where that changes, it gets an end of its own.
    void closeOpenNotes(std::size_t c) {
        auto& change = diff_.chunks[c];
        if (change.isEmpty(source_.chunks[c])) return;
        for (const auto& event : source_.chunks[c].events) {
            if (event.role != Role::NoteOn || ended_.contains(event.id)) continue;
            const auto* now = find(now_.notes, event.id);
            if (now && now->track->chunk == static_cast<int>(c) && !newlyEnded_.contains(event.id))
                change.added.push_back(noteOffEvent(*now->track, *now->item));
        }
    }

    void addNewOnes() {
        for (const auto& track : score_.tracks) {
            const auto home = homeOf(track);
            const bool isNewChunk = static_cast<std::size_t>(home) >= diff_.chunks.size() && score_.format != 0;
            auto& events = eventsOf(home);
            if (isNewChunk && !track.name.empty()) events.push_back(nameEvent(track.name));
            if (isNewChunk && track.port != 0) events.push_back(portEvent(track.port));
            for (const auto& event : track.events)
                if (!sameEvent(static_cast<std::uint64_t>(event.id))) events.push_back(channelEvent(track, event));
            for (const auto& note : track.notes) addNote(track, note, events);
        }
        addMaps(was_.tempos, score_.tempos, tempoEvent);
        addMaps(was_.meters, score_.meters, meterEvent);
        addMaps(was_.keys, score_.keys, keyEvent);
        addMaps(was_.scales, score_.scales, scaleEvent);
        addMaps(was_.chords, score_.chords, chordEvent);
        addMaps(was_.markers, score_.markers, markerEvent);
        addMaps(was_.ramps, score_.ramps, rampEvent);
    }

    void addNote(const Track& track, const Note& note, std::vector<NewEvent>& events) {
        const auto id = static_cast<std::uint64_t>(note.id);
        const auto* before = find(was_.notes, id);
        const bool home = before && sameHome(*before->track, track);
        const bool sameOn = home && before->item->onset == note.onset && before->item->pitch == note.pitch &&
                            before->item->velocity == note.velocity;
        const bool sameOff = home && before->item->end() == note.end() && before->item->pitch == note.pitch &&
                             before->item->release == note.release &&
                             (ended_.contains(id) || !touched_.contains(Key{track.chunk, track.channel, note.pitch}));
        if (!sameOn) events.push_back(noteOnEvent(track, note));
        if (sameOff) return;
        events.push_back(noteOffEvent(track, note));
        newlyEnded_.insert(id);
    }

    template <typename T, typename Make>
    void addMaps(const ById<T>& was, const std::vector<T>& now, Make make) {
        for (const auto& event : now) {
            const auto* before = find(was, static_cast<std::uint64_t>(event.id));
            if (!before || !(*before->item == event)) eventsOf(event.chunk).push_back(make(event));
        }
    }

    // ---- chunks that go

    bool hasMaps(int chunk) const {
        const auto in = [&](const auto& events) {
            return std::ranges::any_of(events, [&](const auto& e) { return e.chunk == chunk; });
        };
        return in(score_.tempos) || in(score_.meters) || in(score_.keys) || in(score_.scales) || in(score_.chords) ||
               in(score_.markers) || in(score_.ramps);
    }

    void findRemoved() {
        if (score_.format == 0) return;
        for (std::size_t c = 0; c < diff_.removed.size(); ++c) {
            const auto chunk = static_cast<int>(c);
            const auto in = [&](const Score& score) {
                return std::ranges::find(score.tracks, chunk, &Track::chunk) != score.tracks.end();
            };
            diff_.removed[c] = in(source_.result.score) && !in(score_) && !hasMaps(chunk);
        }
    }

    const Score& score_;
    const DetailedRead& source_;
    Index was_;
    Index now_;
    SourceDiff diff_;
    std::map<int, std::vector<NewEvent>> newChunks_;
    std::unordered_set<std::uint64_t> newlyEnded_;                              // notes that got an end here
    std::unordered_set<std::uint64_t> ended_;                                   // notes that an event of the file ends
    std::map<Key, std::vector<std::pair<std::int64_t, std::int64_t>>> touched_; // where the notes of it now lie
};

} // namespace

SourceDiff compareWithSource(const Score& score, const DetailedRead& source) { return Comparison(score, source).run(); }

} // namespace continuo::midi
