#include "engine/score/operations/paste.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/time_scaling.h"
#include "engine/score/operations/transpose.h"

#include <algorithm>

namespace continuo::score {
namespace {

bool isLocked(const Note& note) { return has(note.marks, NoteMarks::Locked); }

Tick beatBefore(Tick at, const MeterMap& meters) { return at - meters.positionAt(at).tick; }

std::vector<Note> fitted(std::vector<Note> notes, bool drums, const PasteSettings& settings) {
    if (drums || notes.empty()) return notes;
    Score scratch;
    scratch.tracks.resize(1);
    scratch.tracks[0].id = TrackId{1};
    scratch.tracks[0].notes = std::move(notes);
    std::ranges::sort(scratch.tracks[0].notes, NoteOrder{});
    const auto ids = allNotes(scratch);
    const auto run = [&](const OperationResult& result) { apply(result.edit, scratch); };
    if (settings.semitones != 0) run(transpose(scratch, ids, settings.semitones));
    if (settings.fitToScale) run(snapToScale(scratch, ids, *settings.fitToScale));
    if (settings.fitToChord) run(snapToChord(scratch, ids, *settings.fitToChord));
    return std::move(scratch.tracks[0].notes);
}

/// One paste on its way into a copy of the score.
class Paster {
public:
    Paster(const Score& score, const Clip& clip, Tick at, const PasteSettings& settings, IdMint& mint)
        : pasted_(score), clip_(clip), settings_(settings), mint_(mint), scaled_(clip.division, score.division),
          start_(settings.keepOffset ? at : at - scaled_(clip.offset)), span_{at, at + scaled_(clip.length)} {}

    PasteResult run(const Score& before) {
        if (settings_.replaceRange) clearSpan();
        for (const auto& part : clip_.parts)
            if (auto* track = targetOf(part)) put(part, *track);
        for (auto& track : pasted_.tracks) {
            std::ranges::sort(track.notes, NoteOrder{});
            std::ranges::sort(track.events, EventOrder{});
        }
        return {{difference(before, pasted_), locked_}, std::move(ids_), span_.end};
    }

private:
    /// An id alone may be that of another piece, which this clip is not from.
    Track* trackLike(const Clip::Part& part) {
        auto* sameId = findTrack(pasted_, part.from);
        if (sameId && sameId->name == part.name) return sameId;
        const auto named = std::ranges::find(pasted_.tracks, part.name, &Track::name);
        return named == pasted_.tracks.end() ? nullptr : &*named;
    }

    Track* existingTarget(const Clip::Part& part) {
        if (settings_.where == PasteSettings::Where::NewTracks) return nullptr;
        if (settings_.where == PasteSettings::Where::SameTracks)
            if (auto* same = trackLike(part)) return same;
        return findTrack(pasted_, settings_.track);
    }

    Track* targetOf(const Clip::Part& part) {
        if (settings_.where != PasteSettings::Where::NewTracks) return existingTarget(part);
        apply(addTrack(pasted_, part.name, part.program, part.drums, mint_), pasted_);
        return &pasted_.tracks.back();
    }

    void clearSpan() {
        std::vector<Track*> cleared;
        for (const auto& part : clip_.parts) {
            auto* track = existingTarget(part);
            if (!track || std::ranges::find(cleared, track) != cleared.end()) continue;
            cleared.push_back(track);
            std::erase_if(track->notes, [&](const Note& note) {
                if (!span_.contains(note.onset)) return false;
                locked_ += isLocked(note);
                return !isLocked(note);
            });
        }
    }

    std::int16_t scaledShort(std::int16_t ticks) const {
        return static_cast<std::int16_t>(std::clamp<std::int64_t>(scaled_(Ticks{ticks}).count, INT16_MIN, INT16_MAX));
    }

    void put(const Clip::Part& part, Track& track) {
        std::vector<Note> notes = part.notes;
        for (auto& note : notes) {
            const auto end = scaled_(note.end());
            note.id = mint_.note();
            ids_.push_back(note.id);
            note.onset = std::max(Tick{0}, start_ + scaled_(note.onset));
            note.length = std::max(Ticks{1}, start_ + end - note.onset);
            note.playedOffset = scaledShort(note.playedOffset);
            note.playedLength = scaledShort(note.playedLength);
            if (!settings_.withLocks)
                note.marks = static_cast<NoteMarks>(static_cast<std::uint8_t>(note.marks) &
                                                    ~static_cast<std::uint8_t>(NoteMarks::Locked));
        }
        notes = fitted(std::move(notes), track.drums, settings_);
        track.notes.insert(track.notes.end(), notes.begin(), notes.end());
        if (!settings_.withControllers) return;
        for (auto event : part.events) {
            event.id = mint_.event();
            event.at = std::max(Tick{0}, start_ + scaled_(event.at));
            track.events.push_back(event);
        }
    }

