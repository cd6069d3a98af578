#include "engine/score/meter_map.h"

#include "engine/score/channel_event.h"

#include <algorithm>

namespace continuo::score {

MeterMap::MeterMap(std::vector<MeterEvent> events, Division division) {
    const auto beat = [&](int denominator) { return Ticks{std::max<std::int64_t>(1, division.quarter() * 4 / denominator)}; };
    segments_ = {Segment{Tick{0}, 0, beat(4), 4, 4}};
    std::stable_sort(events.begin(), events.end(), EventOrder{});
    for (const auto& event : events) {
        const auto& last = segments_.back();
        const auto bar = last.beat.count * last.numerator;
        const auto bars = ((event.at - last.start).count + bar - 1) / bar; // a cut bar counts
        Segment next{event.at, last.firstBar + bars, beat(event.denominator()), event.numerator, event.denominator()};
        if (event.at == last.start)
            segments_.back() = next;
        else
            segments_.push_back(next);
    }
}

const MeterMap::Segment& MeterMap::segmentAt(Tick at) const {
    const auto after = std::upper_bound(segments_.begin(), segments_.end(), at,
                                        [](Tick tick, const Segment& segment) { return tick < segment.start; });
    return after == segments_.begin() ? segments_.front() : *std::prev(after);
}

BarPosition MeterMap::positionAt(Tick at) const {
    const auto& segment = segmentAt(at);
    const auto inside = std::max<std::int64_t>(0, (at - segment.start).count);
    const auto bar = segment.beat.count * segment.numerator;
    return {segment.firstBar + inside / bar, inside % bar / segment.beat.count, Ticks{inside % segment.beat.count}};
}

Tick MeterMap::barStart(std::int64_t bar) const {
    const auto after = std::upper_bound(segments_.begin(), segments_.end(), bar,
                                        [](std::int64_t wanted, const Segment& segment) { return wanted < segment.firstBar; });
    const auto& segment = after == segments_.begin() ? segments_.front() : *std::prev(after);
    return segment.start + Ticks{(bar - segment.firstBar) * segment.beat.count * segment.numerator};
}

Tick MeterMap::barAtOrAfter(Tick at) const {
    const auto bar = positionAt(at).bar;
    return barStart(bar) < at ? barStart(bar + 1) : barStart(bar);
}

} // namespace continuo::score
