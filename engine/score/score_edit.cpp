#include "engine/score/score_edit.h"

#include <algorithm>
#include <cassert>
#include <ranges>

namespace continuo::score {
namespace {

/// One by one, each found by its place.
template <typename T, typename Order>
void exchangeFew(std::vector<T>& list, const Exchange<T>& change, Order order) {
    for (const auto& item : change.removed) {
        const auto [first, last] = std::equal_range(list.begin(), list.end(), item, order);
        const auto found = std::find(first, last, item);
        assert(found != last && "an edit removes what is there");
        if (found != last) list.erase(found);
    }
    for (const auto& item : change.added) list.insert(std::upper_bound(list.begin(), list.end(), item, order), item);
}

/// `items` without `removed` and with `added`, all in order.
template <typename T, typename Iterator, typename Order>
std::vector<T> exchanged(Iterator first, Iterator last, const std::vector<T>& removed, const std::vector<T>& added,
                         Order order) {
    std::vector<T> result;
    result.reserve(static_cast<std::size_t>(last - first) + added.size());
    auto gone = removed.begin();
    auto came = added.begin();
    for (; first != last; ++first) {
        if (gone != removed.end() && !order(*first, *gone) && !order(*gone, *first)) {
            ++gone;
            continue;
        }
        while (came != added.end() && order(*came, *first)) result.push_back(*came++);
        result.push_back(*first);
    }
    assert(gone == removed.end() && "an edit removes what is there");
    result.insert(result.end(), came, added.end());
    return result;
}

/// Rewrites the stretch of the list that changes, in one pass; what lies behind it moves only if the length changed.
template <typename T, typename Order>
void exchangeMany(std::vector<T>& list, const Exchange<T>& change, Order order) {
    auto removed = change.removed;
    auto added = change.added;
    std::ranges::sort(removed, order);
    std::ranges::sort(added, order);
    const auto& lowest =
        removed.empty() || (!added.empty() && order(added.front(), removed.front())) ? added.front() : removed.front();
    const auto& highest =
        removed.empty() || (!added.empty() && order(removed.back(), added.back())) ? added.back() : removed.back();
    const auto first = std::lower_bound(list.begin(), list.end(), lowest, order);
    const auto last = std::upper_bound(first, list.end(), highest, order);
    const auto middle = exchanged(first, last, removed, added, order);
    const auto common = std::min(static_cast<std::ptrdiff_t>(middle.size()), last - first);
    const auto end = std::copy_n(middle.begin(), common, first);
    if (end != last)
        list.erase(end, last);
    else
        list.insert(end, middle.begin() + common, middle.end());
}

template <typename T, typename Order>
void exchange(std::vector<T>& list, const Exchange<T>& change, Order order) {
    constexpr std::size_t kFew = 32;
    if (change.removed.size() + change.added.size() <= kFew)
        exchangeFew(list, change, order);
    else
        exchangeMany(list, change, order);
}

void applyList(const TrackListEdit& edit, Score& score) {
    const auto at = score.tracks.begin() + static_cast<std::ptrdiff_t>(edit.position);
    if (edit.enters) {
        score.tracks.insert(at, edit.track);
    } else {
        assert(edit.position < score.tracks.size() && at->id == edit.track.id);
        score.tracks.erase(at);
    }
}

void applyHeader(const TrackHeaderEdit& edit, Score& score) {
    auto* track = findTrack(score, edit.before.id);
    assert(track && track->header() == edit.before);
    if (track) static_cast<TrackHeader&>(*track) = edit.after;
}

void applyContent(const TrackContentEdit& edit, Score& score) {
    auto* track = findTrack(score, edit.track);
    assert(track);
    if (!track) return;
    exchange(track->notes, edit.notes, NoteOrder{});
    exchange(track->events, edit.events, EventOrder{});
}

template <typename T>
void swapSides(Exchange<T>& change) {
    std::swap(change.removed, change.added);
}

} // namespace

bool ScoreEdit::isEmpty() const {
    return lists.empty() && headers.empty() && tempos.isEmpty() && meters.isEmpty() && keys.isEmpty() &&
           scales.isEmpty() && chords.isEmpty() && markers.isEmpty() && ramps.isEmpty() && !end &&
           std::ranges::all_of(contents,
                               [](const auto& part) { return part.notes.isEmpty() && part.events.isEmpty(); });
}

ScoreEdit inverse(ScoreEdit edit) {
    std::ranges::reverse(edit.lists);
    for (auto& list : edit.lists) list.enters = !list.enters;
    std::ranges::reverse(edit.headers);
    for (auto& header : edit.headers) std::swap(header.before, header.after);
    std::ranges::reverse(edit.contents);
    for (auto& content : edit.contents) {
        swapSides(content.notes);
        swapSides(content.events);
    }
    swapSides(edit.tempos);
    swapSides(edit.meters);
    swapSides(edit.keys);
    swapSides(edit.scales);
    swapSides(edit.chords);
    swapSides(edit.markers);
    swapSides(edit.ramps);
    if (edit.end) std::swap(edit.end->first, edit.end->second);
    return edit;
}

void apply(const ScoreEdit& edit, Score& score) {
    for (const auto& list : edit.lists) applyList(list, score);
    for (const auto& header : edit.headers) applyHeader(header, score);
    for (const auto& content : edit.contents) applyContent(content, score);
    exchange(score.tempos, edit.tempos, EventOrder{});
    exchange(score.meters, edit.meters, EventOrder{});
    exchange(score.keys, edit.keys, EventOrder{});
    exchange(score.scales, edit.scales, EventOrder{});
    exchange(score.chords, edit.chords, EventOrder{});
    exchange(score.markers, edit.markers, EventOrder{});
    exchange(score.ramps, edit.ramps, EventOrder{});
    if (edit.end) score.end = edit.end->second;
}

TickRange touchedRange(const ScoreEdit& edit) {
    TickRange range{Tick{INT64_MAX}, Tick{0}};
    const auto see = [&](Tick start, Tick end) {
        range.start = std::min(range.start, start);
        range.end = std::max(range.end, end);
    };
    const auto seeNotes = [&](const std::vector<Note>& notes) {
        for (const auto& note : notes) see(note.onset, note.end() + Ticks{1});
    };
    const auto seeEvents = [&](const auto& events) {
        for (const auto& event : events) see(event.at, Tick{INT64_MAX});
    };
    for (const auto& content : edit.contents) {
        seeNotes(content.notes.removed);
        seeNotes(content.notes.added);
        seeEvents(content.events.removed);
        seeEvents(content.events.added);
    }
    for (const auto& list : edit.lists) seeNotes(list.track.notes);
    seeEvents(edit.tempos.removed);
    seeEvents(edit.tempos.added);
    seeEvents(edit.meters.removed);
    seeEvents(edit.meters.added);
    return range.isEmpty() ? TickRange{} : range;
}

} // namespace continuo::score
