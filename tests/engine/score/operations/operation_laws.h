#pragma once

#include "engine/base/random.h"
#include "engine/score/operations/operation.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>

/// Random scores, and the laws that every operation on notes keeps.
namespace continuo::score::laws {

struct ScoreShape {
    int tracks = 3;
    int notes = 80;
    int lockedIn = 9; // one note of so many is locked; 0: none
    bool changesTempo = true;
};

/// Chords, runs, overlaps and repeated notes, off the grid and on it, over changes of tempo and meter.
inline Score randomScore(std::uint64_t seed, const ScoreShape& shape = {}) {
    base::Random random(seed);
    Score score;
    IdMint mint;
    if (shape.changesTempo) {
        score.tempos = {{.id = mint.event(), .at = Tick{0}, .microsecondsPerQuarter = 600'000},
                        {.id = mint.event(), .at = Tick{7000}, .microsecondsPerQuarter = 350'000}};
        score.meters = {{.id = mint.event(), .at = Tick{0}, .numerator = 4},
                        {.id = mint.event(), .at = Tick{7680}, .numerator = 3},
                        {.id = mint.event(), .at = Tick{13440}, .numerator = 7, .denominatorPower = 3}};
        score.keys = {{.id = mint.event(), .at = Tick{0}, .sharps = 2}};
        score.scales = {{.id = mint.event(), .at = Tick{9000}, .tonic = "Eb", .name = "Blues", .steps = {0, 3, 5, 6}}};
        for (std::int64_t i = 0; i < 6; ++i)
            score.chords.push_back({.id = mint.event(), .at = Tick{i * 1900}, .name = i % 3 == 2 ? "" : "Cm7"});
        for (std::int64_t i = 0; i < 6; ++i)
            score.markers.push_back({.id = mint.event(),
                                     .at = Tick{i * 2880},
                                     .kind = i % 3 == 1 ? MarkerEvent::Kind::Cue : MarkerEvent::Kind::Section,
                                     .name = "Part " + std::to_string(i)});
    }
    for (int t = 0; t < shape.tracks; ++t) {
        Track track;
        track.id = mint.track();
        track.name = "Track " + std::to_string(t + 1);
        track.chunk = t + 1;
        track.channel = static_cast<std::uint8_t>(t == 2 ? 9 : t % 9);
        track.drums = t == 2;
        Tick at{0};
        while (static_cast<int>(track.notes.size()) < shape.notes) {
            at = at + Ticks{random.below(3) == 0 ? random.between(0, 700) : random.between(0, 4) * 240};
            const auto together = random.below(3) == 0 ? random.between(2, 5) : 1;
            for (std::int64_t i = 0; i < together; ++i)
                track.notes.push_back({.id = mint.note(),
                                       .onset = at + Ticks{random.below(2) == 0 ? 0 : random.between(0, 60)},
                                       .length = Ticks{random.below(10) == 0 ? 1 : random.between(10, 1500)},
                                       .pitch = static_cast<std::uint8_t>(random.between(20, 110)),
                                       .velocity = static_cast<std::uint8_t>(random.between(1, 127)),
                                       .marks = shape.lockedIn > 0 && random.below(shape.lockedIn) == 0
                                                    ? NoteMarks::Locked
                                                    : NoteMarks::None});
        }
        for (int e = 0; e < 12; ++e)
            track.events.push_back({.id = mint.event(),
                                    .at = Tick{random.between(0, 15000)},
                                    .kind = ChannelEventKind::Controller,
                                    .first = static_cast<std::uint8_t>(random.below(2) == 0 ? 64 : 1),
                                    .second = static_cast<std::uint8_t>(random.below(128))});
        std::sort(track.notes.begin(), track.notes.end(), NoteOrder{});
        std::sort(track.events.begin(), track.events.end(), EventOrder{});
        score.tracks.push_back(std::move(track));
    }
    score.end = lastTick(score);
    return score;
}

inline std::vector<NoteId> someNotes(const Score& score, std::uint64_t seed, std::uint64_t oneIn = 2) {
    base::Random random(seed);
    std::vector<NoteId> ids;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (random.below(oneIn) == 0) ids.push_back(note.id);
    return ids;
}

inline std::map<NoteId, std::pair<TrackId, Note>> notesById(const Score& score) {
    std::map<NoteId, std::pair<TrackId, Note>> notes;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) notes[note.id] = {track.id, note};
    return notes;
}

inline Note noteOf(const Score& score, NoteId id) {
    const auto notes = notesById(score);
    const auto found = notes.find(id);
    return found == notes.end() ? Note{} : found->second.second;
}

inline Score after(const Score& before, const ScoreEdit& edit) {
    auto score = before;
    apply(edit, score);
    return score;
}

/// A track of its own with these notes; ids are minted where they are 0.
inline Score oneTrack(std::vector<Note> notes, bool drums = false) {
    Score score;
    IdMint mint;
    Track track;
    track.id = mint.track();
    track.chunk = 1;
    track.drums = drums;
    track.channel = drums ? 9 : 0;
    for (auto& note : notes)
        if (note.id == NoteId{}) note.id = mint.note();
    std::sort(notes.begin(), notes.end(), NoteOrder{});
    track.notes = std::move(notes);
    score.tracks = {track};
    score.end = lastTick(score);
    return score;
}

/// What an operation may do besides changing the notes that it is given.
struct Allowed {
    bool removesNotes = false; // of those it was given
    bool touchesOthers = false;
    bool movesBetweenTracks = false;
};

inline std::string boundsFault(const Score& score) {
    std::set<NoteId> seen;
    for (const auto& track : score.tracks) {
        if (!std::is_sorted(track.notes.begin(), track.notes.end(), NoteOrder{})) return "notes out of order";
        if (!std::is_sorted(track.events.begin(), track.events.end(), EventOrder{})) return "events out of order";
        for (const auto& note : track.notes) {
            if (!seen.insert(note.id).second) return "an id twice";
            if (note.id == NoteId{}) return "a note without id";
            if (note.onset < Tick{0}) return "a note before tick 0";
            if (note.length < Ticks{1}) return "a note without length";
            if (note.pitch > 127 || note.velocity < 1 || note.velocity > 127) return "pitch or velocity out of bounds";
        }
        for (const auto& event : track.events)
            if (event.at < Tick{0}) return "an event before tick 0";
    }
    return {};
}

template <typename T>
bool hasAll(const std::vector<T>& list, const std::vector<T>& items) {
    std::map<std::uint64_t, const T*> byId;
    for (const auto& item : list) byId[static_cast<std::uint64_t>(item.id)] = &item;
    return std::ranges::all_of(items, [&](const T& item) {
        const auto found = byId.find(static_cast<std::uint64_t>(item.id));
        return found != byId.end() && *found->second == item;
    });
}

/// Release builds do not assert: everything an edit removes must really be there.
inline std::string presenceFault(const Score& before, const ScoreEdit& edit) {
    auto score = before;
    for (const auto& list : edit.lists) {
        if (list.enters ? list.position > score.tracks.size()
                        : list.position >= score.tracks.size() || !(score.tracks[list.position] == list.track))
            return "a track list edit that does not fit";
        ScoreEdit one;
        one.lists = {list};
        apply(one, score);
    }
    for (const auto& part : edit.contents) {
        const auto* track = findTrack(score, part.track);
        if (!track) return "an edit of a track that is not there";
        if (!hasAll(track->notes, part.notes.removed)) return "removes a note that is not there";
        if (!hasAll(track->events, part.events.removed)) return "removes an event that is not there";
        for (const auto& note : part.notes.added)
            if (std::ranges::find(part.notes.removed, note) != part.notes.removed.end())
                return "takes out and puts back";
    }
    if (!hasAll(score.tempos, edit.tempos.removed) || !hasAll(score.meters, edit.meters.removed) ||
        !hasAll(score.keys, edit.keys.removed) || !hasAll(score.scales, edit.scales.removed) ||
        !hasAll(score.chords, edit.chords.removed) || !hasAll(score.markers, edit.markers.removed) ||
        !hasAll(score.ramps, edit.ramps.removed))
        return "removes a map event that is not there";
    return {};
}

/// Empty where `result`, made of `ids` in `before`, keeps the laws; else what it breaks.
inline std::string brokenLaw(const Score& before, NoteIds ids, const OperationResult& result,
                             const Allowed& allowed = {}) {
    if (auto fault = presenceFault(before, result.edit); !fault.empty()) return fault;
    const auto changed = after(before, result.edit);
    if (auto fault = boundsFault(changed); !fault.empty()) return fault;
    if (!(after(changed, inverse(result.edit)) == before)) return "the inverse does not bring back what was";
    const NoteIdSet selected(ids);
    const auto now = notesById(changed);
    for (const auto& [id, was] : notesById(before)) {
        const auto found = now.find(id);
        const bool isSame = found != now.end() && found->second == was;
        if (!isSame && has(was.second.marks, NoteMarks::Locked)) return "a locked note was changed";
        if (!isSame && !selected.contains(id) && !allowed.touchesOthers) return "another note was changed";
        if (found == now.end() && !allowed.removesNotes) return "a note was lost";
        if (found != now.end() && found->second.first != was.first && !allowed.movesBetweenTracks)
            return "a note went to another track";
    }
    if (!allowed.touchesOthers && result.locked != lockedAmong(before, ids)) return "locked notes were miscounted";
    return {};
}

/// `operation(score, ids, mint)` over many random scores, with some notes, with none, with all.
using Operation = std::function<OperationResult(const Score&, NoteIds, IdMint&)>;
inline std::string brokenLawOf(const Operation& operation, const Allowed& allowed = {}, int scores = 40) {
    for (int seed = 0; seed < scores; ++seed) {
        const auto score = randomScore(static_cast<std::uint64_t>(seed), {.lockedIn = seed % 3 == 0 ? 0 : 7});
        for (const std::uint64_t oneIn : {1, 2, 5}) {
            const auto ids = someNotes(score, static_cast<std::uint64_t>(seed) + 1000, oneIn);
            IdMint mint(score), again(score);
            const auto result = operation(score, ids, mint);
            if (auto fault = brokenLaw(score, ids, result, allowed); !fault.empty())
                return fault + " (seed " + std::to_string(seed) + ", one in " + std::to_string(oneIn) + ")";
            if (!(operation(score, ids, again).edit == result.edit)) return "another result the second time";
        }
        IdMint mint(score);
        if (!operation(score, {}, mint).edit.isEmpty()) return "nothing selected, yet something changed";
        const std::vector strangers{NoteId{99'999'999}, NoteId{0}};
        if (!operation(score, strangers, mint).edit.isEmpty()) return "unknown ids changed something";
    }
    if (!operation(Score{}, {}, *std::make_unique<IdMint>()).edit.isEmpty()) return "an empty score changed";
    return {};
}

} // namespace continuo::score::laws

/// In a test function: the laws hold, or the first broken one is printed.
#define VERIFY_LAWS(...)                                                                                               \
    do {                                                                                                               \
        const auto fault = continuo::score::laws::brokenLawOf(__VA_ARGS__);                                            \
        QVERIFY2(fault.empty(), fault.c_str());                                                                        \
    } while (false)