    Score pasted_;
    const Clip& clip_;
    const PasteSettings& settings_;
    IdMint& mint_;
    TimeScaling scaled_;
    Tick start_;
    TickRange span_;
    std::vector<NoteId> ids_;
    std::size_t locked_ = 0;
};

/// All notes of a clip in order of onset.
std::vector<Note> flattened(const Clip& clip) {
    std::vector<Note> notes;
    for (const auto& part : clip.parts) notes.insert(notes.end(), part.notes.begin(), part.notes.end());
    std::ranges::sort(notes, NoteOrder{});
    return notes;
}

} // namespace

std::size_t Clip::noteCount() const {
    std::size_t count = 0;
    for (const auto& part : parts) count += part.notes.size();
    return count;
}

Clip copyClip(const Score& score, NoteIds ids, const CopySettings& settings) {
    const NoteIdSet wanted(ids);
    Clip clip;
    clip.division = score.division;
    Tick first{INT64_MAX}, last{0};
    for (const auto& track : score.tracks) {
        Clip::Part part{track.id, track.name, track.drums, mainProgram(track), {}, {}};
        for (const auto& note : track.notes)
            if (wanted.contains(note.id)) part.notes.push_back(note);
        if (part.notes.empty()) continue;
        first = std::min(first, part.notes.front().onset);
        for (const auto& note : part.notes) last = std::max(last, note.end());
        clip.parts.push_back(std::move(part));
    }
    if (clip.isEmpty()) return clip;
    const auto meters = score.meterMap();
    const auto anchor = settings.anchor == CopySettings::Anchor::Bar ? meters.barAt(first) : beatBefore(first, meters);
    clip.offset = first - anchor;
    // As many bars as the span takes, in bars of the place it is from.
    const auto bar = meters.barLengthAt(anchor);
    clip.length = bar * std::max<std::int64_t>(1, ((last - anchor).count + bar.count - 1) / bar.count);
    for (auto& part : clip.parts) {
        for (auto& note : part.notes) note.onset = Tick{0} + (note.onset - anchor);
        if (!settings.withControllers) continue;
        for (auto event : findTrack(score, part.from)->events) {
            if (event.kind == ChannelEventKind::Program || event.at < first || last < event.at) continue;
            event.at = Tick{0} + (event.at - anchor);
            part.events.push_back(event);
        }
    }
    return clip;
}

PasteResult paste(const Score& score, const Clip& clip, Tick at, const PasteSettings& settings, IdMint& mint) {
    if (clip.isEmpty()) return {{}, {}, at};
    return Paster(score, clip, std::max(at, Tick{0}), settings, mint).run(score);
}

OperationResult pasteOnly(const Score& score, NoteIds ids, const Clip& clip, PasteOnly what) {
    const auto source = flattened(clip);
    const auto selected = selectedNotes(score, ids);
    if (source.empty() || selected.isEmpty()) return {{}, selected.locked};
    const TimeScaling scaled(clip.division, score.division);
    const auto start = beatBefore(selected.range().start, score.meterMap());
    EditBuilder builder;
    for (const auto& [track, notes] : selected.tracks)
        for (std::size_t i = 0; i < notes.size(); ++i) {
            auto note = notes[i];
            const auto& model = source[i % source.size()];
            const auto round = static_cast<std::int64_t>(i / source.size());
            if (what == PasteOnly::Pitches) note.pitch = model.pitch;
            if (what == PasteOnly::Velocities) note.velocity = boundedVelocity(model.velocity);
            if (what == PasteOnly::Rhythm) {
                note.onset = start + scaled(model.onset) + scaled(clip.length) * round;
                note.length = std::max(Ticks{1}, scaled(model.length));
            }
            builder.replace(track->id, notes[i], note);
        }
    return builder.result(selected.locked);
}

} // namespace continuo::score
