#include "engine/score/note_operations.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_set>

namespace continuo::score {
namespace {

using IdSet = std::unordered_set<std::uint64_t>;

IdSet setOf(NoteIds ids) {
    IdSet set;
    for (const auto id : ids) set.insert(static_cast<std::uint64_t>(id));
    return set;
}

/// Calls `visit(track, note)` for each named note that exists.
template <typename Visit>
void forEach(const Score& score, NoteIds ids, Visit visit) {
    const auto wanted = setOf(ids);
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (wanted.contains(static_cast<std::uint64_t>(note.id))) visit(track, note);
}

/// One content edit a track, made when first needed.
TrackContentEdit& partOf(ScoreEdit& edit, TrackId track) {
    for (auto& part : edit.contents)
        if (part.track == track) return part;
    edit.contents.push_back({track, {}, {}});
    return edit.contents.back();
}

/// Replaces each named note by `change(note)`; notes that come out equal are left out of the edit.
template <typename Change>
ScoreEdit replaceEach(const Score& score, NoteIds ids, Change change) {
    ScoreEdit edit;
    forEach(score, ids, [&](const Track& track, const Note& note) {
        const Note changed = change(note);
        if (changed == note) return;
        auto& part = partOf(edit, track.id);
        part.notes.removed.push_back(note);
        part.notes.added.push_back(changed);
    });
    return edit;
}

struct Span {
    Tick firstOnset{INT64_MAX};
    int lowest = 127, highest = 0;
    Ticks shortest{INT64_MAX};
};

Span spanOf(const Score& score, NoteIds ids) {
    Span span;
    forEach(score, ids, [&](const Track&, const Note& note) {
        span.firstOnset = std::min(span.firstOnset, note.onset);
        span.lowest = std::min<int>(span.lowest, note.pitch);
        span.highest = std::max<int>(span.highest, note.pitch);
        span.shortest = std::min(span.shortest, note.length);
    });
    return span;
}

Note moved(Note note, Ticks by, int semitones) {
    note.onset = note.onset + by;
    note.pitch = static_cast<std::uint8_t>(note.pitch + semitones);
    return note;
}

struct Shift {
    Ticks by;
    int semitones = 0;
};

Shift allowedShift(const Span& span, Ticks by, int semitones) {
    if (span.firstOnset.fromStart == INT64_MAX) return {};
    return {std::max(by, Tick{0} - span.firstOnset), std::clamp(semitones, -span.lowest, 127 - span.highest)};
}

std::uint8_t velocityOf(int value) { return static_cast<std::uint8_t>(std::clamp(value, 1, 127)); }

int firstFreeChannel(const Score& score) {
    for (int channel = 0; channel < 16; ++channel) {
        const auto taken =
            std::ranges::any_of(score.tracks, [&](const Track& track) { return track.channel == channel; });
        if (channel != 9 && !taken) return channel;
    }
    return 0;
}

/// Replaces events of a map at exactly `event.at` in its chunk of first resort, or adds `event`.
template <typename Event>
Exchange<Event> putAt(const std::vector<Event>& events, Event event) {
    Exchange<Event> change;
    for (const auto& old : events)
        if (old.at == event.at) {
            event.chunk = old.chunk;
            change.removed.push_back(old);
        }
    change.added.push_back(event);
    return change;
}

} // namespace

ScoreEdit insertNotes(TrackId track, std::vector<Note> notes) {
    ScoreEdit edit;
    if (!notes.empty()) partOf(edit, track).notes.added = std::move(notes);
    return edit;
}

ScoreEdit removeNotes(const Score& score, NoteIds ids) {
    ScoreEdit edit;
    forEach(score, ids,
            [&](const Track& track, const Note& note) { partOf(edit, track.id).notes.removed.push_back(note); });
    return edit;
}

ScoreEdit moveNotes(const Score& score, NoteIds ids, Ticks by, int semitones) {
    const auto shift = allowedShift(spanOf(score, ids), by, semitones);
    return replaceEach(score, ids, [&](const Note& note) { return moved(note, shift.by, shift.semitones); });
}

ScoreEdit copyNotes(const Score& score, NoteIds ids, Ticks by, int semitones, IdMint& mint,
                    std::vector<NoteId>* copies) {
    const auto shift = allowedShift(spanOf(score, ids), by, semitones);
    std::map<NoteId, NoteId> copyOf;
    ScoreEdit edit;
    forEach(score, ids, [&](const Track& track, const Note& note) {
        auto copy = moved(note, shift.by, shift.semitones);
        copy.id = mint.note();
        copyOf[note.id] = copy.id;
        partOf(edit, track.id).notes.added.push_back(copy);
    });
    if (copies)
        for (const auto id : ids)
            if (const auto found = copyOf.find(id); found != copyOf.end()) copies->push_back(found->second);
    return edit;
}

ScoreEdit resizeEnds(const Score& score, NoteIds ids, Ticks by, Ticks shortest) {
    return replaceEach(score, ids, [&](Note note) {
        note.length = std::max(note.length + by, std::min(note.length, shortest));
        return note;
    });
}

ScoreEdit resizeStarts(const Score& score, NoteIds ids, Ticks by, Ticks shortest) {
    const auto span = spanOf(score, ids);
    if (span.firstOnset.fromStart == INT64_MAX) return {};
    by = std::max(by, Tick{0} - span.firstOnset);
    return replaceEach(score, ids, [&](Note note) {
        const auto latest = std::max(note.onset, note.end() - shortest);
        const auto end = note.end();
        note.onset = std::min(note.onset + by, latest);
        note.length = end - note.onset;
        return note;
    });
}

ScoreEdit trimEnds(const Score& score, NoteIds ids, Tick end, Ticks shortest) {
    return replaceEach(score, ids, [&](Note note) {
        note.length = std::max(end - note.onset, shortest);
        return note;
    });
}

ScoreEdit changeVelocity(const Score& score, NoteIds ids, int by) {
    return replaceEach(score, ids, [&](Note note) {
        note.velocity = velocityOf(note.velocity + by);
        return note;
    });
}

ScoreEdit setVelocity(const Score& score, NoteIds ids, int velocity) {
    return replaceEach(score, ids, [&](Note note) {
        note.velocity = velocityOf(velocity);
        return note;
    });
}

ScoreEdit setMark(const Score& score, NoteIds ids, NoteMarks mark, bool on) {
    return replaceEach(score, ids, [&](Note note) {
        const auto others = static_cast<std::uint8_t>(note.marks) & ~static_cast<std::uint8_t>(mark);
        note.marks = static_cast<NoteMarks>(others | (on ? static_cast<std::uint8_t>(mark) : 0));
        return note;
    });
}

ScoreEdit splitNotes(const Score& score, NoteIds ids, Tick at, IdMint& mint) {
    ScoreEdit edit;
    forEach(score, ids, [&](const Track& track, const Note& note) {
        if (at <= note.onset || note.end() <= at) return;
        auto first = note;
        auto second = note;
        first.length = at - note.onset;
        second.id = mint.note();
        second.onset = at;
        second.length = note.end() - at;
        auto& part = partOf(edit, track.id);
        part.notes.removed.push_back(note);
        part.notes.added.insert(part.notes.added.end(), {first, second});
    });
    return edit;
}

ScoreEdit joinNotes(const Score& score, NoteIds ids) {
    std::map<std::pair<TrackId, int>, std::vector<Note>> groups;
    forEach(score, ids, [&](const Track& track, const Note& note) { groups[{track.id, note.pitch}].push_back(note); });
    ScoreEdit edit;
    for (const auto& [key, notes] : groups) {
        if (notes.size() < 2) continue;
        auto joined = notes.front();
        for (const auto& note : notes) joined.length = std::max(joined.length, note.end() - joined.onset);
        auto& part = partOf(edit, key.first);
        part.notes.removed.insert(part.notes.removed.end(), notes.begin(), notes.end());
        part.notes.added.push_back(joined);
    }
    return edit;
}

ScoreEdit quantizeOnsets(const Score& score, NoteIds ids, Ticks grid, double strength) {
    if (grid.count <= 0) return {};
    return replaceEach(score, ids, [&](Note note) {
        const auto onset = note.onset.fromStart;
        const auto target = (onset + grid.count / 2) / grid.count * grid.count;
        note.onset = Tick{onset + std::llround(static_cast<double>(target - onset) * strength)};
        return note;
    });
}

ScoreEdit setProgram(const Score& score, TrackId id, int program, IdMint& mint) {
    ScoreEdit edit;
    const auto* track = findTrack(score, id);
    if (!track) return edit;
    const auto first = track->notes.empty() ? Tick{INT64_MAX} : track->notes.front().onset;
    const ChannelEvent* inForce = nullptr;
    for (const auto& event : track->events)
        if (event.kind == ChannelEventKind::Program && event.at <= first) inForce = &event;
    if (inForce && inForce->first == program) return edit;
    auto& events = partOf(edit, id).events;
    ChannelEvent next{.id = mint.event(), .at = Tick{0}, .kind = ChannelEventKind::Program};
    if (inForce) {
        events.removed.push_back(*inForce);
        next = *inForce;
    }
    next.first = static_cast<std::uint8_t>(program);
    events.added.push_back(next);
    return edit;
}

ScoreEdit setHeader(const Score& score, const TrackHeader& after) {
    ScoreEdit edit;
    const auto* track = findTrack(score, after.id);
    if (track && track->header() != after) edit.headers.push_back({track->header(), after});
    return edit;
}

ScoreEdit addTrack(const Score& score, const std::string& name, int program, bool drums, IdMint& mint) {
    Track track;
    track.id = mint.track();
    track.name = name;
    track.channel = static_cast<std::uint8_t>(drums ? 9 : firstFreeChannel(score));
    track.drums = drums;
    for (const auto& other : score.tracks) track.chunk = std::max(track.chunk, other.chunk + 1);
    if (!drums)
        track.events.push_back(
            {mint.event(), Tick{0}, ChannelEventKind::Program, static_cast<std::uint8_t>(program), 0});
    ScoreEdit edit;
    edit.lists.push_back({score.tracks.size(), track, /*enters=*/true});
    return edit;
}

ScoreEdit removeTrack(const Score& score, TrackId id) {
    ScoreEdit edit;
    for (std::size_t position = 0; position < score.tracks.size(); ++position)
        if (score.tracks[position].id == id) edit.lists.push_back({position, score.tracks[position], /*enters=*/false});
    return edit;
}

ScoreEdit setTempo(const Score& score, Tick at, double bpm, IdMint& mint) {
    ScoreEdit edit;
    const auto microseconds = std::clamp(60e6 / bpm, 1.0, 16'777'215.0);
    edit.tempos = putAt(score.tempos, {mint.event(), 0, at, static_cast<std::uint32_t>(std::lround(microseconds))});
    return edit;
}

ScoreEdit setMeter(const Score& score, Tick at, int numerator, int denominatorPower, IdMint& mint) {
    ScoreEdit edit;
    edit.meters = putAt(score.meters, {mint.event(), 0, at, static_cast<std::uint8_t>(std::clamp(numerator, 1, 255)),
                                       static_cast<std::uint8_t>(std::clamp(denominatorPower, 0, 7))});
    return edit;
}

ScoreEdit setKey(const Score& score, Tick at, int sharps, bool minor, IdMint& mint) {
    ScoreEdit edit;
    edit.keys = putAt(score.keys, {mint.event(), 0, at, static_cast<std::int8_t>(std::clamp(sharps, -7, 7)), minor});
    return edit;
}

} // namespace continuo::score
