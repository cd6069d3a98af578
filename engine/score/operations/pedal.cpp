#include "engine/score/operations/pedal.h"

#include "engine/score/operations/chord_table.h"
#include "engine/score/operations/edit_builder.h"

#include <algorithm>

namespace continuo::score {
namespace {

bool isPedal(const ChannelEvent& event) { return event.kind == ChannelEventKind::Controller && event.first == 64; }

} // namespace

OperationResult pedalByHarmony(const Score& score, TrackId id, TickRange range, const PedalSettings& settings,
                               IdMint& mint) {
    const auto* track = findTrack(score, id);
    range.start = std::max(range.start, Tick{0});
    if (!track || range.isEmpty()) return {};
    const auto late =
        settings.late > Ticks{0} ? settings.late : Ticks{std::max<std::int64_t>(1, score.division.quarter() / 8)};
    EditBuilder builder;
    for (const auto& event : track->events)
        if (isPedal(event) && range.start <= event.at && event.at <= range.end) builder.removeEvent(id, event);
    const auto press = [&](Tick at, bool down) {
        builder.addEvent(
            id, {mint.event(), at, ChannelEventKind::Controller, 64, static_cast<std::uint8_t>(down ? 127 : 0)});
    };
    for (const auto& span : detectChords(score, range, settings.harmony)) {
        if (span.range.length() <= late) continue;
        press(span.range.start + late, true);
        press(span.range.end, false);
    }
    return builder.result(0);
}

} // namespace continuo::score
