#include "engine/score/operations/controllers.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace continuo::score {
namespace {

/// The named events of a track, in its order.
std::vector<ChannelEvent> named(const Track& track, EventIds ids) {
    const std::unordered_set<EventId> wanted(ids.begin(), ids.end());
    std::vector<ChannelEvent> events;
    for (const auto& event : track.events)
        if (wanted.contains(event.id)) events.push_back(event);
    return events;
}

/// `before` leaves, `after` comes, and with it what the line had at the same ticks.
ScoreEdit replaced(const Track& track, std::vector<ChannelEvent> before, std::vector<ChannelEvent> after) {
    std::unordered_set<EventId> moved;
    std::vector<std::pair<Tick, ControlLine>> places;
    for (const auto& event : after) {
        moved.insert(event.id);
        places.emplace_back(event.at, lineOf(event));
    }
    std::sort(places.begin(), places.end());
    for (const auto& event : track.events)
        if (!moved.contains(event.id) &&
            std::binary_search(places.begin(), places.end(), std::pair{event.at, lineOf(event)}))
            before.push_back(event);
    return changedEvents(track.id, std::move(before), std::move(after));
}

template <typename Change>
ScoreEdit changeEach(const Score& score, TrackId id, EventIds ids, Change change) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    const auto before = named(*track, ids);
    auto after = before;
    for (auto& event : after) event = change(event);
    return changedEvents(id, before, std::move(after));
}

double centreOf(ValueBounds bounds) { return bounds.low < 0 ? 0 : bounds.low; }
double reachOf(ValueBounds bounds) { return bounds.high - centreOf(bounds); }

} // namespace

ScoreEdit setControl(const Score& score, TrackId id, ControlLine line, TickRange range,
                     std::span<const ControlPoint> points, IdMint& mint) {
    const auto* track = findTrack(score, id);
    range.start = std::max(range.start, Tick{0});
    if (!track || range.isEmpty()) return {};
    std::vector<ChannelEvent> before, after;
    const auto first = std::lower_bound(track->events.begin(), track->events.end(), range.start,
                                        [](const ChannelEvent& event, Tick at) { return event.at < at; });
    for (auto event = first; event != track->events.end() && event->at < range.end; ++event)
        if (lineOf(*event) == line) before.push_back(*event);
    auto old = before.begin();
    for (const auto& point : points) {
        if (!range.contains(point.at)) continue;
        while (old != before.end() && old->at < point.at) ++old;
        const bool stays = old != before.end() && old->at == point.at;
        after.push_back(eventOf(line, stays ? old->id : mint.event(), point.at, point.value));
        if (stays) ++old;
    }
    return changedEvents(id, std::move(before), std::move(after));
}

ScoreEdit drawFigure(const Score& score, TrackId track, ControlLine line, const Figure& figure, Ticks every,
                     IdMint& mint) {
    const auto points = sampled(figure, boundsOf(line), every);
    return setControl(score, track, line, {figure.start, figure.end + Ticks{1}}, points, mint);
}

ScoreEdit removeEvents(const Score& score, TrackId id, EventIds ids) {
    const auto* track = findTrack(score, id);
    return track ? changedEvents(id, named(*track, ids), {}) : ScoreEdit{};
}

ScoreEdit movePoints(const Score& score, TrackId id, EventIds ids, Ticks by, int value) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    const auto before = named(*track, ids);
    for (const auto& event : before) {
        const auto bounds = boundsOf(lineOf(event));
        by = std::max(by, Tick{0} - event.at);
        value = std::clamp(value, bounds.low - valueOf(event), bounds.high - valueOf(event));
    }
    auto after = before;
    for (auto& event : after) {
        event = withValue(event, valueOf(event) + value);
        event.at = event.at + by;
    }
    return replaced(*track, before, std::move(after));
}

ScoreEdit setPointValues(const Score& score, TrackId track, EventIds ids, int value) {
    return changeEach(score, track, ids, [&](const ChannelEvent& event) { return withValue(event, value); });
}

ScoreEdit scalePoints(const Score& score, TrackId track, EventIds ids, double factor, double around) {
    return changeEach(score, track, ids, [&](const ChannelEvent& event) {
        const auto bounds = boundsOf(lineOf(event));
        return withValue(event, bounds.bounded(around + (valueOf(event) - around) * factor));
    });
}

ScoreEdit joinPoints(const Score& score, TrackId id, EventIds ids, Figure::Kind kind, Ticks every, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    const auto anchors = named(*track, ids);
    if (anchors.size() < 2) return {};
    const auto line = lineOf(anchors.front());
    std::vector<ControlPoint> points;
    for (std::size_t i = 0; i + 1 < anchors.size(); ++i) {
        const auto &from = anchors[i], &to = anchors[i + 1];
        if (lineOf(to) != line) return {};
        const Figure figure{.kind = kind,
                            .start = from.at,
                            .end = to.at,
                            .from = static_cast<double>(valueOf(from)),
                            .to = static_cast<double>(valueOf(to))};
        for (const auto& point : sampled(figure, boundsOf(line), every))
            if (point.at < to.at) points.push_back(point);
    }
    points.push_back({anchors.back().at, valueOf(anchors.back())});
    const TickRange range{anchors.front().at, anchors.back().at + Ticks{1}};
    return setControl(score, id, line, range, points, mint);
}

ControlClip copyPoints(const Score& score, TrackId id, EventIds ids) {
    ControlClip clip;
    clip.quarter = score.division.quarter();
    const auto* track = findTrack(score, id);
    if (!track) return clip;
    const auto events = named(*track, ids);
    if (events.empty()) return clip;
    clip.line = lineOf(events.front());
    for (const auto& event : events)
        if (lineOf(event) == clip.line)
            clip.points.push_back({Tick{(event.at - events.front().at).count}, valueOf(event)});
    return clip;
}

ScoreEdit pastePoints(const Score& score, TrackId track, ControlLine line, const ControlClip& clip, Tick at,
                      const ControlPaste& how, IdMint& mint, std::vector<EventId>* pasted) {
    if (clip.points.empty() || !findTrack(score, track)) return {};
    const auto source = boundsOf(clip.line), target = boundsOf(line);
    const double values = how.valueFactor * reachOf(target) / reachOf(source);
    const double times = std::max(0.0, how.timeFactor) * static_cast<double>(score.division.quarter()) /
                         static_cast<double>(clip.quarter);
    std::vector<ControlPoint> points;
    for (const auto& point : clip.points) {
        const ControlPoint scaled{at + Ticks{std::llround(static_cast<double>(point.at.fromStart) * times)},
                                  target.bounded(centreOf(target) + (point.value - centreOf(source)) * values)};
        if (!points.empty() && points.back().at == scaled.at) points.pop_back();
        points.push_back(scaled);
    }
    const auto edit = setControl(score, track, line, {at, points.back().at + Ticks{1}}, points, mint);
    if (pasted && !edit.isEmpty())
        for (const auto& event : edit.contents.front().events.added) pasted->push_back(event.id);
    return edit;
}

} // namespace continuo::score
