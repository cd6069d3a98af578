#include "engine/score/operations/cleanup.h"

#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/instrument_ranges.h"

#include <algorithm>
#include <array>

namespace continuo::score {
namespace {

/// A note of one key, as it was and as it is to be.
struct KeyNote {
    Note before, after;
    bool mayChange = false;
    bool isGone = false;
};

using KeyNotes = std::vector<KeyNote>; // in order of onset

/// Calls `mend` for the notes of each key of each track that has any of `ids`, and writes what it changed.
template <typename Mend>
OperationResult mendKeys(const Score& score, NoteIds ids, Mend mend) {
    const NoteIdSet wanted(ids);
    EditBuilder builder;
    for (const auto& track : score.tracks) {
        std::array<KeyNotes, 128> keys;
        for (const auto& note : track.notes)
            keys[note.pitch].push_back({note, note, wanted.contains(note.id) && !has(note.marks, NoteMarks::Locked)});
        for (auto& notes : keys) {
            if (std::ranges::none_of(notes, &KeyNote::mayChange)) continue;
            mend(notes);
            for (const auto& note : notes) {
                if (note.isGone)
                    builder.remove(track.id, note.before);
                else if (note.mayChange)
                    builder.replace(track.id, note.before, note.after);
            }
        }
    }
    return builder.result(lockedAmong(score, ids));
}

/// Whether `a` is to stay rather than `b`.
bool isWorthMore(const KeyNote& a, const KeyNote& b) {
    if (a.mayChange != b.mayChange) return !a.mayChange;
    if (a.after.length != b.after.length) return b.after.length < a.after.length;
    if (a.after.velocity != b.after.velocity) return b.after.velocity < a.after.velocity;
    return a.after.id < b.after.id;
}

void keepOneOf(KeyNotes& notes, std::size_t first, std::size_t end) {
    std::size_t best = first;
    for (auto i = first + 1; i < end; ++i)
        if (isWorthMore(notes[i], notes[best])) best = i;
    for (auto i = first; i < end; ++i) notes[i].isGone = i != best && notes[i].mayChange;
}

void joinDuplicates(KeyNotes& notes, Ticks near) {
    for (std::size_t first = 0; first < notes.size();) {
        auto end = first + 1;
        while (end < notes.size() && notes[end].after.onset - notes[first].after.onset <= near) ++end;
        keepOneOf(notes, first, end);
        first = end;
    }
}

/// Later notes begin when a note that may not change is over.
void giveWay(KeyNotes& notes) {
    Tick over{0};
    for (auto& note : notes) {
        if (note.isGone) continue;
        if (!note.mayChange) {
            over = std::max(over, note.after.end());
        } else if (note.after.onset < over && over < note.after.end()) {
            note.after.length = note.after.end() - over;
            note.after.onset = over;
        }
    }
}

void cutAtNext(KeyNotes& notes) {
    const KeyNote* next = nullptr;
    for (auto note = notes.rbegin(); note != notes.rend(); ++note) {
        if (note->isGone) continue;
        if (next && note->mayChange && note->after.onset < next->after.onset)
            note->after.length = std::min(note->after.length, next->after.onset - note->after.onset);
        next = &*note;
    }
}

void glue(KeyNotes& notes, Ticks gap) {
    KeyNote* open = nullptr;
    for (auto& note : notes) {
        if (!note.mayChange) {
            open = nullptr; // nothing grows through a note that may not change
        } else if (open && note.after.onset - open->after.end() <= gap) {
            open->after.length = std::max(open->after.end(), note.after.end()) - open->after.onset;
            note.isGone = true;
        } else {
            open = &note;
        }
    }
}

/// The shortest length of `ms` or more from `onset`.
Ticks lengthOf(const TempoMap& tempos, Tick onset, double ms) {
    const double seconds = tempos.secondsAt(onset) + ms / 1000;
    auto end = tempos.tickAt(seconds);
    if (tempos.secondsAt(end) + 1e-9 < seconds) end = end + Ticks{1};
    return std::max(Ticks{1}, end - onset);
}

/// Where a pedal that is never lifted went down.
std::optional<ChannelEvent> hangingPedal(const Track& track) {
    std::optional<ChannelEvent> down;
    for (const auto& event : track.events) {
        if (event.kind != ChannelEventKind::Controller || event.first != 64) continue;
        if (event.second < 64)
            down.reset();
        else if (!down)
            down = event;
    }
    return down;
}

} // namespace

OperationResult removeOverlaps(const Score& score, NoteIds ids) {
    return mendKeys(score, ids, [](KeyNotes& notes) {
        joinDuplicates(notes, Ticks{0});
        giveWay(notes);
        cutAtNext(notes);
    });
}

OperationResult removeDuplicates(const Score& score, NoteIds ids, Ticks near) {
    return mendKeys(score, ids, [&](KeyNotes& notes) { joinDuplicates(notes, near); });
}

OperationResult glueNotes(const Score& score, NoteIds ids, Ticks gap) {
    return mendKeys(score, ids, [&](KeyNotes& notes) { glue(notes, gap); });
}

OperationResult mendTinyNotes(const Score& score, NoteIds ids, double shortestMs, TinyNotes way) {
    const auto selected = selectedNotes(score, ids);
    const auto tempos = score.tempoMap();
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (const auto& note : notes) {
            const auto shortest = lengthOf(tempos, note.onset, shortestMs);
            if (shortest <= note.length) continue;
            auto longer = note;
            longer.length = shortest;
            if (way == TinyNotes::Remove)
                builder.remove(track->id, note);
            else
                builder.replace(track->id, note, longer);
        }
    return builder.result(selected.locked);
}

OperationResult mendZeroVelocity(const Score& score, NoteIds ids) {
    return rewriteEach(selectedNotes(score, ids), [](Note note, const Track&) {
        note.velocity = std::max<std::uint8_t>(note.velocity, 1);
        return note;
    });
}

OperationResult repairPedals(const Score& score, NoteIds ids, IdMint& mint) {
    const NoteIdSet wanted(ids);
    EditBuilder builder;
    for (const auto& track : score.tracks) {
        if (std::ranges::none_of(track.notes, [&](const Note& note) { return wanted.contains(note.id); })) continue;
        const auto down = hangingPedal(track);
        if (!down) continue;
        auto at = down->at + Ticks{1};
        for (const auto& note : track.notes) at = std::max(at, note.end());
        builder.addEvent(track.id, {mint.event(), at, ChannelEventKind::Controller, 64, 0});
    }
    return builder.result(lockedAmong(score, ids));
}

OperationResult clean(const Score& score, NoteIds ids, const CleanSettings& settings, IdMint& mint) {
    auto cleaned = score;
    bool changes = false;
    const auto run = [&](bool wanted, auto operation) {
        if (!wanted) return;
        const auto edit = operation().edit;
        changes = changes || !edit.isEmpty();
        apply(edit, cleaned);
    };
    run(settings.zeroVelocity, [&] { return mendZeroVelocity(cleaned, ids); });
    run(settings.range, [&] { return foldIntoRange(cleaned, ids); });
    // A note that was cut may be tiny now. Each round has fewer or shorter notes than the last, so it ends.
    do {
        changes = false;
        run(settings.tinyNotes, [&] { return mendTinyNotes(cleaned, ids, settings.shortestMs); });
        run(settings.duplicates, [&] { return removeDuplicates(cleaned, ids); });
        run(settings.overlaps, [&] { return removeOverlaps(cleaned, ids); });
    } while (changes);
    run(settings.pedals, [&] { return repairPedals(cleaned, ids, mint); });
    return {difference(score, cleaned), lockedAmong(score, ids)};
}

} // namespace continuo::score
