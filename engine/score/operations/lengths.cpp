#include "engine/score/operations/lengths.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace continuo::score {
namespace {

/// Onsets that a note may be led to, and per key the onsets that it must not run into.
class NextOnsets {
public:
    /// `selected` with the locked ones, which are led to though they do not follow.
    NextOnsets(const Track& track, const NoteIdSet& selected, NextNote next, Ticks together) : together_(together) {
        for (const auto& note : track.notes) {
            if (next == NextNote::InTrack || selected.contains(note.id)) all_.push_back(note.onset);
            ofKey_[note.pitch].push_back(note.onset);
        }
    }

    /// The first onset after the chord that begins at `onset`; end of time where there is none.
    Tick after(Tick onset) const { return firstAfter(all_, onset + together_); }
    Tick sameKeyAfter(const Note& note) const { return firstAfter(ofKey_[note.pitch], note.onset); }

private:
    static Tick firstAfter(const std::vector<Tick>& onsets, Tick at) {
        const auto found = std::upper_bound(onsets.begin(), onsets.end(), at);
        return found == onsets.end() ? Tick{INT64_MAX} : *found;
    }

    Ticks together_;
    std::vector<Tick> all_; // ascending, as the notes are
    std::array<std::vector<Tick>, 128> ofKey_;
};

Note ledToNext(Note note, const NextOnsets& onsets, const LegatoSettings& settings) {
    const auto next = onsets.after(note.onset);
    if (next == Tick{INT64_MAX}) return note;
    const auto way = static_cast<double>((next - note.onset).count) * std::clamp(settings.percent, 0.0, 200.0) / 100;
    note.length = std::max(Ticks{1}, Ticks{std::llround(way)} + settings.overlap);
    note.length = std::min(note.length, onsets.sameKeyAfter(note) - note.onset);
    return note;
}

Tick gridEnd(const Note& note, const GridLines& lines) {
    const auto nearest = lines.nearest(note.end()).at;
    return note.onset < nearest ? nearest : lines.next(note.onset).at;
}

} // namespace

OperationResult legato(const Score& score, NoteIds ids, const LegatoSettings& settings) {
    const auto together = settings.together > Ticks{0} ? settings.together : Ticks{score.division.quarter() / 32};
    const auto selected = selectedNotes(score, ids);
    const NoteIdSet named(ids);
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks) {
        const NextOnsets onsets(*track, named, settings.next, together);
        for (const auto& note : notes) builder.replace(track->id, note, ledToNext(note, onsets, settings));
    }
    return builder.result(selected.locked);
}

OperationResult setLengths(const Score& score, NoteIds ids, const LengthSettings& settings) {
    using Rule = LengthSettings::Rule;
    if (settings.rule == Rule::ToNext) return legato(score, ids, {.next = settings.next});
    const GridLines lines(settings.grid, score.meterMap(), score.division);
    const auto shortest = std::max(Ticks{1}, settings.shortest);
    return rewriteEach(selectedNotes(score, ids), [&](Note note, const Track&) {
        switch (settings.rule) {
        case Rule::Fixed:
            note.length = std::max(Ticks{1}, settings.fixed);
            break;
        case Rule::Scaled:
            note.length = Ticks{std::llround(static_cast<double>(note.length.count) * std::max(0.0, settings.factor))};
            break;
        case Rule::Limited:
            note.length = std::clamp(note.length, shortest, std::max(shortest, settings.longest));
            break;
        case Rule::ToGrid:
            note.length = gridEnd(note, lines) - note.onset;
            break;
        case Rule::ToNext:
            break;
        }
        note.length = std::max(note.length, Ticks{1});
        return note;
    });
}

} // namespace continuo::score
