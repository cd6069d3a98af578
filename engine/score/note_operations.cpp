#include "engine/score/note_operations.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace continuo::score {
namespace {

template <typename Change>
ScoreEdit replaceEach(const Score& score, NoteIds ids, Change change) {
    return rewriteEach(selectedNotes(score, ids), [&](const Note& note, const Track&) { return change(note); }).edit;
}

/// Calls `visit(track, note)` for each named note, locked ones included.
template <typename Visit>
void forEach(const Score& score, NoteIds ids, Visit visit) {
    const NoteIdSet wanted(ids);
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (wanted.contains(note.id)) visit(track, note);
}

struct Span {
    Tick firstOnset{INT64_MAX};
    int lowest = 127, highest = 0;

    void add(const Note& note) {
        firstOnset = std::min(firstOnset, note.onset);
        lowest = std::min<int>(lowest, note.pitch);
        highest = std::max<int>(highest, note.pitch);
    }
};

Span spanOf(const SelectedNotes& selected) {
    Span span;
    for (const auto& track : selected.tracks)
        for (const auto& note : track.notes) span.add(note);
    return span;
}

Note moved(Note note, Ticks by, const KeyMap& keys) {
    note.onset = note.onset + by;
    note.pitch = keys[note.pitch & 127];
    return note;
}

Ticks allowedTime(const Span& span, Ticks by) { return std::max(by, Tick{0} - span.firstOnset); }

/// Up by `semitones`, as far as the whole span can go.
KeyMap keysUp(const Span& span, int semitones) {
    const int up = span.lowest <= span.highest ? std::clamp(semitones, -span.lowest, 127 - span.highest) : 0;
    KeyMap keys;
    for (int key = 0; key < 128; ++key)
        keys[static_cast<std::size_t>(key)] = static_cast<std::uint8_t>(std::clamp(key + up, 0, 127));
    return keys;
}

NoteMarks without(NoteMarks marks, NoteMarks mark) {
    return static_cast<NoteMarks>(static_cast<std::uint8_t>(marks) & ~static_cast<std::uint8_t>(mark));
}

} // namespace

ScoreEdit insertNotes(TrackId track, std::vector<Note> notes) {
    ScoreEdit edit;
    if (!notes.empty()) edit.contents.push_back({track, {{}, std::move(notes)}, {}});
    return edit;
}

ScoreEdit removeNotes(const Score& score, NoteIds ids) {
    EditBuilder builder;
    for (const auto& [track, notes] : selectedNotes(score, ids).tracks)
        for (const auto& note : notes) builder.remove(track->id, note);
    return builder.result(0).edit;
}

ScoreEdit moveNotes(const Score& score, NoteIds ids, Ticks by, int semitones) {
    return moveNotes(score, ids, by, keysUp(spanOf(selectedNotes(score, ids)), semitones));
}

ScoreEdit moveNotes(const Score& score, NoteIds ids, Ticks by, const KeyMap& keys) {
    const auto selected = selectedNotes(score, ids);
    const auto later = allowedTime(spanOf(selected), by);
    return rewriteEach(selected, [&](const Note& note, const Track&) { return moved(note, later, keys); }).edit;
}

ScoreEdit copyNotes(const Score& score, NoteIds ids, Ticks by, int semitones, IdMint& mint,
                    std::vector<NoteId>* copies) {
    Span span;
    forEach(score, ids, [&](const Track&, const Note& note) { span.add(note); });
    return copyNotes(score, ids, by, keysUp(span, semitones), mint, copies);
}

ScoreEdit copyNotes(const Score& score, NoteIds ids, Ticks by, const KeyMap& keys, IdMint& mint,
                    std::vector<NoteId>* copies) {
    Span span;
    forEach(score, ids, [&](const Track&, const Note& note) { span.add(note); });
    const auto later = allowedTime(span, by);
    std::map<NoteId, NoteId> copyOf;
    EditBuilder builder;
    forEach(score, ids, [&](const Track& track, const Note& note) {
        auto copy = moved(note, later, keys);
        copy.id = mint.note();
        copy.marks = without(copy.marks, NoteMarks::Locked);
        copyOf[note.id] = copy.id;
        builder.add(track.id, copy);
    });
    if (copies)
        for (const auto id : ids)
            if (const auto found = copyOf.find(id); found != copyOf.end()) copies->push_back(found->second);
    return builder.result(0).edit;
}

ScoreEdit resizeEnds(const Score& score, NoteIds ids, Ticks by, Ticks shortest) {
    return replaceEach(score, ids, [&](Note note) {
        note.length = std::max(note.length + by, std::min(note.length, shortest));
        return note;
    });
}

ScoreEdit resizeStarts(const Score& score, NoteIds ids, Ticks by, Ticks shortest) {
    const auto span = spanOf(selectedNotes(score, ids));
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
        note.velocity = boundedVelocity(note.velocity + by);
        return note;
    });
}

ScoreEdit setVelocity(const Score& score, NoteIds ids, int velocity) {
    return replaceEach(score, ids, [&](Note note) {
        note.velocity = boundedVelocity(velocity);
        return note;
    });
}

ScoreEdit setMark(const Score& score, NoteIds ids, NoteMarks mark, bool on) {
    ScoreEdit edit;
    forEach(score, ids, [&](const Track& track, Note note) {
        const auto before = note;
        if (has(note.marks, NoteMarks::Locked) && mark != NoteMarks::Locked) return;
        note.marks = on ? note.marks | mark : without(note.marks, mark);
        if (note == before) return;
        if (edit.contents.empty() || edit.contents.back().track != track.id)
            edit.contents.push_back({track.id, {}, {}});
        edit.contents.back().notes.removed.push_back(before);
        edit.contents.back().notes.added.push_back(note);
    });
    return edit;
}

ScoreEdit splitNotes(const Score& score, NoteIds ids, Tick at, IdMint& mint) {
    EditBuilder builder;
    for (const auto& [track, notes] : selectedNotes(score, ids).tracks)
        for (const auto& note : notes) {
            if (at <= note.onset || note.end() <= at) continue;
            auto first = note, second = note;
            first.length = at - note.onset;
            second.id = mint.note();
            second.onset = at;
            second.length = note.end() - at;
            second.playedOffset = 0;
            builder.replace(track->id, note, first);
            builder.add(track->id, second);
        }
    return builder.result(0).edit;
}

ScoreEdit joinNotes(const Score& score, NoteIds ids) {
    std::map<std::pair<TrackId, int>, std::vector<Note>> groups;
    for (const auto& [track, notes] : selectedNotes(score, ids).tracks)
        for (const auto& note : notes) groups[{track->id, note.pitch}].push_back(note);
    EditBuilder builder;
    for (const auto& [key, notes] : groups) {
        if (notes.size() < 2) continue;
        auto joined = notes.front();
        for (const auto& note : notes) joined.length = std::max(joined.length, note.end() - joined.onset);
        builder.replace(key.first, notes.front(), joined);
        for (std::size_t i = 1; i < notes.size(); ++i) builder.remove(key.first, notes[i]);
    }
    return builder.result(0).edit;
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

} // namespace continuo::score
