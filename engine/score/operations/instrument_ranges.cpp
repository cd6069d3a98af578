#include "engine/score/operations/instrument_ranges.h"

#include "engine/base/json.h"
#include "engine/score/note_operations.h"
#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <nlohmann/json.hpp>

extern const char* const kContinuoRangesJson;

namespace continuo::score {
namespace {

/// By octaves into the range, the shortest way; as it was where no octave of it lies inside.
int folded(int pitch, const InstrumentRange& range) {
    int inside = pitch;
    while (inside < range.lowest) inside += 12;
    while (inside > range.highest) inside -= 12;
    return range.holds(inside) ? inside : pitch;
}

std::size_t outsideAfter(const std::vector<int>& pitches, const InstrumentRange& range, int octaves) {
    return static_cast<std::size_t>(
        std::ranges::count_if(pitches, [&](int pitch) { return !range.holds(pitch + 12 * octaves); }));
}

bool isBank(const ChannelEvent& event) {
    return event.kind == ChannelEventKind::Controller && (event.first == 0 || event.first == 32);
}

/// Bank and program in their order: receivers take the bank with the program that follows.
void putProgram(EditBuilder& builder, const Score& score, const Track& track, const ReassignSettings& settings,
                IdMint& mint) {
    auto program = static_cast<std::uint8_t>(settings.program & 127);
    const auto edit = setProgram(score, track.id, program, mint);
    if (settings.bank < 0) {
        for (const auto& part : edit.contents) {
            for (const auto& event : part.events.removed) builder.removeEvent(track.id, event);
            for (const auto& event : part.events.added) builder.addEvent(track.id, event);
        }
        return;
    }
    Tick at{0};
    const auto first = track.notes.empty() ? Tick{INT64_MAX} : track.notes.front().onset;
    for (const auto& event : track.events)
        if (event.kind == ChannelEventKind::Program && event.at <= first) at = event.at;
    for (const auto& event : track.events)
        if (event.at == at && (event.kind == ChannelEventKind::Program || isBank(event)))
            builder.removeEvent(track.id, event);
    const auto put = [&](ChannelEventKind kind, int a, int b) {
        builder.addEvent(track.id,
                         {mint.event(), at, kind, static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)});
    };
    put(ChannelEventKind::Controller, 0, settings.bank >> 7 & 127);
    put(ChannelEventKind::Controller, 32, settings.bank & 127);
    put(ChannelEventKind::Program, program, 0);
}

} // namespace

const InstrumentRanges& InstrumentRanges::standard() {
    static const InstrumentRanges table;
    return table;
}

// The text is compiled in and a test reads it: a fault in it is ours, not the user's.
InstrumentRanges::InstrumentRanges() {
    const auto json = base::parseJson(kContinuoRangesJson);
    assert(json);
    for (const auto& entry : (*json)["instruments"]) {
        const int program = entry["program"];
        ranges_[static_cast<std::size_t>(program)] = {program,
                                                      entry["name"],
                                                      entry["possible"][0],
                                                      entry["possible"][1],
                                                      entry["comfortable"][0],
                                                      entry["comfortable"][1]};
    }
    for (const auto& entry : (*json)["drums"]) drums_[entry["key"]] = entry["name"];
}

const std::string& InstrumentRanges::drumName(int key) const {
    static const std::string none;
    const auto found = drums_.find(key);
    return found == drums_.end() ? none : found->second;
}

RangeCheck checkRange(const Score& score, NoteIds ids, int program) {
    const auto& range = InstrumentRanges::standard().of(program);
    const NoteIdSet wanted(ids);
    std::vector<int> pitches;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (wanted.contains(note.id)) pitches.push_back(note.pitch);
    RangeCheck check;
    check.notes = pitches.size();
    check.outside = check.outsideThen = outsideAfter(pitches, range, 0);
    for (const int pitch : pitches) check.uncomfortable += range.holds(pitch) && !range.isComfortable(pitch);
    for (const int octaves : {-1, 1, -2, 2, -3, 3, -4, 4})
        if (const auto outside = outsideAfter(pitches, range, octaves); outside < check.outsideThen) {
            check.octaves = octaves;
            check.outsideThen = outside;
        }
    return check;
}

OperationResult reassignInstrument(const Score& score, TrackId id, const ReassignSettings& settings, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    EditBuilder builder;
    if (!track->drums) putProgram(builder, score, *track, settings, mint);
    if (settings.channel >= 0 && settings.channel < 16 && settings.channel != track->channel) {
        auto header = track->header();
        header.channel = static_cast<std::uint8_t>(settings.channel);
        builder.edit().headers.push_back({track->header(), header});
    }
    const auto& range = InstrumentRanges::standard().of(settings.program);
    const auto selected = selectedNotes(score, allNotes(*track));
    int lowest = 127, highest = 0;
    for (const auto& part : selected.tracks)
        for (const auto& note : part.notes) {
            lowest = std::min<int>(lowest, note.pitch);
            highest = std::max<int>(highest, note.pitch);
        }
    int octaves = std::clamp(settings.octaves, -10, 10);
    while (octaves < 0 && lowest + 12 * octaves < 0) ++octaves;
    while (octaves > 0 && highest + 12 * octaves > 127) --octaves;
    for (const auto& part : selected.tracks)
        for (auto note : part.notes) {
            const auto before = note;
            const int moved = note.pitch + 12 * octaves;
            note.pitch = boundedPitch(settings.foldOutside ? folded(moved, range) : moved);
            builder.replace(id, before, note);
        }
    return builder.result(selected.locked);
}

OperationResult foldIntoRange(const Score& score, NoteIds ids) {
    return rewriteEach(selectedNotes(score, ids), [](Note note, const Track& track) {
        if (!track.drums)
            note.pitch =
                boundedPitch(folded(note.pitch, InstrumentRanges::standard().of(programAt(track, note.onset))));
        return note;
    });
}

} // namespace continuo::score
