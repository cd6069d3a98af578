#include "ui/events/event_rows.h"

#include <algorithm>

namespace continuo::ui {
namespace {

bool contains(EventKinds kinds, EventKind kind) { return (kinds & setOf(kind)) != 0; }

/// Gathers lists that are each in order, and merges them as they come.
class RowMerger {
public:
    RowMerger(const score::Score& score, EventKinds kinds, score::TickRange range)
        : score_(score), kinds_(kinds), range_(range) {}

    void addMaps() {
        for (int kind = static_cast<int>(EventKind::Tempo); kind < kEventKinds; ++kind)
            inList(score_, static_cast<EventKind>(kind),
                   [&](const auto& list, auto) { addMap(list, static_cast<EventKind>(kind)); });
    }

    void addEvents(std::size_t track) {
        const auto& events = score_.tracks[track].events;
        for (std::size_t i = 0; i < events.size(); ++i)
            if (const auto kind = kindOf(events[i].kind); contains(kinds_, kind) && isInRange(events[i].at))
                push(kind, track, i);
        merge();
    }

    template <typename Wanted>
    void addNotes(std::size_t track, Wanted wanted) {
        if (!contains(kinds_, EventKind::Note)) return;
        const auto& notes = score_.tracks[track].notes;
        rows_.reserve(rows_.size() + notes.size());
        for (std::size_t i = 0; i < notes.size(); ++i)
            if (wanted(notes[i])) push(EventKind::Note, track, i);
        merge();
    }

    std::vector<EventRow> rows() { return std::move(rows_); }

private:
    bool isInRange(score::Tick at) const { return range_.start <= at && at <= range_.end; }

    template <typename Event>
    void addMap(const std::vector<Event>& events, EventKind kind) {
        if (!contains(kinds_, kind)) return;
        for (std::size_t i = 0; i < events.size(); ++i)
            if (isInRange(events[i].at) && isOf(kind, events[i])) push(kind, 0, i);
        merge();
    }

    /// Sections and cues share a list.
    template <typename Event>
    static bool isOf(EventKind, const Event&) {
        return true;
    }
    static bool isOf(EventKind kind, const score::MarkerEvent& marker) {
        return (kind == EventKind::Cue) == (marker.kind == score::MarkerEvent::Kind::Cue);
    }

    void push(EventKind kind, std::size_t track, std::size_t index) {
        rows_.push_back({kind, static_cast<std::uint16_t>(track), static_cast<std::uint32_t>(index)});
    }

    /// Stable: of one time, what was added before stands before.
    void merge() {
        const auto middle = rows_.begin() + static_cast<std::ptrdiff_t>(merged_);
        if (middle != rows_.begin() && middle != rows_.end())
            std::inplace_merge(rows_.begin(), middle, rows_.end(), [&](const EventRow& a, const EventRow& b) {
                return timeOf(score_, a) < timeOf(score_, b);
            });
        merged_ = rows_.size();
    }

    const score::Score& score_;
    EventKinds kinds_;
    score::TickRange range_;
    std::vector<EventRow> rows_;
    std::size_t merged_ = 0;
};

} // namespace

EventKind kindOf(score::ChannelEventKind kind) {
    switch (kind) {
    case score::ChannelEventKind::KeyPressure:
        return EventKind::KeyPressure;
    case score::ChannelEventKind::Controller:
        return EventKind::Controller;
    case score::ChannelEventKind::Program:
        return EventKind::Program;
    case score::ChannelEventKind::ChannelPressure:
        return EventKind::ChannelPressure;
    case score::ChannelEventKind::PitchBend:
        return EventKind::PitchBend;
    }
    return EventKind::Controller;
}

const score::Note& noteOf(const score::Score& score, const EventRow& row) {
    return score.tracks[row.track].notes[row.index];
}

const score::ChannelEvent& channelEventOf(const score::Score& score, const EventRow& row) {
    return score.tracks[row.track].events[row.index];
}

score::Tick timeOf(const score::Score& score, const EventRow& row) {
    switch (row.kind) {
    case EventKind::Note:
        return noteOf(score, row).onset;
    default:
        if (!isOfThePiece(row.kind)) return channelEventOf(score, row).at;
        return inList(score, row.kind, [&](const auto& list, auto) { return list[row.index].at; });
    }
}

std::uint64_t idOf(const score::Score& score, const EventRow& row) {
    switch (row.kind) {
    case EventKind::Note:
        return static_cast<std::uint64_t>(noteOf(score, row).id);
    default:
        if (!isOfThePiece(row.kind)) return static_cast<std::uint64_t>(channelEventOf(score, row).id);
        return inList(score, row.kind,
                      [&](const auto& list, auto) { return static_cast<std::uint64_t>(list[row.index].id); });
    }
}

std::vector<EventRow> rowsOfTrack(const score::Score& score, score::TrackId id, EventKinds kinds) {
    RowMerger merger(score, kinds, {score::Tick{INT64_MIN}, score::Tick{INT64_MAX}});
    merger.addMaps();
    for (std::size_t track = 0; track < score.tracks.size(); ++track) {
        if (score.tracks[track].id != id) continue;
        merger.addEvents(track);
        merger.addNotes(track, [](const score::Note&) { return true; });
    }
    return merger.rows();
}

std::vector<EventRow> rowsOfNotes(const score::Score& score, score::NoteIds ids, EventKinds kinds) {
    const score::NoteIdSet wanted(ids);
    score::TickRange range{score::Tick{INT64_MAX}, score::Tick{INT64_MIN}};
    std::vector<bool> isNamed(score.tracks.size());
    for (std::size_t track = 0; track < score.tracks.size(); ++track)
        for (const auto& note : score.tracks[track].notes) {
            if (!wanted.contains(note.id)) continue;
            isNamed[track] = true;
            range = {std::min(range.start, note.onset), std::max(range.end, note.end())};
        }
    RowMerger merger(score, kinds, range);
    merger.addMaps();
    for (std::size_t track = 0; track < score.tracks.size(); ++track)
        if (isNamed[track]) merger.addEvents(track);
    for (std::size_t track = 0; track < score.tracks.size(); ++track)
        if (isNamed[track]) merger.addNotes(track, [&](const score::Note& note) { return wanted.contains(note.id); });
    return merger.rows();
}

} // namespace continuo::ui
