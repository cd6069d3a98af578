#include "engine/score/operations/carried_controllers.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/control_line.h"

#include <algorithm>
#include <set>

namespace continuo::score {
namespace {

using Spans = std::vector<TickRange>; // in order, apart from each other

Spans merged(Spans spans) {
    std::sort(spans.begin(), spans.end());
    Spans result;
    for (const auto& span : spans)
        if (!result.empty() && !(result.back().end < span.start))
            result.back().end = std::max(result.back().end, span.end);
        else
            result.push_back(span);
    return result;
}

/// What of `spans` is not in `others`.
Spans without(const Spans& spans, const Spans& others) {
    Spans result;
    for (auto rest : spans) {
        for (const auto& other : others) {
            if (!(rest.start < other.end) || !(other.start < rest.end)) continue;
            if (rest.start < other.start) result.push_back({rest.start, other.start});
            rest.start = std::min(rest.end, other.end);
        }
        if (!rest.isEmpty()) result.push_back(rest);
    }
    return result;
}

/// Where only notes of `leaving` sound.
Spans spansOf(const Track& track, const std::vector<Note>& leaving) {
    Spans mine, others;
    std::set<NoteId> ids;
    for (const auto& note : leaving) {
        ids.insert(note.id);
        mine.push_back(note.range());
    }
    for (const auto& note : track.notes)
        if (!ids.contains(note.id)) others.push_back(note.range());
    return without(merged(std::move(mine)), merged(std::move(others)));
}

/// The values of one line as a list that spans are cut out of and put into.
class Values {
public:
    Values(ControlLine line, std::vector<ChannelEvent> events) : line_(line), events_(std::move(events)) {}

    /// Takes the events of a span; where the value behind it would become another, the last one stays.
    std::vector<ChannelEvent> cut(TickRange span, IdMint* mint) {
        std::vector<ChannelEvent> taken, left;
        const int before = valueBefore(span.start);
        for (const auto& event : events_) (span.contains(event.at) ? taken : left).push_back(event);
        if (!taken.empty() && valueOf(taken.back()) != before) {
            auto last = taken.back();
            if (mint) last.id = mint->event();
            left.push_back(last);
        }
        events_ = std::move(left);
        sort();
        return taken;
    }

    /// Replaces what is in a span; behind it the value is as it was.
    void put(TickRange span, const std::vector<ChannelEvent>& events, IdMint& mint) {
        const int behind = valueBefore(span.end);
        const bool said = std::ranges::any_of(events_, [&](const ChannelEvent& e) { return e.at == span.end; });
        std::erase_if(events_, [&](const ChannelEvent& event) { return span.contains(event.at); });
        events_.insert(events_.end(), events.begin(), events.end());
        sort();
        if (!said && valueBefore(span.end) != behind) events_.push_back(eventOf(line_, mint.event(), span.end, behind));
        sort();
    }

    const std::vector<ChannelEvent>& events() const { return events_; }

private:
    int valueBefore(Tick at) const {
        int value = initialValueOf(line_);
        for (const auto& event : events_)
            if (event.at < at) value = valueOf(event);
        return value;
    }
    void sort() { std::sort(events_.begin(), events_.end(), EventOrder{}); }

    ControlLine line_;
    std::vector<ChannelEvent> events_;
};

std::set<ControlLine> linesIn(const Track& track, const Spans& spans) {
    std::set<ControlLine> lines;
    auto span = spans.begin();
    for (const auto& event : track.events) {
        while (span != spans.end() && !(event.at < span->end)) ++span;
        if (span != spans.end() && span->contains(event.at) && shapesNotes(lineOf(event))) lines.insert(lineOf(event));
    }
    return lines;
}

void add(ScoreEdit& edit, ScoreEdit events) {
    for (auto& part : events.contents) {
        const auto found = std::ranges::find(edit.contents, part.track, &TrackContentEdit::track);
        if (found == edit.contents.end()) {
            edit.contents.push_back(std::move(part));
            continue;
        }
        auto& mine = found->events;
        mine.removed.insert(mine.removed.end(), part.events.removed.begin(), part.events.removed.end());
        mine.added.insert(mine.added.end(), part.events.added.begin(), part.events.added.end());
    }
}

/// How far moveNotes went.
Ticks distanceOf(const ScoreEdit& moves) {
    for (const auto& part : moves.contents)
        for (std::size_t i = 0; i < part.notes.removed.size(); ++i)
            return part.notes.added[i].onset - part.notes.removed[i].onset;
    return {};
}

} // namespace

ScoreEdit removeNotesWithControllers(const Score& score, NoteIds ids) {
    auto edit = removeNotes(score, ids);
    for (const auto& [track, notes] : selectedNotes(score, ids).tracks) {
        const auto spans = spansOf(*track, notes);
        for (const auto line : linesIn(*track, spans)) {
            const auto before = eventsOf(*track, line);
            Values values(line, before);
            for (const auto& span : spans) values.cut(span, nullptr);
            add(edit, changedEvents(track->id, before, values.events()));
        }
    }
    return edit;
}

ScoreEdit moveNotesWithControllers(const Score& score, NoteIds ids, Ticks by, int semitones, IdMint& mint) {
    return withCarriedControllers(score, moveNotes(score, ids, by, semitones), mint);
}

ScoreEdit withCarriedControllers(const Score& score, ScoreEdit edit, IdMint& mint) {
    const auto distance = distanceOf(edit);
    if (distance == Ticks{0}) return edit;
    std::vector<NoteId> ids;
    for (const auto& part : edit.contents)
        for (const auto& note : part.notes.removed) ids.push_back(note.id);
    for (const auto& [track, notes] : selectedNotes(score, ids).tracks) {
        const auto spans = spansOf(*track, notes);
        for (const auto line : linesIn(*track, spans)) {
            const auto before = eventsOf(*track, line);
            Values values(line, before);
            std::vector<std::vector<ChannelEvent>> carried;
            for (const auto& span : spans) carried.push_back(values.cut(span, &mint));
            for (std::size_t i = 0; i < spans.size(); ++i) {
                if (carried[i].empty()) continue;
                for (auto& event : carried[i]) event.at = event.at + distance;
                values.put({spans[i].start + distance, spans[i].end + distance}, carried[i], mint);
            }
            add(edit, changedEvents(track->id, before, values.events()));
        }
    }
    return edit;
}

} // namespace continuo::score
