#include "engine/score/operations/switches.h"

#include <algorithm>

namespace continuo::score {
namespace {

constexpr int kDown = 127, kUp = 0;

bool isOn(int value) { return value >= kSwitchOn; }

/// On or off in `range` of a list of events of one line.
std::vector<ChannelEvent> switched(const std::vector<ChannelEvent>& events, ControlLine line, TickRange range, bool on,
                                   IdMint& mint) {
    int before = initialValueOf(line), behind = before;
    std::vector<ChannelEvent> after;
    const ChannelEvent *first = nullptr, *last = nullptr; // of those at the two edges, whose ids go on
    for (const auto& event : events) {
        if (event.at < range.start) before = valueOf(event);
        if (event.at <= range.end) behind = valueOf(event);
        if (event.at < range.start || range.end < event.at) after.push_back(event);
        if (event.at == range.start && !first) first = &event;
        if (event.at == range.end) last = &event;
    }
    const auto put = [&](const ChannelEvent* old, Tick at, int value) {
        after.push_back(eventOf(line, old ? old->id : mint.event(), at, value));
    };
    const int inside = on ? (first && isOn(valueOf(*first)) ? valueOf(*first) : kDown) : kUp;
    if (isOn(before) != on) put(first, range.start, inside);
    if (isOn(behind) != on) put(last, range.end, behind);
    std::sort(after.begin(), after.end(), EventOrder{});
    return after;
}

} // namespace

std::vector<SwitchSpan> switchSpans(const std::vector<ChannelEvent>& events, Tick end) {
    std::vector<SwitchSpan> spans;
    bool down = false;
    for (const auto& event : events) {
        const bool on = isOn(valueOf(event));
        if (on && !down) spans.push_back({{event.at, event.at}, event.id, false});
        if (!on && down) spans.back().range.end = event.at;
        down = on;
    }
    if (down) {
        spans.back().range.end = std::max(end, spans.back().range.start + Ticks{1});
        spans.back().hangs = true;
    }
    std::erase_if(spans, [](const SwitchSpan& span) { return span.range.isEmpty(); });
    return spans;
}

ScoreEdit setSwitch(const Score& score, TrackId id, ControlLine line, TickRange range, bool on, IdMint& mint) {
    const auto* track = findTrack(score, id);
    range.start = std::max(range.start, Tick{0});
    if (!track || range.isEmpty()) return {};
    const auto before = eventsOf(*track, line);
    return changedEvents(id, before, switched(before, line, range, on, mint));
}

ScoreEdit moveSwitch(const Score& score, TrackId id, ControlLine line, TickRange from, TickRange to, IdMint& mint) {
    const auto* track = findTrack(score, id);
    from.start = std::max(from.start, Tick{0});
    to.start = std::max(to.start, Tick{0});
    if (!track || from.isEmpty() || to.isEmpty() || from == to) return {};
    const auto before = eventsOf(*track, line);
    const auto without = switched(before, line, from, false, mint);
    return changedEvents(id, before, switched(without, line, to, true, mint));
}

ScoreEdit liftSwitch(const Score& score, TrackId id, ControlLine line, Tick at, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    const auto before = eventsOf(*track, line);
    if (before.empty() || !isOn(valueOf(before.back()))) return {};
    auto after = before;
    after.push_back(eventOf(line, mint.event(), std::max(at, before.back().at + Ticks{1}), kUp));
    return changedEvents(id, before, std::move(after));
}

} // namespace continuo::score
